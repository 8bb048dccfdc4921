package gittest

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Epoch is the time of the first commit that a Repo makes; each further one is an hour later.
const Epoch = 1_700_000_000

// Repo is a repository on disk.
type Repo struct {
	Dir   string
	tb    testing.TB
	clock int64
}

// Isolate takes the user's git out of the process: no configuration, no home, no agent. It is for TestMain,
// because what is tested may start git itself.
func Isolate() (restore func(), err error) {
	home, err := os.MkdirTemp("", "gittest-home-")
	if err != nil {
		return nil, err
	}
	for _, pair := range os.Environ() {
		name, _, _ := strings.Cut(pair, "=")
		if strings.HasPrefix(name, "GIT_") || name == "SSH_AUTH_SOCK" || strings.HasSuffix(strings.ToLower(name), "_proxy") {
			_ = os.Unsetenv(name) // can't fail for a name that was just listed
		}
	}
	for name, value := range map[string]string{"HOME": home, "XDG_CONFIG_HOME": "", "GIT_CONFIG_GLOBAL": os.DevNull, "GIT_CONFIG_NOSYSTEM": "1"} {
		if err := os.Setenv(name, value); err != nil {
			return nil, err
		}
	}
	return func() { _ = os.RemoveAll(home) }, nil
}

// environment is all that git sees.
func environment(when int64) []string {
	date := fmt.Sprintf("%d +0000", when)
	return []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + os.DevNull, "LC_ALL=C", "GIT_CONFIG_GLOBAL=" + os.DevNull, "GIT_CONFIG_NOSYSTEM=1",
		"GIT_AUTHOR_NAME=A U Thor", "GIT_AUTHOR_EMAIL=author@example.com", "GIT_AUTHOR_DATE=" + date,
		"GIT_COMMITTER_NAME=C O Mitter", "GIT_COMMITTER_EMAIL=committer@example.com", "GIT_COMMITTER_DATE=" + date,
		"GIT_TERMINAL_PROMPT=0", "GIT_ALLOW_PROTOCOL=file:http:https:ssh",
		// Nothing of it must survive a power cut.
		"GIT_CONFIG_COUNT=1", "GIT_CONFIG_KEY_0=core.fsync", "GIT_CONFIG_VALUE_0=none",
	}
}

// New makes an empty repository with a work tree, on the branch main. More arguments go to git init.
func New(tb testing.TB, args ...string) *Repo {
	tb.Helper()
	return Init(tb, filepath.Join(tb.TempDir(), "r"), args...)
}

// Init makes an empty repository with a work tree at dir.
func Init(tb testing.TB, dir string, args ...string) *Repo {
	tb.Helper()
	r := At(tb, dir)
	r.run("", append([]string{"init", "-q", "-b", "main", r.Dir}, args...)...)
	return r
}

// Bare makes an empty bare repository at dir, on the branch main, that takes pushes over HTTP.
func Bare(tb testing.TB, dir string, args ...string) *Repo {
	tb.Helper()
	r := At(tb, dir)
	r.run("", append([]string{"init", "-q", "--bare", "-b", "main", r.Dir}, args...)...)
	r.Git("config", "http.receivepack", "true")
	return r
}

// At is a repository that is there already, or will be.
func At(tb testing.TB, dir string) *Repo { return &Repo{Dir: dir, tb: tb, clock: Epoch} }

// Git runs git in the repository and gives its output without the last line end.
func (r *Repo) Git(args ...string) string {
	r.tb.Helper()
	return r.Input("", args...)
}

// Input runs git with something to read.
func (r *Repo) Input(in string, args ...string) string {
	r.tb.Helper()
	return r.run(in, append([]string{"-C", r.Dir}, args...)...)
}

func (r *Repo) run(in string, args ...string) string {
	r.tb.Helper()
	out, err := r.try(in, args...)
	if err != nil {
		r.tb.Fatalf("git %.300s: %v", strings.Join(args, " "), err)
	}
	return out
}

// Try runs git in the repository where it may fail; the error holds what git said.
func (r *Repo) Try(args ...string) (string, error) {
	return r.try("", append([]string{"-C", r.Dir}, args...)...)
}

func (r *Repo) try(in string, args ...string) (string, error) {
	cmd := exec.Command("git", args...)
	cmd.Env = environment(r.clock)
	cmd.Stdin = strings.NewReader(in)
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%w: %s", err, strings.TrimSpace(said.String()))
	}
	return strings.TrimSuffix(string(out), "\n"), nil
}

// Write writes a file of the work tree.
func (r *Repo) Write(name, text string) {
	r.tb.Helper()
	file := filepath.Join(r.Dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		r.tb.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		r.tb.Fatal(err)
	}
}

// Commit commits all of the work tree, even where nothing changed, and gives the commit.
func (r *Repo) Commit(message string) string {
	r.tb.Helper()
	r.clock += 3600
	r.Git("add", "-A")
	r.Git("commit", "-q", "--allow-empty", "--allow-empty-message", "-m", message)
	return r.Git("rev-parse", "HEAD")
}

// Hook writes a hook that the shell runs.
func (r *Repo) Hook(name, script string) {
	r.tb.Helper()
	dir := filepath.Join(r.Dir, "hooks")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		r.tb.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+script+"\n"), 0o755); err != nil {
		r.tb.Fatal(err)
	}
}

// Import feeds git fast-import and gives the objects behind the stream's marks; the first is that of mark 1.
func (r *Repo) Import(stream []byte) []string {
	r.tb.Helper()
	marks := filepath.Join(r.tb.TempDir(), "marks")
	r.Input(string(stream), "fast-import", "--quiet", "--force", "--export-marks="+marks)
	data, err := os.ReadFile(marks)
	if err != nil {
		r.tb.Fatal(err)
	}
	byMark := map[int]string{}
	for line := range strings.Lines(string(data)) {
		var mark int
		var hash string
		if _, err := fmt.Sscanf(line, ":%d %s", &mark, &hash); err != nil {
			r.tb.Fatal(err)
		}
		byMark[mark] = hash
	}
	hashes := make([]string, len(byMark))
	for mark, hash := range byMark {
		hashes[mark-1] = hash
	}
	return hashes
}

// Copy copies a repository, which is much faster than to make it again.
func Copy(tb testing.TB, from, to string) *Repo {
	tb.Helper()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		tb.Fatal(err)
	}
	r := At(tb, to)
	r.clock += 1000 * 3600 // later than all that is in it
	return r
}
