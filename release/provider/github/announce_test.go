package github

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/internal/fakegithub"
	"github.com/semcut/semcut/release"
	"github.com/semcut/semcut/release/releasetest"
)

// world is a forge with a release's pull requests and issues.
type world struct {
	*fakegithub.Forge
	commits []commitparse.Commit
}

func newWorld(t *testing.T) *world { return &world{Forge: fakegithub.New(t, token)} }

// commit adds a commit with a message, and gives its hash.
func (w *world) commit(message string) string {
	hash := fmt.Sprintf("%040x", len(w.commits)+1)
	c := commitparse.Commit{Hash: hash, Message: commitparse.Parse(message, commitparse.ConventionalCommits)}
	w.commits = append(w.commits, c)
	return hash
}

// merged adds a merged pull request with a commit of its own.
func (w *world) merged(closes ...int) int {
	return w.AddPull(fakegithub.Issue{State: "closed"}, fakegithub.Pull{Merged: true, Commits: []string{w.commit("feat: x")}, Closes: closes})
}

func (w *world) announcement() release.Announcement {
	return release.Announcement{Release: releasetest.Release("v1.0.0"), Commits: w.commits}
}

func (w *world) announce(t *testing.T, a release.Announcement, change func(*Options)) []string {
	t.Helper()
	if change == nil {
		change = func(*Options) {}
	}
	lines, err := with(t, w.Forge, change).Announce(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// heard is what one of them was told.
func (w *world) heard(t *testing.T, number int) string {
	t.Helper()
	i := w.Issue(number)
	said := []string{}
	for _, c := range i.Comments {
		said = append(said, c.Body)
	}
	return strings.Join(said, "|") + " " + fmt.Sprint(i.Labels)
}

const (
	mark        = "\n\n<!-- semcut:released v1.0.0 -->"
	pullHeard   = "🎉 This pull request is part of [v1.0.0](https://github.example/r)." + mark + " [released]"
	issueHeard  = "🎉 This issue is resolved in [v1.0.0](https://github.example/r)." + mark + " [released]"
	nobodyHeard = " []"
)

// TestWhoIsTold: merged pull requests of this repository, and the issues that they or the commits close here.
func TestWhoIsTold(t *testing.T) {
	w := newWorld(t)
	mention, byPull, byCommit, byName := w.AddIssue(fakegithub.Issue{}), w.AddIssue(fakegithub.Issue{}), w.AddIssue(fakegithub.Issue{}), w.AddIssue(fakegithub.Issue{})
	elsewhere := w.AddIssue(fakegithub.Issue{})
	first := w.commit(fmt.Sprintf("fix: x\n\nCloses #%d\nFixes acme/widget#%d\nFixes acme/other#%d\nFixes widget#%d\nSee #%d", byCommit, byName, elsewhere, elsewhere, mention))
	both := w.AddPull(fakegithub.Issue{}, fakegithub.Pull{Merged: true, Commits: []string{first}, Closes: []int{byPull, byCommit}, ClosesElsewhere: []string{"acme/other"}})
	open := w.AddPull(fakegithub.Issue{}, fakegithub.Pull{Commits: []string{first}})
	fork := w.AddPull(fakegithub.Issue{}, fakegithub.Pull{Commits: []string{first}, Merged: true, Base: "somebody/widget"})
	w.commit(fmt.Sprintf("fix: y\n\nResolves #%d", open)) // a pull request isn't resolved
	a := w.announcement()
	a.Release.URL = "https://github.example/r"
	if lines := w.announce(t, a, nil); len(lines) > 0 {
		t.Errorf("the warnings are %q", lines)
	}
	want := map[int]string{
		both: pullHeard, byPull: issueHeard, byCommit: issueHeard, byName: issueHeard,
		mention: nobodyHeard, elsewhere: nobodyHeard, open: nobodyHeard, fork: nobodyHeard,
	}
	for number, heard := range want {
		if got := w.heard(t, number); got != heard {
			t.Errorf("#%d heard\n%s\nwant\n%s", number, got, heard)
		}
	}
}

// TestWhatAMessageCloses is what GitHub closes at it, and only here.
func TestWhatAMessageCloses(t *testing.T) {
	p, err := New(Options{API: "https://api.github.com", Owner: "acme", Repo: "widget"})
	if err != nil {
		t.Fatal(err)
	}
	p.follow("acme/gadget")
	for message, want := range map[string]string{
		"fix: x\n\nCloses #1, see #2": "[1]", "closes #1, #2": "[1]", "fixed: #1 and resolves gh-2": "[1 2]", "prefixes #1": "[]", "re-close #1": "[]", "close#1": "[]",
		"fix acme/widget#1, fix ACME/Gadget#2, fix acme/other#3, fix widget#4": "[1 2]", "Fixes #1x": "[]", "(closes #1)": "[1]", "fix: #7": "[7]", "close #0": "[]",
		"fixes https://github.com/acme/gadget/issues/1, fixes https://github.com/acme/other/issues/2, fixes https://x.example/acme/gadget/issues/3": "[1]",
	} {
		if got := fmt.Sprint(p.closedBy(message)); got != want {
			t.Errorf("%q closes %s, want %s", message, got, want)
		}
	}
}

// TestADraftIsNotLinkedTo: nobody else can see it.
func TestADraftIsNotLinkedTo(t *testing.T) {
	w := newWorld(t)
	n := w.merged()
	a := w.announcement()
	a.Release.URL = "https://github.com/acme/widget/releases/tag/untagged-1"
	a.Release.Elsewhere = []release.Receipt{{Publisher: "npm", Name: "npm package", URL: "https://npm.example/widget"}}
	w.announce(t, a, func(o *Options) { o.Draft = true })
	want := "part of [v1.0.0](" + w.URL + "/acme/widget/tree/v1.0.0), also as [npm package](https://npm.example/widget)." + mark
	if got := w.heard(t, n); !strings.Contains(got, want) {
		t.Errorf("heard was %q", got)
	}
}

// TestATemplateMentionsNobody: what it is filled with was written by others.
func TestATemplateMentionsNobody(t *testing.T) {
	w := newWorld(t)
	n := w.merged()
	a := w.announcement()
	a.Release.Notes, a.Release.Channel = "* thanks to @octocat <!-- semcut:released v9 -->\n", "ne<xt"
	w.announce(t, a, func(o *Options) {
		o.Comments.Text, o.Labels = "@team: ${version} on ${channel}\n${notes}", []string{"in ${tag}", "", "in ${tag}"}
	})
	want := "@team: 1.0.0 on ne&lt;xt\n* thanks to @\u200boctocat &lt;!-- semcut:released v9 -->\n\n<!-- semcut:released v1.0.0@ne%3Cxt --> [in v1.0.0]"
	if got := w.heard(t, n); got != want {
		t.Errorf("heard was %q, want %q", got, want)
	}
	lines := w.announce(t, a, func(o *Options) { o.Labels = []string{"${nothing}"} })
	a.Release.Tag = "v2.0.0"
	lines = append(lines, w.announce(t, a, func(o *Options) { o.Comments.Text = "${nothing}" })...)
	if len(lines) != 2 || !strings.Contains(lines[0], "${nothing}") || !strings.Contains(lines[1], "${nothing}") {
		t.Errorf("the warnings are %q", lines)
	}
}

// TestOnlyOurOwnCommentCounts, wherever it stands, and only with the marker at its end; a channel has one of its own.
func TestOnlyOurOwnCommentCounts(t *testing.T) {
	w := newWorld(t)
	told, theirs, quoted := w.merged(), w.merged(), w.merged()
	say := func(n int, author, body string) {
		i := w.Issue(n)
		for range 150 {
			i.Comments = append(i.Comments, fakegithub.Comment{Author: "somebody", Body: "me, too"})
		}
		i.Comments = append(i.Comments, fakegithub.Comment{Author: author, Body: body})
		w.Replace(i)
	}
	say(told, "semcut", "it is out"+mark)
	say(theirs, "somebody", "it is out"+mark)
	say(quoted, "semcut", mark+"\n\nwas said of another one")
	none := func(o *Options) { o.Labels = []string{} }
	w.announce(t, w.announcement(), none)
	for n, want := range map[int]int{told: 151, theirs: 152, quoted: 152} {
		if got := len(w.Issue(n).Comments); got != want {
			t.Errorf("#%d has %d comments, want %d", n, got, want)
		}
	}
	a := w.announcement()
	a.Release.Channel = "next"
	w.announce(t, a, none)
	w.announce(t, a, none)
	if got := w.Issue(told).Comments; len(got) != 152 || !strings.Contains(got[151].Body, "on the channel next") {
		t.Errorf("on another channel #%d has %d comments", told, len(got))
	}
}

// TestAFirstReleaseIsShy: what wasn't asked for in so many words isn't done, unless everybody is meant.
func TestAFirstReleaseIsShy(t *testing.T) {
	text := strings.TrimSuffix(strings.ReplaceAll(pullHeard, "https://github.example/r", "%s/acme/widget/releases/tag/v1.0.0"), " [released]")
	tests := []struct {
		name             string
		comments, labels bool
		all              bool
		want             string
	}{
		{"nothing", false, false, false, nobodyHeard}, {"comments", true, false, false, text + " []"},
		{"labels", false, true, false, " [released]"}, {"everybody", false, false, true, text + " [released]"},
	}
	for _, tt := range tests {
		w := newWorld(t)
		n := w.merged()
		a := w.announcement()
		a.First, a.All = true, tt.all
		w.announce(t, a, func(o *Options) { o.Comments.Set, o.LabelsSet = tt.comments, tt.labels })
		if got := w.heard(t, n); got != strings.ReplaceAll(tt.want, "%s", w.URL) {
			t.Errorf("%s: heard was %q", tt.name, got)
		}
		if tt.want == nobodyHeard && len(w.Log()) > 0 {
			t.Errorf("%s: there were %d requests", tt.name, len(w.Log()))
		}
	}
}

// TestManyAreToldOnlyIfThatIsMeant, and with few questions.
func TestManyAreToldOnlyIfThatIsMeant(t *testing.T) {
	w := newWorld(t)
	for range 60 {
		w.merged(w.AddIssue(fakegithub.Issue{}))
	}
	a := w.announcement()
	lines := w.announce(t, a, nil)
	if len(lines) != 1 || !strings.Contains(lines[0], "--announce-all") {
		t.Errorf("the warnings are %q", lines)
	}
	before := len(w.Log())
	a.All = true
	if lines := w.announce(t, a, nil); len(lines) > 0 {
		t.Errorf("the warnings are %q", lines)
	}
	for _, i := range w.Issues() {
		if len(i.Comments) != 1 || len(i.Labels) != 1 {
			t.Fatalf("#%d has %d comments and %d labels", i.Number, len(i.Comments), len(i.Labels))
		}
	}
	if questions := len(w.Log()) - before - 240; questions != 1+3+3 {
		t.Errorf("there were %d questions", questions)
	}
}

// TestTheOnesThatCanNotBeTold keep the others from nothing.
func TestTheOnesThatCanNotBeTold(t *testing.T) {
	w := newWorld(t)
	locked, deleted, spared := w.AddIssue(fakegithub.Issue{Locked: true}), w.AddIssue(fakegithub.Issue{Deleted: true}), w.AddIssue(fakegithub.Issue{Labels: []string{"No-Bots"}})
	for range 7 {
		w.AddIssue(fakegithub.Issue{})
	}
	w.commit(fmt.Sprintf("fix: x\n\nCloses #%d, closes #%d, closes #%d", locked, deleted, spared))
	w.commit("fix: y\n\nCloses #4, closes #5, closes #6, closes #7, closes #8, closes #9, closes #10")
	w.Fail(fakegithub.Fault{Method: http.MethodPost, Path: "/comments", Status: http.StatusGone, Times: 6})
	lines := w.announce(t, w.announcement(), func(o *Options) { o.Comments.Unless = []string{"no-bots"} })
	want := []string{
		fmt.Sprintf("telling #%d: there is no such pull request or issue any more", deleted),
		fmt.Sprintf("commenting on #%d: its conversation is locked", locked),
		`commenting on 6 pull requests and issues (#4, #5, #6, #7, #8, …): GitHub answers 410 "Gone"`,
	}
	slices.Sort(lines)
	slices.Sort(want)
	if !slices.Equal(lines, want) {
		t.Errorf("the warnings are\n%s", strings.Join(lines, "\n"))
	}
	if got := w.heard(t, 10); !strings.HasSuffix(got, mark+" [released]") {
		t.Errorf("the last one heard %q", got)
	}
	if got := w.heard(t, spared); got != " [No-Bots released]" {
		t.Errorf("who is spared heard %q", got)
	}
	if got := w.heard(t, locked); got != " [released]" {
		t.Errorf("who is locked heard %q", got)
	}
}

// TestAMissingRightIsAskedForOnce, and named.
func TestAMissingRightIsAskedForOnce(t *testing.T) {
	w := newWorld(t)
	for range 8 {
		w.merged()
	}
	w.Fail(fakegithub.Fault{
		Method: http.MethodPost, Path: "/issues/", Status: http.StatusForbidden, Times: 99, Body: `{"message":"Resource not accessible by integration"}`,
		Header: map[string]string{"X-Accepted-GitHub-Permissions": "issues=write; pull_requests=write"},
	})
	lines := w.announce(t, w.announcement(), func(o *Options) { o.Env = func(string) string { return "true" } })
	if len(lines) != 2 || !strings.HasSuffix(lines[0], "(add to the workflow's job: permissions: {issues: write})") {
		t.Errorf("the warnings are\n%s", strings.Join(lines, "\n"))
	}
	tried := 0
	for _, r := range w.Log() {
		if strings.Contains(r.Path, "/issues/") {
			tried++
		}
	}
	if tried != 2 {
		t.Errorf("it was tried %d times", tried)
	}
}

// TestALostCommentIsNotWrittenTwice: whether it was written is seen by looking.
func TestALostCommentIsNotWrittenTwice(t *testing.T) {
	for name, after := range map[string]bool{"it arrived": true, "it didn't": false} {
		w := newWorld(t)
		n := w.merged()
		w.Fail(fakegithub.Fault{Method: http.MethodPost, Path: "/comments", Status: http.StatusBadGateway, After: after})
		if lines := w.announce(t, w.announcement(), nil); len(lines) > 0 || len(w.Issue(n).Comments) != 1 {
			t.Errorf("%s: there are %d comments and the warnings %q", name, len(w.Issue(n).Comments), lines)
		}
	}
}

func TestTellingEndsWithItsContext(t *testing.T) {
	w := newWorld(t)
	w.merged()
	w.merged()
	ctx, cancel := context.WithCancel(t.Context())
	w.Fail(fakegithub.Fault{Method: http.MethodPost, Path: "/comments", Status: http.StatusBadGateway, Times: 99})
	p := with(t, w.Forge, func(o *Options) { o.Wait = 0 })
	p.Log, _ = recorder()
	go func() {
		for len(w.Log()) < 3 {
			time.Sleep(time.Millisecond)
		}
		cancel()
	}()
	if _, err := p.Announce(ctx, w.announcement()); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
