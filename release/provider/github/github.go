// Package github publishes releases on GitHub, github.com or an Enterprise server.
//
// Publish makes the release page be there: it looks the tag up first, finishes a draft that an earlier run
// left, and creates what is missing. With assets it creates a draft, uploads, and only then makes it
// public, so that nobody sees half a release and immutable releases work. What is public is never changed.
package github

import (
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/google/go-github/v62/github"

	"github.com/semcut/semcut/internal/httpx"
	"github.com/semcut/semcut/release"
)

// Options say which repository, how to get there, and what its releases look like.
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
	Budget      time.Duration       // that all waits for rate limits may take together; zero means the usual, less than zero none

	Title, Body string // templates; "" means the tag and the notes
	Draft       bool   // the release stays a draft
	Discussion  string // category of the discussion that is opened with the release; "" for none
	AddReleases string // "top" or "bottom": where the page lists where else the release is; "" for nowhere

	Comments  Comments      // on pull requests and issues that are released
	Labels    []string      // for them, templates; nil means "released", on a channel "released on @<channel>"
	LabelsSet bool          // labels were written out in the configuration
	Alarm     AlarmOptions  // for releases that fail
	Pace      time.Duration // least time between two requests that notify people; zero means a second
}

// Comments say what is written to those whom a release concerns.
type Comments struct {
	Off           bool     // nothing
	Set           bool     // they were written out in the configuration
	Text          string   // template; "" means the usual words
	Pulls, Issues bool     // which of the two get one
	Unless        []string // what has one of these labels gets none
	When          string   // template of a drop-in configuration: what it says false for gets neither comment nor label
}

// AlarmOptions say what the issue looks like that is opened when a release fails.
type AlarmOptions struct {
	Title     string   // "" means "The automated release is failing"
	Labels    []string // nil means "semcut"
	Assignees []string
	Text      string // template of a drop-in configuration; "" means the usual words
	When      string // such a template: a failure for which it says false gets no issue
}

// Provider is a repository on GitHub.
type Provider struct {
	Options
	client  *github.Client // makes requests
	http    *http.Client   // sends them
	uploads []string       // the hosts that assets may be sent to
	pacer   pacer

	mu     sync.Mutex
	moved  [2]string // owner and name of a repository that was renamed
	warned bool      // that it was
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
	sender := httpx.New(httpx.Options{
		UserAgent: o.UserAgent, Token: o.Token, Hosts: hosts, Plain: base.Scheme == "http", Transport: o.Transport, Wait: o.Wait,
		Budget: o.Budget, Log: func(line string) { o.Log.Info(line) },
	})
	client := github.NewClient(nil)
	client.BaseURL, client.UploadURL = base, base
	return &Provider{Options: o, client: client, http: sender, uploads: hosts, pacer: pacer{pace: o.Pace}}, nil
}

// Name is "github".
func (p *Provider) Name() string { return "github" }

func (p *Provider) env(name string) string {
	if p.Env == nil {
		return ""
	}
	return p.Env(name)
}
