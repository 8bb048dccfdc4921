package npm

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/semcut/semcut/internal/lazyregexp"
)

// shortHosts are the forges that a repository may be named of in short: "github:owner/name".
var shortHosts = map[string]string{"github": "github.com", "gitlab": "gitlab.com", "bitbucket": "bitbucket.org"}

var (
	folderPage      = lazyregexp.New(`/tree/[^/]*$`)
	shortRepository = lazyregexp.New(`^(?:(github|gitlab|bitbucket):)?([A-Za-z0-9_.-]+)/([A-Za-z0-9_.-]+)$`)
	scpRepository   = lazyregexp.New(`^(?:ssh://)?(?:[A-Za-z0-9_.-]+@)([A-Za-z0-9.-]+):([^/].*)$`)
)

// repository writes where the source is as an object with git's address, and fills in homepage and bugs from it.
func (d description) repository() {
	repo, isObject := d["repository"].(map[string]any)
	if text := d.text("repository"); text != "" {
		repo, isObject = map[string]any{"type": "git", "url": text}, true
	}
	web := ""
	if isObject {
		repo = maps.Clone(repo)
		d["repository"] = repo
		address, _ := repo["url"].(string)
		if repo["url"], web = gitAddress(address); address == "" {
			delete(repo, "url")
		}
	}
	d.homepage(web)
	d.bugs(web)
}

// gitAddress is a repository's address as npm writes it, and its page where its forge is known.
func gitAddress(address string) (git, web string) {
	if m := shortRepository.FindStringSubmatch(address); m != nil {
		host := shortHosts[m[1]]
		if host == "" {
			host = "github.com"
		}
		web = fmt.Sprintf("https://%s/%s/%s", host, m[2], strings.TrimSuffix(m[3], ".git"))
		return "git+" + web + ".git", web
	}
	full := strings.TrimPrefix(address, "git+")
	if m := scpRepository.FindStringSubmatch(full); m != nil {
		full = "ssh://git@" + m[1] + "/" + m[2]
	}
	u, err := url.Parse(full)
	if err != nil || !slices.Contains(slices.Collect(maps.Values(shortHosts)), u.Host) {
		return address, ""
	}
	path := strings.Split(strings.Trim(u.Path, "/"), "/")
	branch := ""
	if len(path) > 3 && path[2] == "tree" { // the page of a folder
		branch, path = path[3], path[:2]
	}
	if len(path) != 2 {
		return address, ""
	}
	at := u.Host + "/" + path[0] + "/" + strings.TrimSuffix(path[1], ".git")
	git, web = schemes[u.Scheme]+at+".git", "https://"+at
	if branch != "" {
		git, web = git+"#"+branch, web+"/tree/"+branch
	}
	return git, web
}

// schemes are how addresses of the forges begin that npm knows, and how it writes them.
var schemes = map[string]string{"https": "git+https://", "ssh": "git+ssh://git@", "http": "git+ssh://git@", "git": "git://"}

func (d description) homepage(web string) {
	switch page := d.text("homepage"); {
	case page == "":
		if delete(d, "homepage"); web != "" {
			d["homepage"] = web + "#readme"
		}
	case !isAddress(page):
		d["homepage"] = "http://" + page
	}
}

// bugs writes where bugs are told as an object.
func (d description) bugs(web string) {
	found := map[string]string{}
	switch said := d["bugs"].(type) {
	case nil:
		if web != "" {
			found["url"] = folderPage.Get().ReplaceAllString(web, "") + "/issues"
		}
	case string:
		if isAddress(said) {
			found["url"] = said
		} else if strings.Contains(said, "@") {
			found["email"] = said
		}
	case map[string]any:
		for _, key := range []string{"url", "web", "name"} {
			if text, ok := said[key].(string); ok && isAddress(text) {
				found["url"] = text
			}
		}
		if text, ok := said["email"].(string); ok && strings.Contains(text, "@") {
			found["email"] = text
		}
	}
	if delete(d, "bugs"); len(found) > 0 {
		d["bugs"] = found
	}
}

func isAddress(text string) bool {
	u, err := url.Parse(text)
	return err == nil && u.Scheme != "" && (u.Host != "" || u.Opaque != "")
}
