package release

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/Masterminds/semver/v3"

	"github.com/semcut/semcut/internal/lodash"
)

// nasty are values that a shell would obey, were they put into a command.
var nasty = []string{
	"$(echo hit)", "`echo hit`", "'; echo hit; '", "\"; echo hit; \"", "a\necho hit", "a; echo hit", "& echo hit &", "| echo hit", "${x:=hit}", "\\$(echo hit)", "a[$(echo hit >&2)]", "> /dev/null; echo hit", "{hit,a}", "~", "é 日本",
}

// TestValuesStayData: whatever a value is, the shell hands it on as it is, or the command is refused.
func TestValuesStayData(t *testing.T) {
	for _, template := range []string{
		"printf %s \"${nextRelease.notes}\"", "printf %s \"$(printf %s \"${nextRelease.notes}\")\"", "cat <<EOF | tr -d '\\n'\n${nextRelease.notes}\nEOF",
		"x=${nextRelease.notes}; printf %s \"$x\"", "if true; then printf %s \"${nextRelease.notes}\"; fi", "sh -e -c 'printf %s \"$1\"' x \"${nextRelease.version}\"; printf %s \"${nextRelease.notes}\"",
	} {
		for _, value := range nasty {
			line, env, err := fillCommand(t, template, value)
			if err != nil {
				t.Errorf("%s with %q: %v", template, value, err)
				continue
			}
			cmd := exec.Command("sh", "-c", line)
			cmd.Env = env
			out, err := cmd.Output()
			got, want := string(out), value
			if strings.Contains(template, "sh -e") {
				want = "1.2.3" + value
			}
			if strings.HasPrefix(template, "cat") {
				want = strings.ReplaceAll(value, "\n", "")
			}
			if err != nil || got != want {
				t.Errorf("%s with %q: %q, %v", line, value, got, err)
			}
		}
	}
}

// TestPlacesThatAreRefused: where a variable would be none, or its value would be read as a program.
func TestPlacesThatAreRefused(t *testing.T) {
	for _, template := range []string{
		"echo '${nextRelease.notes}'", "echo \\${nextRelease.notes}", "echo a # ${nextRelease.notes}", "cat <<'EOF'\n${nextRelease.notes}\nEOF",
		"eval \"echo ${nextRelease.notes}\"", "sh -c \"echo ${nextRelease.notes}\"", "/bin/bash -ec \"${nextRelease.notes}\"", "env A=1 sh -c \"${nextRelease.notes}\"",
		"ssh host \"echo ${nextRelease.notes}\"", "echo $((${nextRelease.notes} + 1))", "[[ ${nextRelease.notes} -eq 1 ]]", "let \"a=${nextRelease.notes}\"", "trap \"echo ${nextRelease.notes}\" EXIT", "echo (${nextRelease.notes}",
	} {
		if line, _, err := fillCommand(t, template, "$(echo hit)"); err == nil {
			t.Errorf("%s: filled as %s", template, line)
		} else if !strings.Contains(err.Error(), "filling the command") || !strings.Contains(err.(*Error).Hint, "here:1:2") {
			t.Errorf("%s: %v", template, err)
		}
		if _, _, err := fillCommand(t, template, "1.2.3"); err != nil {
			t.Errorf("%s: a harmless value is refused: %v", template, err)
		}
	}
}

func fillCommand(t *testing.T, template, notes string) (line string, env []string, err error) {
	t.Helper()
	kept, err := lodash.Keep(template, nil, []string{"nextRelease"})
	if err != nil {
		t.Fatal(err)
	}
	next := Release{Version: semver.MustParse("1.2.3"), Tag: "v1.2.3", Notes: notes}
	return Hook{Line: kept, Template: true, Place: "here:1:2"}.fill(&Plan{Changes: []Change{{Next: &next}}}, nil)
}
