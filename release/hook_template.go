package release

import (
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/semcut/semcut/internal/lazyregexp"
	"github.com/semcut/semcut/internal/lodash"
)

// harmless is a value that no shell takes for anything but itself, wherever it stands.
var harmless = lazyregexp.New(`^[A-Za-z0-9._+/@:-]*$`)

// hookValue begins the names of the variables that a filled command refers to.
const hookValue = "SEMCUT_VALUE_"

// fill makes the command of a template: a harmless value is put into it; in the place of any other stands a variable, which
// no shell reads as anything but data. A place where a variable would not be one (in single quotes, behind a backslash) is
// an error.
func (h Hook) fill(plan *Plan, failure *Failure) (line string, env []string, err error) {
	wrong := func(err error) (string, []string, error) {
		return "", nil, Errorf(CodeConfig, fmt.Sprintf("mend it, or use $SEMCUT_VERSION and the like; it stands in %s", h.Place),
			"filling the command %.200q: %w", lodash.Shown(h.Line), err)
	}
	data := plan.lodash(failure)
	var out strings.Builder
	for rest := h.Line; ; {
		text, expr, after, found := lodash.Cut(rest)
		out.WriteString(text)
		if !found {
			break
		}
		value, err := lodash.Eval(expr, data)
		if err != nil {
			return wrong(err)
		}
		if text := lodash.Text(value); harmless.MatchString(text) {
			out.WriteString(text)
		} else {
			name := fmt.Sprintf("%s%d", hookValue, len(env)+1)
			env = append(env, name+"="+strings.ReplaceAll(text, "\x00", ""))
			out.WriteString("${" + name + "}")
		}
		rest = after
	}
	line = out.String()
	if len(env) > 0 {
		err := referred(line, len(env))
		if !h.knowsVariables() {
			err = errors.New("a value of it is not harmless, and only a POSIX shell can be handed it as a variable: set shell to bash or the like")
		}
		if err != nil {
			return wrong(err)
		}
	}
	return line, env, nil
}

// posix are the shells that know ${NAME}, as the system's does everywhere but on Windows.
var posix = lazyregexp.New(`^(?:sh|bash|dash|zsh|ksh|ash)$`)

func (h Hook) knowsVariables() bool {
	if h.Shell == "" {
		return runtime.GOOS != "windows"
	}
	return posix.MatchString(strings.TrimSuffix(path.Base(filepath.ToSlash(h.Shell)), ".exe"))
}

// lodash is what a template of semantic-release's exec plugin sees (spec §1.2).
func (p *Plan) lodash(failure *Failure) map[string]any {
	data := map[string]any{}
	if p != nil {
		for _, c := range p.Changes {
			if c.Next != nil {
				data = c.Next.data()
			} else if c.Last != nil {
				data["lastRelease"] = c.Last.lodash()
			}
		}
		if _, told := data["branch"]; !told {
			data["branch"] = lodash.Named{Name: p.Branch.Name, Members: map[string]any{"name": p.Branch.Name, "channel": orNull(p.Branch.Channel)}}
		}
		commits := make([]any, len(p.spec.commits))
		for i, c := range p.spec.commits {
			subject, _, _ := strings.Cut(c.Raw, "\n")
			commits[i] = map[string]any{
				"hash": c.Hash, "message": TrimMessage(c.Raw), "subject": subject, "body": c.Body,
				"author":    map[string]any{"name": c.Author.Name, "email": c.Author.Email},
				"committer": map[string]any{"name": c.Committer.Name, "email": c.Committer.Email},
			}
		}
		data["commits"] = commits
	}
	for _, name := range []string{"nextRelease", "lastRelease"} {
		if _, known := data[name]; !known {
			data[name] = map[string]any{}
		}
	}
	if failure != nil {
		data["errors"] = []any{failure.lodash()}
	}
	return data
}
