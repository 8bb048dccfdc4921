package gitrepo

import (
	"bytes"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/semcut/semcut/internal/gittest"
)

// Histories of real projects judge as the generated ones do. SEMCUT_HISTORIES names a folder with git fast-import
// streams, packed with xz.
func TestRealHistoriesReadAsGitReadsThem(t *testing.T) {
	folder := os.Getenv("SEMCUT_HISTORIES")
	if folder == "" {
		t.Skip("SEMCUT_HISTORIES names no folder with histories (*.fi.xz)")
	}
	files, err := filepath.Glob(filepath.Join(folder, "*.fi.xz"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no history in %q: %v", folder, err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".fi.xz"), func(t *testing.T) {
			var stream bytes.Buffer
			unpack := exec.Command("xz", "-dc", file)
			unpack.Stdout = &stream
			if err := unpack.Run(); err != nil {
				t.Fatal(err)
			}
			repo := gittest.New(t)
			repo.Input(stream.String(), "fast-import", "--quiet", "--force")
			sameTags(t, repo)
			sameRanges(t, repo)
			sameParts(t, repo)
		})
	}
}

func sameRange(t *testing.T, repo *gittest.Repo, r *Repo, from, to string) {
	t.Helper()
	got, err := r.Commits(t.Context(), from, to)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Fields(repo.Git("rev-list", from+".."+to))
	if !slices.Equal(hashesOf(got), append([]string{}, want...)) {
		t.Errorf("%s..%s has %d commits, git says %d, or in another order", from, to, len(got), len(want))
	}
	ancestor, err := r.IsAncestor(t.Context(), to, from)
	if err != nil || ancestor != (len(want) == 0) {
		t.Errorf("%s is an ancestor of %s: %v, %v; git says %v", to, from, ancestor, err, len(want) == 0)
	}
}

func sameRanges(t *testing.T, repo *gittest.Repo) {
	t.Helper()
	r := open(t, repo.Dir)
	tags := strings.Fields(repo.Git("for-each-ref", "--sort=version:refname", "--format=%(objectname)", "refs/tags"))
	for i, hash := range tags {
		tags[i], _ = r.peelTo(hash)
	}
	for i := 1; i < len(tags); i++ {
		sameRange(t, repo, r, tags[i-1], tags[i])
	}
	all := strings.Fields(repo.Git("rev-list", "--all"))
	rng := rand.New(rand.NewPCG(seed(t), 11))
	for range 60 {
		sameRange(t, repo, r, all[rng.IntN(len(all))], all[rng.IntN(len(all))])
	}
	for _, head := range strings.Fields(repo.Git("for-each-ref", "--format=%(objectname)", "refs/heads")) {
		got, err := r.Commits(t.Context(), "", head)
		if want := strings.Fields(repo.Git("rev-list", head)); err != nil || !slices.Equal(hashesOf(got), want) {
			t.Errorf("all of %s has %d commits, git says %d: %v", head, len(got), len(want), err)
		}
	}
	t.Logf("%d commits, %d tags", len(all), len(tags))
}

// sameParts partitions by all tags, parents first, and holds each part against rev-list.
func sameParts(t *testing.T, repo *gittest.Repo) {
	t.Helper()
	at := map[string]bool{}
	for _, tag := range tagsOfGit(repo) {
		at[tag.Commit] = true
	}
	var tips []string
	for _, hash := range strings.Fields(repo.Git("rev-list", "--topo-order", "--reverse", "--tags")) {
		if at[hash] {
			tips = append(tips, hash)
		}
	}
	parts, err := partition(t, open(t, repo.Dir), tips)
	if err != nil {
		t.Fatal(err)
	}
	for i, tip := range tips {
		ask := strings.Join(append([]string{tip}, tips[:i]...), "\n^") + "\n"
		if want := strings.Fields(repo.Input(ask, "rev-list", "--stdin")); !slices.Equal(hashesOf(parts[i]), append([]string{}, want...)) {
			t.Errorf("part %d has %d commits, git says %d, or in another order", i, len(parts[i]), len(want))
		}
	}
}
