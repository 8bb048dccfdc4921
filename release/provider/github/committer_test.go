package github

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/semcut/semcut/internal/fakegithub"
	"github.com/semcut/semcut/release"
)

// bare makes a bare repository with a branch "release" and two files, and tells what git says about it.
func bare(t *testing.T) (path string, git func(args ...string) string) {
	t.Helper()
	dir := t.TempDir()
	path = filepath.Join(dir, "bare.git")
	run := func(args ...string) string {
		t.Helper()
		cmd := exec.Command("git", args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@b", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@b")
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
		return strings.TrimSpace(string(out))
	}
	run("init", "-q", "-b", "release", "work")
	for _, name := range []string{"CHANGELOG.md", "old.txt"} {
		if err := os.WriteFile(filepath.Join(dir, "work", name), []byte("old\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	run("-C", "work", "add", ".")
	run("-C", "work", "commit", "-qm", "first")
	run("clone", "-q", "--bare", "work", path)
	return path, func(args ...string) string { return run(append([]string{"--git-dir", path}, args...)...) }
}

func commitSpec(base string) release.CommitSpec {
	return release.CommitSpec{
		Base: base, Message: "chore(release): 1.0.0 [skip ci]\n\n## Notes\n\n* one\n",
		Edits: []release.Edit{{Path: "CHANGELOG.md", Old: []byte("old\n"), New: []byte("new\r\n\x00")}, {Path: "docs/a b.txt", New: []byte{}}, {Path: "old.txt", Old: []byte("old\n")}},
	}
}

// TestCommitOnBranch makes a commit with the edits and the message, by whom GitHub says.
func TestCommitOnBranch(t *testing.T) {
	for _, lost := range []string{"nothing", "the request", "the answer"} {
		f := fakegithub.New(t, token)
		path, git := bare(t)
		f.Git = path
		base := git("rev-parse", "release")
		if lost != "nothing" {
			f.Fail(fakegithub.Fault{Method: http.MethodPost, Match: "mutation", After: lost == "the answer"})
		}
		hash, err := provider(t, f, token).CommitOnBranch(t.Context(), "release", commitSpec(base))
		if err != nil {
			t.Fatalf("%s is lost: %v", lost, err)
		}
		if at := git("rev-parse", "release"); at != hash || git("rev-parse", "release^") != base {
			t.Errorf("%s is lost: the branch is at %s, the answer is %s", lost, at, hash)
		}
		if got := git("ls-tree", "-r", "--name-only", "release"); got != "CHANGELOG.md\ndocs/a b.txt" {
			t.Errorf("the files are %q", got)
		}
		if got := git("cat-file", "blob", "release:CHANGELOG.md"); got != "new\r\n\x00" {
			t.Errorf("the file is %q", got)
		}
		if got := git("log", "-1", "--format=%an|%cn|%B", "release"); got != "octo-app[bot]|GitHub|chore(release): 1.0.0 [skip ci]\n\n## Notes\n\n* one" {
			t.Errorf("the commit is %q", got)
		}
	}
}

// TestABranchThatMovedIsSaidSo, and nothing is put on it.
func TestABranchThatMovedIsSaidSo(t *testing.T) {
	f := fakegithub.New(t, token)
	path, git := bare(t)
	f.Git = path
	at := git("rev-parse", "release")
	p := provider(t, f, token)
	for name, fault := range map[string]*fakegithub.Fault{"before": nil, "meanwhile": {Method: http.MethodPost, Match: "mutation", Status: http.StatusBadGateway}} {
		if fault != nil {
			f.Fail(*fault)
		}
		_, err := p.CommitOnBranch(t.Context(), "release", commitSpec(strings.Repeat("1", 40)))
		if release.CodeOf(err) != release.CodeMoved || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if git("rev-parse", "release") != at {
		t.Error("the branch was moved")
	}
}

func TestACommitThatIsNotAllowedNamesTheRight(t *testing.T) {
	f := fakegithub.New(t, token)
	f.Git, _ = bare(t)
	f.Rights = "pull"
	p := with(t, f, func(o *Options) { o.Env = func(string) string { return "true" } })
	_, err := p.CommitOnBranch(t.Context(), "release", commitSpec(strings.Repeat("1", 40)))
	if e, ok := err.(*release.Error); !ok || e.Code != release.CodeForbidden || e.Hint != "add to the workflow's job: permissions: {contents: write}" {
		t.Errorf("got %v", err)
	}
}
