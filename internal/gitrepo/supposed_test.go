package gitrepo

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/internal/gittest"
	"github.com/semcut/semcut/release"
)

// TestSupposedIsWhatGitMakes lets git merge, squash and rebase, and compares the plans with those of what was supposed before.
func TestSupposedIsWhatGitMakes(t *testing.T) {
	repo := gittest.New(t)
	repo.Commit("feat: start")
	repo.Git("tag", "v1.0.0")
	repo.Git("checkout", "-q", "-b", "topic")
	repo.Commit("fix: one")
	repo.Git("tag", "v1.1.0-beta.1")
	repo.Git("checkout", "-q", "main")
	repo.Commit("fix: between")
	repo.Git("checkout", "-q", "topic")
	repo.Commit("feat: two")
	repo.Git("merge", "-q", "--no-ff", "-m", "Merge branch 'main' into topic", "main")
	repo.Commit("fix: three\n\nBREAKING CHANGE: four")
	repo.Git("checkout", "-q", "main")
	base, side := repo.Git("rev-parse", "main"), repo.Git("rev-parse", "topic")
	h := open(t, repo.Dir)
	asked, err := h.Commits(t.Context(), base, side)
	if err != nil {
		t.Fatal(err)
	}
	raw := func(text string) commitparse.Commit {
		c := commitparse.Commit{Hash: side}
		c.Raw = text
		return c
	}
	var linear []commitparse.Commit
	for _, c := range asked {
		if len(c.Parents) == 1 {
			linear = append(linear, c)
		}
	}
	for name, way := range map[string]struct {
		supposed release.Supposed
		make     func()
	}{
		"merge": {release.Supposed{Base: base, Side: side, Top: []commitparse.Commit{raw("Merge pull request #1 from a/topic\n\nfeat: topic")}}, func() {
			repo.Git("merge", "-q", "--no-ff", "-m", "Merge pull request #1 from a/topic\n\nfeat: topic", "topic")
		}},
		"squash": {release.Supposed{Base: base, Top: []commitparse.Commit{raw("feat: topic (#1)")}}, func() {
			repo.Git("commit", "-q", "--allow-empty", "-m", "feat: topic (#1)")
		}},
		"rebase": {release.Supposed{Base: base, Top: linear}, func() {
			for i := len(linear) - 1; i >= 0; i-- {
				repo.Git("commit", "-q", "--allow-empty", "-m", linear[i].Raw)
			}
		}},
		"nothing": {release.Supposed{Base: base}, func() {}},
	} {
		t.Run(name, func(t *testing.T) {
			way.supposed.History = h
			want := headersOf(t, way.supposed, release.SupposedHead)
			repo.Git("reset", "-q", "--hard", base)
			way.make()
			defer repo.Git("reset", "-q", "--hard", base)
			if got := headersOf(t, open(t, repo.Dir), repo.Git("rev-parse", "HEAD")); got != want {
				t.Errorf("git makes\n%s\nsupposed was\n%s", got, want)
			}
		})
	}
}

// headersOf tells what a plan decides, in words that no hash is in.
func headersOf(t *testing.T, h release.History, head string) string {
	t.Helper()
	format, err := release.ParseTagFormat("v${version}")
	if err != nil {
		t.Fatal(err)
	}
	plan, err := release.NewPlan(t.Context(), h, release.Options{
		Head: head, Branch: release.Branch{Name: "main", Kind: release.ReleaseBranch, First: true}, Format: commitparse.ConventionalCommits,
		TagFormat: format,
	})
	if err != nil {
		t.Fatal(err)
	}
	c := plan.Changes[0]
	var b strings.Builder
	last, _ := json.Marshal(c.Last)
	b.Write(last)
	for _, d := range c.Commits {
		b.WriteString("\n" + d.Header + " " + d.Bump.String() + " " + d.Reason)
	}
	if c.Next != nil {
		b.WriteString("\n" + c.Next.Tag)
	}
	return b.String()
}
