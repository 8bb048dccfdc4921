package starter_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/semcut/semcut/internal/starter"
	"github.com/semcut/semcut/release"
)

// workflows are those that a bare repository on GitHub gets, by their names.
func workflows(t *testing.T) map[string]string {
	t.Helper()
	r := starter.Repository{Tree: fstest.MapFS{}, Remote: "github.com/acme/widget", GitHub: true, Branches: []string{"main", "next", "1.x"}}
	r.Settings.TagFormat, _ = release.ParseTagFormat("v${version}")
	found := map[string]string{}
	for _, f := range starter.Propose(r, starter.Options{}).Files {
		found[filepath.Base(f.Path)] = f.New
	}
	if len(found) != 2 {
		t.Fatalf("proposed %v", found)
	}
	return found
}

// TestWorkflows: they are what testdata holds, give no more rights than they need, pin what isn't ours, and nothing that
// somebody else wrote gets near a shell.
func TestWorkflows(t *testing.T) {
	pinned := regexp.MustCompile(`^actions/checkout@[0-9a-f]{40} # v\d+\.\d+\.\d+$`)
	for name, text := range workflows(t) {
		golden := filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(golden, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if want, err := os.ReadFile(golden); err != nil || string(want) != text {
			t.Errorf("%s is other than %s (%v):\n%s", name, golden, err, text)
		}
		doc := parsed(t, name, text)
		if rights, ok := doc["permissions"].(map[string]any); !ok || len(rights) > 0 {
			t.Errorf("%s gives all of its jobs %v", name, doc["permissions"])
		}
		if strings.Contains(text, "run:") {
			t.Errorf("%s runs a shell", name)
		}
		for line := range strings.Lines(text) {
			if _, uses, ok := strings.Cut(line, "uses: "); ok && !strings.HasPrefix(uses, "semcut/") && !pinned.MatchString(strings.TrimSpace(uses)) {
				t.Errorf("%s doesn't pin %s", name, uses)
			}
		}
	}
}

// TestActionlint hands the workflows of all shapes to actionlint, changed ones too. .ci/run has it, through Go's own registry.
func TestActionlint(t *testing.T) {
	if os.Getenv("SEMCUT_INTEGRATION") == "" {
		t.Skip("actionlint is fetched only where SEMCUT_INTEGRATION is set")
	}
	args := []string{"run", "github.com/rhysd/actionlint/cmd/actionlint@v1.7.12", "-no-color"}
	options := len(args)
	shapes, _ := filepath.Glob("testdata/shapes/*.txtar") // TestShapes sees that there are any
	for _, file := range shapes {
		s, dir := readShape(t, file), t.TempDir()
		for _, f := range starter.Propose(s.Repository, s.options).Files {
			if !strings.HasPrefix(f.Path, ".github/") {
				continue
			}
			name := filepath.Join(dir, filepath.Base(file)+"-"+filepath.Base(f.Path))
			if err := os.WriteFile(name, []byte(f.New), 0o644); err != nil {
				t.Fatal(err)
			}
			args = append(args, name)
		}
	}
	if len(args) == options {
		t.Fatal("no shape gets a workflow")
	}
	if out, err := exec.Command("go", args...).CombinedOutput(); err != nil {
		t.Errorf("actionlint: %v\n%s", err, out)
	}
}
