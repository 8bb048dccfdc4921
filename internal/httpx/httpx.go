// Package httpx makes the one HTTP client that talks to forges and registries: retries for what can be asked twice,
// and a token that never leaves its hosts.
package httpx

import (
	"context"
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
	Hosts []string // host or host:port, lower case
	Plain bool     // it may go over plain http, too
	// Transport carries the requests, with proxies and certificates; nil means Go's own.
	Transport http.RoundTripper
	// Wait bounds the pause between two tries; zero means a second, growing.
	Wait time.Duration
}

// tries is how often a request that reads is sent at the most.
const tries = 4

// New makes the client. GET and HEAD are tried again after a broken connection, a 429 and a 5xx; what writes
// is sent once, since nobody but the caller can tell whether it had its effect.
func New(o Options) *http.Client {
	base := o.Transport
	if base == nil {
		base = http.DefaultTransport
	}
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
		Transport: &signer{base: base, Options: o},
		// Redirects are followed outside of the retries, so that each hop is signed for its own host.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return &http.Client{Transport: &split{reads: &retryablehttp.RoundTripper{Client: retry}, writes: retry.HTTPClient.Transport}}
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
	if err == nil && resp.StatusCode == http.StatusTooManyRequests && longWait(resp) {
		return false, nil // the caller reports the limit
	}
	return retryablehttp.DefaultRetryPolicy(ctx, resp, err)
}

// longWait says whether the server asks for a longer pause than a person would sit through.
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
	r.Header.Set("User-Agent", s.UserAgent)
	r.Header.Del("Authorization")
	if s.Token != "" && (s.Plain || r.URL.Scheme == "https") && slices.Contains(s.Hosts, strings.ToLower(r.URL.Host)) {
		r.Header.Set("Authorization", "Bearer "+s.Token)
	}
	return s.base.RoundTrip(r)
}
