package release_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/semcut/semcut/release"
)

// note writes down the channels of a tag, as the text of the list in JSON.
func (m *memory) note(tag, channels string) {
	for _, t := range m.tags {
		if t.Name == tag {
			if m.notes == nil {
				m.notes = map[string]string{}
			}
			m.notes[release.ChannelNotes+tag+" "+t.Commit] = `{"channels":` + channels + "}"
		}
	}
}

// TestPromotion: which release gets on the channel of which branch (spec §2.7). The last branch is the one that is asked.
func TestPromotion(t *testing.T) {
	tests := []struct {
		name, story string
		notes       map[string]string
		branches    string // all of them, the last one is at the head of the story
		want        string // the promotion, or the refusal
	}{
		{"what next released is merged", "feat: a; #v1.0.0; feat: b; #v1.1.0", map[string]string{"v1.1.0": `["next"]`}, "main next main", `v1.1.0 of ["next"] on ""`},
		{"only the highest", "feat: a; #v1.0.0; feat: b; #v1.1.0; feat: c; #v1.2.0", map[string]string{"v1.1.0": `["next"]`, "v1.2.0": `["next"]`}, "main next main", `v1.2.0 of ["next"] on ""`},
		{"and none below the last release", "feat: a; #v1.0.0; feat: b; #v1.1.0; feat: c; #v1.2.0", map[string]string{"v1.1.0": `["next"]`}, "main next main", ""},
		{"once", "feat: a; #v1.0.0; feat: b; #v1.1.0", map[string]string{"v1.1.0": `["next",null]`}, "main next main", ""},
		{"without a note it is on the default channel", "feat: a; #v1.0.0; feat: b; #v1.1.0", nil, "main next main", ""},
		{"from next-major to next", "feat: a; #v1.0.0; feat!: b; #v2.0.0", map[string]string{"v2.0.0": `["next-major"]`}, "main next next-major next", `v2.0.0 of ["next-major"] on "next"`},
		{"from main to next is no promotion", "feat: a; #v1.0.0; feat: b; #v1.1.0", nil, "main next next", ""},
		{"from a channel of no branch", "feat: a; #v1.0.0; feat: b; #v1.1.0", map[string]string{"v1.1.0": `["canary"]`}, "main next main", ""},
		{"a pre-release is never promoted", "feat: a; #v1.0.0; feat: b; #v1.1.0-beta.1", map[string]string{"v1.1.0-beta.1": `["next"]`}, "main next main", ""},
		{"to a pre-release branch nothing is", "feat: a; #v1.0.0; feat: b; #v1.1.0", map[string]string{"v1.1.0": `["next"]`}, "main next beta", ""},
		{"a new maintenance branch", "feat: a; #v1.0.0", nil, "1.x main 1.x", `v1.0.0 of [""] on "1.x"`},
		{"a new branch of a minor", "feat: a; #v1.2.0", nil, "1.2.x 1.x main 1.2.x", `v1.2.0 of [""] on "1.2.x"`},
		{"a major leaves minors to their branches", "feat: a; #v1.2.0", map[string]string{"v1.2.0": `[null,"1.2.x"]`}, "1.2.x 1.x main 1.x", ""},
		{"and takes what comes behind them", "feat: a; #v1.11.0", nil, "1.2.x 1.10.x 1.x main 1.x", `v1.11.0 of [""] on "1.x"`},
		{"minors are numbers, not text", "feat: a; #v1.4.0", nil, "1.2.x 1.10.x 1.x main 1.x", ""},
		{"another major's minors don't count", "feat: a; #v2.0.0", nil, "1.5.x 2.x main 2.x", `v2.0.0 of [""] on "2.x"`},
		{"from a later maintenance branch", "feat: a; #v1.2.0", map[string]string{"v1.2.0": `["1.x"]`}, "1.2.x 1.x 1.2.x", `v1.2.0 of ["1.x"] on "1.2.x"`},
		{"not from an earlier one", "feat: a; #v1.3.0", map[string]string{"v1.3.0": `["1.2.x"]`}, "1.2.x 1.x 1.x", ""},
		{"a merge from behind the range", "feat: a; #v1.0.0; feat!: b; #v2.0.0", nil, "1.x main 1.x",
			`releasing from branch "1.x": it contains the release "2.0.0", and its range is "1.x"`},
		{"an old note for all tags", "feat: a; #v1.0.0; feat: b; #v1.1.0", map[string]string{"": `["next"]`}, "main next main", `v1.1.0 of ["next"] on ""`},
		{"a note that names a channel twice", "feat: a; #v1.0.0; feat: b; #v1.1.0", map[string]string{"v1.1.0": `["next","next"]`}, "main next main", `v1.1.0 of ["next"] on ""`},
		{"a note that is none", "feat: a; #v1.0.0; feat: b; #v1.1.0", map[string]string{"v1.1.0": `"next"`}, "main next main", ""},
		{"nor does one without channels count", "feat: a; #v1.0.0", map[string]string{"v1.0.0": "null"}, "1.x main 1.x", `v1.0.0 of [""] on "1.x"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := story(tt.story)
			for tag, channels := range tt.notes {
				m.note(tag, channels)
				if tag == "" {
					m.notes = map[string]string{"refs/notes/semantic-release " + m.head(): `{"channels":` + channels + "}"}
				}
			}
			o := options(m)
			o.Lines = nil
			names := strings.Fields(tt.branches)
			for _, name := range names[:len(names)-1] {
				o.Lines = append(o.Lines, release.Line{Branch: branchNamed(name), Commit: m.head()})
			}
			if o.Branch = branchNamed(names[len(names)-1]); o.Branch.Name == "beta" {
				beta(&o)
			}
			if got := promotion(t, m, o); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

// TestANoteOnTheTagItself: what semantic-release writes for an annotated tag git puts on the tag, beside what we put on the
// commit. Both count.
func TestANoteOnTheTagItself(t *testing.T) {
	m := story("feat: a; #v1.0.0; feat: b; #v1.1.0")
	m.note("v1.1.0", `["next"]`)
	m.tags[1].Object = strings.Repeat("7", 40)
	o := options(m)
	o.Lines = []release.Line{{Branch: branchNamed("main"), Commit: m.head()}, {Branch: branchNamed("next"), Commit: m.head()}}
	if got := promotion(t, m, o); got != `v1.1.0 of ["next"] on ""` {
		t.Errorf("got %s", got)
	}
	m.notes[release.ChannelNotes+"v1.1.0 "+m.tags[1].Object] = `{"channels":["next",null]}`
	if got := promotion(t, m, o); got != "" {
		t.Errorf("got %s", got)
	}
}

func promotion(t *testing.T, m *memory, o release.Options) string {
	t.Helper()
	plan, err := release.NewPlan(t.Context(), m, o)
	if err != nil {
		return err.Error()
	}
	if plan.Promotion == nil {
		return ""
	}
	if plan.Idle() || plan.Steps[0].Kind != release.KindPromote {
		t.Errorf("the plan is idle, or begins otherwise: %+v", plan.Steps)
	}
	r := plan.Promotion.Release
	return fmt.Sprintf("%s of %q on %q", r.Tag, plan.Promotion.Channels, r.Channel)
}

// TestChannelsOfPrereleases: on a branch count the pre-releases of its channel; one without a note counts by its identifier
// (spec §2.5, decisions on tags without a note).
func TestChannelsOfPrereleases(t *testing.T) {
	const text = "feat: a; #v1.0.0; feat: b; #v1.1.0-beta.1; fix: c; #v1.1.0-beta.2; fix: d"
	tests := []struct {
		name, story string
		notes       map[string]string
		want        string
		warnings    int
	}{
		{"with notes", text, map[string]string{"v1.1.0-beta.1": `["beta"]`, "v1.1.0-beta.2": `["beta"]`}, "1.1.0-beta.3", 0},
		{"without notes", text, nil, "1.1.0-beta.3", 1},
		{"of another channel", text, map[string]string{"v1.1.0-beta.1": `["beta"]`, "v1.1.0-beta.2": `["other"]`},
			`releasing "1.1.0-beta.2": tag "v1.1.0-beta.2" exists already, on commit 0000003, it is on channel "other", not on channel "beta"`, 0},
		{"a broken note is none", text, map[string]string{"v1.1.0-beta.2": `{`}, "1.1.0-beta.3", 2},
		// semantic-release #4073: it gives both tags the first one's channels, forgets 1.1.0-beta.1 and makes it again.
		{"two tags on one commit", "feat: a; #v1.0.0; feat: b; #v1.1.0-alpha.1; #v1.1.0-beta.1; fix: c",
			map[string]string{"v1.1.0-alpha.1": `["alpha"]`, "v1.1.0-beta.1": `["beta"]`}, "1.1.0-beta.2", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := story(tt.story)
			for tag, channels := range tt.notes {
				m.note(tag, channels)
			}
			o := options(m)
			beta(&o)
			if got := outcome(t, m, o); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
			if plan, err := release.NewPlan(t.Context(), m, o); err == nil && len(plan.Warnings) != tt.warnings {
				t.Errorf("%d warnings wanted, got %q", tt.warnings, plan.Warnings)
			}
		})
	}
}
