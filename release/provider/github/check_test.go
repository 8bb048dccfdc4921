package github

import (
	"bytes"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/semcut/semcut/internal/fakegithub"
	"github.com/semcut/semcut/release"
	"github.com/semcut/semcut/release/releasetest"
)

// recorder is a log whose lines can be read.
func recorder() (*slog.Logger, func() string) {
	var lines bytes.Buffer
	return slog.New(slog.NewTextHandler(&lines, nil)), lines.String
}

func TestATokenWithoutRightsIsSeenByCheck(t *testing.T) {
	f := fakegithub.New(t, token)
	f.Rights = "pull"
	if err := provider(t, f, token).Check(t.Context(), nil); release.CodeOf(err) != release.CodeForbidden {
		t.Errorf("got %v", err)
	}
}

func TestAnArchivedRepositoryIsSeenByCheck(t *testing.T) {
	f := fakegithub.New(t, token)
	f.Archived = true
	err := provider(t, f, token).Check(t.Context(), nil)
	if release.CodeOf(err) != release.CodeForbidden || !strings.Contains(err.Error(), "archived") {
		t.Errorf("got %v", err)
	}
}

// TestARenamedRepository: the new name is told once, and used from then on.
func TestARenamedRepository(t *testing.T) {
	f := fakegithub.New(t, token)
	f.Renamed = "acme/gadget"
	log, said := recorder()
	p := with(t, f, func(o *Options) { o.Log = log })
	for range 2 {
		if err := p.Check(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
	}
	published(t, p, releasetest.Release("v1.0.0"), releasetest.Asset("a.txt", "A"))
	if strings.Count(said(), "the repository acme/widget is called acme/gadget now") != 1 {
		t.Errorf("said was %q", said())
	}
	for _, r := range f.Log()[2:] {
		if !strings.HasPrefix(r.Path, "/repos/acme/gadget") {
			t.Errorf("asked was %s %s", r.Method, r.Path)
		}
	}
}

// TestARenamedRepositoryThatNobodyChecked is followed all the same: GitHub redirects within its host.
func TestARenamedRepositoryThatNobodyChecked(t *testing.T) {
	f := fakegithub.New(t, token)
	f.Renamed = "acme/gadget"
	published(t, provider(t, f, token), releasetest.Release("v1.0.0"), releasetest.Asset("a.txt", "A"))
	if got := f.Releases(); len(got) != 1 || got[0].Draft || len(got[0].Assets) != 1 {
		t.Errorf("there is %+v", got)
	}
}

// TestMissingRightsAreNamed as whoever made the token calls them.
func TestMissingRightsAreNamed(t *testing.T) {
	accepted := map[string]string{"X-Accepted-GitHub-Permissions": "contents=write,issues=write,metadata=read; administration=write"}
	classic := map[string]string{"X-OAuth-Scopes": "read:org, gist", "X-Accepted-OAuth-Scopes": ""}
	tests := []struct {
		name, actions string
		fault         fakegithub.Fault
		hint          string
	}{
		{"in a job", "true", fakegithub.Fault{Status: http.StatusForbidden, Header: accepted}, "add to the workflow's job: permissions: {contents: write, issues: write}"},
		{"in a job of an old server", "true", fakegithub.Fault{Status: http.StatusForbidden}, "add to the workflow's job: permissions: {contents: write}"},
		{"fine-grained", "", fakegithub.Fault{Status: http.StatusNotFound, Header: accepted}, `give the token the right "Contents: Read and write" and "Issues: Read and write" for this repository`},
		{"odd names", "", fakegithub.Fault{Status: http.StatusForbidden, Header: map[string]string{"X-Accepted-GitHub-Permissions": "pull_requests=read"}}, `give the token the right "Pull requests: Read-only" for this repository`},
		{"single sign-on", "", fakegithub.Fault{Status: http.StatusForbidden, Header: map[string]string{"X-GitHub-SSO": "required; url=https://github.com/orgs/acme/sso"}}, `let the token into the organisation: on the page of your tokens, "Configure SSO"`},
		{"classic", "", fakegithub.Fault{Status: http.StatusForbidden, Header: classic}, `give the token the scope "repo"`},
		{"classic with the scope", "", fakegithub.Fault{Status: http.StatusForbidden, Header: map[string]string{"X-OAuth-Scopes": "repo"}}, `its scope "repo" would do: check that the token's owner may write to this repository, and that the organisation lets the token in`},
	}
	for _, tt := range tests {
		f := fakegithub.New(t, token)
		tt.fault.Method, tt.fault.Times = http.MethodPost, 99
		f.Fail(tt.fault)
		p := with(t, f, func(o *Options) { o.Env = func(string) string { return tt.actions } })
		_, err := p.Publish(t.Context(), releasetest.Release("v1.0.0"), nil)
		e, ok := err.(*release.Error)
		if !ok || e.Code != release.CodeForbidden || e.Hint != tt.hint || strings.Contains(e.Error()+e.Hint, token) {
			t.Errorf("%s: got %v with the hint %q", tt.name, err, e.Hint)
		}
	}
}
