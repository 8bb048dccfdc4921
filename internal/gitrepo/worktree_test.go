package gitrepo

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/internal/gittest"
	"github.com/semcut/semcut/release"
)

var who = commitparse.Signature{Name: "Rel <Ease>\n", Email: "rel@example.com", When: time.Unix(gittest.Epoch, 0).In(time.FixedZone("", -12600))}

// project is a work tree with the files that a release edits, of every kind.
func project(t *testing.T) *gittest.Repo {
	t.Helper()
	repo := gittest.New(t)
	repo.Write("package.json", "{\"version\": \"1.0.0\"}\n")
	repo.Write("deep/er/version", "1.0.0\n")
	repo.Write("run.sh", "echo 1.0.0\n")
	if err := os.Chmod(filepath.Join(repo.Dir, "run.sh"), 0o755); err != nil {
		t.Fatal(err)
	}
	repo.Write("other", "other\n")
	repo.Commit("feat: one")
	return repo
}

// edits changes three files of the project and makes two.
func edits() []release.Edit {
	return []release.Edit{
		{Path: "package.json", Old: []byte("{\"version\": \"1.0.0\"}\n"), New: []byte("{\"version\": \"1.1.0\"}\n")},
		{Path: "deep/er/version", Old: []byte("1.0.0\n"), New: []byte("1.1.0\n")},
		{Path: "run.sh", Old: []byte("echo 1.0.0\n"), New: []byte("echo 1.1.0\n")},
		{Path: "CHANGELOG.md", New: []byte("# 1.1.0\n"), Created: true},
		{Path: "deep/new/er/file", New: []byte("new\n"), Created: true},
	}
}

// cut makes the release commit and its tag, moves the refs and brings the work tree up to date.
func cut(t *testing.T, repo *gittest.Repo, edits []release.Edit) (commit string) {
	t.Helper()
	r := open(t, repo.Dir)
	w, ctx := r.Worktree(), t.Context()
	base := repo.Git("rev-parse", "HEAD")
	if err := w.CheckEdits(ctx, base, edits); err != nil {
		t.Fatal(err)
	}
	commit, err := w.WriteCommit(ctx, release.CommitSpec{Base: base, Edits: edits, Message: "chore(release): 1.1.0\n", Author: who, Committer: who})
	if err != nil {
		t.Fatal(err)
	}
	tag, err := w.WriteTag(ctx, release.TagSpec{Name: "v1.1.0", Commit: commit, Annotated: true, Message: "v1.1.0\n", Tagger: who})
	if err != nil {
		t.Fatal(err)
	}
	staged, err := w.Stage(ctx, edits)
	if err != nil {
		t.Fatal(err)
	}
	defer staged.Discard()
	if err := w.UpdateRefs(ctx, []release.RefUpdate{{Name: "refs/heads/main", Old: base, New: commit}, {Name: "refs/tags/v1.1.0", New: tag}}); err != nil {
		t.Fatal(err)
	}
	if err := staged.Commit(); err != nil {
		t.Fatal(err)
	}
	return commit
}

func fsck(t *testing.T, repo *gittest.Repo) {
	t.Helper()
	if out, err := repo.Try("fsck", "--strict", "--full", "--no-dangling"); err != nil || out != "" {
		t.Errorf("git fsck: %v %s", err, out)
	}
}

func clean(t *testing.T, repo *gittest.Repo, want string) {
	t.Helper()
	if got := repo.Git("status", "--porcelain", "--untracked-files=all"); got != want {
		t.Errorf("git status says\n%s\nwant\n%s", got, want)
	}
}

func TestAReleaseCommitLeavesACleanWorkTree(t *testing.T) {
	for _, c := range []struct {
		name   string
		make   func(*gittest.Repo)
		status string
	}{
		{"as it is", func(*gittest.Repo) {}, ""},
		{"index version 3", func(r *gittest.Repo) {
			r.Write("soon", "x")
			r.Git("add", "-N", "soon")
		}, " A soon"},
		{"index version 4", func(r *gittest.Repo) { r.Git("update-index", "--index-version=4") }, ""},
		{"other changes, staged and not", func(r *gittest.Repo) {
			r.Write("other", "staged")
			r.Git("add", "other")
			r.Write("other", "changed")
			r.Write("untracked", "x")
		}, "MM other\n?? untracked"},
		{"caches in the index", func(r *gittest.Repo) {
			r.Git("update-index", "--untracked-cache")
			r.Git("status")
			r.Git("write-tree")
		}, ""},
		{"sparse", func(r *gittest.Repo) { r.Git("sparse-checkout", "set", "--no-cone", "/package.json", "/other") }, ""},
		{"packed", func(r *gittest.Repo) { r.Git("gc", "-q") }, ""},
		{"core.filemode is off", func(r *gittest.Repo) { r.Git("config", "core.fileMode", "false") }, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			repo := project(t)
			c.make(repo)
			commit := cut(t, repo, edits())
			clean(t, repo, c.status)
			fsck(t, repo)
			want := "100644 CHANGELOG.md\n100644 deep/er/version\n100644 deep/new/er/file\n100644 other\n100644 package.json\n100755 run.sh"
			if got := repo.Git("ls-tree", "-r", "--format=%(objectmode) %(path)", commit); got != want {
				t.Errorf("the tree is\n%s\nwant\n%s", got, want)
			}
			if got := repo.Git("show", "HEAD:run.sh", "HEAD:deep/er/version", "HEAD:package.json"); got != "echo 1.1.0\n1.1.0\n{\"version\": \"1.1.0\"}" {
				t.Errorf("the files are %q", got)
			}
			if got := repo.Git("log", "-1", "--format=%an %ae %ad %s", "--date=raw"); got != "Rel Ease rel@example.com 1700000000 -0330 chore(release): 1.1.0" {
				t.Errorf("the commit is %q", got)
			}
			if got := repo.Git("for-each-ref", "--format=%(objecttype) %(taggername) %(contents:subject)", "refs/tags/v1.1.0"); got != "tag Rel Ease v1.1.0" {
				t.Errorf("the tag is %q", got)
			}
			again := open(t, repo.Dir).Worktree()
			if err := again.CheckEdits(t.Context(), commit, []release.Edit{{Path: "other", Old: []byte("other\n")}}); (err == nil) != (c.name != "other changes, staged and not") {
				t.Errorf("read again, the index says %v", err)
			}
		})
	}
}

func TestTheSameInputGivesTheSameObjects(t *testing.T) {
	repo := project(t)
	w := open(t, repo.Dir).Worktree()
	spec := release.CommitSpec{Base: repo.Git("rev-parse", "HEAD"), Edits: edits(), Message: "x\n", Author: who, Committer: who}
	first, err := w.WriteCommit(t.Context(), spec)
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		if again, err := w.WriteCommit(t.Context(), spec); err != nil || again != first {
			t.Fatalf("%s, then %s, %v", first, again, err)
		}
	}
}

// What a message or a name may hold, fsck must like.
func TestObjectsPassFsckWhateverTheirText(t *testing.T) {
	for _, text := range []string{"", "x", "\x00nul\x00", "a\r\nb", strings.Repeat("long ", 1000), "\xff\xfe", "ü\n\n\n"} {
		repo := project(t)
		w := open(t, repo.Dir).Worktree()
		odd := commitparse.Signature{Name: text, Email: text, When: time.Unix(0, 0)}
		commit, err := w.WriteCommit(t.Context(), release.CommitSpec{Base: repo.Git("rev-parse", "HEAD"), Edits: edits(), Message: text, Author: odd, Committer: odd})
		if err != nil {
			t.Fatal(err)
		}
		tag, err := w.WriteTag(t.Context(), release.TagSpec{Name: "v1", Commit: commit, Annotated: true, Message: text, Tagger: odd})
		if err != nil {
			t.Fatal(err)
		}
		plan, err := w.WriteOpen(t.Context(), []byte("{}"), time.Unix(0, 0))
		if err != nil {
			t.Fatal(err)
		}
		if err := w.UpdateRefs(t.Context(), []release.RefUpdate{{Name: "refs/tags/v1", New: tag}, {Name: "refs/semcut/open/v1", New: plan}}); err != nil {
			t.Fatal(err)
		}
		fsck(t, repo)
	}
}

func TestALightweightTagIsItsCommit(t *testing.T) {
	repo := project(t)
	head := repo.Git("rev-parse", "HEAD")
	if got, err := open(t, repo.Dir).Worktree().WriteTag(t.Context(), release.TagSpec{Name: "v1", Commit: head}); err != nil || got != head {
		t.Errorf("%s, %v", got, err)
	}
}

func TestOpenReleasesAreReadBack(t *testing.T) {
	repo := project(t)
	w := open(t, repo.Dir).Worktree()
	hash, err := w.WriteOpen(t.Context(), []byte("{\"a\": 1}\n"), time.Unix(5, 0))
	if err != nil {
		t.Fatal(err)
	}
	if data, ok, err := w.ReadOpen(t.Context(), hash); err != nil || !ok || string(data) != "{\"a\": 1}\n" {
		t.Errorf("%q, %v, %v", data, ok, err)
	}
	if _, ok, err := w.ReadOpen(t.Context(), strings.Repeat("1", 40)); ok || err != nil {
		t.Errorf("a missing one: %v, %v", ok, err)
	}
	_, _, err = w.ReadOpen(t.Context(), repo.Git("rev-parse", "HEAD"))
	wantError(t, err, release.CodeOpen, "plan.json")
}

func TestFilesKeepTheirLineEndingsAndRights(t *testing.T) {
	repo := project(t)
	repo.Git("config", "core.autocrlf", "true")
	file := filepath.Join(repo.Dir, "deep/er/version")
	overwrite(t, file, []byte("1.0.0\r\n"))
	if err := os.Chmod(filepath.Join(repo.Dir, "package.json"), 0o600); err != nil {
		t.Fatal(err)
	}
	cut(t, repo, edits()[:3])
	for name, want := range map[string]string{"deep/er/version": "1.1.0\r\n", "package.json": "{\"version\": \"1.1.0\"}\n"} {
		if got, err := os.ReadFile(filepath.Join(repo.Dir, name)); err != nil || string(got) != want {
			t.Errorf("%s is %q, %v", name, got, err)
		}
	}
	for name, want := range map[string]fs.FileMode{"run.sh": 0o755, "package.json": 0o600} {
		if info, err := os.Stat(filepath.Join(repo.Dir, name)); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s has %v, %v", name, info.Mode(), err)
		}
	}
	if got := repo.Git("cat-file", "-p", "HEAD:deep/er/version"); got != "1.1.0" {
		t.Errorf("the commit holds %q", got)
	}
	clean(t, repo, "")
}

// A run that was killed after the files were renamed finds them done, whatever their line ends.
func TestStagedAgainFilesStayAsTheyAre(t *testing.T) {
	repo := project(t)
	repo.Git("config", "core.autocrlf", "true")
	overwrite(t, filepath.Join(repo.Dir, "deep/er/version"), []byte("1.1.0\r\n"))
	staged, err := open(t, repo.Dir).Worktree().Stage(t.Context(), edits()[1:2])
	if err != nil {
		t.Fatal(err)
	}
	defer staged.Discard()
	if err := staged.Commit(); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(filepath.Join(repo.Dir, "deep/er/version")); err != nil || string(got) != "1.1.0\r\n" {
		t.Errorf("the file is %q, %v", got, err)
	}
	clean(t, repo, "M  deep/er/version")
}

func TestDiscardLeavesNothingBehind(t *testing.T) {
	repo := project(t)
	repo.Git("status")
	before := gittest.Snap(t, repo.Dir)
	staged, err := open(t, repo.Dir).Worktree().Stage(t.Context(), edits()[:3])
	if err != nil {
		t.Fatal(err)
	}
	staged.Discard()
	staged.Discard()
	if err := staged.Commit(); err != nil {
		t.Errorf("a discarded one: %v", err)
	}
	after := gittest.Snap(t, repo.Dir)
	for path := range after {
		if before[path] == "" {
			t.Errorf("%s is left", path)
		}
	}
	clean(t, repo, "")
}

func TestEditsThatCantBeAppliedSayWhy(t *testing.T) {
	edit := edits()[0]
	made := edits()[3]
	for _, c := range []struct {
		name  string
		spoil func(r *gittest.Repo, file string)
		edit  release.Edit
		code  release.Code
		words string
	}{
		{"changed", func(r *gittest.Repo, _ string) { r.Write("package.json", "x") }, edit, release.CodeDirty, "not committed"},
		{"staged", func(r *gittest.Repo, _ string) {
			r.Write("package.json", "x")
			r.Git("add", "-A")
		}, edit, release.CodeDirty, "staged"},
		{"deleted", func(_ *gittest.Repo, file string) { _ = os.Remove(file) }, edit, release.CodeDirty, "deleted"},
		{"deleted from the index", func(r *gittest.Repo, _ string) { r.Git("rm", "-q", "--cached", "package.json") }, edit, release.CodeDirty, "staged"},
		{"a link", func(_ *gittest.Repo, file string) {
			_ = os.Remove(file)
			_ = os.Symlink("other", file)
		}, edit, release.CodeFile, "symbolic link"},
		{"a folder", func(_ *gittest.Repo, file string) {
			_ = os.Remove(file)
			_ = os.Mkdir(file, 0o755)
		}, edit, release.CodeFile, "folder"},
		{"read-only", func(_ *gittest.Repo, file string) { _ = os.Chmod(file, 0o444) }, edit, release.CodeFile, "read-only"},
		{"new, but there", func(r *gittest.Repo, _ string) { r.Write("CHANGELOG.md", "x") }, made, release.CodeDirty, "not tracked"},
		{"new, but staged", func(r *gittest.Repo, _ string) {
			r.Write("CHANGELOG.md", "x")
			r.Git("add", "-A")
		}, made, release.CodeDirty, "staged"},
		{"below a file", func(*gittest.Repo, string) {}, release.Edit{Path: "other/x", Created: true}, release.CodeFile, "directory"},
		{"below a link that leads out", func(r *gittest.Repo, _ string) { _ = os.Symlink("/tmp", filepath.Join(r.Dir, "out")) },
			release.Edit{Path: "out/x", Created: true}, release.CodeFile, `"out`},
		{"above the root", func(*gittest.Repo, string) {}, release.Edit{Path: "../x", Created: true}, release.CodeFile, `"../x"`},
		{"inside of .git", func(*gittest.Repo, string) {}, release.Edit{Path: ".git/hooks/post-commit", Created: true}, release.CodeFile, ".git"},
		{"split index", func(r *gittest.Repo, _ string) { r.Git("update-index", "--split-index") }, edit, release.CodeRepository, "index"},
		{"broken index", func(r *gittest.Repo, _ string) { r.Write(".git/index", "garbage") }, edit, release.CodeRepository, "index"},
	} {
		t.Run(c.name, func(t *testing.T) {
			repo := project(t)
			c.spoil(repo, filepath.Join(repo.Dir, "package.json"))
			err := open(t, repo.Dir).Worktree().CheckEdits(t.Context(), repo.Git("rev-parse", "HEAD"), []release.Edit{c.edit})
			wantError(t, err, c.code, c.words)
		})
	}
}

func TestACommitOnAMissingBaseSaysSo(t *testing.T) {
	_, err := open(t, project(t).Dir).Worktree().WriteCommit(t.Context(), release.CommitSpec{Base: strings.Repeat("1", 40), Author: who, Committer: who})
	wantError(t, err, release.CodeRevision, "lacks")
}

func TestAFileInThePlaceOfAnotherKindIsRefused(t *testing.T) {
	repo := project(t)
	for _, path := range []string{"deep", "other/x"} {
		_, err := open(t, repo.Dir).Worktree().WriteCommit(t.Context(), release.CommitSpec{Base: repo.Git("rev-parse", "HEAD"), Author: who, Committer: who,
			Edits: []release.Edit{{Path: path, New: []byte("x")}}})
		wantError(t, err, release.CodeFile, "is")
	}
}

func TestRestoreBringsCleanFilesToAnotherCommit(t *testing.T) {
	repo := project(t)
	base := repo.Git("rev-parse", "HEAD")
	w := open(t, repo.Dir).Worktree()
	commit, err := w.WriteCommit(t.Context(), release.CommitSpec{Base: base, Edits: edits(), Message: "x\n", Author: who, Committer: who})
	if err != nil {
		t.Fatal(err)
	}
	repo.Write("run.sh", "echo mine\n")
	if err := w.Restore(t.Context(), base, commit, false); err != nil {
		t.Fatal(err)
	}
	repo.Git("update-ref", "refs/heads/main", commit)
	clean(t, repo, "MM run.sh")
	if got, err := os.ReadFile(filepath.Join(repo.Dir, "run.sh")); err != nil || string(got) != "echo mine\n" {
		t.Errorf("the changed file is %q, %v", got, err)
	}
}

func TestALinkedWorkTreeIsCutAsAnyOther(t *testing.T) {
	main := project(t)
	dir := filepath.Join(t.TempDir(), "linked")
	main.Git("checkout", "-q", "--detach")
	main.Git("worktree", "add", "-q", dir, "main")
	repo := gittest.At(t, dir)
	cut(t, repo, edits())
	clean(t, repo, "")
	fsck(t, main)
}

func TestABareRepositoryNeedsNoWorkTree(t *testing.T) {
	dir, repo := cloned(t, project(t), "--bare")
	cut(t, repo, edits())
	fsck(t, repo)
	if err := open(t, dir).Worktree().Restore(t.Context(), "x", "y", false); err != nil {
		t.Error(err)
	}
}

func TestACancelledStageLeavesNothing(t *testing.T) {
	repo := project(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	before := gittest.Snap(t, filepath.Join(repo.Dir, "deep"))
	if _, err := open(t, repo.Dir).Worktree().Stage(ctx, edits()); err == nil {
		t.Error("no error")
	}
	before.Same(t, filepath.Join(repo.Dir, "deep"))
}
