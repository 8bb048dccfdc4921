package gitrepo

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/semcut/semcut/internal/gittest"
	"github.com/semcut/semcut/release"
)

// templates are repositories that many tests begin with, made once: name → folder.
var templates = map[string]string{}

// template copies the repository of a name, which make makes the first time.
func template(t *testing.T, name, to string, make func(dir string) *gittest.Repo) *gittest.Repo {
	t.Helper()
	from, made := templates[name]
	if !made {
		from = filepath.Join(os.Getenv("HOME"), name)
		make(from)
		templates[name] = from
	}
	return gittest.Copy(t, from, to)
}

// small is a merge of two commits on a first one, with the tags v1 (annotated), v2 (a tag of a tag) and light.
func small(t *testing.T) *gittest.Repo {
	t.Helper()
	return template(t, "small", filepath.Join(t.TempDir(), "r"), func(dir string) *gittest.Repo {
		repo := gittest.Init(t, dir)
		repo.Write("a/b/file", strings.Repeat("line\n", 200))
		repo.Write("README", "readme\n")
		repo.Commit("feat: one")
		repo.Git("tag", "-m", "v1", "v1")
		repo.Git("checkout", "-q", "-b", "side")
		repo.Commit("fix: side")
		repo.Git("checkout", "-q", "main")
		repo.Write("a/b/file", strings.Repeat("line\n", 200)+"more\n")
		repo.Commit("fix: two")
		repo.Git("merge", "-q", "--no-ff", "-m", "merge", "side")
		repo.Git("tag", "light")
		repo.Git("tag", "-m", "inner", "inner")
		repo.Git("tag", "-m", "v2", "v2", "inner")
		return repo
	})
}

// reads holds everything that a Repo tells of HEAD and the tags against git.
func reads(t *testing.T, repo *gittest.Repo, dir string) {
	t.Helper()
	r := open(t, dir)
	head, err := r.Head(t.Context())
	if want := repo.Git("rev-parse", "HEAD"); err != nil || head.Commit != want {
		t.Errorf("HEAD is %v, %v, want %s", head, err, want)
	}
	got, err := r.Tags(t.Context())
	if want := tagsOfGit(repo); err != nil || !slices.Equal(got, want) {
		t.Errorf("tags %v, %v, want %v", got, err, want)
	}
	sameTagsInGraph(t, r, head.Commit)
	commits, err := r.Commits(t.Context(), "", head.Commit)
	if want := strings.Fields(repo.Git("rev-list", "HEAD")); err != nil || !slices.Equal(hashesOf(commits), want) {
		t.Errorf("commits %v, %v, want %v", hashesOf(commits), err, want)
	}
	files, err := r.Files(t.Context(), head.Commit)
	if err != nil {
		t.Fatal(err)
	}
	text, err := files.(interface {
		ReadFile(string) ([]byte, error)
	}).ReadFile("a/b/file")
	if want := repo.Git("show", "HEAD:a/b/file") + "\n"; err != nil || string(text) != want {
		t.Errorf("the file has %d bytes, %v, want %d", len(text), err, len(want))
	}
}

// forms are the shapes that a repository may have; each gives the folder to open, and a Repo that git reads.
var forms = []struct {
	name string
	make func(*testing.T, *gittest.Repo) (dir string, same *gittest.Repo)
}{
	{"work tree", func(_ *testing.T, r *gittest.Repo) (string, *gittest.Repo) { return r.Dir, r }},
	{"folder of a work tree", func(_ *testing.T, r *gittest.Repo) (string, *gittest.Repo) { return filepath.Join(r.Dir, "a", "b"), r }},
	{".git itself", func(_ *testing.T, r *gittest.Repo) (string, *gittest.Repo) { return filepath.Join(r.Dir, ".git"), r }},
	{"bare", func(t *testing.T, r *gittest.Repo) (string, *gittest.Repo) { return cloned(t, r, "--bare") }},
	{"linked work tree", func(t *testing.T, r *gittest.Repo) (string, *gittest.Repo) {
		dir := filepath.Join(t.TempDir(), "linked")
		r.Git("worktree", "add", "-q", dir, "main~1")
		return filepath.Join(dir, "a"), gittest.At(t, dir)
	}},
	{".git file", func(t *testing.T, r *gittest.Repo) (string, *gittest.Repo) {
		return cloned(t, r, "--separate-git-dir="+filepath.Join(t.TempDir(), "elsewhere"))
	}},
	{"packed refs", func(_ *testing.T, r *gittest.Repo) (string, *gittest.Repo) {
		r.Git("pack-refs", "--all")
		return r.Dir, r
	}},
	{"packed with deltas", func(_ *testing.T, r *gittest.Repo) (string, *gittest.Repo) {
		r.Git("gc", "-q", "--aggressive", "--prune=now")
		return r.Dir, r
	}},
	{"packed with ref deltas", func(_ *testing.T, r *gittest.Repo) (string, *gittest.Repo) {
		r.Git("config", "repack.useDeltaBaseOffset", "false")
		r.Git("repack", "-q", "-a", "-d", "-f")
		return r.Dir, r
	}},
	{"commit graph, multi-pack index, bitmap", func(_ *testing.T, r *gittest.Repo) (string, *gittest.Repo) {
		r.Git("repack", "-q", "-a", "-d", "-b")
		r.Git("commit-graph", "write", "--reachable")
		r.Git("multi-pack-index", "write")
		return r.Dir, r
	}},
	{"alternates", func(t *testing.T, r *gittest.Repo) (string, *gittest.Repo) { return cloned(t, r, "--shared") }},
	{"alternates of a packed repository", func(t *testing.T, r *gittest.Repo) (string, *gittest.Repo) {
		r.Git("gc", "-q", "--prune=now")
		return cloned(t, r, "--shared")
	}},
	{"no blobs (partial clone)", func(t *testing.T, r *gittest.Repo) (string, *gittest.Repo) {
		r.Git("config", "uploadpack.allowFilter", "true")
		return cloned(t, r, "--no-local", "--filter=blob:none")
	}},
	{"detached HEAD", func(_ *testing.T, r *gittest.Repo) (string, *gittest.Repo) {
		r.Git("checkout", "-q", "main~1")
		return r.Dir, r
	}},
	{"replaced commit", func(_ *testing.T, r *gittest.Repo) (string, *gittest.Repo) {
		r.Git("replace", "--graft", "main", "v1^{commit}")
		return r.Dir, r
	}},
	{"replaced and packed", func(_ *testing.T, r *gittest.Repo) (string, *gittest.Repo) {
		r.Git("replace", "--graft", "main", "v1^{commit}")
		r.Git("pack-refs", "--all")
		return r.Dir, r
	}},
	{"format version 1 with worktree config", func(_ *testing.T, r *gittest.Repo) (string, *gittest.Repo) {
		r.Git("config", "core.repositoryFormatVersion", "1")
		r.Git("config", "extensions.worktreeConfig", "true")
		return r.Dir, r
	}},
}

func cloned(t *testing.T, r *gittest.Repo, args ...string) (string, *gittest.Repo) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "clone")
	r.Git(append(append([]string{"clone", "-q"}, args...), "file://"+r.Dir, dir)...)
	return dir, gittest.At(t, dir)
}

func TestEveryFormOfRepositoryReadsAsGitReadsIt(t *testing.T) {
	for _, form := range forms {
		t.Run(form.name, func(t *testing.T) {
			repo := small(t)
			dir, same := form.make(t, repo)
			top := filepath.Dir(repo.Dir)
			before := gittest.Snap(t, top)
			reads(t, same, dir)
			before.Same(t, top)
		})
	}
}

func TestOpenSaysWhereTheRepositoryIs(t *testing.T) {
	repo := small(t)
	linked := filepath.Join(t.TempDir(), "linked")
	repo.Git("worktree", "add", "-q", "--detach", linked)
	for _, c := range []struct{ dir, root, gitDir, commonDir string }{
		{repo.Dir, repo.Dir, ".git", ".git"},
		{filepath.Join(repo.Dir, "a"), repo.Dir, ".git", ".git"},
		{linked, linked, ".git/worktrees/linked", ".git"},
		{filepath.Join(repo.Dir, ".git"), "", ".git", ".git"},
		{filepath.Join(repo.Dir, ".git", "refs"), "", ".git", ".git"},
	} {
		r := open(t, c.dir)
		if r.Root() != c.root || r.GitDir() != filepath.Join(repo.Dir, c.gitDir) || filepath.Clean(r.CommonDir()) != filepath.Join(repo.Dir, c.commonDir) {
			t.Errorf("%s: root %q, folder %q, common folder %q", c.dir, r.Root(), r.GitDir(), r.CommonDir())
		}
	}
}

func TestHeadOfARepositoryWithoutCommitsIsUnborn(t *testing.T) {
	repo := gittest.New(t)
	r := open(t, repo.Dir)
	head, err := r.Head(t.Context())
	if want := (Head{Branch: "main", Unborn: true}); err != nil || head != want {
		t.Errorf("HEAD is %v, %v, want %v", head, err, want)
	}
	if tags, err := r.Tags(t.Context()); err != nil || len(tags) > 0 {
		t.Errorf("tags %v, %v", tags, err)
	}
	_, err = r.Resolve(t.Context(), "HEAD")
	wantError(t, err, release.CodeRevision, `"HEAD"`)
}

func TestShallowCloneAnswersWhatItCan(t *testing.T) {
	origin := gittest.New(t)
	origin.Commit("one")
	origin.Git("tag", "old")
	for _, name := range []string{"two", "three", "four", "five"} {
		origin.Commit(name)
	}
	origin.Git("tag", "v1", "HEAD~2")
	dir, clone := cloned(t, origin, "--depth=3")
	clone.Git("fetch", "-q", "--tags", "--depth=3")
	r := open(t, dir)
	if !r.Shallow() {
		t.Fatal("the clone is not shallow")
	}
	at := func(rev string) string { return origin.Git("rev-parse", rev) }
	commits, err := r.Commits(t.Context(), at("v1"), at("main"))
	if want := strings.Fields(origin.Git("rev-list", "v1..main")); err != nil || !slices.Equal(hashesOf(commits), want) {
		t.Errorf("v1..main is %v, %v, want %v", hashesOf(commits), err, want)
	}
	_, err = r.Commits(t.Context(), "", at("main"))
	wantError(t, err, release.CodeShallow, "all commits up to")
	_, err = r.Commits(t.Context(), at("old"), at("main"))
	wantError(t, err, release.CodeShallow, "shallow")
	_, err = r.IsAncestor(t.Context(), at("main~4"), at("main"))
	wantError(t, err, release.CodeShallow, "shallow")
	_, err = r.Resolve(t.Context(), "main~3")
	wantError(t, err, release.CodeShallow, "shallow")
	if yes, err := r.IsAncestor(t.Context(), at("v1"), at("main")); err != nil || !yes {
		t.Errorf("v1 is an ancestor of main: %v, %v", yes, err)
	}
}

func TestPartialCloneSaysWhatItLacks(t *testing.T) {
	for _, c := range []struct{ filter, file string }{{"blob:none", "README"}, {"tree:0", "README"}} {
		t.Run(c.filter, func(t *testing.T) {
			origin := small(t)
			origin.Git("config", "uploadpack.allowFilter", "true")
			dir, clone := cloned(t, origin, "--no-local", "--no-checkout", "--filter="+c.filter)
			r := open(t, dir)
			head := clone.Git("rev-parse", "HEAD")
			commits, err := r.Commits(t.Context(), "", head)
			if want := strings.Fields(origin.Git("rev-list", "HEAD")); err != nil || !slices.Equal(hashesOf(commits), want) {
				t.Errorf("commits %v, %v", hashesOf(commits), err)
			}
			if got, err := r.Tags(t.Context()); err != nil || !slices.Equal(got, tagsOfGit(origin)) {
				t.Errorf("tags %v, %v", got, err)
			}
			files, err := r.Files(t.Context(), head)
			if err == nil {
				_, err = files.Open(c.file)
			}
			wantError(t, err, release.CodeRevision, "lacks")
		})
	}
}

func TestForeignFormsAreRefused(t *testing.T) {
	for _, c := range []struct {
		name string
		make func(*testing.T) string
		code release.Code
		want string
	}{
		{"SHA-256", func(t *testing.T) string { return gittest.New(t, "--object-format=sha256").Dir }, release.CodeRepository, "SHA-256"},
		{"reftable", func(t *testing.T) string {
			repo := small(t)
			repo.Write(".git/config", "[core]\n\trepositoryformatversion = 1\n[extensions]\n\trefStorage = reftable\n")
			return repo.Dir
		}, release.CodeRepository, "reftable"},
		{"an extension of tomorrow", func(t *testing.T) string {
			repo := small(t)
			repo.Write(".git/config", "[core]\n\trepositoryformatversion = 1\n[extensions]\n\ttomorrow = yes\n")
			return repo.Dir
		}, release.CodeRepository, "tomorrow"},
		{"a format of tomorrow", func(t *testing.T) string {
			repo := small(t)
			repo.Write(".git/config", "[core]\n\trepositoryformatversion = 2\n")
			return repo.Dir
		}, release.CodeRepository, "format version is 2"},
		{"no repository", func(t *testing.T) string { return t.TempDir() }, release.CodeRepository, "neither"},
		{"no folder", func(t *testing.T) string { return filepath.Join(t.TempDir(), "missing") }, release.CodeRepository, "missing"},
		{"a file", func(t *testing.T) string {
			repo := small(t)
			return filepath.Join(repo.Dir, "README")
		}, release.CodeRepository, "no folder"},
		{"a .git file that leads nowhere", func(t *testing.T) string {
			repo := small(t)
			dir := filepath.Join(repo.Dir, "a")
			repo.Write("a/.git", "gitdir: ../nowhere\n")
			return dir
		}, release.CodeRepository, "nowhere"},
		{"a .git file of something else", func(t *testing.T) string {
			repo := small(t)
			repo.Write("a/.git", "hello\n")
			return filepath.Join(repo.Dir, "a")
		}, release.CodeRepository, "names no repository"},
		{"broken configuration", func(t *testing.T) string {
			repo := small(t)
			repo.Write(".git/config", "[core\n")
			return repo.Dir
		}, release.CodeRepository, "configuration"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Open(c.make(t))
			wantError(t, err, c.code, c.want)
		})
	}
}

func TestOpenPassesOverAnEmptyDotGitFolder(t *testing.T) {
	repo := small(t)
	if err := os.Mkdir(filepath.Join(repo.Dir, "a", ".git"), 0o755); err != nil {
		t.Fatal(err)
	}
	if got := open(t, filepath.Join(repo.Dir, "a")).Root(); got != repo.Dir {
		t.Errorf("the root is %q, want %q", got, repo.Dir)
	}
}
