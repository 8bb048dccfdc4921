package gitrepo

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"net/url"
	"os"
	"strings"

	"github.com/go-git/go-git/v5/plumbing/transport"
	"github.com/go-git/go-git/v5/plumbing/transport/file"
	githttp "github.com/go-git/go-git/v5/plumbing/transport/http"
	"github.com/go-git/go-git/v5/plumbing/transport/ssh"
	"golang.org/x/net/http/httpproxy"

	"github.com/semcut/semcut/release"
)

// link is a way to a remote: a client of its protocol, and credentials to try one after the other.
type link struct {
	client   transport.Transport
	endpoint *transport.Endpoint
	auth     transport.AuthMethod
	more     []func(context.Context) transport.AuthMethod // nil answers are passed over
}

// next takes the next credentials; false where there are no more.
func (l *link) next(ctx context.Context) bool {
	for len(l.more) > 0 {
		l.auth = l.more[0](ctx)
		l.more = l.more[1:]
		if l.auth != nil {
			return true
		}
	}
	return false
}

func (r *Remote) link(ctx context.Context, ep *transport.Endpoint) (*link, error) {
	switch ep.Protocol {
	case "file":
		return &link{client: file.DefaultClient, endpoint: ep}, nil
	case "ssh":
		auth, err := r.sshAuth(ep)
		if err != nil {
			return nil, err
		}
		return &link{client: ssh.DefaultClient, endpoint: ep, auth: auth}, nil
	case "http", "https":
		return r.httpLink(ctx, ep)
	}
	return nil, release.Errorf(release.CodeRemote, "use an https, ssh or file URL", "reading the remote's URL %q: semcut doesn't speak %q", r.shown(), ep.Protocol)
}

// httpLink sets proxy, certificates and credentials. First a token that is meant for the host, then what stands in
// the URL, then the header that actions/checkout leaves; when the server wants more, the credential helpers.
func (r *Remote) httpLink(ctx context.Context, ep *transport.Endpoint) (*link, error) {
	u, err := url.Parse(r.url)
	if err != nil {
		return nil, release.Errorf(release.CodeRemote, "see \"git remote -v\"", "reading the remote's URL %q: it is no URL", r.shown())
	}
	client, err := r.httpClient(u)
	if err != nil {
		return nil, err
	}
	ep.User, ep.Password = "", "" // set below, so that nothing else sends them
	l := &link{client: githttp.NewClient(client), endpoint: ep}
	plain, authorization := r.extraHeaders(u)
	for _, credential := range []githttp.AuthMethod{r.tokenAuth(u), urlAuth(u), authorization} {
		if credential != nil {
			l.more = append(l.more, func(context.Context) transport.AuthMethod { return plain.with(credential) })
		}
	}
	known := len(l.more) > 0
	for _, helper := range r.helpers(u) {
		l.more = append(l.more, func(ctx context.Context) transport.AuthMethod {
			if credential := r.helperAuth(ctx, helper, u); credential != nil {
				return plain.with(credential)
			}
			return nil
		})
	}
	switch {
	case known:
		l.next(ctx)
	case len(plain) > 0: // helpers are only asked when the server wants it
		l.auth = plain.with(nil)
	}
	return l, nil
}

func (r *Remote) tokenAuth(u *url.URL) githttp.AuthMethod {
	if r.options.Token == nil {
		return nil
	}
	token := r.options.Token(strings.ToLower(u.Host))
	if token == "" {
		return nil
	}
	r.options.Secret(token)
	return &githttp.BasicAuth{Username: "x-access-token", Password: token}
}

func urlAuth(u *url.URL) githttp.AuthMethod {
	if u.User == nil {
		return nil
	}
	password, set := u.User.Password()
	if !set {
		return nil
	}
	return &githttp.BasicAuth{Username: u.User.Username(), Password: password}
}

// headers go with every request, as they are written.
type headers [][2]string

// extraHeaders gives http.<url>.extraheader, for the URLs that it is written for: those that go with whatever
// credential there is, and apart from them an Authorization, nil where there is none.
func (r *Remote) extraHeaders(u *url.URL) (plain headers, authorization githttp.AuthMethod) {
	for _, e := range r.config.forURL("http", "extraheader", u) {
		name, value, ok := strings.Cut(e.value, ":")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		switch {
		case e.value == "": // clears the list
			plain, authorization = nil, nil
		case ok && strings.EqualFold(name, "authorization"):
			_, credential, _ := strings.Cut(value, " ")
			r.options.Secret(credential)
			if password := basicPassword(credential); password != "" {
				r.options.Secret(password)
			}
			authorization = headerAuth{{name, value}}
		case ok:
			plain = append(plain, [2]string{name, value})
		}
	}
	return plain, authorization
}

// with adds the headers to a credential; nil is none.
func (h headers) with(credential githttp.AuthMethod) transport.AuthMethod {
	if len(h) == 0 {
		return credential
	}
	return headersAnd{headerAuth(h), credential}
}

// headerAuth sends headers.
type headerAuth headers

func (headerAuth) Name() string   { return "http-extraheader" }
func (headerAuth) String() string { return "http-extraheader" }

// SetAuth puts the headers on a request.
func (h headerAuth) SetAuth(r *http.Request) {
	for _, header := range h {
		r.Header.Set(header[0], header[1])
	}
}

// headersAnd sends headers and a credential.
type headersAnd struct {
	headerAuth
	credential githttp.AuthMethod
}

// SetAuth puts both on a request.
func (h headersAnd) SetAuth(r *http.Request) {
	h.headerAuth.SetAuth(r)
	if h.credential != nil {
		h.credential.SetAuth(r)
	}
}

// httpClient has the proxy and the certificates that environment and git's configuration name.
func (r *Remote) httpClient(u *url.URL) (*http.Client, error) {
	base := http.DefaultTransport.(*http.Transport).Clone()
	proxy, err := r.proxy(u)
	if err != nil {
		return nil, err
	}
	base.Proxy = proxy
	pool, err := r.certificates(u)
	if err != nil {
		return nil, err
	}
	if pool != nil {
		base.TLSClientConfig = &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
	}
	return &http.Client{Transport: base}, nil
}

func (r *Remote) proxy(u *url.URL) (func(*http.Request) (*url.URL, error), error) {
	either := func(name string) string {
		if v := r.options.Env(name); v != "" {
			return v
		}
		return r.options.Env(strings.ToLower(name))
	}
	c := httpproxy.Config{HTTPProxy: either("HTTP_PROXY"), HTTPSProxy: either("HTTPS_PROXY"), NoProxy: either("NO_PROXY")}
	if entries := r.config.forURL("http", "proxy", u); len(entries) > 0 {
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
		if p, err := url.Parse(address); err == nil && p.User != nil {
			if password, set := p.User.Password(); set {
				r.options.Secret(password)
			}
		}
	}
	proxy := c.ProxyFunc()
	return func(req *http.Request) (*url.URL, error) { return proxy(req.URL) }, nil
}

// certificates gives the system's certificates with those of http.sslCAInfo or GIT_SSL_CAINFO; nil means the
// system's alone.
func (r *Remote) certificates(u *url.URL) (*x509.CertPool, error) {
	name := r.options.Env("GIT_SSL_CAINFO")
	if entries := r.config.forURL("http", "sslcainfo", u); name == "" && len(entries) > 0 {
		name = r.expandHome(entries[len(entries)-1].value)
	}
	if name == "" {
		name = r.options.Env("SSL_CERT_FILE")
	}
	if name == "" {
		return nil, nil
	}
	pem, err := os.ReadFile(name)
	if err != nil {
		return nil, release.Errorf(release.CodeConfig, "check http.sslCAInfo and SSL_CERT_FILE", "reading the certificates %q: %w", name, causeOf(err))
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
