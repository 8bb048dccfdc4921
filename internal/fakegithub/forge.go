// Package fakegithub is a GitHub in this process for tests: it remembers repositories, releases and assets,
// records every request, and can be told to fail. Where SEMCUT_GITHUB_OPENAPI names the official API
// description, every request and every answer is judged by it.
package fakegithub

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode/utf16"
)

// Forge is the server. Its fields may be changed between requests.
type Forge struct {
	URL   string // where it listens: the API's base
	Token string // the token that it takes; others get 401
	// Rights of the token: "push" or "pull".
	Rights string

	t      testing.TB
	judge  *judge
	mu     sync.Mutex
	nextID int64
	rels   []*Release
	known  map[string]Commit
	log    []Request
	faults []*Fault
}

// Release is one release as the forge remembers it.
type Release struct {
	ID         int64
	Tag        string
	Target     string
	Name       string
	Body       string
	Draft      bool
	Prerelease bool
	MakeLatest string
	Assets     []Asset
}

// Commit is what the forge knows of a commit.
type Commit struct {
	Login       string // of the author, "" where the address is nobody's
	PullRequest int    // that it came in by, 0 where it is none
}

// Know lets the forge know of a commit.
func (f *Forge) Know(hash string, c Commit) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.known == nil {
		f.known = map[string]Commit{}
	}
	f.known[hash] = c
}

// Asset is one uploaded file.
type Asset struct {
	ID    int64
	Name  string
	Label string
	Type  string
	Data  string
}

// Request is one request as it came.
type Request struct {
	Method, Path, Query, Body string
	Status                    int
}

// Fault makes a request fail.
type Fault struct {
	Method string // "" for any
	Path   string // a part of the path
	Status int    // 0 cuts the connection
	Header map[string]string
	// After lets the request have its effect first.
	After bool
	Times int
}

// New starts a forge that takes the token.
func New(t testing.TB, token string) *Forge {
	f := &Forge{Token: token, Rights: "push", t: t, judge: newJudge(t), nextID: 100}
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	f.URL = server.URL
	return f
}

// Fail adds a fault.
func (f *Forge) Fail(fault Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if fault.Times == 0 {
		fault.Times = 1
	}
	f.faults = append(f.faults, &fault)
}

// Add puts a release there that somebody else made.
func (f *Forge) Add(r Release) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.nextID++
	r.ID = f.nextID
	f.rels = append(f.rels, &r)
}

// Releases gives what the forge contains.
func (f *Forge) Releases() []Release {
	f.mu.Lock()
	defer f.mu.Unlock()
	out := make([]Release, 0, len(f.rels))
	for _, r := range f.rels {
		out = append(out, *r)
	}
	return out
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

// ServeHTTP answers one request: judged, recorded, failed if a fault says so.
func (f *Forge) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		f.t.Errorf("fakegithub: reading a request: %v", err)
	}
	rec := httptest.NewRecorder()
	fault := f.fault(r)
	switch {
	case fault != nil && !fault.After:
	case r.Header.Get("Authorization") != "Bearer "+f.Token:
		problem(rec, http.StatusUnauthorized, "Bad credentials")
	default:
		if r.URL.Path == "/graphql" {
			f.answerGraph(rec, body)
			break
		}
		if wrong := f.judge.request(r, body); wrong != "" {
			f.t.Errorf("fakegithub: %s %s is not in the official description: %s", r.Method, r.URL.Path, wrong)
			problem(rec, http.StatusUnprocessableEntity, wrong)
			break
		}
		f.route(rec, r, body)
		f.judge.answer(r, rec)
	}
	if fault != nil {
		if fault.Status == 0 {
			f.record(r, body, 0)
			panic(http.ErrAbortHandler)
		}
		rec = httptest.NewRecorder()
		for k, v := range fault.Header {
			rec.Header().Set(k, v)
		}
		problem(rec, fault.Status, http.StatusText(fault.Status))
	}
	f.record(r, body, rec.Code)
	for k, v := range rec.Header() {
		w.Header()[k] = v
	}
	w.WriteHeader(rec.Code)
	_, _ = w.Write(rec.Body.Bytes()) // a client that went away has seen enough
}

func (f *Forge) fault(r *http.Request) *Fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, fault := range f.faults {
		if fault.Times > 0 && (fault.Method == "" || fault.Method == r.Method) && strings.Contains(r.URL.Path, fault.Path) {
			fault.Times--
			return fault
		}
	}
	return nil
}

func (f *Forge) record(r *http.Request, body []byte, status int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.log = append(f.log, Request{r.Method, r.URL.EscapedPath(), r.URL.RawQuery, string(body), status})
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
	repo := parts[1] + "/" + parts[2]
	switch rest := strings.Join(parts[3:], "/"); {
	case rest == "" && r.Method == http.MethodGet:
		f.getRepo(w, repo)
	case rest == "releases" && r.Method == http.MethodGet:
		f.list(w, r, repo)
	case rest == "releases" && r.Method == http.MethodPost:
		f.create(w, repo, body)
	case strings.HasPrefix(rest, "releases/tags/") && r.Method == http.MethodGet:
		tag, _ := url.PathUnescape(strings.TrimPrefix(rest, "releases/tags/"))
		f.byTag(w, repo, tag)
	case strings.HasPrefix(rest, "releases/assets/") && r.Method == http.MethodDelete:
		f.deleteAsset(w, number(parts[5]))
	case len(parts) == 6 && parts[5] == "assets" && r.Method == http.MethodPost:
		f.upload(w, r, repo, number(parts[4]), body)
	case len(parts) == 5 && parts[3] == "releases" && r.Method == http.MethodPatch:
		f.edit(w, repo, number(parts[4]), body)
	default:
		problem(w, http.StatusNotFound, "Not Found")
	}
}

func number(s string) int64 {
	n, _ := strconv.ParseInt(s, 10, 64)
	return n
}

func (f *Forge) byTag(w http.ResponseWriter, repo, tag string) {
	for _, r := range f.rels {
		if r.Tag == tag && !r.Draft {
			send(w, http.StatusOK, f.releaseJSON(repo, r))
			return
		}
	}
	problem(w, http.StatusNotFound, "Not Found")
}

func (f *Forge) list(w http.ResponseWriter, r *http.Request, repo string) {
	size, page := number(r.URL.Query().Get("per_page")), max(1, number(r.URL.Query().Get("page")))
	if size == 0 {
		size = 30
	}
	newest := slices.Clone(f.rels)
	slices.Reverse(newest)
	from, to := min(int64(len(newest)), (page-1)*size), min(int64(len(newest)), page*size)
	if to < int64(len(newest)) {
		w.Header().Set("Link", fmt.Sprintf(`<%s%s?per_page=%d&page=%d>; rel="next"`, f.URL, r.URL.Path, size, page+1))
	}
	out := []any{}
	for _, rel := range newest[from:to] {
		out = append(out, f.releaseJSON(repo, rel))
	}
	send(w, http.StatusOK, out)
}

// maxBody is how long a release's text may be.
const maxBody = 125_000

// input is the body of a request that creates or edits a release; nil means not given.
type input struct {
	TagName         *string `json:"tag_name"`
	TargetCommitish *string `json:"target_commitish"`
	Name            *string `json:"name"`
	Body            *string `json:"body"`
	Draft           *bool   `json:"draft"`
	Prerelease      *bool   `json:"prerelease"`
	MakeLatest      *string `json:"make_latest"`
}

func (f *Forge) create(w http.ResponseWriter, repo string, body []byte) {
	var in input
	if err := json.Unmarshal(body, &in); err != nil || in.TagName == nil {
		problem(w, http.StatusUnprocessableEntity, "Validation Failed")
		return
	}
	if in.Body != nil && len(utf16.Encode([]rune(*in.Body))) > maxBody {
		problem(w, http.StatusUnprocessableEntity, "Validation Failed: body is too long (maximum is 125000 characters)")
		return
	}
	if in.Draft == nil || !*in.Draft {
		for _, r := range f.rels {
			if r.Tag == *in.TagName && !r.Draft {
				exists(w)
				return
			}
		}
	}
	f.nextID++
	r := &Release{ID: f.nextID}
	in.into(r)
	f.rels = append(f.rels, r)
	send(w, http.StatusCreated, f.releaseJSON(repo, r))
}

func (in input) into(r *Release) {
	set := func(to, from *string) {
		if from != nil {
			*to = *from
		}
	}
	set(&r.Tag, in.TagName)
	set(&r.Target, in.TargetCommitish)
	set(&r.Name, in.Name)
	set(&r.Body, in.Body)
	set(&r.MakeLatest, in.MakeLatest)
	if in.Draft != nil {
		r.Draft = *in.Draft
	}
	if in.Prerelease != nil {
		r.Prerelease = *in.Prerelease
	}
}

func (f *Forge) edit(w http.ResponseWriter, repo string, id int64, body []byte) {
	r := f.byID(id)
	var in input
	if r == nil || json.Unmarshal(body, &in) != nil {
		problem(w, http.StatusNotFound, "Not Found")
		return
	}
	in.into(r)
	send(w, http.StatusOK, f.releaseJSON(repo, r))
}

func (f *Forge) byID(id int64) *Release {
	for _, r := range f.rels {
		if r.ID == id {
			return r
		}
	}
	return nil
}

func (f *Forge) upload(w http.ResponseWriter, r *http.Request, repo string, id int64, body []byte) {
	rel, name := f.byID(id), r.URL.Query().Get("name")
	if rel == nil {
		problem(w, http.StatusNotFound, "Not Found")
		return
	}
	for _, a := range rel.Assets {
		if a.Name == name {
			exists(w)
			return
		}
	}
	f.nextID++
	rel.Assets = append(rel.Assets, Asset{f.nextID, name, r.URL.Query().Get("label"), r.Header.Get("Content-Type"), string(body)})
	send(w, http.StatusCreated, f.assetJSON(repo, rel.Assets[len(rel.Assets)-1]))
}

func (f *Forge) deleteAsset(w http.ResponseWriter, id int64) {
	for _, r := range f.rels {
		r.Assets = slices.DeleteFunc(r.Assets, func(a Asset) bool { return a.ID == id })
	}
	w.WriteHeader(http.StatusNoContent)
}

func send(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // into a recorder
}

func problem(w http.ResponseWriter, status int, message string) {
	send(w, status, map[string]any{"message": message, "documentation_url": "https://docs.github.com/rest", "status": strconv.Itoa(status)})
}

func exists(w http.ResponseWriter) {
	send(w, http.StatusUnprocessableEntity, map[string]any{
		"message": "Validation Failed", "documentation_url": "https://docs.github.com/rest",
		"errors": []any{map[string]string{"resource": "Release", "code": "already_exists", "field": "tag_name"}},
	})
}

// Mend ends all faults.
func (f *Forge) Mend() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.faults = nil
}
