package gitrepo

import (
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/http/httpproxy"

	"github.com/semcut/semcut/internal/diskfile"
	"github.com/semcut/semcut/internal/secret"
	"github.com/semcut/semcut/release"
)

// Transport is how to reach an http(s) address from this repository: with the proxy and the certificates that
// environment and git's configuration name. They hold for a forge's API as they do for git.
func (r *Repo) Transport(env func(string) string, secret func(string), address string) (*http.Transport, error) {
	config, err := r.readConfig(env)
	if err != nil {
		return nil, err
	}
	u, err := url.Parse(address)
	if err != nil {
		return nil, release.Errorf(release.CodeConfig, "write it like https://github.example.com", "reading the address %q: it is no URL", address)
	}
	return httpSettings{config, env, secret}.transport(u)
}

// httpSettings are git's configuration and the environment, as far as http is concerned.
type httpSettings struct {
	config gitConfig
	env    func(string) string
	secret func(string)
}

func (h httpSettings) transport(u *url.URL) (*http.Transport, error) {
	base := http.DefaultTransport.(*http.Transport).Clone()
	base.ResponseHeaderTimeout = h.patience(u)
	var err error
	if base.Proxy, err = h.proxy(u); err != nil {
		return nil, err
	}
	pool, err := h.certificates(u)
	if pool != nil {
		base.TLSClientConfig = &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
	}
	return base, err
}

// gitPatience is how long a server may take to begin its answer where nothing is set; its hooks may have much to check.
const gitPatience = 10 * time.Minute

// patience is git's own http.lowSpeedTime, or GIT_HTTP_LOW_SPEED_TIME: after so many seconds of silence it gives up.
func (h httpSettings) patience(u *url.URL) time.Duration {
	value := h.env("GIT_HTTP_LOW_SPEED_TIME")
	if entries := h.config.forURL("http", "lowspeedtime", u); value == "" && len(entries) > 0 {
		value = entries[len(entries)-1].value
	}
	if seconds, err := strconv.Atoi(strings.TrimSpace(value)); err == nil && seconds > 0 {
		return time.Duration(seconds) * time.Second
	}
	return gitPatience
}

func (h httpSettings) proxy(u *url.URL) (func(*http.Request) (*url.URL, error), error) {
	either := func(name string) string {
		if v := h.env(name); v != "" {
			return v
		}
		return h.env(strings.ToLower(name))
	}
	c := httpproxy.Config{HTTPProxy: either("HTTP_PROXY"), HTTPSProxy: either("HTTPS_PROXY"), NoProxy: either("NO_PROXY")}
	if entries := h.config.forURL("http", "proxy", u); len(entries) > 0 {
		address := entries[len(entries)-1].value
		if address != "" && !strings.Contains(address, "://") {
			address = "http://" + address
		}
		if _, err := url.Parse(address); err != nil {
			return nil, release.Errorf(release.CodeConfig, "write it like http://proxy.example.com:3128", "reading git's http.proxy: it is no URL")
		}
		c.HTTPProxy, c.HTTPSProxy = address, address
	}
	for _, address := range []string{c.HTTPProxy, c.HTTPSProxy} {
		for _, credential := range secret.InURL(address) {
			h.secret(credential)
		}
	}
	proxy := c.ProxyFunc()
	return func(req *http.Request) (*url.URL, error) { return proxy(req.URL) }, nil
}

// certificates gives the system's certificates with those of http.sslCAInfo or GIT_SSL_CAINFO; nil means the
// system's alone.
func (h httpSettings) certificates(u *url.URL) (*x509.CertPool, error) {
	name := h.env("GIT_SSL_CAINFO")
	if entries := h.config.forURL("http", "sslcainfo", u); name == "" && len(entries) > 0 {
		name = expandHome(h.env, entries[len(entries)-1].value)
	}
	if name == "" {
		name = h.env("SSL_CERT_FILE")
	}
	if name == "" {
		return nil, nil
	}
	pem, err := os.ReadFile(name)
	if err != nil {
		return nil, release.Errorf(release.CodeConfig, "check http.sslCAInfo and SSL_CERT_FILE", "reading the certificates %q: %w", name, diskfile.Cause(err))
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(pem) {
		return nil, release.Errorf(release.CodeConfig, "check http.sslCAInfo and SSL_CERT_FILE", "reading the certificates %q: there are none in it", name)
	}
	return pool, nil
}
