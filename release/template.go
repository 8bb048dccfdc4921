package release

import (
	"slices"
	"strings"
	"time"

	"github.com/Masterminds/semver/v3"

	"github.com/semcut/semcut/internal/lodash"
)

// Expand fills ${name} in a template of the configuration. Nothing else is evaluated, and values are
// put in as they are: what a value holds is never read as a template again. An unknown name is an
// error that lists the known ones. What a drop-in configuration wrote as an expression is evaluated over the same names.
func Expand(template string, values map[string]string) (string, error) {
	return fill(template, values, func() map[string]any {
		data := make(map[string]any, len(values))
		for name, value := range values {
			data[name] = value
		}
		return data
	})
}

// fill fills the names of a template, and its expressions, if it has any, with data.
func fill(template string, values map[string]string, data func() map[string]any) (string, error) {
	var out strings.Builder
	for rest := template; ; {
		text, expr, after, found := lodash.Cut(rest)
		if err := fillNames(&out, text, template, values); err != nil {
			return "", err
		}
		if !found {
			return out.String(), nil
		}
		value, err := lodash.Eval(expr, data())
		if err != nil {
			return "", Errorf(CodeConfig, "see docs/coming-from-semantic-release.md for what templates can say", "filling template %q: %w", lodash.Shown(template), err)
		}
		out.WriteString(lodash.Text(value))
		rest = after
	}
}

func fillNames(out *strings.Builder, text, template string, values map[string]string) error {
	for rest := text; ; {
		before, after, found := strings.Cut(rest, "${")
		out.WriteString(before)
		if !found {
			return nil
		}
		name, tail, closed := strings.Cut(after, "}")
		value, known := values[name]
		if !closed || !known {
			names := make([]string, 0, len(values))
			for n := range values {
				names = append(names, "${"+n+"}")
			}
			slices.Sort(names)
			return Errorf(CodeConfig, "known names: "+strings.Join(names, " "),
				"filling template %q: ${%s} is not known here", lodash.Shown(template), name)
		}
		out.WriteString(value)
		rest = tail
	}
}

// CheckTemplate says why a template for a release can't be filled; nil where it can.
func CheckTemplate(template string) error {
	if lodash.Kept(template) {
		return Errorf(CodeConfig, "write it without control characters", "filling template %q: it holds a NUL", template)
	}
	r := Release{Version: semver.New(0, 0, 0, "", "")}
	_, err := r.Fill(template)
	return err
}

// Fill fills a template of the configuration with what the release is: ${version}, ${tag}, ${branch}, ${channel}, ${date},
// ${notes}, ${package}. The error names the place in it that can't be filled.
func (r *Release) Fill(template string) (string, error) { return r.FillWith(template, nil) }

// FillWith fills a template in which an expression of a drop-in configuration may ask for more than the release: names and
// their values, in the types of JSON.
func (r *Release) FillWith(template string, more map[string]any) (string, error) {
	return fill(template, r.values(), func() map[string]any {
		data := r.data()
		for name, value := range more {
			data[name] = value
		}
		return data
	})
}

// values are the names that templates of the configuration can use for a release.
func (r *Release) values() map[string]string {
	return map[string]string{
		"version": r.Version.String(), "tag": r.Tag, "branch": r.Branch, "channel": r.Channel,
		"date": r.Date.Format(time.DateOnly), "notes": r.Notes, "package": r.Package,
	}
}

// data is what the templates of semantic-release's plugins see of a release (spec §1.2).
func (r *Release) data() map[string]any {
	last := map[string]any{}
	if r.last != nil {
		last = r.last.lodash()
	}
	next := r.lodash()
	if r.bump > None {
		next["type"] = r.bump.String()
	}
	branch := map[string]any{"name": r.Branch, "channel": orNull(r.Channel), "prerelease": r.Version.Prerelease() != "", "main": r.Latest}
	return map[string]any{
		"nextRelease": next, "lastRelease": last, "branch": lodash.Named{Name: r.Branch, Members: branch}, lodash.Now: r.Date,
	}
}

// lodash is a release as semantic-release describes one.
func (r *Release) lodash() map[string]any {
	return map[string]any{
		"version": r.Version.String(), "gitTag": r.Tag, "gitHead": r.Commit, "name": r.Tag, "channel": orNull(r.Channel), "notes": r.Notes,
	}
}

func orNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}
