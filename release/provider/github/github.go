// Package github publishes releases on GitHub, github.com or an Enterprise server.
//
// Publish makes the release page be there: it looks the tag up first, finishes a draft that an earlier run
// left, and creates what is missing. With assets it creates a draft, uploads, and only then makes it
// public, so that nobody sees half a release and immutable releases work. What is public is never changed.
package github

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/google/go-github/v62/github"

	"github.com/semcut/semcut/internal/httpx"
	"github.com/semcut/semcut/release"
)

// Options say which repository, and how to get there.
type Options struct {
	API         string // "https://api.github.com", "https://github.example.com/api/v3"
	GraphQL     string // where its GraphQL is; "" is beside the API
	Owner, Repo string
	Token       string
	UserAgent   string
	Log         *slog.Logger        // nil says nothing
	Env         func(string) string // tells whether this is a job of GitHub Actions
	Transport   http.RoundTripper   // carries the requests, with proxies and certificates; nil means Go's own
	Wait        time.Duration       // between two tries; zero means the usual
}

// Provider is a repository on GitHub.
type Provider struct {
	Options
	client  *github.Client
	uploads []string // the hosts that assets may be sent to
}

var _ release.Publisher = (*Provider)(nil)

// New makes the provider. It asks nothing yet.
func New(o Options) (*Provider, error) {
	base, err := url.Parse(strings.TrimRight(o.API, "/") + "/")
	if err != nil || base.Host == "" {
		return nil, release.Errorf(release.CodeConfig, "write it like https://github.example.com/api/v3", "reading GitHub's API URL %q: it is no URL", o.API)
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	host := strings.ToLower(base.Host)
	hosts := []string{host, "uploads." + strings.TrimPrefix(host, "api.")}
	if graph, err := url.Parse(o.GraphQL); err == nil && graph.Host != "" {
		hosts = append(hosts, strings.ToLower(graph.Host))
	}
	client := github.NewClient(httpx.New(httpx.Options{
		UserAgent: o.UserAgent, Token: o.Token, Hosts: hosts, Plain: base.Scheme == "http", Transport: o.Transport, Wait: o.Wait,
	}))
	client.BaseURL, client.UploadURL = base, base
	return &Provider{Options: o, client: client, uploads: hosts}, nil
}

// Name is "github".
func (p *Provider) Name() string { return "github" }

// Check asks for the repository: that says whether the token is good and whether it may write. A
// job's own token doesn't tell its rights; those show when it writes.
func (p *Provider) Check(ctx context.Context, _ *release.Plan) error {
	doing := fmt.Sprintf("looking at the repository %q on GitHub", p.Owner+"/"+p.Repo)
	if p.Token == "" {
		return release.Errorf(release.CodeAuth, "set GITHUB_TOKEN or GH_TOKEN (GH_ENTERPRISE_TOKEN for an Enterprise server), or log in with \"gh auth login\"",
			"%s: there is no token for %s", doing, p.client.BaseURL.Host)
	}
	repo, _, err := p.client.Repositories.Get(ctx, p.Owner, p.Repo)
	if err != nil {
		return p.explain(doing, err)
	}
	if rights := repo.GetPermissions(); rights != nil && !rights["push"] && !rights["maintain"] && !rights["admin"] && p.env("GITHUB_ACTIONS") == "" {
		return release.Errorf(release.CodeForbidden, "give the token the right \"Contents: read and write\" for this repository",
			"%s: the token may read it, not write to it", doing)
	}
	return nil
}

func (p *Provider) env(name string) string {
	if p.Env == nil {
		return ""
	}
	return p.Env(name)
}

// Publish makes the release be there.
func (p *Provider) Publish(ctx context.Context, r release.Release, assets []release.Asset) (release.Receipt, error) {
	doing := fmt.Sprintf("publishing the release %q on GitHub", r.Tag)
	r, assets = release.ShortNotes(r, assets, maxBody,
		func(name string) string { return p.page("releases", "download", r.Tag, name) },
		func(name string) string { return p.page("blob", r.Tag, name) })
	found, err := p.find(ctx, r.Tag)
	if err != nil {
		return release.Receipt{}, p.explain(doing, err)
	}
	done := "created"
	switch {
	case found == nil:
		if found, err = p.create(ctx, r, len(assets) > 0); err != nil {
			return release.Receipt{}, p.explain(doing, err)
		}
	case found.GetDraft():
		done = "finished"
	default:
		done = "found"
	}
	if err := p.upload(ctx, found, assets); err != nil {
		return release.Receipt{}, p.explain(doing, err)
	}
	if found.GetDraft() {
		if found, err = p.makePublic(ctx, found, r); err != nil {
			return release.Receipt{}, p.explain(doing, err)
		}
	}
	return release.Receipt{Publisher: p.Name(), URL: found.GetHTMLURL(), Done: done}, nil
}

// maxBody is how long a release's text may be on GitHub.
const maxBody = 125_000

// page is a page of the repository for people.
func (p *Provider) page(path ...string) string {
	host := *p.client.BaseURL
	host.Host = strings.TrimPrefix(host.Host, "api.")
	host.Path = strings.TrimSuffix(strings.TrimSuffix(host.Path, "/"), "/api/v3")
	return host.JoinPath(append([]string{p.Owner, p.Repo}, path...)...).String()
}

// draftPages is how many pages of releases are searched for a draft, which can't be asked for by tag.
const draftPages = 3

// find looks for the tag's release, public or draft; nil where there is none.
func (p *Provider) find(ctx context.Context, tag string) (*github.RepositoryRelease, error) {
	found, resp, err := p.client.Repositories.GetReleaseByTag(ctx, p.Owner, p.Repo, url.PathEscape(tag))
	if err == nil {
		return found, isOf(tag, found)
	}
	if resp == nil || resp.StatusCode != http.StatusNotFound {
		return nil, err
	}
	page := &github.ListOptions{PerPage: 100}
	for range draftPages {
		list, resp, err := p.client.Repositories.ListReleases(ctx, p.Owner, p.Repo, page)
		if err != nil {
			return nil, err
		}
		for _, r := range list {
			if r.GetTagName() == tag {
				return r, nil
			}
		}
		if page.Page = resp.NextPage; page.Page == 0 {
			break
		}
	}
	return nil, nil
}

// isOf says whether an answer is about the release that was asked for.
func isOf(tag string, r *github.RepositoryRelease) error {
	if r.GetTagName() == tag {
		return nil
	}
	return fmt.Errorf("the answer is about the release %.60q", r.GetTagName())
}

// create makes the release. An answer that got lost may have had its effect: before it tries again,
// it looks.
func (p *Provider) create(ctx context.Context, r release.Release, draft bool) (*github.RepositoryRelease, error) {
	body := &github.RepositoryRelease{
		TagName: &r.Tag, TargetCommitish: &r.Commit, Name: &r.Tag, Body: &r.Notes,
		Draft: &draft, Prerelease: &r.Prerelease, MakeLatest: latest(r),
	}
	for try := 1; ; try++ {
		made, _, err := p.client.Repositories.CreateRelease(ctx, p.Owner, p.Repo, body)
		if err == nil {
			return made, isOf(r.Tag, made)
		}
		if !maybeDone(err) {
			return nil, err
		}
		found, again := p.find(ctx, r.Tag)
		if again == nil && found != nil {
			return found, nil
		}
		if try == 3 || ctx.Err() != nil {
			return nil, err
		}
		p.Log.Debug("creating the release again after: " + err.Error())
		if err := pause(ctx, p.Wait, try); err != nil {
			return nil, err
		}
	}
}

// maybeDone says whether a request that failed so may have had its effect, or may be sent again.
func maybeDone(err error) bool {
	if e, ok := errors.AsType[*github.ErrorResponse](err); ok {
		if e.Response.StatusCode == http.StatusUnprocessableEntity {
			for _, detail := range e.Errors {
				if detail.Code == "already_exists" {
					return true
				}
			}
			return false
		}
		return e.Response.StatusCode >= 500
	}
	_, broken := errors.AsType[*url.Error](err)
	return broken && !errors.Is(err, context.Canceled)
}

// pause waits before the next try: the given time, or one, four, nine seconds.
func pause(ctx context.Context, wait time.Duration, try int) error {
	if wait == 0 {
		wait = time.Duration(try*try) * time.Second
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(wait):
		return nil
	}
}

// latest says whether the release may become the one that GitHub shows first.
func latest(r release.Release) *string {
	value := "false"
	if r.Latest && !r.Prerelease {
		value = "true"
	}
	return &value
}

func (p *Provider) makePublic(ctx context.Context, found *github.RepositoryRelease, r release.Release) (*github.RepositoryRelease, error) {
	public := false
	edited, _, err := p.client.Repositories.EditRelease(ctx, p.Owner, p.Repo, found.GetID(), &github.RepositoryRelease{Draft: &public, MakeLatest: latest(r)})
	return edited, err
}
