package httpx

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
)

var noon = time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC)

// limited is one answer of a server that is asked too much.
type limited struct {
	status int
	header map[string]string
	body   string
}

// limits is a server that gives the answers one after the other and then a good one, and a client that waits for it without
// waiting.
type limits struct {
	url    string
	client *http.Client
	bodies []string // what was sent
	waits  []time.Duration
	lines  []string
}

func newLimits(t *testing.T, o Options, answers ...limited) *limits {
	t.Helper()
	l := &limits{}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		l.bodies = append(l.bodies, string(body))
		if len(l.bodies) > len(answers) {
			return
		}
		a := answers[len(l.bodies)-1]
		w.Header().Set("Date", noon.Format(http.TimeFormat))
		for k, v := range a.header {
			w.Header().Set(k, v)
		}
		w.WriteHeader(a.status)
		_, _ = io.WriteString(w, a.body)
	}))
	t.Cleanup(s.Close)
	o.Now = func() time.Time { return noon.Add(time.Hour) } // this clock is wrong
	o.Log = func(line string) { l.lines = append(l.lines, line) }
	o.Sleep = func(_ context.Context, d time.Duration) error { l.waits = append(l.waits, d); return nil }
	l.url, l.client = s.URL, New(o)
	return l
}

func TestLimits(t *testing.T) {
	minute, seven := time.Minute, map[string]string{"Retry-After": "7"}
	used := func(reset string) map[string]string {
		return map[string]string{"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": reset}
	}
	tests := []struct {
		name    string
		answers []limited
		waits   []time.Duration
		last    int
	}{
		{"seconds", []limited{{429, seven, ""}}, []time.Duration{7 * time.Second}, 200},
		{"seconds with a 403", []limited{{403, seven, ""}}, []time.Duration{7 * time.Second}, 200},
		{"a date", []limited{{429, map[string]string{"Retry-After": noon.Add(minute).Format(http.TimeFormat)}, ""}}, []time.Duration{minute}, 200},
		{"a limit that is used up", []limited{{403, used("1767355215"), ""}}, []time.Duration{15 * time.Second}, 200},
		{"one whose end is over", []limited{{403, used("1767355100"), ""}, {403, used("1767355100"), ""}}, []time.Duration{time.Second, 2 * time.Second}, 200},
		{"words", []limited{{403, nil, `{"message":"You have exceeded a Secondary Rate Limit."}`}, {429, nil, ""}}, []time.Duration{minute, 2 * minute}, 200},
		{"more than is left", []limited{{429, map[string]string{"Retry-After": "200"}, ""}, {429, map[string]string{"Retry-After": "101"}, ""}}, []time.Duration{200 * time.Second}, 429},
		{"far too much", []limited{{429, map[string]string{"Retry-After": "3600"}, ""}}, nil, 429},
		{"no limit", []limited{{403, map[string]string{"X-RateLimit-Remaining": "17"}, `{"message":"Forbidden"}`}}, nil, 403},
	}
	for _, tt := range tests {
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			t.Run(method+" "+tt.name, func(t *testing.T) {
				l := newLimits(t, Options{}, tt.answers...)
				req, err := http.NewRequestWithContext(t.Context(), method, l.url, strings.NewReader("body"))
				if err != nil {
					t.Fatal(err)
				}
				resp, err := l.client.Do(req)
				if err != nil {
					t.Fatal(err)
				}
				defer resp.Body.Close()
				if resp.StatusCode != tt.last || !slices.Equal(l.waits, tt.waits) || len(l.lines) != len(tt.waits) {
					t.Errorf("the last answer is %d after the waits %v, told as %q; want %d, %v", resp.StatusCode, l.waits, l.lines, tt.last, tt.waits)
				}
				if text, _ := io.ReadAll(resp.Body); tt.last != 200 && string(text) != tt.answers[len(tt.answers)-1].body {
					t.Errorf("the caller reads %q", text)
				}
				if slices.ContainsFunc(l.bodies, func(b string) bool { return b != "body" }) {
					t.Errorf("sent was %q", l.bodies)
				}
			})
		}
	}
}

// TestWhatCanNotBeSentTwiceIsNot: a body that is read only once, and no waits at all.
func TestWhatCanNotBeSentTwiceIsNot(t *testing.T) {
	for name, o := range map[string]Options{"a stream": {}, "no budget": {Budget: -1}} {
		l := newLimits(t, o, limited{status: 429, header: map[string]string{"Retry-After": "1"}})
		var body io.Reader = strings.NewReader("body")
		if o.Budget == 0 {
			body = io.MultiReader(body)
		}
		resp, err := l.client.Post(l.url, "text/plain", body)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != 429 || len(l.waits) > 0 {
			t.Errorf("%s: the answer is %d after the waits %v", name, resp.StatusCode, l.waits)
		}
	}
}

func TestAWaitEndsWithItsContext(t *testing.T) {
	url, _ := server(t, http.Header{"Retry-After": {"60"}}, 429)
	ctx, cancel := context.WithCancel(t.Context())
	client := New(Options{Log: func(string) { cancel() }})
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := client.Do(req)
	if err == nil {
		resp.Body.Close()
	}
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
