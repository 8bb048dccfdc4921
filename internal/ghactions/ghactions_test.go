package ghactions

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

func TestDetect(t *testing.T) {
	tests := []struct {
		name, event, ref string
		want             Run
	}{
		{"push", "push", "refs/heads/feature/a", Run{Event: "push", Branch: "feature/a"}},
		{"tag", "push", "refs/tags/v1.0.0", Run{Event: "push", Tag: "v1.0.0"}},
		{"pull request", "pull_request", "refs/pull/7/merge", Run{Event: "pull_request", PullRequest: true}},
		{"pull request target", "pull_request_target", "refs/heads/main", Run{Event: "pull_request_target", PullRequest: true}},
		{"schedule", "schedule", "refs/heads/main", Run{Event: "schedule", Branch: "main"}},
		{"by hand", "workflow_dispatch", "refs/heads/main", Run{Event: "workflow_dispatch", Branch: "main"}},
		{"a release", "release", "refs/tags/v1.0.0", Run{Event: "release", Tag: "v1.0.0"}},
		{"a merge queue", "merge_group", "refs/heads/gh-readonly-queue/main/pr-7-a", Run{Event: "merge_group", Branch: "gh-readonly-queue/main/pr-7-a"}},
		{"a review", "pull_request_review", "refs/pull/7/merge", Run{Event: "pull_request_review", PullRequest: true}},
		{"no ref", "workflow_dispatch", "", Run{Event: "workflow_dispatch"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			env := map[string]string{
				"GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": tt.event, "GITHUB_REF": tt.ref,
				"GITHUB_RUN_ID": "11", "GITHUB_RUN_ATTEMPT": "2",
			}
			got, ok := Detect(func(name string) string { return env[name] })
			tt.want.ID = "github-actions/11/2"
			if !ok || got != tt.want {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
		})
	}
	if _, ok := Detect(func(string) string { return "" }); ok {
		t.Error("an empty environment was taken for GitHub Actions")
	}
}

func TestEarlierAttempt(t *testing.T) {
	run := Run{ID: "github-actions/11/10"}
	for id, want := range map[string]bool{
		"github-actions/11/9": true, "github-actions/11/1": true, "github-actions/11/10": false,
		"github-actions/11/11": false, "github-actions/12/9": false, "": false, "github-actions/110/1": false,
	} {
		if got := run.EarlierAttempt(id); got != want {
			t.Errorf("EarlierAttempt(%q) = %v", id, got)
		}
	}
}

func TestOutputsKeepHostileLinesInside(t *testing.T) {
	file := filepath.Join(t.TempDir(), "output")
	run := Run{outputFile: file}
	if err := run.Outputs([][2]string{{"notes", "a\nversion=9.9.9\nEOF\nversion<<EOF\n9\nEOF"}, {"tag", "v1"}}); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	frame := regexp.MustCompile(`(?s)^notes<<(end-\w+)\na\nversion=9\.9\.9\nEOF\nversion<<EOF\n9\nEOF\nend-\w+\ntag<<end-\w+\nv1\nend-\w+\n$`)
	if !frame.Match(got) {
		t.Errorf("unexpected outputs:\n%s", got)
	}
	if err := (Run{}).Summary("nobody listens"); err != nil {
		t.Error(err)
	}
}

func TestSummaryIsHarmless(t *testing.T) {
	file := filepath.Join(t.TempDir(), "summary")
	if err := (Run{summaryFile: file}).Summary("Released **v1.0.0**\n\n* <img src=x onerror=y> by @ada\n\n"); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if want := "Released **v1.0.0**\n\n* &lt;img src=x onerror=y> by @\u200bada\n"; string(got) != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
