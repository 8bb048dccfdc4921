package npm

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/semcut/semcut/release"
)

// jwt is an identity that claims something.
func jwt(claims string) string {
	return "e30." + base64.RawURLEncoding.EncodeToString([]byte(claims)) + ".c2ln"
}

// A jobs stands in for the service that tells jobs of GitHub Actions who they are.
func jobs(t *testing.T, identity string) *server {
	t.Helper()
	s := newServer(t)
	s.hook = func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer pass" || r.URL.Query().Get("audience") != "npm:127.0.0.1" || r.URL.Query().Get("api-version") != "2.0" {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		_, _ = fmt.Fprintf(w, `{"value": %q}`, identity)
	}
	return s
}

func TestTrustedPublishing(t *testing.T) {
	private, public := jwt(`{"repository_visibility": "private"}`), jwt(`{"repository_visibility": "public", "project_visibility": "public"}`)
	for _, tt := range []struct {
		name     string
		vars     map[string]string // in a job of GitHub Actions ID is put in for the service
		identity string
		known    bool   // the registry trusts the identity
		token    string // "" is none
		with     string // the token that published
		fails    string
		says     string
	}{
		{name: "GitHub Actions", vars: map[string]string{"GITHUB_ACTIONS": "true", "ACTIONS_ID_TOKEN_REQUEST_URL": "ID", "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "pass"}, identity: private, known: true, with: "npm_short"},
		{name: "it goes before tokens", vars: map[string]string{"GITHUB_ACTIONS": "true", "ACTIONS_ID_TOKEN_REQUEST_URL": "ID", "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "pass"}, identity: private, known: true, token: token, with: "npm_short"},
		{name: "GitLab", vars: map[string]string{"GITLAB_CI": "true", "NPM_ID_TOKEN": private}, identity: private, known: true, with: "npm_short"},
		{name: "CircleCI", vars: map[string]string{"CIRCLECI": "true", "NPM_ID_TOKEN": private}, identity: private, known: true, with: "npm_short"},
		{name: "not trusted, but with a token", vars: map[string]string{"GITLAB_CI": "true", "NPM_ID_TOKEN": private}, identity: private, token: token, with: token, says: "no trusted publishing of widget on npm"},
		{name: "not trusted", vars: map[string]string{"GITLAB_CI": "true", "NPM_ID_TOKEN": private}, identity: private, fails: "there is none; and for trusted publishing: 127.0.0.1"},
		{name: "no right to ask", vars: map[string]string{"GITHUB_ACTIONS": "true"}, identity: private, known: true, fails: "there is none"},
		{name: "the service refuses", vars: map[string]string{"GITHUB_ACTIONS": "true", "ACTIONS_ID_TOKEN_REQUEST_URL": "ID", "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "other"}, identity: private, known: true, fails: "asking for the job's identity: 127.0.0.1"},
		{name: "at a desk", vars: map[string]string{"NPM_ID_TOKEN": private}, identity: private, known: true, fails: "there is none"},
		{name: "public, but without npm", vars: map[string]string{"GITHUB_ACTIONS": "true", "ACTIONS_ID_TOKEN_REQUEST_URL": "ID", "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "pass"}, identity: public, known: true, with: "npm_short", says: "publishing on npm without provenance"},
		{name: "public on GitLab, without what attests it", vars: map[string]string{"GITLAB_CI": "true", "NPM_ID_TOKEN": public}, identity: public, known: true, with: "npm_short"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := newRig(t, `{"name": "widget"}`)
			r.public = true
			if tt.known {
				r.trusted = map[string]string{tt.identity: "npm_short"}
			}
			service := jobs(t, tt.identity)
			for name, value := range tt.vars {
				r.vars[name] = strings.Replace(value, "ID", service.URL+"/token?api-version=2.0", 1)
			}
			if value := tt.vars["NPM_ID_TOKEN"]; value != "" {
				r.vars["NPM_ID_TOKEN"] = value
			}
			r.vars["NPM_TOKEN"] = tt.token
			reg := r.registry()
			err := reg.Check(t.Context(), &release.Plan{})
			if tt.fails != "" {
				if release.CodeOf(err) != release.CodeAuth || !strings.Contains(err.Error(), tt.fails) || strings.Contains(err.Error(), tt.identity) {
					t.Errorf("got %v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if receipt, err := r.publishWith(reg); err != nil || receipt.Done != "created" {
				t.Fatalf("got %+v, %v", receipt, err)
			}
			if !slices.Contains(r.asked(), "PUT /widget Bearer "+tt.with) || !slices.Contains(r.hidden, tt.with) || !strings.Contains(r.log.String(), tt.says) {
				t.Errorf("asked was %q\nhidden %q\n%s", r.asked(), r.hidden, r.log.String())
			}
			if n := strings.Count(strings.Join(r.asked(), "\n"), "POST /-/npm/v1/oidc/token/exchange/package/widget"); n != 1 {
				t.Errorf("the identity was shown %d times", n)
			}
			if tt.with != token && (!slices.Contains(r.hidden, tt.identity) || slices.Contains(r.asked(), "GET /-/whoami Bearer npm_short")) {
				t.Errorf("hidden is %q, asked %q", r.hidden, r.asked())
			}
			if strings.Contains(r.log.String(), tt.identity) || strings.Contains(r.log.String(), tt.with) {
				t.Errorf("the log shows a credential:\n%s", r.log.String())
			}
		})
	}
}

// TestProvenanceByItself: as npm does it, for a public package from a public repository.
func TestProvenanceByItself(t *testing.T) {
	identity := jwt(`{"repository_visibility": "public"}`)
	for _, tt := range []struct {
		name           string
		public         bool
		manifest       string
		wants, program bool
	}{
		{"public", true, `{"name": "widget"}`, true, true},
		{"a restricted package", false, `{"name": "widget"}`, false, false},
		{"not wanted", true, `{"name": "widget", "publishConfig": {"provenance": false}}`, false, false},
		{"with scripts", true, `{"name": "widget", "version": "1.0.0", "scripts": {"prepare": "x"}}`, true, true},
	} {
		r := newRig(t, tt.manifest)
		r.public, r.trusted = tt.public, map[string]string{identity: "npm_short"}
		r.vars["GITHUB_ACTIONS"], r.vars["NPM_ID_TOKEN"], r.vars["ACTIONS_ID_TOKEN_REQUEST_URL"] = "true", identity, "https://x.example"
		p := r.through()
		if _, err := r.publish("v1.0.0"); err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
		calls := strings.Join(p.calls, "\n")
		if strings.Contains(calls, "--provenance") != tt.wants || (calls != "") != tt.program {
			t.Errorf("%s: the calls are %q", tt.name, p.calls)
		}
	}
}

// TestIdentitiesStayHere: an identity goes to the default registry only, and not over a connection that others read.
func TestIdentitiesStayHere(t *testing.T) {
	r := newRig(t, `{"name": "widget"}`)
	r.vars["GITLAB_CI"], r.vars["NPM_ID_TOKEN"] = "true", jwt("{}")
	r.vars["DEFAULT_NPM_REGISTRY"], r.vars["NPM_CONFIG_REGISTRY"] = "", r.URL
	if _, err := r.publish("v1.0.0"); err != nil {
		t.Fatal(err)
	}
	for _, line := range r.asked() {
		if strings.Contains(line, "oidc") || strings.Contains(line, "e30.") {
			t.Errorf("asked was %q", line)
		}
	}
	r.vars["DEFAULT_NPM_REGISTRY"], r.vars["NPM_CONFIG_REGISTRY"], r.vars["NPM_TOKEN"] = "http://registry.invalid", "", ""
	if _, err := r.publish("v2.0.0"); err == nil || strings.Contains(err.Error(), "trusted publishing:") {
		t.Errorf("got %v", err)
	}
}
