package npm

import (
	"net"
	"net/url"
	"strings"

	"github.com/semcut/semcut/internal/secret"
	"github.com/semcut/semcut/release"
)

// official is npm's own registry.
const official = "https://registry.npmjs.org/"

// A target is the registry that a package goes to.
type target struct {
	base    *url.URL // ends in a slash
	from    string   // who says so, for people
	ours    bool     // the environment, the user or nobody says so, not the repository
	usual   bool     // it is the default registry
	address string   // of base, as text
}

// target finds the registry of a package, in the order of npm and @semantic-release/npm: the option, publishConfig (of
// the package's scope first), the environment, .npmrc (of the scope first), and the default, which DEFAULT_NPM_REGISTRY
// may replace.
func (r *Registry) target(s *settings, name string) (target, error) {
	standard := setting{official, "npm's default", true}
	if other := r.env("DEFAULT_NPM_REGISTRY"); other != "" {
		standard = setting{other, "the variable DEFAULT_NPM_REGISTRY", true}
	}
	found := standard
	switch said, ok := s.named(scope(name)); {
	case r.Options.Registry != "":
		found = setting{r.Options.Registry, "the configuration", false}
	case ok:
		found = said
	}
	t, err := newTarget(found)
	if err != nil {
		return target{}, err
	}
	usual, err := newTarget(standard)
	t.usual = err == nil && same(t.base, usual.base)
	t.ours = t.ours || t.usual // whoever names it, it is where a token goes anyway
	return t, err
}

// named is the registry that settings name, if any.
func (s *settings) named(scope string) (setting, bool) {
	keys := []string{"registry"}
	if scope != "" {
		keys = []string{scope + ":registry", "registry"}
	}
	only := &settings{env: func(string) string { return "" }, publish: s.publish}
	environment := &settings{env: s.env}
	for _, source := range []*settings{only, environment, {env: only.env, files: s.files}} {
		for _, key := range keys {
			if said, ok := source.published(key); ok {
				return said, true
			}
		}
	}
	return setting{}, false
}

// newTarget reads a registry's address.
func newTarget(said setting) (target, error) {
	shown := secret.WithoutUser(said.value)
	if name := unset(said.value); name != "" {
		return target{}, release.Errorf(release.CodeConfig, "set "+name,
			"reading the npm registry %q of %s: the variable %s is not set", shown, said.from, name)
	}
	u, err := url.Parse(strings.TrimRight(strings.TrimSpace(said.value), "/") + "/")
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.RawQuery != "" || u.Fragment != "" {
		return target{}, release.Errorf(release.CodeConfig, "write it like https://registry.example.com/npm/",
			"reading the npm registry %q of %s: it is no address", shown, said.from)
	}
	if u.User != nil {
		return target{}, release.Errorf(release.CodeConfig, "put the credential into the environment: NPM_TOKEN, or a line of an .npmrc with a variable",
			"reading the npm registry %q of %s: a credential stands in it", shown, said.from)
	}
	u.Host = strings.ToLower(u.Host)
	return target{base: u, from: said.from, ours: said.ours, address: u.String()}, nil
}

// same says whether two addresses are one registry.
func same(a, b *url.URL) bool {
	return a.Scheme == b.Scheme && withPort(a) == withPort(b) && strings.TrimRight(a.Path, "/") == strings.TrimRight(b.Path, "/")
}

func withPort(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"https": "443", "http": "80"}[u.Scheme]
	}
	return net.JoinHostPort(u.Hostname(), port)
}

// loopback says whether the address is this machine.
func (t target) loopback() bool {
	host := t.base.Hostname()
	ip := net.ParseIP(host)
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || ip != nil && ip.IsLoopback()
}

// at is the address of something at the registry; path is escaped already.
func (t target) at(path string) string { return t.address + path }
