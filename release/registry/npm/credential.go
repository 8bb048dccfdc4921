package npm

import (
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/semcut/semcut/internal/lazyregexp"
	"github.com/semcut/semcut/release"
)

// A credential opens a registry. Only one of its two forms is set.
type credential struct {
	token string // sent as Bearer
	basic string // "user:password" in base64, sent as Basic
	from  string // for people
	waits string // a variable that isn't set, in whose place it stands in a file of settings
}

func (c credential) none() bool { return c.token == "" && c.basic == "" }

// placeholder is what actions/setup-node leaves where nobody gave it a token.
const placeholder = "XXXXX-XXXXX-XXXXX-XXXXX"

// credential finds the token that opens a registry, where the job's identity doesn't: what environment and .npmrc files
// say of exactly this registry, then NPM_TOKEN.
//
// A token goes to its own registry only. What a line "//host/path/:_authToken=" says goes to that host, whoever wrote the
// line, as with npm: the file of a repository too, since its release branch is trusted, and no other file is ever read.
// NPM_TOKEN goes to the default registry, to one that the environment or the user names, and, as with semantic-release,
// to one that the repository names in .npmrc, publishConfig or its configuration. But what the repository names gets
// nothing at all over a connection that isn't encrypted, unless it is this machine.
func (r *Registry) credential(s *settings, t target) (credential, error) {
	c, missing := s.written(t)
	if token := strings.TrimSpace(r.env("NPM_TOKEN")); c.none() && token != "" {
		c = credential{token: token, from: "NPM_TOKEN", waits: missing}
	}
	doing := fmt.Sprintf("looking for a token for the npm registry %s", t.address)
	switch {
	case c.none() && missing != "":
		return c, release.Errorf(release.CodeAuth, "set "+missing+" or NPM_TOKEN", "%s: the variable %s is not set", doing, missing)
	case c.none():
		return c, release.Errorf(release.CodeAuth, "set NPM_TOKEN to a token that may publish there (docs/npm.md)", "%s: there is none", doing)
	case !sendable.MatchString(c.token + c.basic):
		return credential{}, release.Errorf(release.CodeAuth, "give it without blanks and line ends",
			"%s: that of %s has characters that no token has", doing, c.from)
	case t.base.Scheme == "http" && !t.ours && !t.loopback():
		return credential{}, release.Errorf(release.CodeAuth, "give its https address, or name it in the environment: NPM_CONFIG_REGISTRY",
			"%s: only the repository (%s) names it, and the connection would not be encrypted", doing, t.from)
	}
	r.hide(c)
	return c, nil
}

// sendable is what may stand in a header.
var sendable = lazyregexp.New(`^[!-~]+$`)

// hide tells the masker of a credential, in all the parts that may be shown.
func (r *Registry) hide(c credential) {
	if r.Secret == nil {
		return
	}
	for _, value := range []string{c.token, c.basic} {
		if value != "" {
			r.Secret(value)
		}
	}
	if pair, err := base64.StdEncoding.DecodeString(c.basic); err == nil {
		if _, password, _ := strings.Cut(string(pair), ":"); password != "" {
			r.Secret(password)
		}
	}
}

// written finds the credential that settings hold for a registry. They name it by its address without the scheme; one for
// a part of the address holds for all below it. missing is a variable that the credential waits for.
func (s *settings) written(t target) (c credential, missing string) {
	for _, key := range t.keys() {
		get := func(name string) setting {
			said, _ := s.get(key + ":" + name)
			if name := unset(said.value); name != "" {
				missing, said.value = name, ""
			}
			if said.value == placeholder {
				said.value = ""
			}
			return said
		}
		if token := get("_authToken"); token.value != "" {
			return credential{token: token.value, from: token.from}, ""
		}
		if auth := get("_auth"); auth.value != "" {
			return credential{basic: auth.value, from: auth.from}, ""
		}
		if user, password := get("username"), get("_password"); user.value != "" && password.value != "" {
			plain, err := base64.StdEncoding.DecodeString(password.value)
			if err != nil {
				plain = []byte(password.value)
			}
			return credential{basic: base64.StdEncoding.EncodeToString([]byte(user.value + ":" + string(plain))), from: password.from}, ""
		}
	}
	return credential{}, missing
}

// keys are what settings may call the registry: its address without the scheme, then each part of that.
func (t target) keys() (keys []string) {
	for key := "//" + t.base.Host + t.base.EscapedPath(); len(key) > 2; key = shorter(key) {
		keys = append(keys, key)
	}
	return keys
}

// shorter takes the last slash or the last part off an address.
func shorter(key string) string {
	if cut, ok := strings.CutSuffix(key, "/"); ok {
		return cut
	}
	return key[:strings.LastIndexByte(key, '/')+1]
}
