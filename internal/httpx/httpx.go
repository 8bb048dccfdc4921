// Package httpx makes the one HTTP client that talks to forges and registries: retries for what can be asked twice,
// and a token that never leaves its hosts.
package httpx

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

// Options say how to talk.
type Options struct {
	UserAgent string
	// Token is sent as "Authorization: Bearer" to Hosts, and to no other host, whoever redirects there.
	Token string
	Basic string   // sent as "Authorization: Basic" in the place of a Token: user:password in base64
	Hosts []string // host or host:port, lower case
	Plain bool     // it may go over plain http, too
	// Transport carries the requests, with proxies and certificates; nil means Go's own.
	Transport http.RoundTripper
	// Wait bounds the pause between two tries; zero means a second, growing.
	Wait time.Duration
	// Budget is how long all waits for rate limits may take together; zero means five minutes, less than zero that there
	// are none.
	Budget time.Duration
	// Moved is what it means when something that writes is redirected; "" is a repository with a new name.
	Moved string
	Log   func(string)                               // is told of such waits; nil for nobody
	Now   func() time.Time                           // nil means the clock
	Sleep func(context.Context, time.Duration) error // waits for limits; nil means really
}

func (o *Options) fillIn() {
	if o.Transport == nil {
		o.Transport = http.DefaultTransport
	}
	if o.Budget == 0 {
		o.Budget = budget
	}
	if o.Moved == "" {
		o.Moved = "the repository may have been renamed"
	}
	if o.Log == nil {
		o.Log = func(string) {}
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Sleep == nil {
		o.Sleep = sleep
	}
}

// patience is how long an answer of the service may take, all of it; uploads have as long as they need.
const patience = 2 * time.Minute

// tries is how often a request that reads is sent at the most.
const tries = 4

// New makes the client. GET and HEAD are tried again after a broken connection and a 5xx; what writes is sent once, since
// nobody but the caller can tell whether it had its effect. Where the server asks to slow down, nothing had: all of them
// wait, and are sent again.
func New(o Options) *http.Client {
	o.fillIn()
	retry := retryablehttp.NewClient()
	retry.Logger = nil
	retry.RetryMax = tries - 1
	retry.RetryWaitMin, retry.RetryWaitMax = time.Second, 9*time.Second
	if o.Wait > 0 {
		retry.RetryWaitMin, retry.RetryWaitMax = o.Wait, o.Wait
	}
	retry.CheckRetry = checkRetry
	retry.ErrorHandler = retryablehttp.PassthroughErrorHandler
	retry.HTTPClient = &http.Client{
		Transport: &signer{base: o.Transport, Options: o},
		// Redirects are followed outside of the retries, so that each hop is signed for its own host.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	both := &split{reads: &retryablehttp.RoundTripper{Client: retry}, writes: retry.HTTPClient.Transport}
	return &http.Client{CheckRedirect: o.follow, Transport: &limiter{next: both, Options: o}}
}

// follow lets what reads be redirected, and what writes only within its host and as what it is: anything else would
// send it to somebody who was not meant, or make a question of it.
func (o *Options) follow(r *http.Request, via []*http.Request) error {
	first := via[0]
	if first.Method != http.MethodGet && first.Method != http.MethodHead && (r.Method != first.Method || r.URL.Host != first.URL.Host) {
		return fmt.Errorf("the server redirects it to %s: %s", r.URL.Host, o.Moved)
	}
	if len(via) >= 10 {
		return errors.New("the server redirects it without end")
	}
	return nil
}

// split sends what only reads through the retries, and the rest straight.
type split struct{ reads, writes http.RoundTripper }

func (s *split) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return s.reads.RoundTrip(r)
	}
	return s.writes.RoundTrip(r)
}

func checkRetry(ctx context.Context, resp *http.Response, err error) (bool, error) {
	if ctx.Err() != nil {
		return false, ctx.Err()
	}
	if err == nil && (resp.StatusCode == http.StatusTooManyRequests || longWait(resp)) {
		return false, nil // the one is the limiter's, the other the caller's
	}
	return retryablehttp.DefaultRetryPolicy(ctx, resp, err)
}

// longWait says whether a server that is down asks for a longer pause than a person would sit through.
func longWait(resp *http.Response) bool {
	pause, err := time.ParseDuration(resp.Header.Get("Retry-After") + "s")
	return err == nil && pause > time.Minute
}

// signer adds user agent and token, the token for its own hosts only.
type signer struct {
	base http.RoundTripper
	Options
}

func (s *signer) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	if r.ContentLength < largeRequest {
		ctx, cancel := context.WithTimeout(r.Context(), patience)
		r = r.WithContext(ctx)
		resp, err := s.send(r)
		if err != nil {
			cancel()
			return nil, err
		}
		resp.Body = &timed{resp.Body, cancel}
		return resp, nil
	}
	return s.send(r)
}

// largeRequest is the size from which a request is an upload.
const largeRequest = 1 << 20

// timed ends the time of an answer when that was read.
type timed struct {
	io.ReadCloser
	cancel context.CancelFunc
}

func (t *timed) Close() error {
	t.cancel()
	return t.ReadCloser.Close()
}

func (s *signer) send(r *http.Request) (*http.Response, error) {
	r.Header.Set("User-Agent", s.UserAgent)
	r.Header.Del("Authorization")
	if (s.Plain || r.URL.Scheme == "https") && slices.Contains(s.Hosts, strings.ToLower(r.URL.Host)) {
		switch {
		case s.Token != "":
			r.Header.Set("Authorization", "Bearer "+s.Token)
		case s.Basic != "":
			r.Header.Set("Authorization", "Basic "+s.Basic)
		}
	}
	return s.base.RoundTrip(r)
}
