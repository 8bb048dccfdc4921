// Package fakegithub is a GitHub in this process for tests: it remembers a repository with its releases, assets, issues
// and pull requests, records every request, and can be told to fail. Where SEMCUT_GITHUB_OPENAPI names the official API
// description and SEMCUT_GITHUB_GRAPHQL the official schema, every request and every answer is judged by them.
package fakegithub

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"sync"
	"testing"
)

// Forge is the server. Its fields may be set before the first request, and changed between requests by Change.
type Forge struct {
	URL   string // where it listens: the API's base
	Token string // the token that it takes; others get 401
	// Rights of the token: "push" or "pull".
	Rights string
	// Viewer is whose token it is. Issues and comments made with it are theirs.
	Viewer string
	// Renamed is what the repository is called now, "owner/name"; under other names it is redirected to. "" is whatever
	// name it is asked for by.
	Renamed  string
	Archived bool
	// Immutable says that releases can't be changed once they are public.
	Immutable bool
	// NoDigests makes it an older server, which tells no digests of assets.
	NoDigests bool
	// NoIssues says that the repository has its issues turned off.
	NoIssues bool
	// Categories are the discussions' categories.
	Categories []string
	// Runs are the runs of GitHub Actions, by their numbers.
	Runs map[int64]Run
	// Git is the path of the bare repository that commits are made in; "" is none.
	Git string

	t        testing.TB
	judge    *judge
	settings sync.RWMutex // of the fields above
	mu       sync.Mutex
	nextID   int64
	rels     []*Release
	known    map[string]Commit
	issues   []*Issue
	log      []Request
	faults   []*Fault
}

// Request is one request as it came.
type Request struct {
	Method, Path, Query, Body string
	Status                    int
}

// New starts a forge that takes the token.
func New(t testing.TB, token string) *Forge {
	f := &Forge{Token: token, Rights: "push", Viewer: "semcut", t: t, judge: newJudge(t), nextID: 100}
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	f.URL = server.URL
	return f
}

// Log gives the requests so far.
func (f *Forge) Log() []Request {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.log)
}

// Writes counts the requests that were not only reading.
func (f *Forge) Writes() int {
	n := 0
	for _, r := range f.Log() {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			n++
		}
	}
	return n
}

// Change changes fields while no request is answered.
func (f *Forge) Change(change func()) {
	f.settings.Lock()
	defer f.settings.Unlock()
	change()
}

// ServeHTTP answers one request: judged, recorded, failed if a fault says so.
func (f *Forge) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.settings.RLock()
	defer f.settings.RUnlock()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		f.t.Errorf("fakegithub: reading a request: %v", err)
	}
	rec := httptest.NewRecorder()
	fault := f.fault(r, body)
	switch {
	case fault != nil && fault.Truncate:
		f.answer(rec, r, body[:len(body)/2])
		f.brokeOff()
	case fault != nil && !fault.After:
	default:
		f.answer(rec, r, body)
	}
	if fault != nil {
		if fault.Status == 0 {
			f.record(r, body, 0)
			panic(http.ErrAbortHandler)
		}
		rec = fault.answer()
	}
	f.record(r, body, rec.Code)
	for k, v := range rec.Header() {
		w.Header()[k] = v
	}
	w.WriteHeader(rec.Code)
	_, _ = w.Write(rec.Body.Bytes()) // a client that went away has seen enough
}

// answer does what a request asks for, if it is one that GitHub would take.
func (f *Forge) answer(rec *httptest.ResponseRecorder, r *http.Request, body []byte) {
	if r.Header.Get("Authorization") != "Bearer "+f.Token {
		problem(rec, http.StatusUnauthorized, "Bad credentials")
		return
	}
	if r.URL.Path == "/graphql" {
		f.answerGraph(rec, body)
		return
	}
	if f.redirect(rec, r) {
		return
	}
	r = f.underItsName(r)
	if wrong := f.judge.request(r, body); wrong != "" {
		f.t.Errorf("fakegithub: %s %s is not in the official description: %s", r.Method, r.URL.Path, wrong)
		problem(rec, http.StatusUnprocessableEntity, wrong)
		return
	}
	f.route(rec, r, body)
	f.judge.answer(r, rec)
}

func (f *Forge) record(r *http.Request, body []byte, status int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.log = append(f.log, Request{r.Method, r.URL.EscapedPath(), r.URL.RawQuery, string(body), status})
}

func send(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // into a recorder
}

func problem(w http.ResponseWriter, status int, message string) {
	send(w, status, map[string]any{"message": message, "documentation_url": "https://docs.github.com/rest", "status": strconv.Itoa(status)})
}

// invalid says that a field of a request is wrong, as GitHub says it.
func invalid(w http.ResponseWriter, resource, field, code string) {
	send(w, http.StatusUnprocessableEntity, map[string]any{
		"message": "Validation Failed", "documentation_url": "https://docs.github.com/rest",
		"errors": []any{map[string]string{"resource": resource, "code": code, "field": field}},
	})
}

// paged sends the page of a list that a request asks for, and says where the next one is.
func (f *Forge) paged(w http.ResponseWriter, r *http.Request, all []any) {
	size, page := number(r.URL.Query().Get("per_page")), max(1, number(r.URL.Query().Get("page")))
	if size == 0 {
		size = 30
	}
	count := int64(len(all))
	from, to := min(count, (page-1)*size), min(count, page*size)
	if to < count {
		query := r.URL.Query()
		query.Set("page", strconv.FormatInt(page+1, 10))
		w.Header().Set("Link", fmt.Sprintf(`<%s%s?%s>; rel="next"`, f.URL, r.URL.Path, query.Encode()))
	}
	send(w, http.StatusOK, append([]any{}, all[from:to]...))
}
