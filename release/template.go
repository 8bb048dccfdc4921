package release

import (
	"github.com/Masterminds/semver/v3"

	"slices"
	"strings"
)

// Expand fills ${name} in a template of the configuration. Nothing else is evaluated, and values are
// put in as they are: what a value holds is never read as a template again. An unknown name is an
// error that lists the known ones.
func Expand(template string, values map[string]string) (string, error) {
	var out strings.Builder
	rest := template
	for {
		before, after, found := strings.Cut(rest, "${")
		out.WriteString(before)
		if !found {
			return out.String(), nil
		}
		name, tail, closed := strings.Cut(after, "}")
		value, known := values[name]
		if !closed || !known {
			names := make([]string, 0, len(values))
			for n := range values {
				names = append(names, "${"+n+"}")
			}
			slices.Sort(names)
			return "", Errorf(CodeConfig, "known names: "+strings.Join(names, " "),
				"filling template %q: ${%s} is not known here", template, name)
		}
		out.WriteString(value)
		rest = tail
	}
}

// CheckTemplate says why a template for a release can't be filled; nil where it can.
func CheckTemplate(template string) error {
	r := Release{Version: semver.New(0, 0, 0, "", "")}
	_, err := r.Fill(template)
	return err
}
