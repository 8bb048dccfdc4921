package httpx

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// server answers with the statuses one after the other, the last one for ever, and counts.
func server(t *testing.T, header http.Header, statuses ...int) (url string, asked *int) {
	t.Helper()
	n := 0
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		status := statuses[min(n, len(statuses)-1)]
		n++
		if status == 0 {
			panic(http.ErrAbortHandler)
		}
		for name := range header {
			w.Header().Set(name, header.Get(name))
		}
		w.WriteHeader(status)
		_, _ = fmt.Fprint(w, "body of try ", n) // the client may be gone
	}))
	t.Cleanup(s.Close)
	return s.URL, &n
}

func TestWhatIsTriedAgain(t *testing.T) {
	tests := []struct {
		name, method string
		header       http.Header
		statuses     []int
		asked, last  int
	}{
		{"an answer", http.MethodGet, nil, []int{200}, 1, 200},
		{"one failure", http.MethodGet, nil, []int{502, 200}, 2, 200},
		{"a broken connection", http.MethodGet, nil, []int{0, 200}, 2, 200},
		{"a server that is down for long", http.MethodGet, http.Header{"Retry-After": {"3600"}}, []int{503, 200}, 1, 503},
		{"failures without end", http.MethodGet, nil, []int{503}, 4, 503},
		{"not found", http.MethodGet, nil, []int{404}, 1, 404},
		{"what writes is sent once", http.MethodPost, nil, []int{502, 200}, 1, 502},
		{"what deletes, too", http.MethodDelete, nil, []int{500, 200}, 1, 500},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			url, asked := server(t, tt.header, tt.statuses...)
			req, err := http.NewRequestWithContext(t.Context(), tt.method, url, nil)
			if err != nil {
				t.Fatal(err)
			}
			resp, err := New(Options{Wait: time.Millisecond}).Do(req)
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			if resp.StatusCode != tt.last || *asked != tt.asked {
				t.Errorf("asked %d times, the last answer is %d; want %d times and %d", *asked, resp.StatusCode, tt.asked, tt.last)
			}
		})
	}
}

func TestACancelledRequestEndsAtOnce(t *testing.T) {
	url, _ := server(t, nil, 503)
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(20*time.Millisecond, cancel)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := New(Options{Wait: time.Hour}).Do(req)
	if err == nil {
		resp.Body.Close()
	}
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// TestWhoGetsTheToken: its hosts over https, over http only where that is meant, and nobody by redirect.
func TestWhoGetsTheToken(t *testing.T) {
	var seen string
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen = r.Header.Get("Authorization") + " " + r.UserAgent()
		if to := r.URL.Query().Get("to"); to != "" {
			http.Redirect(w, r, to, http.StatusTemporaryRedirect)
		}
	}))
	defer s.Close()
	other := httptest.NewServer(s.Config.Handler)
	defer other.Close()
	host := strings.TrimPrefix(s.URL, "http://")
	tests := []struct {
		name  string
		plain bool
		url   string
		want  string
	}{
		{"its host", true, s.URL, "Bearer secret test"},
		{"its host, but not encrypted", false, s.URL, " test"},
		{"another host", true, other.URL, " test"},
		{"redirected away", true, s.URL + "?to=" + other.URL, " test"},
		{"redirected back", true, other.URL + "?to=" + s.URL, "Bearer secret test"},
	}
	for _, tt := range tests {
		client := New(Options{UserAgent: "test", Token: "secret", Hosts: []string{host}, Plain: tt.plain, Wait: time.Millisecond})
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, tt.url, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", "Bearer somebody's")
		resp, err := client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if seen != tt.want {
			t.Errorf("%s: sent was %q, want %q", tt.name, seen, tt.want)
		}
	}
}

// TestBasic: a user's password goes where a token would.
func TestBasic(t *testing.T) {
	var seen string
	s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { seen = r.Header.Get("Authorization") }))
	defer s.Close()
	for host, want := range map[string]string{strings.TrimPrefix(s.URL, "http://"): "Basic YTpi", "example.com": ""} {
		resp, err := New(Options{Basic: "YTpi", Hosts: []string{host}, Plain: true, Wait: time.Millisecond}).Get(s.URL)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if seen != want {
			t.Errorf("with the host %s sent was %q, want %q", host, seen, want)
		}
	}
}

// TestWhatWritesIsNotRedirectedAway: neither to another host nor into a question.
func TestWhatWritesIsNotRedirectedAway(t *testing.T) {
	reached := 0
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached++ }))
	defer other.Close()
	for _, status := range []int{http.StatusMovedPermanently, http.StatusFound, http.StatusTemporaryRedirect} {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, other.URL, status) }))
		resp, err := New(Options{Wait: time.Millisecond}).Post(s.URL, "text/plain", strings.NewReader("body"))
		if err == nil {
			resp.Body.Close()
		}
		if err == nil || !strings.Contains(err.Error(), "the repository may have been renamed") || reached > 0 {
			t.Errorf("%d: %v, reached %d times", status, err, reached)
		}
		s.Close()
	}
}
