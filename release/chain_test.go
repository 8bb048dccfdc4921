package release_test

import (
	"testing"

	"github.com/semcut/semcut/release"
)

// TestChains: each commit is released, and the next is decided from what that left (spec §2.6, as observed there).
func TestChains(t *testing.T) {
	alpha := func(o *release.Options) {
		o.Branch = release.Branch{Name: "alpha", Kind: release.PrereleaseBranch, Channel: "alpha", Prerelease: "alpha"}
	}
	main := func(*release.Options) {}
	type step struct {
		on      func(*release.Options)
		message string // "" releases what is there, as after a merge
		want    string
	}
	tests := []struct {
		name, story string
		steps       []step
	}{
		{"beta goes to main and comes back", "feat: a; #v1.0.0", []step{
			{beta, "fix: b", "1.0.1-beta.1"}, {beta, "feat: c", "1.1.0-beta.1"}, {beta, "fix: d", "1.1.0-beta.2"},
			{beta, "feat!: e", "2.0.0-beta.1"}, {beta, "fix: f", "2.0.0-beta.2"}, {main, "", "2.0.0"}, {main, "", "none"},
			{beta, "", "none"}, {beta, "fix: g", "2.0.1-beta.1"},
		}},
		{"alpha counts for itself", "feat: a; #v1.0.0", []step{
			{beta, "fix: b", "1.0.1-beta.1"}, {alpha, "fix: c", "1.0.1-alpha.1"}, {alpha, "fix: d", "1.0.1-alpha.2"},
		}},
		{"a beta before any release", "feat: a; #v1.0.0-beta.1", []step{{beta, "feat: b", "1.0.0-beta.2"}, {main, "", "1.0.0"}}},
		{"zero has no rules of its own", "feat: a; #v0.3.0", []step{{main, "fix: b", "0.3.1"}, {main, "feat: c", "0.4.0"}, {main, "feat!: d", "1.0.0"}}},
		{"from nothing", "chore: a", []step{{main, "docs: b", "none"}, {main, "fix: c", "1.0.0"}, {main, "fix: d", "1.0.1"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := story(tt.story)
			for i, s := range tt.steps {
				if s.message != "" {
					m.commit(s.message)
				}
				o := options(m)
				s.on(&o)
				got := outcome(t, m, o)
				if got != s.want {
					t.Fatalf("step %d, %q: got %s, want %s", i+1, s.message, got, s.want)
				}
				if got != "none" {
					m.tag("v" + got)
				}
			}
		})
	}
}
