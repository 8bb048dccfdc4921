package gitrepo

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/go-git/go-git/v5/plumbing/transport"
	"github.com/go-git/go-git/v5/plumbing/transport/file"
	githttp "github.com/go-git/go-git/v5/plumbing/transport/http"
	"github.com/go-git/go-git/v5/plumbing/transport/ssh"

	"github.com/semcut/semcut/internal/secret"
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
	base, err := httpSettings{r.config, r.options.Env, r.options.Secret}.transport(u)
	if err != nil {
		return nil, err
	}
	ep.User, ep.Password = "", "" // set below, so that nothing else sends them
	l := &link{client: githttp.NewClient(&http.Client{Transport: base}), endpoint: ep}
	plain, authorization := r.extraHeaders(u)
	for _, credential := range []githttp.AuthMethod{r.tokenAuth(u), r.urlAuth(u), authorization} {
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
	token := r.options.Token(u)
	if token == "" {
		return nil
	}
	r.options.Secret(token)
	r.options.Secret(basicForm("x-access-token", token))
	return &githttp.BasicAuth{Username: "x-access-token", Password: token}
}

func (r *Remote) urlAuth(u *url.URL) githttp.AuthMethod {
	if u.User == nil {
		return nil
	}
	password, set := u.User.Password()
	if !set {
		return nil
	}
	r.options.Secret(basicForm(u.User.Username(), password))
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
		for _, credential := range secret.InHeader(name, value) {
			r.options.Secret(credential)
		}
		switch {
		case e.value == "": // clears the list
			plain, authorization = nil, nil
		case ok && strings.EqualFold(name, "authorization"):
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
