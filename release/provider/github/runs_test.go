package github

import (
	"testing"

	"github.com/semcut/semcut/internal/fakegithub"
	"github.com/semcut/semcut/release"
)

func TestRunOver(t *testing.T) {
	forge := fakegithub.New(t, token)
	forge.Runs = map[int64]fakegithub.Run{7: {Status: "in_progress", Attempt: 2}, 8: {Status: "completed", Attempt: 1}}
	p := provider(t, forge, token)
	for id, want := range map[string]bool{
		"github-actions/7/2": false, "github-actions/7/1": true, "github-actions/8/1": true, "": false, "gitlab/8/1": false, "github-actions/8": false, "github-actions/x/1": false,
	} {
		if got, err := p.RunOver(t.Context(), id); err != nil || got != want {
			t.Errorf("%q is over: %v, %v", id, got, err)
		}
	}
	if _, err := p.RunOver(t.Context(), "github-actions/9/1"); release.CodeOf(err) != release.CodeForbidden {
		t.Errorf("of an unknown run it says %v", err)
	}
}
