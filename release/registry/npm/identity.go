package npm

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Trusted publishing: a job of GitHub Actions, GitLab CI/CD or CircleCI proves to npm's own registry who it is, and gets
// a token for one package in exchange, for some minutes. Nobody has to keep a token then.

// claims are what matters of a job's identity.
type claims struct {
	public bool // the repository is, and the service can attest that
}

// errNoIdentity says that this is no job that could prove who it is.
var errNoIdentity = errors.New("no job")

// exchange gets a token for the package in exchange for the job's identity. Whatever stands in the way is no error: other
// tokens come next. why says what it was, "" where this is no such job.
func (r *Registry) exchange(ctx context.Context, s *session, name string) (c credential, why string) {
	if !s.usual || s.base.Scheme != "https" && !s.loopback() {
		return credential{}, ""
	}
	identity, err := r.identity(ctx, s)
	if errors.Is(err, errNoIdentity) {
		return credential{}, ""
	}
	if err != nil {
		return credential{}, "asking for the job's identity: " + plain(err)
	}
	r.hide(credential{token: identity})
	var given struct {
		Token   string
		Expires time.Time
	}
	asks := &session{target: s.target, wait: r.Wait, http: r.client(s.target, credential{token: identity}, s.transport)}
	asks.address = s.base.Scheme + "://" + s.base.Host + "/"
	err = asks.insist(ctx, func() error {
		return asks.ask(ctx, http.MethodPost, "-/npm/v1/oidc/token/exchange/package/"+url.QueryEscape(name), nil, &given)
	})
	switch {
	case err != nil:
		return credential{}, plain(err)
	case !sendable.MatchString(given.Token):
		return credential{}, "the answer has no token"
	}
	s.trusted, s.claims, s.expires = true, r.claims(identity), given.Expires
	if !s.expires.IsZero() {
		s.expires = s.expires.Add(-time.Minute) // for what is still to be done with it
	}
	_, waits := s.settings.written(s.target)
	return credential{token: given.Token, from: "trusted publishing", waits: waits}, ""
}

// identity is the job's proof of who it is, meant for the registry alone. Elsewhere than in a job there is none.
func (r *Registry) identity(ctx context.Context, s *session) (string, error) {
	on := func(name string) bool { return r.env(name) != "" && r.env(name) != "false" }
	switch given := strings.TrimSpace(r.env("NPM_ID_TOKEN")); {
	case !on("GITHUB_ACTIONS") && !on("GITLAB_CI") && !on("CIRCLECI"):
		return "", errNoIdentity
	case given != "" && sendable.MatchString(given):
		return given, nil
	case !on("GITHUB_ACTIONS") || r.env("ACTIONS_ID_TOKEN_REQUEST_URL") == "" || r.env("ACTIONS_ID_TOKEN_REQUEST_TOKEN") == "":
		return "", errNoIdentity
	}
	base, err := url.Parse(r.env("ACTIONS_ID_TOKEN_REQUEST_URL"))
	if err != nil || base.Host == "" {
		return "", errors.New("ACTIONS_ID_TOKEN_REQUEST_URL is no address")
	}
	query := base.Query()
	query.Add("audience", "npm:"+s.base.Hostname())
	base.RawQuery, base.Host = query.Encode(), strings.ToLower(base.Host)
	service := target{base: base, address: base.String()}
	if base.Scheme != "https" && !service.loopback() {
		return "", errors.New("the connection would not be encrypted")
	}
	pass := credential{token: r.env("ACTIONS_ID_TOKEN_REQUEST_TOKEN")}
	r.hide(pass)
	asks := &session{target: service, http: r.client(service, pass, r.Transport)}
	var given struct{ Value string }
	if err := asks.ask(ctx, http.MethodGet, "", nil, &given); err != nil {
		return "", err
	}
	if !sendable.MatchString(given.Value) {
		return "", errors.New("the answer has none")
	}
	return given.Value, nil
}

// claims reads what an identity says. It is not verified here: it is the registry that trusts it or not.
func (r *Registry) claims(identity string) claims {
	parts := strings.Split(identity, ".")
	if len(parts) < 2 {
		return claims{}
	}
	text, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(parts[1], "="))
	var says struct {
		Repository string `json:"repository_visibility"`
		Project    string `json:"project_visibility"`
	}
	if err != nil || json.Unmarshal(text, &says) != nil {
		return claims{}
	}
	return claims{public: r.env("GITHUB_ACTIONS") != "" && says.Repository == "public" ||
		r.env("GITLAB_CI") != "" && says.Project == "public" && r.env("SIGSTORE_ID_TOKEN") != ""}
}

// plain is an error in few words, without addresses.
func plain(err error) string {
	if a, ok := errors.AsType[*answer](err); ok {
		return strings.TrimSpace(a.resp.Request.URL.Host + " answers " + cmp.Or(a.resp.Status, "nothing") + " " + a.words)
	}
	if e, ok := errors.AsType[*url.Error](err); ok {
		return e.Err.Error()
	}
	return err.Error()
}
