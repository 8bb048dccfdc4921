package gitrepo

import (
	"strings"
	"testing"

	"github.com/semcut/semcut/internal/gittest"
	"github.com/semcut/semcut/release"
)

func TestRevisionsMeanWhatGitMeans(t *testing.T) {
	repo := small(t)
	// Names that could be taken for something else.
	repo.Git("tag", "main", "main~1")
	repo.Git("branch", "feature/x", "v1")
	repo.Git("branch", "deadbeef", "v1")
	repo.Git("update-ref", "refs/remotes/origin/main", "v1^{commit}")
	repo.Git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main")
	repo.Git("update-ref", "refs/heads/"+strings.Repeat("a", 40), "v1^{commit}")
	revisions := []string{
		"HEAD", "@", "main", "heads/main", "tags/main", "refs/heads/main", "v1", "v2", "inner", "light", "side", "feature/x", "deadbeef",
		"origin", "origin/main", "remotes/origin/main", "HEAD~", "HEAD^", "HEAD~1", "HEAD~2", "HEAD^2", "HEAD^2~1", "HEAD^^", "HEAD~0", "HEAD^0",
		"@~1", "@^2", "v2^{commit}", "v2^{}", "v1^0", "v2~1^1", "HEAD^1~1", "HEAD^{commit}~1",
	}
	full := repo.Git("rev-parse", "heads/main")
	tag := repo.Git("rev-parse", "v2")
	revisions = append(revisions, full, strings.ToUpper(full), full[:7], full[:12], strings.ToUpper(full[:9]), full[:13]+"~1", tag, tag[:12])
	check := func(t *testing.T) {
		t.Helper()
		r := open(t, repo.Dir)
		for _, rev := range revisions {
			got, err := r.Resolve(t.Context(), rev)
			want, failed := repo.Try("rev-parse", "--verify", "-q", rev+"^{commit}")
			if failed != nil || err != nil || got != want {
				t.Errorf("%s is %s, %v; git says %s, %v", rev, got, err, want, failed)
			}
		}
	}
	borrowed := func(t *testing.T) {
		t.Helper()
		dir, clone := cloned(t, repo, "--shared")
		for _, rev := range []string{full[:12], tag[:12]} {
			got, err := open(t, dir).Resolve(t.Context(), rev)
			if want := clone.Git("rev-parse", rev+"^{commit}"); err != nil || got != want {
				t.Errorf("%s is %s, %v, want %s", rev, got, err, want)
			}
		}
	}
	t.Run("loose", check)
	t.Run("borrowed, loose", borrowed)
	t.Run("packed", func(t *testing.T) {
		repo.Git("gc", "-q", "--prune=now")
		check(t)
	})
	t.Run("borrowed, packed", borrowed)
}

func TestRevisionsThatAreNoneSaySo(t *testing.T) {
	repo := small(t)
	repo.Git("tag", "tree", "HEAD^{tree}")
	repo.Git("symbolic-ref", "refs/heads/loop", "refs/heads/pool")
	repo.Git("symbolic-ref", "refs/heads/pool", "refs/heads/loop")
	r := open(t, repo.Dir)
	for _, rev := range []string{
		"nope", "HEAD^3", "HEAD~99", "HEAD~99999999999999999999", "HEAD^-1", "HEAD^{tree", "HEAD^{blob}", "HEAD:README", "tree", "0000", "zzzz", "-x", "~1~", "loop",
		"main..side", "a b", "v1^{commit}x", strings.Repeat("0", 40), strings.Repeat("d", 40), "fff", "..", "\x00", "HEAD@{1}", "ref\n: x",
	} {
		_, err := r.Resolve(t.Context(), rev)
		wantError(t, err, release.CodeRevision, "")
	}
}

func TestAbbreviationsOfSeveralCommitsAreRefused(t *testing.T) {
	repo := gittest.New(t)
	seen, prefix := map[string]bool{}, ""
	for prefix == "" { // by the birthday paradox after some three hundred
		var stream gittest.Stream
		d := gittest.DAG{}
		for i := range 600 {
			d.Nodes = append(d.Nodes, gittest.Node{When: gittest.Epoch + int64(i)})
		}
		stream.Add(d)
		for _, hash := range repo.Import(stream.Bytes()) {
			if seen[hash[:4]] {
				prefix = hash[:4]
			}
			seen[hash[:4]] = true
		}
	}
	_, err := open(t, repo.Dir).Resolve(t.Context(), prefix)
	wantError(t, err, release.CodeRevision, "ambiguous")
}
