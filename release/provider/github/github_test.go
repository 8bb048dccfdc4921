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

const token = "ghp_canary0123456789"

func TestPublisher(t *testing.T) {
	releasetest.Publisher(t, func(t *testing.T) releasetest.Service { return service{fakegithub.New(t, token)} })
}

// service is the forge as the suite wants it.
type service struct{ *fakegithub.Forge }

func (s service) Publisher(t *testing.T, c releasetest.Credential) release.Publisher {
	given := map[releasetest.Credential]string{releasetest.GoodToken: token, releasetest.WrongToken: "ghp_wrong", releasetest.NoToken: ""}
	return provider(t, s.Forge, given[c])
}

func provider(t *testing.T, f *fakegithub.Forge, token string) *Provider {
	t.Helper()
	p, err := New(Options{API: f.URL, Owner: "acme", Repo: "widget", Token: token, UserAgent: "semcut-test", Wait: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (s service) State() map[string]releasetest.Published {
	state := map[string]releasetest.Published{}
	for _, r := range s.Releases() {
		if r.Draft {
			continue
		}
		assets := map[string]string{}
		for _, a := range r.Assets {
			assets[a.Name] = a.Data
		}
		state[r.Tag] = releasetest.Published{Notes: r.Body, Prerelease: r.Prerelease, Assets: assets}
	}
	return state
}

func (s service) Hidden() (n int) {
	for _, r := range s.Releases() {
		if r.Draft {
			n++
		}
	}
	return n
}

func (s service) Half(r release.Release, assets []release.Asset) {
	s.Add(fakegithub.Release{Tag: r.Tag, Name: r.Tag, Body: r.Notes, Draft: true,
		Assets: []fakegithub.Asset{{ID: 1, Name: assets[0].Name, Data: "A"}, {ID: 2, Name: assets[1].Name, Data: "B"}}})
}

func (s service) Fail(f releasetest.Failure) {
	switch f {
	case releasetest.Forbidden:
		s.Forge.Fail(fakegithub.Fault{Method: http.MethodPost, Status: http.StatusForbidden, Times: 99})
	case releasetest.RateLimited:
		s.Forge.Fail(fakegithub.Fault{Status: http.StatusForbidden, Times: 99, Header: map[string]string{
			"X-RateLimit-Limit": "60", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1767323045",
		}})
	case releasetest.ServerDown:
		s.Forge.Fail(fakegithub.Fault{Status: http.StatusBadGateway, Times: 99})
	case releasetest.LostRequest:
		s.Forge.Fail(fakegithub.Fault{})
	case releasetest.LostAnswer:
		s.Forge.Fail(fakegithub.Fault{Method: http.MethodPost, After: true})
	}
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

func TestOtherBytesInAPublicAssetAreAnError(t *testing.T) {
	f := fakegithub.New(t, token)
	f.Add(fakegithub.Release{Tag: "v1.0.0", Assets: []fakegithub.Asset{{ID: 1, Name: "a.txt", Data: "other"}}})
	_, err := provider(t, f, token).Publish(t.Context(), releasetest.Release("v1.0.0"), []release.Asset{releasetest.Asset("a.txt", "A")})
	if release.CodeOf(err) != release.CodeForge || f.Writes() != 0 {
		t.Errorf("got %v after %d writes", err, f.Writes())
	}
}

func TestATokenWithoutRightsIsSeenByCheck(t *testing.T) {
	f := fakegithub.New(t, token)
	f.Rights = "pull"
	if err := provider(t, f, token).Check(t.Context(), nil); release.CodeOf(err) != release.CodeForbidden {
		t.Errorf("got %v", err)
	}
}

func TestTheTokenStaysOnItsHosts(t *testing.T) {
	leaked := ""
	other := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		leaked = r.Header.Get("Authorization")
		http.NotFound(w, r)
	})
	api := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, other+"/elsewhere", http.StatusTemporaryRedirect)
	})
	p, err := New(Options{API: api, Owner: "acme", Repo: "widget", Token: token, Wait: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Check(t.Context(), nil); err == nil {
		t.Error("a redirect to nowhere was taken for a repository")
	}
	if leaked != "" {
		t.Errorf("another host was sent %q", leaked)
	}
}

func TestAnAnswerAboutAnotherReleaseIsNoRelease(t *testing.T) {
	api := newServer(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"id": 1, "tag_name": "v0.0.7", "html_url": "https://github.com/x"}`))
	})
	p, err := New(Options{API: api, Owner: "acme", Repo: "widget", Token: token, Wait: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Publish(t.Context(), releasetest.Release("v1.0.0"), nil); err == nil || !strings.Contains(err.Error(), `the answer is about the release "v0.0.7"`) {
		t.Errorf("got %v", err)
	}
}

func TestWhatIsNoGitHubIsNamed(t *testing.T) {
	api := newServer(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>a login page</html>")) })
	p, err := New(Options{API: api, Owner: "acme", Repo: "widget", Token: token, Wait: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	err = p.Check(t.Context(), nil)
	if release.CodeOf(err) != release.CodeForge || !strings.Contains(err.Error(), "answers is no JSON") {
		t.Errorf("got %v", err)
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
