package npm

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/semcut/semcut/internal/diskfile"
	"github.com/semcut/semcut/release"
)

// unheard are settings of the network that only npm itself obeys, with what does the same here.
var unheard = map[string]string{
	"proxy": "set HTTPS_PROXY or HTTP_PROXY", "https-proxy": "set HTTPS_PROXY", "noproxy": "set NO_PROXY", "cert": "", "key": "",
}

// transport is what carries the requests to a registry: the caller's, with the certificates that cafile or ca of npm's
// settings trust in the place of the system's. Settings of the network that aren't obeyed are named in warnings.
func (r *Registry) transport(f *folder, s *settings, t target) (http.RoundTripper, error) {
	r.warnUnheard(s, t)
	pem, from, err := s.authorities(f)
	if err != nil || pem == "" {
		return r.Transport, err
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM([]byte(pem)) {
		return nil, release.Errorf(release.CodeConfig, "give certificates in PEM form",
			"reading the certificates that %s trusts for npm: there are none", from)
	}
	base, ok := r.Transport.(*http.Transport)
	if r.Transport == nil {
		base, ok = http.DefaultTransport.(*http.Transport)
	}
	if !ok {
		return nil, release.Errorf(release.CodeConfig, "set SSL_CERT_FILE instead",
			"reading the certificates that %s trusts for npm: they can't be used here", from)
	}
	base = base.Clone()
	if base.TLSClientConfig == nil {
		base.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	}
	base.TLSClientConfig.RootCAs = pool
	return base, nil
}

// authorities are the certificates that settings trust, and who says so. A file that the repository names is one of its
// own.
func (s *settings) authorities(f *folder) (pem, from string, err error) {
	if said, ok := s.get("cafile"); ok && said.value != "null" {
		name := said.value
		var data []byte
		if said.ours {
			if below, home := strings.CutPrefix(name, "~/"); home {
				name = filepath.Join(s.env("HOME"), below)
			}
			data, err = os.ReadFile(name)
		} else {
			data, err = f.root.ReadFile(name)
		}
		if err != nil {
			return "", "", release.Errorf(release.CodeFile, "see that it can be read; what the repository names must be a file of it",
				"reading the certificates of cafile %q (%s): %w", said.value, said.from, diskfile.Cause(err))
		}
		return string(data), "cafile of " + said.from, nil
	}
	if said, ok := s.get("ca"); ok && said.value != "null" {
		all := s.list("ca", said)
		return strings.ReplaceAll(strings.Join(all, "\n"), `\n`, "\n"), "ca of " + said.from, nil
	}
	return "", "", nil
}

// list gives all values of a key that is a list, from where it was said.
func (s *settings) list(key string, said setting) []string {
	for _, rc := range s.files {
		if rc.name == said.from && len(rc.values[key]) > 0 {
			return rc.values[key]
		}
	}
	return []string{said.value}
}

func (r *Registry) warnUnheard(s *settings, t target) {
	keys := slices.Sorted(maps.Keys(unheard))
	for _, at := range t.keys() {
		keys = append(keys, at+":certfile", at+":keyfile")
	}
	say := func(key, from, instead string) {
		text := fmt.Sprintf("the npm setting %s of %s is not obeyed here", key, from)
		if instead != "" {
			text += ": " + instead
		}
		r.warn(text)
	}
	for _, key := range keys {
		if said, ok := s.get(key); ok && said.value != "null" && said.value != "false" {
			say(key, said.from, unheard[key])
		}
	}
	if said, ok := s.get("strict-ssl"); ok && said.value == "false" {
		say("strict-ssl=false", said.from, "name the registry's certificate with cafile")
	}
}
