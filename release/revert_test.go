package release_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/semcut/semcut/release"
)

// TestReverts: what is left of a range in which changes are taken back, read as semantic-release does and as we do.
// In the messages, N stands for the hash of the Nth commit of the story, n for its abbreviation.
func TestReverts(t *testing.T) {
	tests := []struct{ name, story, theirs, ours string }{
		{"a change and its revert", "feat: b; Revert \"feat: b\"|This reverts commit 2.", "none", "none"},
		{"with another change", "feat: b; Revert \"feat: b\"|This reverts commit 2.; fix: c", "patch", "patch"},
		{"a released change", "docs: b; Revert \"feat: a\"|This reverts commit 1.", "patch", "patch"},
		{"a revert of a revert", "feat: b; Revert \"feat: b\"|This reverts commit 2.; Revert \"Revert \"feat: b\"\"|This reverts commit 3.", "minor", "minor"},
		{"a change reapplied", "feat: b; Revert \"feat: b\"|This reverts commit 2.; Reapply \"feat: b\"|This reverts commit 3.", "none", "minor"},
		{"a released revert reapplied", "Reapply \"feat: a\"|This reverts commit 1.", "none", "minor"},
		{"an abbreviated hash", "feat: b; Revert \"feat: b\"|This reverts commit abbreviated 2.", "minor", "none"},
		{"a word between title and hash", "feat: b; Revert \"feat: b\"|It broke.|This reverts commit 2.", "minor", "none"},
		{"another title", "feat: b; revert: the thing|This reverts commit 2.", "minor", "none"},
		{"two at once", "feat: b; fix: c; Revert both|This reverts commit 2.|This reverts commit 3.", "minor", "none"},
		{"one of two is released", "feat: b; Revert both|This reverts commit 1.|This reverts commit 2.", "minor", "patch"},
		{"no revert by its words alone", "feat: b; revert: feat: b", "minor", "minor"},
		{"the newer of two reverts", "feat: b; Revert \"feat: b\"|This reverts commit 2.; Revert \"feat: b\"|This reverts commit 2.", "patch", "patch"},
	}
	for _, tt := range tests {
		for _, own := range []bool{false, true} {
			m := &memory{}
			m.commit("feat: a")
			m.tag("v1.0.0")
			for part := range strings.SplitSeq(tt.story, "; ") {
				for i, c := range m.commits {
					part = strings.ReplaceAll(part, fmt.Sprintf("abbreviated %d.", i+1), c.Hash[:9]+".")
					part = strings.ReplaceAll(part, fmt.Sprintf("commit %d.", i+1), "commit "+c.Hash+".")
				}
				m.commit(strings.ReplaceAll(part, "|", "\n\n"))
			}
			o := options(m)
			o.Policy.Own = own
			plan, err := release.NewPlan(t.Context(), m, o)
			if err != nil {
				t.Fatal(err)
			}
			want := map[bool]string{false: tt.theirs, true: tt.ours}[own]
			if got := plan.Changes[0].Bump.String(); got != want {
				t.Errorf("%s, our way %v: got %s, want %s: %+v", tt.name, own, got, want, plan.Changes[0].Commits)
			}
		}
	}
}
