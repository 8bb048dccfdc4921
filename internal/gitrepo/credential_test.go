package gitrepo

import (
	"encoding/base64"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/semcut/semcut/internal/gittest"
	"github.com/semcut/semcut/release"
)

func basic(user, password string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(user+":"+password))
}

// withUser puts a credential into the server's URL.
func (r *rig) withUser(userinfo string) string {
	return strings.Replace(r.server.URL, "://", "://"+userinfo+"@", 1) + "/o/r.git"
}

func helper(user, password string) string {
	return "!f() { test \"$1\" = get && echo username=" + user + " && echo password=" + password + "; }; f"
}

// sources are where a credential may come from, the first one first.
var sources = []struct {
	name string
	add  func(r *rig) (url string)
}{
	{"token", func(r *rig) string { r.token = "from-token"; return "" }},
	{"URL", func(r *rig) string { return r.withUser("u:from-url") }},
	{"extraheader", func(r *rig) string {
		r.clone.Git("config", "http."+r.server.URL+"/.extraheader", "AUTHORIZATION: "+basic("u", "from-header"))
		return ""
	}},
	{"helper", func(r *rig) string {
		r.clone.Git("config", "credential.helper", helper("u", "from-helper"))
		return ""
	}},
}

var wantedCredentials = []string{basic("x-access-token", "from-token"), basic("u", "from-url"), basic("u", "from-header"), basic("u", "from-helper")}

// From the first that is there to the last, each is tried until one fits; one that knows nothing is passed over.
func TestCredentialsAreTriedInOrder(t *testing.T) {
	for start := range sources {
		t.Run(sources[start].name, func(t *testing.T) {
			r := newRig(t)
			r.token = ""
			url := ""
			for _, s := range sources[start:] {
				if u := s.add(r); u != "" {
					url = u
				}
			}
			r.server.Requests()
			_, err := r.to(url).Refs(t.Context())
			wantError(t, err, release.CodeAuth, "other credentials")
			noSecret(t, err, "from-")
			var sent []string
			for _, q := range r.server.Requests() {
				if q.Authorization != "" {
					sent = append(sent, q.Authorization)
				}
			}
			if got, want := strings.Join(sent, "\n"), strings.Join(wantedCredentials[start:], "\n"); got != want {
				t.Errorf("sent were\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func TestEachCredentialOpensTheServer(t *testing.T) {
	for i, s := range sources {
		t.Run(s.name, func(t *testing.T) {
			r := newRig(t)
			r.token = ""
			url := s.add(r)
			r.server.User, r.server.Password = "u", []string{"from-token", "from-url", "from-header", "from-helper"}[i]
			if s.name == "token" {
				r.server.User = "x-access-token"
			}
			if err := r.to(url).Push(t.Context(), r.release()); err != nil {
				t.Fatal(err)
			}
			r.landed()
		})
	}
}

func noSecret(t *testing.T, err error, secret string) {
	t.Helper()
	if e := err.Error(); strings.Contains(e, secret) || strings.Contains(e, "://u") {
		t.Errorf("the error tells a secret: %s", e)
	}
}

func TestWrongCredentialsAreAnErrorThatTellsNoSecret(t *testing.T) {
	for _, c := range []struct{ name, userinfo string }{
		{"none", ""}, {"wrong password", "u:s3cr3t-word"}, {"a token as user", "u-s3cr3t-word"}, {"signs in it", "u:s3cr3t%20w%2Ford"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRig(t)
			r.token = ""
			for _, spoil := range []func(){
				func() {},
				func() { r.server.Close() },
				func() { r.server.URL = strings.Replace(r.server.URL, "127.0.0.1", "no such host", 1) },
			} {
				spoil()
				url := r.server.URL + "/o/r.git"
				if c.userinfo != "" {
					url = r.withUser(c.userinfo)
				}
				remote, err := open(t, r.clone.Dir).Remote(RemoteOptions{URL: url})
				if err == nil {
					err = remote.Push(t.Context(), r.release())
				}
				clearError(t, err)
				noSecret(t, err, "s3cr3t")
			}
		})
	}
}

func TestSecretsThatAServerEchoesAreHidden(t *testing.T) {
	r := newRig(t)
	r.remote.Hook("pre-receive", "echo your token is "+goodToken+" >&2; exit 1")
	err := r.to("").Push(t.Context(), r.release())
	wantError(t, err, release.CodeRefused, "your token is ***")
}

func TestTheTokenGoesToItsHostOnly(t *testing.T) {
	r := newRig(t)
	asked := ""
	remote, err := open(t, r.clone.Dir).Remote(RemoteOptions{Name: "origin", Token: func(u *url.URL) string {
		host := u.Host
		asked = host
		return ""
	}})
	if err != nil {
		t.Fatal(err)
	}
	_, err = remote.Refs(t.Context())
	wantError(t, err, release.CodeAuth, "")
	if want := strings.TrimPrefix(r.server.URL, "http://"); asked != want {
		t.Errorf("asked for the token of %q, want %q", asked, want)
	}
	for _, q := range r.server.Requests() {
		if q.Authorization != "" {
			t.Errorf("sent was %q", q.Authorization)
		}
	}
}

func TestFoundSecretsAreTold(t *testing.T) {
	r := newRig(t)
	for _, s := range sources[1:] {
		s.add(r)
	}
	var told []string
	remote, err := open(t, r.clone.Dir).Remote(RemoteOptions{URL: r.withUser("u:from-url"), Secret: func(s string) { told = append(told, s) }})
	if err != nil {
		t.Fatal(err)
	}
	_, err = remote.Refs(t.Context())
	wantError(t, err, release.CodeAuth, "")
	for _, want := range []string{"from-url", "from-header", "from-helper"} {
		if !strings.Contains(strings.Join(told, " "), want) {
			t.Errorf("%q was not told: %v", want, told)
		}
	}
}

func TestHeadersThatAreNoCredentialGoWithEachCredential(t *testing.T) {
	for _, s := range sources {
		t.Run(s.name, func(t *testing.T) {
			r := newRig(t)
			r.token = ""
			r.server.Header = "X-Gateway: open sesame"
			url := s.add(r)
			r.server.User, r.server.Password = "u", "from-"+strings.ToLower(strings.TrimPrefix(s.name, "extra"))
			if s.name == "token" {
				r.server.User = "x-access-token"
			}
			r.clone.Git("config", "--add", "http.extraheader", "X-Gateway: open sesame")
			if _, err := r.to(url).Refs(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
}

// actions/checkout writes its credential into a file of its own that an includeIf names.
func TestTheCredentialOfActionsCheckoutIsUsed(t *testing.T) {
	for _, c := range []struct{ name, condition string }{
		{"gitdir", "gitdir:%s/.git"}, {"gitdir with a slash", "gitdir:%s/"}, {"gitdir/i", "gitdir/i:%s/.git"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRig(t)
			r.token = ""
			file := filepath.Join(t.TempDir(), "credentials.config")
			gittest.At(t, r.clone.Dir).Git("config", "-f", file, "http."+r.server.URL+"/.extraheader", "AUTHORIZATION: "+basic("x-access-token", goodToken))
			r.clone.Git("config", "includeIf."+strings.ReplaceAll(c.condition, "%s", r.clone.Dir)+".path", file)
			if err := r.to("").Push(t.Context(), r.release()); err != nil {
				t.Fatal(err)
			}
			r.landed()
		})
	}
}

func TestAnExtraHeaderStaysAtTheURLThatItIsWrittenFor(t *testing.T) {
	r := newRig(t)
	r.token = ""
	r.clone.Git("config", "http.https://github.com/.extraheader", "AUTHORIZATION: "+basic("x", "from-header"))
	_, err := r.to("").Refs(t.Context())
	wantError(t, err, release.CodeAuth, "")
	for _, q := range r.server.Requests() {
		if q.Authorization != "" {
			t.Errorf("sent was %q", q.Authorization)
		}
	}
}

// The helper of a repository that belongs to somebody else is his program: it runs only where git would run it.
func TestHelpersOfStrangersDontRun(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can give a folder to somebody else")
	}
	for _, c := range []struct {
		name, safe string
		runs       bool
	}{
		{"a stranger's", "", false},
		{"named by safe.directory", "%s", true},
		{"all are safe", "*", true},
		{"the folder above", "%p/*", true},
		{"another one is safe", "%s-other", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRig(t)
			r.token = ""
			updates := r.release()
			ran := filepath.Join(t.TempDir(), "ran")
			r.clone.Git("config", "credential.helper", "!touch "+ran+"; true")
			r.clone.Git("config", "core.sshCommand", "ssh -i "+ran)
			// What the repository says of itself doesn't count.
			r.clone.Git("config", "safe.directory", "*")
			global := filepath.Join(t.TempDir(), "gitconfig")
			text := "[user]\n\tname = x\n"
			if c.safe != "" {
				text += "[safe]\n\tdirectory = " + strings.NewReplacer("%s", r.clone.Dir, "%p", filepath.Dir(r.clone.Dir)).Replace(c.safe) + "\n"
			}
			overwrite(t, global, []byte(text))
			r.env["GIT_CONFIG_GLOBAL"] = global
			if err := os.Chown(r.clone.Dir, 12345, 12345); err != nil {
				t.Fatal(err)
			}
			remote := r.to("")
			wantError(t, remote.Push(t.Context(), updates), release.CodeAuth, "")
			if _, err := os.Stat(ran); (err == nil) != c.runs {
				t.Errorf("the helper ran: %v, want %v", err == nil, c.runs)
			}
			if key, _ := remote.sshOptions(); (key != "") != c.runs {
				t.Errorf("core.sshCommand counts: %v, want %v", key != "", c.runs)
			}
		})
	}
}

func TestRedirectsToAnotherHostGetNoCredential(t *testing.T) {
	for _, s := range sources {
		for _, status := range []int{http.StatusOK, http.StatusUnauthorized} {
			t.Run(s.name+" "+http.StatusText(status), func(t *testing.T) {
				r := newRig(t)
				r.token = ""
				url := s.add(r)
				r.clone.Git("config", "--add", "credential.helper", helper("u", "from-helper"))
				r.clone.Git("config", "--add", "http.extraheader", "X-Gateway: s3cr3t")
				evil := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
					for name, values := range q.Header {
						if text := strings.Join(values, " "); name == "Authorization" || strings.Contains(text, "s3cr3t") {
							t.Errorf("the other host got %s: %s", name, text)
						}
					}
					w.WriteHeader(status)
				}))
				t.Cleanup(evil.Close)
				there := strings.Replace(evil.URL, "127.0.0.1", "localhost", 1)
				r.server.Answer = func(w http.ResponseWriter, q *http.Request) bool {
					http.Redirect(w, q, there+q.URL.String(), http.StatusFound)
					return true
				}
				err := r.to(url).Push(t.Context(), r.release())
				clearError(t, err)
			})
		}
	}
}

func TestRedirectsOnTheSameHostAreFollowed(t *testing.T) {
	r := newRig(t)
	r.server.Answer = func(w http.ResponseWriter, q *http.Request) bool {
		if rest, ok := strings.CutPrefix(q.URL.Path, "/old/"); ok {
			http.Redirect(w, q, "/o/"+rest+"?"+q.URL.RawQuery, http.StatusMovedPermanently)
			return true
		}
		return false
	}
	if err := r.to(r.server.URL+"/old/r.git").Push(t.Context(), r.release()); err != nil {
		t.Fatal(err)
	}
	r.landed()
}

// TestParameters asks git for what it hands on of "git -c", in both of its forms.
func TestParameters(t *testing.T) {
	repo := gittest.New(t)
	for _, parameters := range []string{
		repo.Git("-c", "core.commentChar=;", "-c", "a.b=it's !x", "-c", "url.https://x/.insteadOf=y:", "-c", "x.y", "-c", `alias.p=!printf %s "$GIT_CONFIG_PARAMETERS"`, "p"),
		`'core.commentchar=;' 'a.b=it'\''s '\!'x' 'url.https://x/.insteadof=y:' 'x.y'`,
	} {
		env := map[string]string{"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.DevNull, "GIT_CONFIG_PARAMETERS": parameters}
		s, err := open(t, repo.Dir).Settings(func(name string) string { return env[name] })
		if err != nil {
			t.Fatal(err)
		}
		for key, want := range map[string]string{"core.commentChar": ";", "a.b": "it's !x", "url.https://x/.insteadOf": "y:", "x.y": "true", "no.thing": ""} {
			if got := s.Value(key); got != want {
				t.Errorf("%s: %s is %q, want %q", parameters, key, got, want)
			}
		}
	}
	for _, broken := range []string{"x", "'x", "'a.b'='c", "=", "'a.b'=c", "''"} {
		env := map[string]string{"GIT_CONFIG_PARAMETERS": broken}
		if _, err := open(t, repo.Dir).Settings(func(name string) string { return env[name] }); err != nil {
			t.Errorf("%q: %v", broken, err)
		}
	}
}
