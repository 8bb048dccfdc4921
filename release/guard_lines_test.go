package release_test

import (
	"strings"
	"testing"

	"github.com/semcut/semcut/release"
)

// TestBounds: what other branches have released leaves room, or none (spec §2.3). A fork names the branch, what it starts
// from, and its story.
func TestBounds(t *testing.T) {
	type fork struct{ name, from, story string }
	tests := []struct {
		name, trunk string
		forks       []fork // the last one releases
		want        string
	}{
		{"main below next", "feat: a; #v1.0.0", []fork{{"next", "v1.0.0", "feat: b; #v1.1.0; feat!: c; #v2.0.0-rc.1"}, {"main", "v1.0.0", "fix: d"}}, "1.0.1"},
		{"main at next", "feat: a; #v1.0.0", []fork{{"next", "v1.0.0", "feat: b; #v1.1.0"}, {"main", "v1.0.0", "feat: d"}},
			`releasing "1.1.0" from branch "main": branch "next" has released "1.1.0", so only lower versions fit here`},
		{"main above next", "feat: a; #v1.0.0", []fork{{"next", "v1.0.0", "feat: b; #v1.1.0"}, {"main", "v1.0.0", "feat!: d"}},
			`releasing "2.0.0" from branch "main": branch "next" has released "1.1.0", so only lower versions fit here`},
		{"only the branch behind it bounds main", "feat: a; #v1.0.0", []fork{{"next", "v1.0.0", "docs: b"}, {"next-major", "v1.0.0", "fix: c; #v1.0.1"}, {"main", "v1.0.0", "feat: d"}}, "1.1.0"},
		{"a merged beta lifts main over next", "feat: a; #v1.0.0", []fork{{"next", "v1.0.0", "fix: b; #v1.0.1"}, {"main", "v1.0.0", "feat!: c; #v2.0.0-beta.1; fix: d"}}, "2.0.0"},
		{"next may pass main and then next-major", "feat: a; #v1.0.0", []fork{{"next-major", "v1.0.0", "feat: b; #v1.3.0"}, {"main", "v1.0.0", "feat: c; #v1.5.0"}, {"next", "v1.0.0", "feat!: d"}}, "2.0.0"},
		{"next above main", "feat: a; #v1.0.0", []fork{{"main", "v1.0.0", "feat: b; #v1.1.0"}, {"next", "v1.0.0", "feat!: d"}}, "2.0.0"},
		{"next below main", "feat: a; #v1.0.0", []fork{{"main", "v1.0.0", "feat: b; #v1.1.0"}, {"next", "v1.0.0", "fix: d"}},
			`releasing "1.0.1" from branch "next": branch "main" is at "1.1.0", so only higher versions fit here`},
		{"a beta bounds nothing", "feat: a; #v1.0.0", []fork{{"next", "v1.0.0", "feat: b; #v1.1.0-next.1"}, {"main", "v1.0.0", "feat: d"}}, "1.1.0"},
		{"maintenance below main", "feat: a; #v1.0.0; feat!: b; #v2.0.0", []fork{{"1.x", "v1.0.0", "feat: c"}}, "1.1.0"},
		{"maintenance at main", "feat: a; #v1.0.0; feat: b; #v1.1.0", []fork{{"1.x", "v1.0.0", "feat: c"}},
			`releasing "1.1.0" from branch "1.x": branch "main" is at "1.1.0", so only lower versions fit here`},
		{"maintenance fixes below main", "feat: a; #v1.0.0; feat: b; #v1.1.0", []fork{{"1.x", "v1.0.0", "fix: c"}}, "1.0.1"},
		{"main has released nothing", "chore: a; #base", []fork{{"next", "base", "feat: b; #v1.0.0"}, {"1.x", "v1.0.0", "fix: c"}},
			`releasing "1.0.1" from branch "1.x": branch "main" has released nothing yet, so only versions below "1.0.0" fit here`},
		{"a minor belongs to its branch", "feat: a; #v1.0.0; feat!: b; #v2.0.0", []fork{{"1.0.x", "v1.0.0", "fix: c; #v1.0.1"}, {"1.x", "v1.0.0", "fix: d"}},
			`releasing "1.0.1" from branch "1.x": versions below "1.1.0" are for branch "1.0.x"`},
		{"a major is above its minors", "feat: a; #v1.0.0; feat!: b; #v2.0.0", []fork{{"1.0.x", "v1.0.0", "fix: c; #v1.0.1"}, {"1.x", "v1.0.0", "feat: d"}}, "1.1.0"},
		{"minors are numbers, not text", "feat: a; #v1.2.0; feat: b; #v1.10.0; feat!: c; #v2.0.0",
			[]fork{{"1.2.x", "v1.2.0", "fix: d; #v1.2.1"}, {"1.10.x", "v1.10.0", "fix: e; #v1.10.1"}, {"1.x", "v1.10.0", "fix: f"}},
			`releasing "1.10.1" from branch "1.x": versions below "1.11.0" are for branch "1.10.x"`},
		{"another major's minors bound nothing", "feat: a; #v1.5.0; feat!: b; #v2.0.0; feat!: c; #v3.0.0",
			[]fork{{"1.5.x", "v1.5.0", "fix: d; #v1.5.1"}, {"2.x", "v2.0.0", "fix: e"}}, "2.0.1"},
		{"a 0.x line has room", "feat: a; #v0.1.0; feat!: b; #v1.0.0", []fork{{"0.x", "v0.1.0", "feat: c"}}, "0.2.0"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := story(tt.trunk)
			at := map[string]string{"main": m.head()}
			for _, f := range tt.forks {
				at[f.name] = m.fork(f.from, f.story)
			}
			o := options(m)
			for _, name := range []string{"0.x", "1.2.x", "1.0.x", "1.10.x", "1.5.x", "1.x", "2.x", "main", "next", "next-major"} {
				if commit, ok := at[name]; ok {
					o.Lines = append(o.Lines, release.Line{Branch: branchNamed(name), Commit: commit})
				}
			}
			o.Branch = branchNamed(tt.forks[len(tt.forks)-1].name)
			if got := outcome(t, m, o); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

// TestBoundsOfAMissingBranch: a branch that this clone lacks bounds nothing, and that is said.
func TestBoundsOfAMissingBranch(t *testing.T) {
	m := story("feat: a; #v1.0.0; feat: b")
	o := options(m)
	maintenance("1.x")(&o)
	o.Lines = []release.Line{{Branch: branchNamed("main"), Commit: strings.Repeat("e", 40)}}
	plan, err := release.NewPlan(t.Context(), m, o)
	if err != nil {
		t.Fatal(err)
	}
	want := `branch "main" is not in this clone, so what it has released is not looked at`
	if got := plan.Changes[0].Next.Version.String(); got != "1.1.0" || len(plan.Warnings) != 1 || plan.Warnings[0] != want {
		t.Errorf("got %s, %q", got, plan.Warnings)
	}
}

func branchNamed(name string) release.Branch {
	if release.ValidRange(name) {
		return release.Branch{Name: name, Kind: release.MaintenanceBranch, Channel: name, Range: name}
	}
	if name == "main" {
		return release.Branch{Name: name, Kind: release.ReleaseBranch, First: true}
	}
	return release.Branch{Name: name, Kind: release.ReleaseBranch, Channel: name}
}

// outcome is the next version, or the refusal.
func outcome(t *testing.T, m *memory, o release.Options) string {
	plan, err := release.NewPlan(t.Context(), m, o)
	switch {
	case err != nil:
		return err.Error()
	case !plan.Due():
		return "none"
	}
	return plan.Changes[0].Next.Version.String()
}
