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
		"\"sh\" -c \"${nextRelease.notes}\"", "s\\h -ce \"${nextRelease.notes}\"", "sh <<E\necho ${nextRelease.notes}\nE\n", "bash <<< \"${nextRelease.notes}\"",
		"echo \"${nextRelease.notes}\" | sh", "echo \"${nextRelease.notes}\" | sudo -n bash -s -- x", "echo \"${nextRelease.notes}\" | { cat; } | xargs -0 sh -c", "sudo ssh host \"${nextRelease.notes}\"",
		"su root -c \"${nextRelease.notes}\"", "node -e \"console.log('${nextRelease.notes}')\"", "node --eval \"${nextRelease.notes}\"", "python3 -W ignore -c \"print('${nextRelease.notes}')\"",
		"timeout 5 perl -ne \"${nextRelease.notes}\"", "echo \"${nextRelease.notes}\" | node", "echo \"${nextRelease.notes}\" | python3 -",
		"a[${nextRelease.notes}]=1", "${nextRelease.notes}", "sudo ${nextRelease.notes}",
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

// TestPlacesThatAreTaken: where a value goes to a program as what it is.
func TestPlacesThatAreTaken(t *testing.T) {
	for _, template := range []string{
		"node scripts/say.js -e prod \"${nextRelease.notes}\"", "sh ./say.sh -c \"${nextRelease.notes}\"", "echo \"${nextRelease.notes}\" | python3 -m json.tool", "echo \"${nextRelease.notes}\" | node say.js",
		"echo \"${nextRelease.notes}\" | python3 -c 'print(1)'", "echo \"${nextRelease.notes}\" | ssh host 'cat > notes'", "cat <<E > notes\n${nextRelease.notes}\nE\nsh -c 'echo 1'", "npx say \"${nextRelease.notes}\"",
		"git commit -m \"${nextRelease.notes}\"", "env A=1 npm run -s say -- \"${nextRelease.notes}\"",
	} {
		if _, _, err := fillCommand(t, template, "$(echo hit)"); err != nil {
			t.Errorf("%s: %v", template, err)
		}
	}
}

// TestShellsWithoutVariables: a shell that doesn't know ${NAME} gets harmless values only.
func TestShellsWithoutVariables(t *testing.T) {
	kept, err := lodash.Keep("echo ${nextRelease.notes}", nil, []string{"nextRelease"})
	if err != nil {
		t.Fatal(err)
	}
	for shell, fine := range map[string]bool{"/bin/bash": true, "dash": true, "pwsh": false, "/usr/bin/fish": false, "python3": false} {
		for notes, want := range map[string]bool{"a b": fine, "1.2.3": true} {
			next := Release{Version: semver.MustParse("1.2.3"), Tag: "v1.2.3", Notes: notes}
			_, _, err := Hook{Line: kept, Template: true, Shell: shell}.fill(&Plan{Changes: []Change{{Next: &next}}}, nil)
			if (err == nil) != want {
				t.Errorf("%s with %q: %v", shell, notes, err)
			}
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
