package main

import (
	"context"
	"net/url"
	"os/exec"
	"slices"
	"strings"
	"time"
)

// hostVariables name the hosts that a general token may be sent to. They come from the environment
// only: a URL in a repository's configuration never widens that.
var hostVariables = []string{"GITHUB_SERVER_URL", "GITHUB_API_URL", "GITHUB_GRAPHQL_URL", "GITHUB_URL", "GH_URL"}

// token gives the credential for an address of the GitHub kind, "" where there is none: GH_TOKEN or GITHUB_TOKEN
// for github.com and the hosts that the environment names, GH_ENTERPRISE_TOKEN for any other, and when
// a person runs it, what the gh program has stored for the host. Nothing goes over plain http, but to where the
// environment itself says http.
func (a *app) token(ctx context.Context, u *url.URL, person bool) string {
	host := strings.ToLower(u.Host)
	if u.Scheme == "http" && !a.plain(host) {
		return ""
	}
	names := []string{"GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN"}
	if a.trusted(host) {
		names = []string{"GH_TOKEN", "GITHUB_TOKEN"}
	}
	for _, name := range names {
		if value := strings.TrimSpace(a.Env(name)); value != "" {
			a.Secrets.AddToken(value)
			return value
		}
	}
	if !person {
		return ""
	}
	value := ghToken(ctx, strings.TrimPrefix(host, "api."))
	a.Secrets.AddToken(value)
	return value
}

// plain says whether the environment names the host with an http address.
func (a *app) plain(host string) bool {
	return slices.ContainsFunc(hostVariables, func(name string) bool {
		u, err := url.Parse(a.Env(name))
		return err == nil && u.Scheme == "http" && strings.EqualFold(u.Host, host)
	})
}

// trusted says whether a general token may go to the host.
func (a *app) trusted(host string) bool {
	hosts := []string{"github.com"}
	for _, name := range hostVariables {
		if u, err := url.Parse(a.Env(name)); err == nil && u.Host != "" {
			hosts = append(hosts, strings.ToLower(u.Host))
		}
	}
	return slices.ContainsFunc(hosts, func(h string) bool {
		h = strings.TrimPrefix(h, "api.")
		return host == h || host == "api."+h || host == "uploads."+h
	})
}

// ghToken asks GitHub's own command-line program, which keeps credentials in the system's key store.
func ghToken(ctx context.Context, host string) string {
	path, err := exec.LookPath("gh")
	if err != nil || host == "" || strings.HasPrefix(host, "-") {
		return ""
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, path, "auth", "token", "--hostname", host).Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}
