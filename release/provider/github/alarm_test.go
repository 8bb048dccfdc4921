package github

import (
	"net/http"
	"strings"
	"testing"

	"github.com/semcut/semcut/internal/fakegithub"
	"github.com/semcut/semcut/release"
)

var failure = release.Failure{
	Branch: "main", Code: release.CodeForge, Message: "publishing \"v1\": ```\n@octocat <img> #12", Hint: "add `issues: write`", Run: "https://ci.example/runs/1",
}

// TestWhatAnAlarmSays: nothing of the message is markup or a mention, and the run is a link.
func TestWhatAnAlarmSays(t *testing.T) {
	f := fakegithub.New(t, token)
	url, err := with(t, f, func(o *Options) { o.Alarm.Assignees = []string{"octocat"} }).Raise(t.Context(), failure)
	if err != nil || url != "https://github.com/acme/widget/issues/1" {
		t.Fatalf("it is at %q, %v", url, err)
	}
	i := f.Issue(1)
	want := "A release of the branch main failed.\n\n" +
		"````text\npublishing \"v1\": ``` @octocat <img> #12\n````\n\nWhat to do about it:\n\n```text\nadd `issues: write`\n```\n\n" +
		"[The run](https://ci.example/runs/1) tells more.\n\nThis issue is closed as soon as a release works again.\n\n" + causeOf(failure) + "\n<!-- semcut:failure main -->"
	if i.Title != "The automated release is failing" || i.Body != want || strings.Join(i.Labels, " ") != "semcut" || strings.Join(i.Assignees, " ") != "octocat" {
		t.Errorf("the issue is %+v", i)
	}
}

func TestAnAlarmIsMadeAsConfigured(t *testing.T) {
	f := fakegithub.New(t, token)
	log, said := recorder()
	p := with(t, f, func(o *Options) {
		o.Log, o.Alarm = log, AlarmOptions{Title: "Broken", Labels: []string{}, Assignees: []string{"nobody"}}
	})
	for range 2 {
		if _, err := p.Raise(t.Context(), failure); err != nil {
			t.Fatal(err)
		}
	}
	if all := f.Issues(); len(all) != 1 || all[0].Title != "Broken" || len(all[0].Labels)+len(all[0].Assignees) > 0 || !strings.Contains(said(), "assigned to nobody") {
		t.Errorf("the issues are %+v, said was %q", all, said())
	}
}

// TestOnlyOurOwnAlarmIsTouched: neither somebody else's issue with our marker, nor ours of another branch, nor one of ours
// that only quotes a marker.
func TestOnlyOurOwnAlarmIsTouched(t *testing.T) {
	f := fakegithub.New(t, token)
	for range 60 {
		f.AddIssue(fakegithub.Issue{Author: "somebody", Labels: []string{"semcut"}, Body: "<!-- semcut:failure main -->"})
	}
	f.AddIssue(fakegithub.Issue{Author: "semcut", Labels: []string{"semcut"}, Body: "<!-- semcut:failure next -->"})
	f.AddIssue(fakegithub.Issue{Author: "semcut", Labels: []string{"semcut"}, Body: "<!-- semcut:failure main -->\nand more"})
	p := provider(t, f, token)
	if err := p.Clear(t.Context(), "main"); err != nil {
		t.Fatal(err)
	}
	for _, i := range f.Issues() {
		if i.State != "open" || len(i.Comments) > 0 {
			t.Errorf("#%d was touched", i.Number)
		}
	}
	if _, err := p.Raise(t.Context(), failure); err != nil || len(f.Issues()) != 63 {
		t.Errorf("there are %d issues, %v", len(f.Issues()), err)
	}
}

// TestAMomentIsNoOtherFailure: a limit is used up until another time in every run.
func TestAMomentIsNoOtherFailure(t *testing.T) {
	a, b := failure, failure
	a.Message, b.Message = "publishing: used up until 2026-01-02T03:04:05Z", "publishing: used up until 2026-02-03T04:05:06+01:00"
	if causeOf(a) != causeOf(b) || causeOf(a) == causeOf(failure) {
		t.Error("two failures are told apart by when they happened, or not at all")
	}
}

// TestAnAlarmOfNoBranch is over with the next release of any.
func TestAnAlarmOfNoBranch(t *testing.T) {
	f := fakegithub.New(t, token)
	p, early := provider(t, f, token), failure
	early.Branch = ""
	for _, what := range []release.Failure{early, failure} {
		if _, err := p.Raise(t.Context(), what); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.Clear(t.Context(), "main"); err != nil {
		t.Fatal(err)
	}
	for _, i := range f.Issues() {
		if i.State != "closed" || i.Reason != "completed" || len(i.Comments) != 1 {
			t.Errorf("#%d is %+v", i.Number, i)
		}
	}
	if len(f.Issues()) != 2 {
		t.Errorf("there are %d issues", len(f.Issues()))
	}
}

// TestAnAlarmThatCanNotBeRaised says what is missing.
func TestAnAlarmThatCanNotBeRaised(t *testing.T) {
	f := fakegithub.New(t, token)
	f.NoIssues = true
	if _, err := provider(t, f, token).Raise(t.Context(), failure); release.CodeOf(err) != release.CodeForge || !strings.Contains(err.Error(), "issues turned off") {
		t.Errorf("got %v", err)
	}
	f.NoIssues = false
	f.Fail(fakegithub.Fault{Method: http.MethodPost, Path: "/issues", Status: http.StatusForbidden, Body: `{"message":"Resource not accessible by integration"}`})
	_, err := with(t, f, func(o *Options) { o.Env = func(string) string { return "true" } }).Raise(t.Context(), failure)
	if e, ok := err.(*release.Error); !ok || e.Code != release.CodeForbidden || e.Hint != "add to the workflow's job: permissions: {issues: write}" {
		t.Errorf("got %v", err)
	}
}

// TestALostAlarmIsNotRaisedTwice: whether the issue was opened is seen by looking.
func TestALostAlarmIsNotRaisedTwice(t *testing.T) {
	for _, after := range []bool{true, false} {
		f := fakegithub.New(t, token)
		f.Fail(fakegithub.Fault{Method: http.MethodPost, Path: "/issues", Status: http.StatusBadGateway, After: after})
		if url, err := provider(t, f, token).Raise(t.Context(), failure); err != nil || url == "" || len(f.Issues()) != 1 {
			t.Errorf("there are %d issues, %v", len(f.Issues()), err)
		}
	}
}
