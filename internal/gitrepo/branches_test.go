package gitrepo

import (
	"strings"
	"testing"

	"github.com/semcut/semcut/internal/gittest"
)

// TestBranches: the remote's branches count as they were when it was asked last; those of this clone where there are none.
func TestBranches(t *testing.T) {
	r := gittest.New(t)
	r.Commit("feat: a")
	r.Git("branch", "topic")
	branches := func() string {
		names, err := open(t, r.Dir).Branches("origin")
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(names, " ")
	}
	if got := branches(); got != "main topic" {
		t.Errorf("without a remote: %s", got)
	}
	r.Git("update-ref", "refs/remotes/origin/next", "main")
	r.Git("update-ref", "refs/remotes/origin/a/main", "main")
	r.Git("update-ref", "refs/remotes/other/main", "main")
	r.Git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/next")
	if got := branches(); got != "a/main next" {
		t.Errorf("of the remote: %s", got)
	}
}
