package gittest

import (
	"bytes"
	"crypto/subtle"
	"io"
	"log"
	"net/http"
	"net/http/cgi"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// Request is what a Server was asked.
type Request struct {
	Method, Path  string
	Authorization string
	Header        http.Header
}

// Server serves the repositories below a folder over smart HTTP, with git's own git-http-backend.
type Server struct {
	*httptest.Server
	// User and Password are what Basic authentication must say; no user means that nobody is asked.
	User, Password string
	// Header, where set, must be sent as well: "Name: value".
	Header string
	// BeforeReceive runs when a push comes in: the client has read the refs, and nothing has landed.
	BeforeReceive func()
	// Answer may answer in the place of git; true says that it did.
	Answer func(http.ResponseWriter, *http.Request) bool

	mu       sync.Mutex
	requests []Request
	settings sync.RWMutex // of what must be said
}

// Change changes what must be said while nobody is asked for it.
func (s *Server) Change(change func()) {
	s.settings.Lock()
	defer s.settings.Unlock()
	change()
}

// Serve starts a server for the repositories below root. With tls it speaks https, with a certificate of its own.
func Serve(tb testing.TB, root string, tls bool) *Server {
	tb.Helper()
	core, err := exec.Command("git", "--exec-path").Output()
	if err != nil {
		tb.Fatal(err)
	}
	backend := filepath.Join(strings.TrimSpace(string(core)), "git-http-backend")
	if _, err := os.Stat(backend); err != nil {
		tb.Skipf("git has no git-http-backend here: %v", err)
	}
	git := &cgi.Handler{
		Path: backend, InheritEnv: []string{"PATH"}, Stderr: io.Discard,
		Env: []string{"GIT_PROJECT_ROOT=" + root, "GIT_HTTP_EXPORT_ALL=1", "GIT_CONFIG_GLOBAL=" + os.DevNull, "GIT_CONFIG_NOSYSTEM=1"},
	}
	s := &Server{}
	s.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.serve(git, w, r) }))
	s.Config.ErrorLog = log.New(io.Discard, "", 0) // handshakes are refused on purpose
	if tls {
		s.StartTLS()
	} else {
		s.Start()
	}
	tb.Cleanup(s.Close)
	return s
}

func (s *Server) serve(git http.Handler, w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.requests = append(s.requests, Request{r.Method, r.URL.Path, r.Header.Get("Authorization"), r.Header.Clone()})
	s.mu.Unlock()
	if s.Answer != nil && s.Answer(w, r) {
		return
	}
	if !s.knows(r) {
		w.Header().Set("WWW-Authenticate", `Basic realm="git"`)
		http.Error(w, "unauthorized", http.StatusUnauthorized)
		return
	}
	if r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/git-receive-pack") && s.BeforeReceive != nil {
		s.BeforeReceive()
	}
	if len(r.TransferEncoding) > 0 { // which net/http/cgi doesn't take
		body, err := io.ReadAll(r.Body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		r.Body, r.ContentLength, r.TransferEncoding = io.NopCloser(bytes.NewReader(body)), int64(len(body)), nil
	}
	git.ServeHTTP(w, r)
}

func (s *Server) knows(r *http.Request) bool {
	s.settings.RLock()
	defer s.settings.RUnlock()
	if name, value, set := strings.Cut(s.Header, ": "); set && r.Header.Get(name) != value {
		return false
	}
	if s.User == "" {
		return true
	}
	user, password, _ := r.BasicAuth()
	return subtle.ConstantTimeCompare([]byte(user+":"+password), []byte(s.User+":"+s.Password)) == 1
}

// Requests gives what was asked since the last call.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := s.requests
	s.requests = nil
	return all
}
