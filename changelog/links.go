package changelog

import (
	"net/url"
	"strings"

	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/internal/lazyregexp"
)

// host is what a kind of forge calls things (spec §4.1, the host table of release-notes-generator).
type host struct {
	name          string
	commit, issue string
	actions       []string
	prefixes      []string
}

var (
	plainActions = []string{"close", "closes", "closed", "fix", "fixes", "fixed", "resolve", "resolves", "resolved"}
	allActions   = append([]string{"closing", "fixing", "resolving"}, plainActions...)
	someActions  = []string{"close", "closes", "closed", "closing", "fix", "fixes", "fixed", "fixing"}
)

// hosts are the forges that differ; the last row is any other.
var hosts = []host{
	{"github.com", "commit", "issues", plainActions, []string{"#", "gh-"}},
	{"gitlab.com", "commit", "issues", someActions, []string{"#"}},
	{"bitbucket.org", "commits", "issue", allActions, []string{"#"}},
	{"", "commit", "issues", allActions, []string{"#", "gh-"}},
}

func hostNamed(name string) host {
	for _, h := range hosts {
		if h.name == name {
			return h
		}
	}
	return hosts[len(hosts)-1]
}

// scpURL is a URL like git@host:owner/name.
var scpURL = lazyregexp.New(`^(?:(.*)@)?(.*?):(.*)$`)

// LinksFor gives the links of a repository by its URL: https, ssh, git or scp-like. Credentials and ssh ports
// don't get into them. What has no host, a folder for instance, has no links.
func LinksFor(repositoryURL string) Links {
	raw := strings.TrimSpace(repositoryURL)
	if len(raw) > 4 && strings.EqualFold(raw[len(raw)-4:], ".git") {
		raw = raw[:len(raw)-4]
	}
	raw = strings.TrimPrefix(raw, "git+")
	if m := scpURL.FindStringSubmatch(raw); m != nil && !strings.Contains(raw, "://") {
		if len(m[2]) < 2 || strings.ContainsAny(m[2], `/\`) {
			return Links{} // a path, maybe with a drive letter
		}
		raw = "ssh://" + m[2] + "/" + m[3]
	}
	u, err := url.Parse(raw)
	if err != nil || u.Hostname() == "" || u.Scheme == "file" {
		return Links{}
	}
	scheme, address := "https", strings.ToLower(u.Hostname())
	if u.Scheme == "http" {
		scheme = "http"
	}
	if strings.Contains(address, ":") {
		address = "[" + address + "]"
	}
	if port := u.Port(); port != "" && !strings.Contains(u.Scheme, "ssh") && port != map[string]string{"http": "80", "https": "443"}[u.Scheme] {
		address += ":" + port
	}
	owner, name, _ := strings.Cut(strings.TrimPrefix(u.EscapedPath(), "/"), "/")
	h := hostNamed(strings.ToLower(u.Hostname()))
	return Links{Host: scheme + "://" + address, Owner: owner, Repository: name, Commit: h.commit, Issue: h.issue}
}

// With gives the links with what another value sets in their place.
func (l Links) With(o Links) Links {
	set := func(to *string, from string) {
		if from != "" {
			*to = from
		}
	}
	set(&l.Host, o.Host)
	set(&l.Owner, o.Owner)
	set(&l.Repository, o.Repository)
	set(&l.Commit, o.Commit)
	set(&l.Issue, o.Issue)
	return l
}

// repository is the address of the repository's page, "" where there is none.
func (l Links) repository() string {
	if l.Repository == "" {
		return ""
	}
	return joinURL(l.Host, l.Owner, l.Repository)
}

// joinURL joins the parts that are there with slashes.
func joinURL(parts ...string) string {
	var have []string
	for _, p := range parts {
		if p != "" {
			have = append(have, p)
		}
	}
	return strings.Join(have, "/")
}

// format is how the commits' messages are read for notes: the preset's way, with the words that close issues
// and, unless the preset has its own, the prefixes of issues that the host knows.
func (o *Options) format() commitparse.Format {
	if layoutOf(o).exact == nil {
		return o.ownFormat()
	}
	f := commitparse.Angular
	h := hostNamed(hostOf(o.Links.Host))
	prefixes := h.prefixes
	if o.Layout == "conventionalcommits" {
		f = commitparse.ConventionalCommits
		prefixes = o.prefixes()
	}
	f.ReferenceActions, f.IssuePrefixes = h.actions, prefixes
	return o.Parser.over(f)
}

// over gives a format with what the options say in its place.
func (p ParserOptions) over(f commitparse.Format) commitparse.Format {
	for _, o := range []struct {
		given []string
		to    *[]string
	}{{p.NoteKeywords, &f.NoteKeywords}, {p.IssuePrefixes, &f.IssuePrefixes}, {p.ReferenceActions, &f.ReferenceActions}} {
		if o.given != nil {
			*o.to = o.given
		}
	}
	return f
}

// ownFormat is how our own layouts read messages: as the project says, with all words that close issues anywhere.
func (o *Options) ownFormat() commitparse.Format {
	f := o.Format
	if f.Name == "" {
		f = commitparse.ConventionalCommits
	}
	f.ReferenceActions, f.IssuePrefixes = allActions, o.prefixes()
	return f
}

// prefixes are the issue prefixes of the preset conventionalcommits.
func (o *Options) prefixes() []string {
	if o.Preset.IssuePrefixes == nil {
		return plainPrefixes
	}
	return o.Preset.IssuePrefixes
}

var plainPrefixes = []string{"#"}
