package gitrepo

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
)

func TestPaths(t *testing.T) {
	dir := t.TempDir()
	git := func(args ...string) {
		t.Helper()
		cmd := exec.Command("git", append([]string{"-C", dir, "-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"}, args...)...)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	write := func(name, text string) {
		t.Helper()
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	git("init", "-q", "-b", "main")
	write("a", "1")
	write("sub/b", "1")
	write("gone", "1")
	git("add", ".")
	git("commit", "-qm", "first")
	write("sub/b", "2")
	git("commit", "-qam", "second")
	write("new", "1")
	git("add", "new")
	git("rm", "-q", "gone")
	write("a", "not staged")
	r, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	for rev, want := range map[string][]string{"HEAD": {"sub/b"}, "HEAD~1": {"a", "gone", "sub/b"}} {
		hash, err := r.Resolve(t.Context(), rev)
		if err != nil {
			t.Fatal(err)
		}
		got, err := r.ChangedPaths(t.Context(), hash)
		slices.Sort(got)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s changes %q, want %q; %v", rev, got, want, err)
		}
	}
	if got, err := r.StagedPaths(t.Context()); err != nil || !slices.Equal(got, []string{"gone", "new"}) {
		t.Errorf("staged are %q; %v", got, err)
	}
}
