package gitrepo

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/semcut/semcut/internal/gittest"
	"github.com/semcut/semcut/release"
)

func update(t *testing.T, repo *gittest.Repo, updates ...release.RefUpdate) error {
	t.Helper()
	return open(t, repo.Dir).Worktree().UpdateRefs(t.Context(), updates)
}

func TestRefsMoveOnlyFromTheirOldValue(t *testing.T) {
	repo := small(t)
	one, two := repo.Git("rev-parse", "main~1"), repo.Git("rev-parse", "main")
	for _, c := range []struct {
		name string
		u    release.RefUpdate
		code release.Code
	}{
		{"wrong old value", release.RefUpdate{Name: "refs/heads/main", Old: one, New: one}, release.CodeMoved},
		{"there, but should not be", release.RefUpdate{Name: "refs/heads/main", New: one}, release.CodeMoved},
		{"not there, but should be", release.RefUpdate{Name: "refs/heads/nope", Old: one, New: two}, release.CodeMoved},
		{"deletion from a wrong value", release.RefUpdate{Name: "refs/heads/main", Old: one}, release.CodeMoved},
		{"right", release.RefUpdate{Name: "refs/heads/main", Old: two, New: one}, ""},
		{"new", release.RefUpdate{Name: "refs/semcut/open/pkg/v1", New: one}, ""},
		{"deleted", release.RefUpdate{Name: "refs/semcut/open/pkg/v1", Old: one}, ""},
	} {
		before := repo.Git("for-each-ref")
		err := update(t, repo, c.u)
		if c.code != "" {
			wantError(t, err, c.code, c.u.Name)
			if after := repo.Git("for-each-ref"); after != before {
				t.Errorf("%s: the refs moved", c.name)
			}
			continue
		}
		got, _ := repo.Try("rev-parse", "-q", "--verify", c.u.Name)
		if err != nil || got != c.u.New {
			t.Errorf("%s: it is %q, %v", c.name, got, err)
		}
	}
	fsck(t, repo)
}

func TestALockedRefIsAnErrorThatNamesTheLock(t *testing.T) {
	repo := small(t)
	head := repo.Git("rev-parse", "main")
	lock := filepath.Join(repo.Dir, ".git", "refs", "heads", "main.lock")
	overwrite(t, lock, nil)
	wantError(t, update(t, repo, release.RefUpdate{Name: "refs/heads/main", Old: head, New: repo.Git("rev-parse", "main~1")}), release.CodeFile, "main.lock")
	if _, err := os.Stat(lock); err != nil {
		t.Errorf("the lock of somebody else is gone: %v", err)
	}
}

func TestALockedIndexIsAnErrorThatNamesTheLock(t *testing.T) {
	repo := project(t)
	staged, err := open(t, repo.Dir).Worktree().Stage(t.Context(), edits())
	if err != nil {
		t.Fatal(err)
	}
	defer staged.Discard()
	overwrite(t, filepath.Join(repo.Dir, ".git", "index.lock"), nil)
	wantError(t, staged.Commit(), release.CodeFile, "index.lock")
}

func TestARefInTheWayOfAnotherIsAClearError(t *testing.T) {
	for _, packed := range []bool{false, true} {
		for _, c := range []struct{ there, new string }{{"refs/tags/a", "refs/tags/a/b"}, {"refs/tags/a/b", "refs/tags/a"}, {"refs/tags/a/b/c", "refs/tags/a"}} {
			repo := small(t)
			head := repo.Git("rev-parse", "main")
			repo.Git("update-ref", c.there, head)
			if packed {
				repo.Git("pack-refs", "--all")
			}
			before := repo.Git("for-each-ref")
			wantError(t, update(t, repo, release.RefUpdate{Name: c.new, New: head}), release.CodeFile, c.there)
			if after := repo.Git("for-each-ref"); after != before {
				t.Errorf("%s beside %s: the refs are %s", c.new, c.there, after)
			}
			fsck(t, repo)
		}
	}
}

func TestARefTakesThePlaceOfAnEmptyFolder(t *testing.T) {
	repo := small(t)
	head := repo.Git("rev-parse", "main")
	if err := os.MkdirAll(filepath.Join(repo.Dir, ".git", "refs", "tags", "a", "b", "c"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := update(t, repo, release.RefUpdate{Name: "refs/tags/a", New: head}); err != nil || repo.Git("rev-parse", "refs/tags/a") != head {
		t.Errorf("%v", err)
	}
}

// Deleting a packed ref takes its line away and that of what it is peeled to, and nothing else.
func TestADeletedPackedRefLeavesTheOthersAsTheyWere(t *testing.T) {
	for _, loose := range []bool{false, true} {
		repo := small(t)
		repo.Git("pack-refs", "--all")
		if loose {
			repo.Git("update-ref", "refs/tags/inner", "main~1")
		}
		want := strings.ReplaceAll(repo.Git("show-ref", "-d"), "\n", "\n")
		var kept []string
		for line := range strings.Lines(want + "\n") {
			if !strings.Contains(line, "refs/tags/inner") {
				kept = append(kept, line)
			}
		}
		if err := update(t, repo, release.RefUpdate{Name: "refs/tags/inner", Old: repo.Git("rev-parse", "inner")}); err != nil {
			t.Fatal(err)
		}
		if got := repo.Git("show-ref", "-d") + "\n"; got != strings.Join(kept, "") {
			t.Errorf("the refs are\n%s\nwant\n%s", got, strings.Join(kept, ""))
		}
		sameTags(t, repo)
		fsck(t, repo)
	}
}

func TestADeletionWaitsForNobody(t *testing.T) {
	repo := small(t)
	repo.Git("pack-refs", "--all")
	overwrite(t, filepath.Join(repo.Dir, ".git", "packed-refs.lock"), nil)
	before := repo.Git("for-each-ref")
	wantError(t, update(t, repo, release.RefUpdate{Name: "refs/tags/v1", Old: repo.Git("rev-parse", "v1")}), release.CodeFile, "packed-refs.lock")
	if after := repo.Git("for-each-ref"); after != before {
		t.Errorf("the refs are\n%s", after)
	}
}

func TestMovesStandInTheReflog(t *testing.T) {
	repo := small(t)
	from, to := repo.Git("rev-parse", "main"), repo.Git("rev-parse", "main~1")
	if err := update(t, repo, release.RefUpdate{Name: "refs/heads/main", Old: from, New: to}); err != nil {
		t.Fatal(err)
	}
	for _, ref := range []string{"main", "HEAD"} {
		if got := repo.Git("rev-parse", ref+"@{0}", ref+"@{1}"); got != to+"\n"+from {
			t.Errorf("the log of %s says %q", ref, got)
		}
		if got := repo.Git("log", "-g", "-1", "--format=%gs", ref); got != "semcut: release" {
			t.Errorf("the log of %s says %q", ref, got)
		}
	}
	fsck(t, repo)
}

func TestADetachedHeadMoves(t *testing.T) {
	repo := small(t)
	repo.Git("checkout", "-q", "--detach")
	from, to := repo.Git("rev-parse", "HEAD"), repo.Git("rev-parse", "HEAD~1")
	if err := update(t, repo, release.RefUpdate{Name: "HEAD", Old: from, New: to}); err != nil || repo.Git("rev-parse", "HEAD") != to {
		t.Errorf("HEAD is %s, %v", repo.Git("rev-parse", "HEAD"), err)
	}
}

func TestUpdatesBeforeAFailedOneGoBack(t *testing.T) {
	repo := small(t)
	one, two := repo.Git("rev-parse", "main~1"), repo.Git("rev-parse", "main")
	before := repo.Git("for-each-ref")
	err := update(t, repo, release.RefUpdate{Name: "refs/heads/main", Old: two, New: one}, release.RefUpdate{Name: "refs/tags/new", New: one},
		release.RefUpdate{Name: "refs/tags/v1", New: one})
	wantError(t, err, release.CodeMoved, "refs/tags/v1")
	if after := repo.Git("for-each-ref"); after != before {
		t.Errorf("the refs are\n%s\nwant\n%s", after, before)
	}
}
