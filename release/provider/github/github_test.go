package github

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/semcut/semcut/commitparse"
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
	p, err := New(Options{API: f.URL, Owner: "acme", Repo: "widget", Token: token, UserAgent: "semcut-test", Wait: time.Millisecond,
		Comments: Comments{Pulls: true, Issues: true}, Pace: time.Nanosecond})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (s service) Announcement() release.Announcement {
	hash := strings.Repeat("1", 40)
	issue := s.AddIssue(fakegithub.Issue{})
	s.AddPull(fakegithub.Issue{}, fakegithub.Pull{Merged: true, Commits: []string{hash}, Closes: []int{issue}})
	return release.Announcement{Release: releasetest.Release("v1.0.0"), Commits: []commitparse.Commit{{Hash: hash}}}
}

func (s service) Heard() (n int) {
	for _, i := range s.Issues() {
		n += len(i.Comments) + len(i.Labels)
	}
	return n
}

func (s service) Alarms() (on, notified int) {
	for _, i := range s.Issues() {
		if i.State == "open" {
			on++
		}
		notified += 1 + len(i.Comments)
	}
	return on, notified
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
	case releasetest.HalfUpload:
		s.Forge.Fail(fakegithub.Fault{Method: http.MethodPost, Path: "/assets", Truncate: true})
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
