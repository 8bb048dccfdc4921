package config

import (
	"path"
	"slices"
	"strings"

	"github.com/semcut/semcut/release"
)

// execPoints are where the commands of @semantic-release/exec run in a release of semcut's, and what their templates know
// (spec §5.4).
var execPoints = map[string]struct {
	point release.Point
	roots []string
}{
	"verifyConditions": {release.AtVerify, []string{"branch"}},
	"analyzeCommits":   {release.AtVersion, []string{"branch", "commits", "lastRelease"}},
	"verifyRelease":    {release.AtVerify, []string{"branch", "commits", "lastRelease", "nextRelease"}},
	"generateNotes":    {release.AtNotes, []string{"branch", "commits", "lastRelease", "nextRelease"}},
	"prepare":          {release.AtPrepare, []string{"branch", "commits", "lastRelease", "nextRelease"}},
	"addChannel":       {release.AtPromote, []string{"branch", "commits", "lastRelease", "nextRelease"}},
	"publish":          {release.AtPublish, []string{"branch", "commits", "lastRelease", "nextRelease"}},
	"success":          {release.AtSuccess, []string{"branch", "commits", "lastRelease", "nextRelease"}},
	"fail":             {release.AtFail, []string{"branch", "errors"}},
}

// exec reads the commands of @semantic-release/exec. It may be there several times.
func (r *releaserc) exec(uses []use) error {
	known := []string{"cmd", "shell", "execCwd"}
	for _, step := range releasercSteps {
		known = append(known, step+"Cmd")
	}
	for _, u := range uses {
		h := release.Hook{Limit: hookLimit, Template: true}
		own, any := tree{}, tree{}
		err := r.each(u, known, func(o option) (err error) {
			switch o.key {
			case "cmd":
				any = o.tree
			case u.step + "Cmd":
				own = o.tree
			case "shell":
				h.Shell, err = o.shell()
			case "execCwd":
				h.Dir, err = o.workFolder()
			}
			return err
		})
		if err != nil {
			return err
		}
		if own.root.kind == "" {
			own = any
		}
		if own.root.kind == "" {
			continue
		}
		if err := r.command(u, h, own); err != nil {
			return err
		}
	}
	return nil
}

// command adds the command of one step.
func (r *releaserc) command(u use, h release.Hook, t tree) (err error) {
	at := execPoints[u.step]
	h.Place = t.origin()
	if h.Line, err = t.lodash(nil, at.roots...); err != nil {
		return err
	}
	if strings.TrimSpace(h.Line) == "" {
		return t.errorf("write a command, or take the option out", "it is empty")
	}
	hooks := r.Hooks[at.point]
	if u.step == "prepare" {
		r.prepares(u, release.PrepareHook, len(hooks))
	}
	if u.step == "publish" {
		h.After = r.publisherBefore(u)
	}
	r.Hooks[at.point] = append(slices.Clone(hooks), h)
	if len(hooks) == 0 {
		r.wrote(t, "hooks."+string(at.point))
	}
	return nil
}

// publisherBefore gives the last publisher that comes before a plugin in the step publish, "" where none does.
func (r *releaserc) publisherBefore(u use) (name string) {
	for _, p := range r.publishing {
		if p.order < u.order {
			name = p.name
		}
	}
	return name
}

func (t tree) shell() (string, error) {
	if t.root.kind == boolNode && t.root.text == "true" {
		return "", nil
	}
	name, err := t.str()
	if err == nil && strings.TrimSpace(name) == "" {
		err = t.errorf("write true, or a shell like /bin/bash", "it is empty")
	}
	return name, err
}

// workFolder reads a folder of the work tree.
func (t tree) workFolder() (string, error) {
	text, err := t.str()
	if err != nil {
		return "", err
	}
	dir := path.Clean(strings.TrimSuffix(text, "/"))
	if dir != "." && !release.ValidPath(dir) {
		return "", t.errorf("write a folder below the root of the repository", "%q is no folder inside the repository", text)
	}
	return dir, nil
}
