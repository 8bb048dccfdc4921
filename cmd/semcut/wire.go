package main

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/semcut/semcut/internal/config"
	"github.com/semcut/semcut/release"
	"github.com/semcut/semcut/release/provider/github"
)

// provider is one row of the table of forges and registries: when it is the repository's, and how it is made.
type provider struct {
	name string
	is   func(*releaser, *config.Config) bool
	make func(context.Context, *releaser, *config.Config) (release.Publisher, error)
}

// providers are all forges and registries that releases can be published on. A registry comes first: a forge's page can tell
// where else the release is.
var providers = []provider{
	{"npm", onNPM, newNPM},
	{"github", onGitHub, newGitHub},
}

// wirePublishers picks the publishers of this repository, as a configuration says it: the one in force, or that of a
// released commit.
func (r *releaser) wirePublishers(ctx context.Context, cfg *config.Config) ([]release.Publisher, error) {
	var found []release.Publisher
	github := false
	for _, p := range providersFor(cfg) {
		if !p.is(r, cfg) {
			continue
		}
		pub, err := p.make(ctx, r, cfg)
		if err != nil {
			return nil, err
		}
		found, github = append(found, pub), github || p.name == "github"
	}
	if !github && cfg.GitHub.Explicit && !cfg.GitHub.Off {
		return nil, release.Errorf(release.CodeConfig, "take \"github\" out of the configuration, or set github.url to the server's address",
			"looking for the GitHub repository of %q: that is no GitHub", r.url)
	}
	return found, nil
}

// providersFor gives the table in the order that a drop-in configuration asks for; what it doesn't name comes first.
func providersFor(cfg *config.Config) []provider {
	list := slices.Clone(providers)
	slices.SortStableFunc(list, func(a, b provider) int {
		return slices.Index(cfg.Publishers, a.name) - slices.Index(cfg.Publishers, b.name)
	})
	return list
}

// onGitHub says whether the repository's written URL leads to a GitHub: github.com, one of its
// customers' own hosts, or a host that environment or configuration call one.
func onGitHub(r *releaser, cfg *config.Config) bool {
	if cfg.GitHub.Off || r.identity.Host == "" {
		return false
	}
	host := r.identity.Host
	if host == "github.com" || host == "ssh.github.com" || strings.HasSuffix(host, ".ghe.com") {
		return true
	}
	for _, known := range []string{r.a.Env("GITHUB_SERVER_URL"), r.a.Env("GITHUB_URL"), r.a.Env("GH_URL"), cfg.GitHub.URL} {
		if u, err := url.Parse(known); err == nil && strings.EqualFold(u.Host, host) && host != "" {
			return true
		}
	}
	return false
}

func newGitHub(ctx context.Context, r *releaser, cfg *config.Config) (release.Publisher, error) {
	api := r.gitHubAPI(cfg)
	u, err := url.Parse(api)
	if err != nil || u.Host == "" {
		return nil, release.Errorf(release.CodeConfig, "write it like https://github.example.com/api/v3", "reading GitHub's API URL %q: it is no URL", api)
	}
	transport, err := r.repo.Transport(r.a.Env, r.a.Secrets.Add, api)
	if err != nil {
		return nil, err
	}
	g, hide := cfg.GitHub, r.a.Secrets.Hide
	return github.New(github.Options{
		API: api, GraphQL: r.a.Env("GITHUB_GRAPHQL_URL"), Owner: r.identity.Owner, Repo: r.identity.Name,
		Token:     r.a.token(ctx, u, !r.ci.On),
		UserAgent: "semcut", Log: r.a.Log, Env: r.a.Env, Transport: transport, Wait: r.a.Wait, Pace: r.a.Pace,
		Title: hide(g.Title), Body: hide(g.Body), Draft: g.Draft, Discussion: g.Discussion, AddReleases: g.AddReleases,
		Comments: github.Comments{Off: g.Comments.Off, Set: g.Comments.Set, Text: hide(g.Comments.Text), Pulls: g.Comments.Pulls, Issues: g.Comments.Issues, Unless: g.Comments.Unless, When: g.Comments.When},
		Labels:   hideAll(hide, g.Labels), LabelsSet: g.LabelsSet,
		Alarm: github.AlarmOptions{Title: hide(g.FailureIssue.Title), Labels: hideAll(hide, g.FailureIssue.Labels), Assignees: g.FailureIssue.Assignees,
			Text: hide(g.FailureIssue.Text), When: g.FailureIssue.When},
	})
}

// hideAll takes credentials out of texts; nil stays nil.
func hideAll(hide func(string) string, texts []string) []string {
	hidden := slices.Clone(texts)
	for i, text := range hidden {
		hidden[i] = hide(text)
	}
	return hidden
}

// gitHubAPI is where the API lives: what the environment says goes before the configuration.
func (r *releaser) gitHubAPI(cfg *config.Config) string {
	if api := r.a.Env("GITHUB_API_URL"); api != "" {
		return api
	}
	if cfg.GitHub.API != "" {
		return cfg.GitHub.API
	}
	server := r.a.Env("GITHUB_URL")
	for _, other := range []string{r.a.Env("GH_URL"), cfg.GitHub.URL} {
		if server == "" {
			server = other
		}
	}
	host := r.identity.Host
	if u, err := url.Parse(server); err == nil && u.Host != "" {
		host = strings.ToLower(u.Host)
		if host != "github.com" {
			return strings.TrimRight(server, "/") + "/api/v3"
		}
	}
	switch {
	case host == "github.com" || host == "ssh.github.com":
		return "https://api.github.com"
	case strings.HasSuffix(host, ".ghe.com"):
		return "https://api." + host
	}
	return "https://" + host + "/api/v3"
}
