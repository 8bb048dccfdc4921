// Package httpx makes the one HTTP client that talks to forges and registries: retries for what can be
// asked twice, proxies and certificates as the environment says, and a token that never leaves its hosts.
package httpx

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/go-retryablehttp"
	"golang.org/x/net/http/httpproxy"
)

// Options say how to talk.
type Options struct {
	UserAgent string
	// Token is sent as "Authorization: Bearer" to Hosts, and to no other host, whoever redirects there.
	Token string
	Hosts []string // host or host:port, lower case
	// Env is the environment that proxies are read from.
	Env func(string) string
	// RootCAs are the certificates to trust; nil means the system's.
	RootCAs *x509.CertPool
	// Wait bounds the pause between two tries; zero means a second, growing.
	Wait time.Duration
}

// tries is how often a request that reads is sent at the most.
const tries = 4

// New makes the client. GET and HEAD are tried again after a broken connection, a 429 and a 5xx; what writes
// is sent once, since nobody but the caller can tell whether it had its effect.
func New(o Options) *http.Client {
	base := http.DefaultTransport.(*http.Transport).Clone()
	base.Proxy = proxyFrom(o.Env)
	if o.RootCAs != nil {
		base.TLSClientConfig = &tls.Config{RootCAs: o.RootCAs, MinVersion: tls.VersionTLS12}
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
	if s.Token != "" && slices.Contains(s.Hosts, strings.ToLower(r.URL.Host)) {
		r.Header.Set("Authorization", "Bearer "+s.Token)
	}
	return s.base.RoundTrip(r)
}

// proxyFrom reads HTTPS_PROXY, HTTP_PROXY and NO_PROXY, in either case.
func proxyFrom(env func(string) string) func(*http.Request) (*url.URL, error) {
	if env == nil {
		return nil
	}
	either := func(name string) string {
		if v := env(name); v != "" {
			return v
		}
		return env(strings.ToLower(name))
	}
	proxy := (&httpproxy.Config{
		HTTPProxy: either("HTTP_PROXY"), HTTPSProxy: either("HTTPS_PROXY"), NoProxy: either("NO_PROXY"),
	}).ProxyFunc()
	return func(r *http.Request) (*url.URL, error) { return proxy(r.URL) }
}
