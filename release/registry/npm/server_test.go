package npm

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// A registry in this process that remembers what was published, and answers as npm's own does.
type server struct {
	*httptest.Server
	t      *testing.T
	tokens map[string]bool // what stands behind "Authorization: "
	quiet  bool            // it doesn't know whose token one is

	mu       sync.Mutex
	packages map[string]*served
	faults   []fault
	requests []string // method, path and authorization
	writes   int
	last     map[string]any // the document that was sent last
	hook     http.HandlerFunc

	trusted map[string]string // identity → the token that it is exchanged for
	public  bool              // everybody may see the packages
}

type served struct {
	Name     string                    `json:"name"`
	Tags     map[string]string         `json:"dist-tags"`
	Versions map[string]map[string]any `json:"versions"`
	files    map[string][]byte
	access   any
}

// A fault makes coming requests fail.
type fault struct {
	method, path string // "" is any; the path needs only to be in it
	status       int    // 0 breaks the connection
	body         string
	header       map[string]string
	after        bool // the request has its effect first
	times        int  // 0 is once
}

func newServer(t *testing.T, tokens ...string) *server {
	t.Helper()
	s := &server{t: t, tokens: map[string]bool{}, packages: map[string]*served{}}
	for _, token := range tokens {
		s.tokens["Bearer "+token] = true
	}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

func (s *server) fail(f fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f.times = max(1, f.times)
	s.faults = append(s.faults, f)
}

func (s *server) asked() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.requests...)
}

// fault takes the first fault that a request meets.
func (s *server) fault(r *http.Request) *fault {
	for i := range s.faults {
		f := &s.faults[i]
		if f.times > 0 && (f.method == "" || f.method == r.Method) && strings.Contains(r.URL.EscapedPath(), f.path) {
			f.times--
			return f
		}
	}
	return nil
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = append(s.requests, strings.TrimSpace(r.Method+" "+r.URL.EscapedPath()+" "+r.Header.Get("Authorization")))
	if s.hook != nil {
		s.hook(w, r)
		return
	}
	f := s.fault(r)
	if f == nil {
		s.serve(w, r)
		return
	}
	if f.after {
		s.serve(httptest.NewRecorder(), r)
	}
	if f.status == 0 {
		panic(http.ErrAbortHandler)
	}
	for name, value := range f.header {
		w.Header().Set(name, value)
	}
	w.WriteHeader(f.status)
	_, _ = io.WriteString(w, f.body)
}

func (s *server) serve(w http.ResponseWriter, r *http.Request) {
	path, authorized := r.URL.EscapedPath(), s.tokens[r.Header.Get("Authorization")]
	reply := func(status int, value any) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(value)
	}
	refuse := func(status int, words string) { reply(status, map[string]string{"error": words}) }
	if _, ok := strings.CutPrefix(path, "/-/npm/v1/oidc/token/exchange/package/"); ok && r.Method == http.MethodPost {
		if token := s.trusted[strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")]; token != "" {
			s.tokens["Bearer "+token] = true
			reply(http.StatusCreated, map[string]string{"token_type": "oidc", "token": token, "created": "2026-01-02T03:04:05.000Z", "expires": "2999-01-02T04:04:05.000Z"})
			return
		}
		refuse(http.StatusNotFound, "OIDC token exchange error - package not found")
		return
	}
	if !authorized && (r.Method != http.MethodGet || path == "/-/whoami") {
		refuse(http.StatusUnauthorized, "authorization required to publish package")
		return
	}
	switch {
	case strings.HasSuffix(path, "/visibility"):
		reply(http.StatusOK, map[string]bool{"public": s.public})
	case path == "/-/whoami" && s.quiet:
		refuse(http.StatusNotFound, "not found")
	case path == "/-/whoami":
		reply(http.StatusOK, map[string]string{"username": "bot"})
	case strings.HasPrefix(path, "/-/package/"):
		s.serveTags(strings.TrimPrefix(path, "/-/package/"), r, reply, refuse)
	case strings.Contains(path, "/-/"):
		name, file, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/-/")
		if p := s.packages[unescape(name)]; p != nil && p.files[file] != nil {
			_, _ = w.Write(p.files[file])
			return
		}
		refuse(http.StatusNotFound, "no such file")
	case r.Method == http.MethodPut:
		s.servePut(unescape(strings.TrimPrefix(path, "/")), r, reply, refuse)
	default:
		if p := s.packages[unescape(strings.TrimPrefix(path, "/"))]; p != nil {
			reply(http.StatusOK, p)
			return
		}
		refuse(http.StatusNotFound, "not_found")
	}
}

func unescape(name string) string {
	return strings.Replace(strings.Replace(name, "%2f", "/", 1), "%2F", "/", 1)
}

func (s *server) serveTags(path string, r *http.Request, reply func(int, any), refuse func(int, string)) {
	name, tag, _ := strings.Cut(path, "/dist-tags")
	p := s.packages[unescape(name)]
	if p == nil {
		refuse(http.StatusNotFound, "not_found")
		return
	}
	if r.Method == http.MethodGet {
		reply(http.StatusOK, p.Tags)
		return
	}
	if r.Method == http.MethodDelete {
		s.writes++
		delete(p.Tags, strings.TrimPrefix(tag, "/"))
		reply(http.StatusOK, map[string]bool{"ok": true})
		return
	}
	version := ""
	if err := json.NewDecoder(r.Body).Decode(&version); err != nil || p.Versions[version] == nil {
		refuse(http.StatusBadRequest, "no such version")
		return
	}
	s.writes++
	p.Tags[strings.TrimPrefix(tag, "/")] = version
	reply(http.StatusCreated, map[string]bool{"ok": true})
}

// servePut takes a document apart, and sees that it is whole.
func (s *server) servePut(name string, r *http.Request, reply func(int, any), refuse func(int, string)) {
	body, err := io.ReadAll(r.Body)
	var doc struct {
		ID          string `json:"_id"`
		Name        string
		Tags        map[string]string `json:"dist-tags"`
		Versions    map[string]map[string]any
		Access      any
		Attachments map[string]struct {
			Type   string `json:"content_type"`
			Data   string
			Length int
		} `json:"_attachments"`
	}
	if err != nil || json.Unmarshal(body, &doc) != nil || json.Unmarshal(body, &s.last) != nil || doc.Name != name || doc.ID != name || len(doc.Versions) != 1 {
		refuse(http.StatusBadRequest, "that is no document")
		return
	}
	p := s.packages[name]
	if p == nil {
		p = &served{Name: name, Tags: map[string]string{}, Versions: map[string]map[string]any{}, files: map[string][]byte{}, access: doc.Access}
	}
	for version, manifest := range doc.Versions {
		if p.Versions[version] != nil {
			refuse(http.StatusForbidden, "You cannot publish over the previously published versions: "+version+".")
			return
		}
		file := name + "-" + version + ".tgz"
		data, err := base64.StdEncoding.DecodeString(doc.Attachments[file].Data)
		dist, _ := manifest["dist"].(map[string]any)
		if err != nil || len(data) != doc.Attachments[file].Length || dist["integrity"] != integrity(data) || dist["shasum"] != shasum(data) {
			refuse(http.StatusBadRequest, "the file is not what the document says")
			return
		}
		dist["tarball"] = fmt.Sprintf("%s/%s/-/%s", s.URL, name, file)
		p.Versions[version], p.files[file] = manifest, data
	}
	maps.Copy(p.Tags, doc.Tags)
	s.packages[name], s.writes = p, s.writes+1
	reply(http.StatusCreated, map[string]bool{"ok": true})
}
