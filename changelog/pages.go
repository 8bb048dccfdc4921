package changelog

import (
	"net/url"
	"strings"
)

// pages are where a kind of forge keeps its pages, below a repository's own.
type pages struct {
	commit, issue, pull string
	compare             func(home, from, to string) string
	pullPrefix          string // of a pull request's number
}

// pagesOf are the forges that differ; "" is any other.
var pagesOf = map[string]pages{
	"":          {"commit/", "issues/", "pull/", dotted("compare/"), "#"},
	"gitlab":    {"-/commit/", "-/issues/", "-/merge_requests/", dotted("-/compare/"), "!"},
	"bitbucket": {"commits/", "issues/", "pull-requests/", func(home, from, to string) string { return home + "/branches/compare/" + to + ".." + from }, "#"},
}

func dotted(path string) func(home, from, to string) string {
	return func(home, from, to string) string { return home + "/" + path + from + "..." + to }
}

// pages tells the forge by its host's name: gitlab.com, gitlab.example.com.
func (l Links) pages() pages {
	host := hostOf(l.Host)
	for name, p := range pagesOf {
		if name != "" && (strings.HasPrefix(host, name+".") || strings.Contains(host, "."+name+".")) {
			return p
		}
	}
	return pagesOf[""]
}

// hostOf gives the name of the host in an address. What looks plain is not looked at twice: every page is asked for it.
func hostOf(address string) string {
	if rest, ok := strings.CutPrefix(address, "https://"); ok && strings.Trim(rest, "abcdefghijklmnopqrstuvwxyz0123456789.-") == "" {
		return rest
	}
	if u, err := url.Parse(address); err == nil {
		return u.Hostname()
	}
	return ""
}

// at is a page of the repository, "" where it has none.
func (l Links) at(path string) string {
	if home := l.repository(); home != "" {
		return home + "/" + path
	}
	return ""
}

// site is the repository's own page, and where it keeps the others.
type site struct {
	home string // "" where there is none
	pages
}

func (o *Options) site() *site { return &o.know().site }

// at is a page of the repository, "" where it has none.
func (s *site) at(path, rest string) string {
	if s.home == "" {
		return ""
	}
	return s.home + "/" + path + rest
}

func (o *Options) commitPage(hash string) string {
	if o.Preset.CommitURLFormat != "" {
		return o.commitURL(hash)
	}
	return o.site().at(o.site().commit, hash)
}

func (o *Options) issuePage(owner, repository, prefix, id string) string {
	if !o.linksReferences() {
		return ""
	}
	if owner == "" && repository == "" && o.Preset.IssueURLFormat == "" {
		return o.site().at(o.site().issue, id)
	}
	if owner == "" {
		owner = o.Links.Owner
	}
	if repository == "" {
		repository = o.Links.Repository
	}
	if o.Preset.IssueURLFormat != "" {
		return o.issueURL(owner, repository, prefix, id)
	}
	there := o.Links
	there.Owner, there.Repository = owner, repository
	return there.at(o.Links.pages().issue + id)
}

func (o *Options) pullPage(number string) string {
	if !o.linksReferences() {
		return ""
	}
	return o.site().at(o.site().pull, number)
}

func (o *Options) pullPrefix() string { return o.site().pullPrefix }

// userPage is somebody's page on the forge.
func (o *Options) userPage(login string) string {
	if o.Links.Host == "" || !o.linksReferences() {
		return ""
	}
	if app, is := strings.CutSuffix(login, "[bot]"); is {
		return joinURL(o.Links.Host, "apps", app)
	}
	if o.Preset.UserURLFormat != "" {
		return o.userURL(login)
	}
	return joinURL(o.Links.Host, login)
}

// comparison is where the forge shows what lies between the two tags; without a tag before, the release's own commits.
func (o *Options) comparison() string {
	if o.Preset.CompareURLFormat != "" {
		return o.fill(o.Preset.CompareURLFormat, compareFormat, "previousTag", tagInURL(o.PreviousTag), "currentTag", tagInURL(o.Tag))
	}
	return o.site().compare(o.site().home, tagInURL(o.PreviousTag), tagInURL(o.Tag))
}

// tagInURL escapes what would end a URL's path.
func tagInURL(tag string) string { return inPath.write(tag) }

var inPath = newEscaper("%", "%25", "#", "%23", "?", "%3F", " ", "%20", "(", "%28", ")", "%29")
