package main

import (
	"net/url"
	"strings"

	"github.com/semcut/semcut/internal/secret"
)

// forgeRepo is where a repository lives: host, owner and name of its written URL.
type forgeRepo struct {
	Host, Owner, Name string
	path              string // of a URL without a host
}

// String names the repository in an open release.
func (f forgeRepo) String() string {
	if f.Host == "" {
		return f.path
	}
	return strings.Trim(f.Host+"/"+f.Owner+"/"+f.Name, "/")
}

// parseForge takes a remote's URL apart: https://host/owner/name.git, ssh://git@host/owner/name,
// git@host:owner/name. What has no host is a path.
func parseForge(raw string) forgeRepo {
	raw = strings.TrimPrefix(raw, "git+")
	host, path := "", ""
	if u, err := url.Parse(raw); err == nil && u.Host != "" && strings.Contains(raw, "://") {
		host, path = u.Host, u.Path
		if u.Scheme == "ssh" {
			host = u.Hostname()
		}
	} else if before, after, ok := strings.Cut(raw, ":"); ok && !strings.Contains(before, "/") && len(before) > 1 && !strings.Contains(raw, "://") {
		host, path = before[strings.LastIndexByte(before, '@')+1:], after
	}
	path = strings.TrimSuffix(strings.Trim(path, "/"), ".git")
	owner, name, ok := cutLast(path, "/")
	if host == "" || !ok {
		return forgeRepo{path: secret.WithoutUser(raw)}
	}
	return forgeRepo{Host: strings.ToLower(host), Owner: owner, Name: name}
}

func cutLast(s, sep string) (before, after string, ok bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return "", s, false
	}
	return s[:i], s[i+len(sep):], true
}
