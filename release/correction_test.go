package release_test

import (
	"testing"

	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/release"
)

func TestCorrectedMessages(t *testing.T) {
	scope := func(s string) *string { return &s }
	tests := []struct {
		name, message string
		correction    release.Correction
		want          string
	}{
		{"nothing to correct", "feat: a\n\nb\n", release.Correction{}, "feat: a\n\nb\n"},
		{"hidden", "feat: a", release.Correction{Hide: true}, ""},
		{"a type", "chore(x): a\n\nb\n", release.Correction{Type: "fix"}, "fix(x): a\n\nb"},
		{"no scope", "fix(x): a", release.Correction{Scope: scope("")}, "fix: a\n"},
		{"a type for a header that has none", "Add a thing", release.Correction{Type: "feat"}, "feat: Add a thing\n"},
		{"a description", "fix: a\n\nCloses #1", release.Correction{Description: "b"}, "fix: b\n\nCloses #1"},
		{"breaking", "fix: a", release.Correction{Breaking: true}, "fix: a\n\n\nBREAKING CHANGE: a"},
		{"breaking already", "fix: a\n\nBREAKING CHANGE: b", release.Correction{Breaking: true}, "fix: a\n\nBREAKING CHANGE: b"},
		{"all of it", "fix: a", release.Correction{Message: "feat: b", Type: "docs"}, "feat: b"},
	}
	for _, tt := range tests {
		tt.correction.Hash = "0000001"
		m := &memory{}
		m.commit(tt.message)
		o := release.Options{Head: m.head(), Format: commitparse.Angular, Corrections: []release.Correction{tt.correction}}
		got := ""
		for _, c := range o.Noted(m.commits) {
			got = c.Raw
		}
		if got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}
