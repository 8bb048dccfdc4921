package github

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/semcut/semcut/internal/fakegithub"
	"github.com/semcut/semcut/release"
	"github.com/semcut/semcut/release/releasetest"
)

// with makes a provider with other options than the usual.
func with(t *testing.T, f *fakegithub.Forge, change func(*Options)) *Provider {
	t.Helper()
	o := provider(t, f, token).Options
	o.Pace = time.Nanosecond
	change(&o)
	p, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// published publishes a release and says what came of it.
func published(t *testing.T, p *Provider, r release.Release, assets ...release.Asset) release.Receipt {
	t.Helper()
	receipt, err := p.Publish(t.Context(), r, assets)
	if err != nil {
		t.Fatal(err)
	}
	return receipt
}

func TestRequestsOfAReleaseWithoutAssets(t *testing.T) {
	f := fakegithub.New(t, token)
	if _, err := provider(t, f, token).Publish(t.Context(), releasetest.Release("v1.0.0"), nil); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range f.Log() {
		got = append(got, r.Method+" "+r.Path)
	}
	want := "GET /repos/acme/widget/releases/tags/v1.0.0, GET /repos/acme/widget/releases, POST /repos/acme/widget/releases"
	if strings.Join(got, ", ") != want {
		t.Errorf("requests:\n got %s\nwant %s", strings.Join(got, ", "), want)
	}
	if r := f.Releases()[0]; r.MakeLatest != "true" || r.Target != "0123456789012345678901234567890123456789" {
		t.Errorf("release %+v", r)
	}
}

func TestTitleAndBodyAreTemplates(t *testing.T) {
	f := fakegithub.New(t, token)
	p := with(t, f, func(o *Options) { o.Title, o.Body = "Widget ${version}\n", "Of ${date}.\n\n${notes}" })
	r := releasetest.Release("v1.0.0")
	published(t, p, r)
	if got := f.Releases()[0]; got.Name != "Widget 1.0.0" || got.Body != "Of 2026-01-02.\n\n"+r.Notes {
		t.Errorf("published is %q: %q", got.Name, got.Body)
	}
	wrong := with(t, f, func(o *Options) { o.Body = "${nothing}" })
	if _, err := wrong.Publish(t.Context(), r, nil); release.CodeOf(err) != release.CodeConfig {
		t.Errorf("got %v", err)
	}
}

// TestElsewhere: the list stands on the page from its beginning, and counts where the notes are long.
func TestElsewhere(t *testing.T) {
	r := releasetest.Release("v1.0.0")
	r.Elsewhere = []release.Receipt{{Publisher: "npm", Name: "npm package (@latest)", URL: "https://npm.example/a(b)"}, {Publisher: "a [hook]", URL: "javascript:x"}}
	list := "Published elsewhere, too:\n\n* [npm package \\(@\u200blatest\\)](https://npm.example/a%28b%29)\n* a \\[hook\\]\n"
	for where, want := range map[string]string{"": r.Notes, "top": list + "\n" + r.Notes, "bottom": r.Notes + "\n" + list} {
		f := fakegithub.New(t, token)
		published(t, with(t, f, func(o *Options) { o.AddReleases = where }), r)
		if got := f.Releases()[0].Body; got != want {
			t.Errorf("%q: the body is\n%s\nwant\n%s", where, got, want)
		}
	}
	r.Notes = strings.Repeat("* an entry of notes that are long\n", 5000)
	f := fakegithub.New(t, token)
	published(t, with(t, f, func(o *Options) { o.AddReleases = "bottom" }), r)
	if got := f.Releases()[0].Body; !strings.HasSuffix(got, list) || !strings.Contains(got, "release-notes.md") {
		t.Errorf("the body ends with %q", got[len(got)-300:])
	}
}

// TestADraftStaysOne, is found again, and gets what it lacks; once somebody made it public, it is found there.
func TestADraftStaysOne(t *testing.T) {
	f := fakegithub.New(t, token)
	f.Categories = []string{"News"}
	p := with(t, f, func(o *Options) { o.Draft, o.Discussion = true, "News" })
	r := releasetest.Release("v1.0.0")
	for i, done := range []string{"created", "found", "found"} {
		assets := []release.Asset{releasetest.Asset("a.txt", "A"), releasetest.Asset("b.txt", "B")}[:min(i+1, 2)]
		if receipt := published(t, p, r, assets...); receipt.Done != done {
			t.Errorf("run %d says %q", i, receipt.Done)
		}
		if got := f.Releases(); len(got) != 1 || !got[0].Draft || len(got[0].Assets) != len(assets) || got[0].MakeLatest != "" || got[0].Discussion != "" {
			t.Errorf("after run %d there is %+v", i, got)
		}
	}
}

// TestADraftThatWasLeftBecomesTheRelease, whatever stands in it.
func TestADraftThatWasLeftBecomesTheRelease(t *testing.T) {
	f := fakegithub.New(t, token)
	f.Categories = []string{"News"}
	f.Add(fakegithub.Release{Tag: "v1.0.0", Name: "old", Body: "old", Draft: true, Prerelease: true, Target: "old",
		Assets: []fakegithub.Asset{{ID: 1, Name: "a.txt", Data: "B"}, {ID: 2, Name: "b.txt", Data: "B", State: "starter"}}})
	r := releasetest.Release("v1.0.0")
	p := with(t, f, func(o *Options) { o.Discussion = "News" })
	if receipt := published(t, p, r, releasetest.Asset("a.txt", "A"), releasetest.Asset("b.txt", "B")); receipt.Done != "finished" {
		t.Errorf("the receipt says %q", receipt.Done)
	}
	got := f.Releases()[0]
	if got.Draft || got.Prerelease || got.Name != "v1.0.0" || got.Body != r.Notes || got.Target != r.Commit || got.MakeLatest != "true" || got.Discussion != "News" {
		t.Errorf("published is %+v", got)
	}
	if len(got.Assets) != 2 || got.Assets[0].Data != "A" || got.Assets[1].Data != "B" {
		t.Errorf("its assets are %+v", got.Assets)
	}
}

func TestADiscussionIsOpenedWithThePublicRelease(t *testing.T) {
	f := fakegithub.New(t, token)
	f.Categories = []string{"News"}
	p := with(t, f, func(o *Options) { o.Discussion = "News" })
	published(t, p, releasetest.Release("v1.0.0"))
	published(t, p, releasetest.Release("v1.1.0"), releasetest.Asset("a.txt", "A"))
	for _, r := range f.Releases() {
		if r.Discussion != "News" || r.Draft {
			t.Errorf("published is %+v", r)
		}
	}
	_, err := with(t, f, func(o *Options) { o.Discussion = "Nowhere" }).Publish(t.Context(), releasetest.Release("v1.2.0"), nil)
	if release.CodeOf(err) != release.CodeForge || !strings.Contains(err.Error(), "discussion_category_name") {
		t.Errorf("got %v", err)
	}
}

// TestTwoDrafts: the older one is finished, and the other named.
func TestTwoDrafts(t *testing.T) {
	f := fakegithub.New(t, token)
	for range 250 {
		f.Add(fakegithub.Release{Tag: "other", Draft: true})
	}
	f.Add(fakegithub.Release{Tag: "v1.0.0", Draft: true})
	f.Add(fakegithub.Release{Tag: "v1.0.0", Draft: true})
	for range 150 {
		f.Add(fakegithub.Release{Tag: "other", Draft: true})
	}
	log, said := recorder()
	p := with(t, f, func(o *Options) { o.Log = log })
	published(t, p, releasetest.Release("v1.0.0"))
	if got := f.Releases(); len(got) != 402 || got[250].Draft || !got[251].Draft {
		t.Errorf("there are %d releases, the drafts are %v and %v", len(got), got[250].Draft, got[251].Draft)
	}
	if !strings.Contains(said(), "there are 2 releases of v1.0.0") {
		t.Errorf("said was %q", said())
	}
}

// TestWhatIsPublicStaysAsItIs, also where it was marked or named in another way.
func TestWhatIsPublicStaysAsItIs(t *testing.T) {
	f := fakegithub.New(t, token)
	f.Add(fakegithub.Release{Tag: "v1.0.0", Name: "by hand", Body: "by hand", Prerelease: true})
	if receipt := published(t, provider(t, f, token), releasetest.Release("v1.0.0")); receipt.Done != "found" || f.Writes() > 0 {
		t.Errorf("the receipt says %q after %d writes", receipt.Done, f.Writes())
	}
}

// TestGitHubLearnsOfItsOwnReleaseLate: making a draft public, and uploading to it, meets a 404 for a moment.
func TestGitHubLearnsOfItsOwnReleaseLate(t *testing.T) {
	f := fakegithub.New(t, token)
	f.Fail(fakegithub.Fault{Method: http.MethodPost, Path: "/assets", Status: http.StatusNotFound})
	f.Fail(fakegithub.Fault{Method: http.MethodGet, Path: "/releases/101", Status: http.StatusNotFound})
	f.Fail(fakegithub.Fault{Method: http.MethodPatch, Status: http.StatusNotFound})
	published(t, provider(t, f, token), releasetest.Release("v1.0.0"), releasetest.Asset("a.txt", "A"))
	if got := f.Releases(); len(got) != 1 || got[0].Draft || len(got[0].Assets) != 1 {
		t.Errorf("there is %+v", got)
	}
}

// TestThePublicReleaseCounts, not the answer to the request that made it so.
func TestThePublicReleaseCounts(t *testing.T) {
	f := fakegithub.New(t, token)
	f.Fail(fakegithub.Fault{Method: http.MethodPatch, Status: http.StatusBadGateway, After: true})
	f.Fail(fakegithub.Fault{Method: http.MethodPatch, Status: http.StatusUnprocessableEntity})
	receipt := published(t, provider(t, f, token), releasetest.Release("v1.0.0"), releasetest.Asset("a.txt", "A"))
	if got := f.Releases(); len(got) != 1 || got[0].Draft || receipt.URL == "" {
		t.Errorf("there is %+v", got)
	}
}

// TestADraftWhoseAnswerIsLostIsNotMadeTwice, even if it is not in the list at once.
func TestADraftWhoseAnswerIsLostIsNotMadeTwice(t *testing.T) {
	f := fakegithub.New(t, token)
	f.Fail(fakegithub.Fault{Method: http.MethodPost, Path: "/releases", Status: http.StatusBadGateway, After: true})
	published(t, provider(t, f, token), releasetest.Release("v1.0.0"), releasetest.Asset("a.txt", "A"))
	if got := f.Releases(); len(got) != 1 || got[0].Draft {
		t.Errorf("there is %+v", got)
	}
}

// TestLongNotes: GitHub takes 125,000 characters. What is longer ends with an entry, and the whole text is an asset.
func TestLongNotes(t *testing.T) {
	forge := fakegithub.New(t, "token")
	p, err := New(Options{API: forge.URL, Owner: "acme", Repo: "widget", Token: "token"})
	if err != nil {
		t.Fatal(err)
	}
	r := releasetest.Release("v1.0.0")
	r.Changelog = "docs/CHANGELOG.md"
	r.Notes = "## 1.0.0\n\n" + strings.Repeat("* an entry of notes that are long\n", 5000)
	for range 2 {
		if _, err := p.Publish(t.Context(), r, nil); err != nil {
			t.Fatal(err)
		}
	}
	made := forge.Releases()
	if len(made) != 1 || len(made[0].Assets) != 1 || made[0].Assets[0].Data != r.Notes || made[0].Draft {
		t.Fatalf("made are %d releases, the first with %d assets", len(made), len(made[0].Assets))
	}
	want := "long\n\nThese notes are longer than a page here may be: [the whole text](" + forge.URL + "/acme/widget/releases/download/v1.0.0/release-notes.md), [docs/CHANGELOG.md](" + forge.URL + "/acme/widget/blob/v1.0.0/docs/CHANGELOG.md).\n"
	if body := made[0].Body; len(body) > 125_000 || len(body) < 124_900 || !strings.HasSuffix(body, want) {
		t.Errorf("the body has %d characters and ends with %q", len(body), body[len(body)-200:])
	}
}
