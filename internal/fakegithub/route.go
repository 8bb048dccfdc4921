package fakegithub

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// redirect sends who asks by an old name of the repository on to its number, as GitHub does.
func (f *Forge) redirect(w http.ResponseWriter, r *http.Request) bool {
	parts := strings.SplitN(strings.Trim(r.URL.EscapedPath(), "/"), "/", 4)
	if f.Renamed == "" || len(parts) < 3 || parts[0] != "repos" || parts[1]+"/"+parts[2] == f.Renamed {
		return false
	}
	to := f.URL + "/repositories/1"
	if len(parts) == 4 {
		to += "/" + parts[3]
	}
	if r.URL.RawQuery != "" {
		to += "?" + r.URL.RawQuery
	}
	status := http.StatusMovedPermanently
	if r.Method != http.MethodGet {
		status = http.StatusTemporaryRedirect
	}
	w.Header().Set("Location", to)
	send(w, status, map[string]string{"message": "Moved Permanently", "url": to, "documentation_url": "https://docs.github.com/rest"})
	return true
}

// underItsName is a request by the repository's number as one by its name.
func (f *Forge) underItsName(r *http.Request) *http.Request {
	rest, numbered := strings.CutPrefix(r.URL.EscapedPath(), "/repositories/1")
	if !numbered {
		return r
	}
	named, u := r.Clone(r.Context()), *r.URL
	u.RawPath = "/repos/" + f.Renamed + rest
	u.Path, _ = url.PathUnescape(u.RawPath)
	named.URL = &u
	return named
}

// route finds the operation. The path is /repos/OWNER/REPO/…
func (f *Forge) route(w http.ResponseWriter, r *http.Request, body []byte) {
	f.mu.Lock()
	defer f.mu.Unlock()
	parts := strings.Split(strings.Trim(r.URL.EscapedPath(), "/"), "/")
	if len(parts) < 3 || parts[0] != "repos" {
		problem(w, http.StatusNotFound, "Not Found")
		return
	}
	repo, rest := parts[1]+"/"+parts[2], parts[3:]
	switch {
	case len(rest) == 0 && r.Method == http.MethodGet:
		send(w, http.StatusOK, f.repoJSON(repo, f.Rights == "push"))
	case len(rest) > 0 && rest[0] == "releases":
		f.routeReleases(w, r, repo, rest[1:], body)
	case len(rest) > 0 && rest[0] == "issues":
		f.routeIssues(w, r, repo, rest[1:], body)
	case len(rest) == 3 && rest[0] == "actions" && rest[1] == "runs" && r.Method == http.MethodGet:
		f.run(w, repo, number(rest[2]))
	default:
		problem(w, http.StatusNotFound, "Not Found")
	}
}

func (f *Forge) routeReleases(w http.ResponseWriter, r *http.Request, repo string, rest []string, body []byte) {
	switch at := r.Method + " " + strings.Join(rest, "/"); {
	case at == "GET ":
		f.list(w, r, repo)
	case at == "POST ":
		f.create(w, repo, body)
	case strings.HasPrefix(at, "GET tags/"):
		tag, _ := url.PathUnescape(strings.TrimPrefix(at, "GET tags/"))
		f.byTag(w, repo, tag)
	case strings.HasPrefix(at, "DELETE assets/"):
		f.deleteAsset(w, number(rest[1]))
	case len(rest) == 2 && rest[1] == "assets" && r.Method == http.MethodPost:
		f.upload(w, r, repo, number(rest[0]), body)
	case len(rest) == 1 && r.Method == http.MethodGet:
		f.get(w, repo, number(rest[0]))
	case len(rest) == 1 && r.Method == http.MethodPatch:
		f.edit(w, repo, number(rest[0]), body)
	default:
		problem(w, http.StatusNotFound, "Not Found")
	}
}

func (f *Forge) routeIssues(w http.ResponseWriter, r *http.Request, repo string, rest []string, body []byte) {
	if len(rest) == 0 && r.Method == http.MethodPost {
		f.openIssue(w, repo, body)
		return
	}
	if len(rest) == 0 {
		problem(w, http.StatusNotFound, "Not Found")
		return
	}
	if len(rest) == 2 && rest[0] == "comments" && r.Method == http.MethodPatch {
		f.editComment(w, repo, number(rest[1]), body)
		return
	}
	issue := f.issue(int(number(rest[0])))
	switch at := r.Method + " " + strings.Join(rest[1:], "/"); {
	case issue == nil:
		problem(w, http.StatusNotFound, "Not Found")
	case issue.Deleted:
		problem(w, http.StatusGone, "This issue was deleted")
	case at == "PATCH ":
		f.editIssue(w, repo, issue, body)
	case at == "POST comments":
		f.comment(w, repo, issue, body)
	case at == "POST labels":
		f.label(w, repo, issue, body)
	default:
		problem(w, http.StatusNotFound, "Not Found")
	}
}

func number(s string) int64 {
	n, _ := strconv.ParseInt(s, 10, 64)
	return n
}
