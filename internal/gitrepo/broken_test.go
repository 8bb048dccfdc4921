package gitrepo

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/internal/gittest"
	"github.com/semcut/semcut/release"
)

// objectFile is where a loose object lies.
func objectFile(repo *gittest.Repo, hash string) string {
	return filepath.Join(repo.Dir, ".git", "objects", hash[:2], hash[2:])
}

func overwrite(t *testing.T, file string, data []byte) {
	t.Helper()
	if err := os.Chmod(file, 0o644); err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// everything asks a repository all questions, and gives the errors.
func everything(t *testing.T, dir string) []error {
	t.Helper()
	r, err := Open(dir)
	if err != nil {
		return []error{err}
	}
	var errs []error
	note := func(err error) {
		if err != nil {
			errs = append(errs, err)
		}
	}
	head, err := r.Head(t.Context())
	note(err)
	_, err = r.Tags(t.Context())
	note(err)
	if head.Commit == "" {
		return errs
	}
	_, err = r.Commits(t.Context(), "", head.Commit)
	note(err)
	_, err = r.Graph(t.Context(), []string{head.Commit})
	note(err)
	files, err := r.Files(t.Context(), head.Commit)
	note(err)
	if err == nil {
		note(fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
			if err == nil && d.Type().IsRegular() {
				_, err = fs.ReadFile(files, name)
			}
			return err
		}))
	}
	_, err = r.newObjects(t.Context(), []string{head.Commit}, nil)
	note(err)
	who := commitparse.Signature{Name: "a", Email: "b"}
	_, err = r.Worktree().WriteCommit(t.Context(), release.CommitSpec{Base: head.Commit, Author: who, Committer: who, Message: "x",
		Edits: []release.Edit{{Path: "a/b/new", New: []byte("new")}}})
	note(err)
	return errs
}

// damages are what may happen to a repository; the first error of all must say it.
var damages = []struct {
	name  string
	spoil func(t *testing.T, repo *gittest.Repo)
	code  release.Code
	words string
}{
	{"truncated commit", func(t *testing.T, repo *gittest.Repo) {
		file := objectFile(repo, repo.Git("rev-parse", "HEAD"))
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		overwrite(t, file, data[:len(data)/2])
	}, release.CodeRepository, "reading"},
	{"empty commit", func(t *testing.T, repo *gittest.Repo) {
		overwrite(t, objectFile(repo, repo.Git("rev-parse", "HEAD")), nil)
	}, release.CodeRepository, "reading"},
	{"garbage commit", func(t *testing.T, repo *gittest.Repo) {
		overwrite(t, objectFile(repo, repo.Git("rev-parse", "HEAD")), bytes.Repeat([]byte("garbage"), 40))
	}, release.CodeRepository, "reading"},
	{"missing parent", func(t *testing.T, repo *gittest.Repo) {
		if err := os.Remove(objectFile(repo, repo.Git("rev-parse", "HEAD~1"))); err != nil {
			t.Fatal(err)
		}
	}, release.CodeRevision, "lacks"},
	{"missing tree", func(t *testing.T, repo *gittest.Repo) {
		if err := os.Remove(objectFile(repo, repo.Git("rev-parse", "HEAD^{tree}"))); err != nil {
			t.Fatal(err)
		}
	}, release.CodeRevision, "lacks"},
	{"missing tagged commit", func(t *testing.T, repo *gittest.Repo) {
		tree := repo.Git("rev-parse", "HEAD^{tree}")
		lost := repo.Git("commit-tree", "-m", "lost", tree)
		repo.Git("tag", "-m", "lost", "lost", lost)
		if err := os.Remove(objectFile(repo, lost)); err != nil {
			t.Fatal(err)
		}
	}, release.CodeRepository, `reading the tag "lost"`},
	{"commit without committer", func(t *testing.T, repo *gittest.Repo) {
		tree := repo.Git("rev-parse", "HEAD^{tree}")
		bad := repo.Input("tree "+tree+"\nauthor a <b> 1 +0000\n\nx\n", "hash-object", "-t", "commit", "-w", "--literally", "--stdin")
		repo.Git("update-ref", "refs/heads/main", bad)
	}, release.CodeRepository, "no committer"},
	{"commit with a broken parent", func(t *testing.T, repo *gittest.Repo) {
		tree := repo.Git("rev-parse", "HEAD^{tree}")
		bad := repo.Input("tree "+tree+"\nparent xyz\nauthor a <b> 1 +0000\ncommitter a <b> 1 +0000\n\nx\n", "hash-object", "-t", "commit", "-w", "--literally", "--stdin")
		overwrite(t, filepath.Join(repo.Dir, ".git", "refs", "heads", "main"), []byte(bad+"\n"))
	}, release.CodeRepository, "no object name"},
	{"broken ref", func(t *testing.T, repo *gittest.Repo) {
		overwrite(t, filepath.Join(repo.Dir, ".git", "refs", "tags", "v1"), []byte("garbage\nmore\n"))
	}, release.CodeRepository, `"refs/tags/v1"`},
	{"empty ref", func(t *testing.T, repo *gittest.Repo) {
		overwrite(t, filepath.Join(repo.Dir, ".git", "refs", "heads", "side"), nil)
	}, release.CodeRepository, `"refs/heads/side"`},
	{"broken packed-refs", func(t *testing.T, repo *gittest.Repo) {
		overwrite(t, filepath.Join(repo.Dir, ".git", "packed-refs"), []byte("# pack-refs with: peeled\n\x00\x01 garbage\n"))
	}, release.CodeRepository, "line 2"},
	{"broken HEAD", func(t *testing.T, repo *gittest.Repo) {
		overwrite(t, filepath.Join(repo.Dir, ".git", "HEAD"), []byte("garbage\n"))
	}, release.CodeRepository, "HEAD"},
	{"HEAD at a missing commit", func(t *testing.T, repo *gittest.Repo) {
		overwrite(t, filepath.Join(repo.Dir, ".git", "HEAD"), []byte(strings.Repeat("1", 40)+"\n"))
	}, release.CodeRepository, "lacks"},
}

func TestBrokenRepositoriesGiveOneClearError(t *testing.T) {
	for _, c := range damages {
		t.Run(c.name, func(t *testing.T) {
			repo := small(t)
			c.spoil(t, repo)
			errs := everything(t, repo.Dir)
			if len(errs) == 0 {
				t.Fatal("no error")
			}
			wantError(t, errs[0], c.code, c.words)
			for _, err := range errs {
				clearError(t, err)
			}
		})
	}
}

// clearError fails unless an error is one line of ours with a mend.
func clearError(t *testing.T, err error) {
	t.Helper()
	e, ok := errors.AsType[*release.Error](err)
	if !ok || e.Code == "" || e.Hint == "" || strings.ContainsAny(err.Error(), "\n\x00") {
		t.Errorf("error %q is not a clear one", err)
	}
}

// Whatever is damaged in a pack: no panic, no endless loop, and either the right answer or a clear error.
func TestDamagedPacksNeverPanic(t *testing.T) {
	rng := rand.New(rand.NewPCG(seed(t), 12))
	repo := small(t)
	repo.Git("gc", "-q", "--aggressive", "--prune=now")
	want := len(strings.Fields(repo.Git("rev-list", "HEAD")))
	packs, err := filepath.Glob(filepath.Join(repo.Dir, ".git", "objects", "pack", "pack-*.*"))
	if err != nil || len(packs) < 2 {
		t.Fatalf("packs %v, %v", packs, err)
	}
	for _, file := range packs {
		whole, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i := range 60 {
			data := bytes.Clone(whole)
			if i%3 == 0 {
				data = data[:rng.IntN(len(data))]
			} else {
				data[rng.IntN(len(data))] ^= byte(1 + rng.IntN(255))
			}
			overwrite(t, file, data)
			for _, err := range everything(t, repo.Dir) {
				clearError(t, err)
			}
			if r, err := Open(repo.Dir); err == nil {
				if head, err := r.Head(t.Context()); err == nil {
					if got, err := r.Commits(t.Context(), "", head.Commit); err == nil && len(got) != want {
						t.Errorf("%s, %d: %d commits, want %d", filepath.Ext(file), i, len(got), want)
					}
				}
			}
		}
		overwrite(t, file, whole)
	}
	loose, err := filepath.Glob(filepath.Join(repo.Dir, ".git", "objects", "[0-9a-f][0-9a-f]", "*"))
	if err != nil || len(loose) == 0 {
		t.Fatal("nothing was written: the repository was never whole", fmt.Sprint(err))
	}
}

func TestMessagesAreReadInTheirEncoding(t *testing.T) {
	repo := gittest.New(t)
	for _, c := range []struct{ encoding, raw, want string }{
		{"", "feat: ü\n", "feat: ü\n"},
		{"", "feat: \xfc\n", "feat: \uFFFD\n"},
		{"ISO-8859-1", "feat: \xfc\n", "feat: ü\n"},
		{"CP850", "feat: \x81\n", "feat: ü\n"},
		{"IBM437", "feat: \x81\n", "feat: ü\n"},
		{"latin1", "feat: \xfc\n", "feat: ü\n"},
		{"Shift_JIS", "feat: \x83\x65\n", "feat: テ\n"},
		{"windows-1251", "feat: \xe6\n", "feat: ж\n"},
		{"no-such-encoding", "feat: ü\n", "feat: ü\n"},
	} {
		tree := repo.Git("mktree")
		head := "tree " + tree + "\nauthor A <a> 1 +0000\ncommitter C <c> 2 +0130\n"
		if c.encoding != "" {
			head += "encoding " + c.encoding + "\n"
		}
		hash := repo.Input(head+"gpgsig -----BEGIN\n parent no\n -----END\n\n"+c.raw, "hash-object", "-t", "commit", "-w", "--literally", "--stdin")
		commits, err := open(t, repo.Dir).Commits(t.Context(), "", hash)
		if err != nil || len(commits) != 1 || commits[0].Raw != c.want {
			t.Errorf("%s %q reads as %v, %v", c.encoding, c.raw, commits, err)
			continue
		}
		if _, zone := commits[0].Committer.When.Zone(); commits[0].Committer.When.Unix() != 2 || zone != 90*60 {
			t.Errorf("the committer's time is %v", commits[0].Committer.When)
		}
	}
}

func TestFilesAreThoseOfTheCommit(t *testing.T) {
	repo := small(t)
	if err := os.Symlink("README", filepath.Join(repo.Dir, "link")); err != nil {
		t.Fatal(err)
	}
	head := repo.Commit("link")
	repo.Write("README", "changed\n")
	files, err := open(t, repo.Dir).Files(t.Context(), head)
	if err != nil {
		t.Fatal(err)
	}
	f, err := files.Open("README")
	if err != nil {
		t.Fatal(err)
	}
	if text, err := io.ReadAll(f); err != nil || string(text) != "readme\n" {
		t.Errorf("README is %q, %v", text, err)
	}
	for _, name := range []string{"missing", "README/x", "a/x", ".git/config", "../x", "/README", ""} {
		if _, err := fs.Stat(files, name); !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrInvalid) {
			t.Errorf("%q: %v", name, err)
		}
	}
	if _, err := fs.ReadFile(files, "link"); !errors.Is(err, fs.ErrInvalid) {
		t.Errorf("the link is followed: %v", err)
	}
	if names, err := fs.Glob(files, "*"); err != nil || strings.Join(names, " ") != "README a link" {
		t.Errorf("the root holds %v, %v", names, err)
	}
}
