package npm

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/semcut/semcut/release"
)

func TestNpmrc(t *testing.T) {
	vars := map[string]string{"TOKEN": "secret", "HOST": "example.com"}
	rc := parseNpmrc(".npmrc", strings.Join([]string{
		"# a comment", "; another", "registry = https://example.com/ ; why", "//${HOST}/:_authToken=${TOKEN}", `quoted="a;b # c"`, "single='x y'",
		`escaped=a\;b\#c\\d`, "gone=${GONE}", "maybe=${GONE?}x", `kept=\${TOKEN}`, `twice=\\${TOKEN}`, "fallback=${TOKEN-other}", "alone", "ca[]=one", "ca[]=two", "last=1", "last=2",
		"equals=a=b", "[section]", "registry=https://no.example/",
	}, "\r\n"), func(name string) string { return vars[name] })
	want := map[string]string{
		"registry": "https://example.com/", "//example.com/:_authToken": "secret", "quoted": "a;b # c", "single": "x y", "escaped": `a;b#c\d`, "gone": "${GONE}",
		"maybe": "x", "kept": "${TOKEN}", "twice": "${TOKEN}", "fallback": "${TOKEN-other}", "alone": "true", "ca": "one|two", "last": "2", "equals": "a=b",
	}
	got := map[string]string{}
	for key, values := range rc.values {
		got[key] = strings.Join(values, "|")
	}
	for _, key := range slices.Sorted(maps.Keys(want)) {
		if got[key] != want[key] {
			t.Errorf("%s is %q, want %q", key, got[key], want[key])
		}
	}
	if len(got) != len(want) {
		t.Errorf("read was %q", got)
	}
}

// A place is a package with everything that may say where it goes and with what.
type place struct {
	name     string // of the row
	manifest string
	files    map[string]string // of the work tree; "user" is the user's .npmrc, "global" the machine's
	vars     map[string]string
	options  Options
	want     string // the address, and behind a blank what opens it
	fails    string // the error
}

func (p place) ask(t *testing.T) (string, error) {
	t.Helper()
	dir, home := t.TempDir(), t.TempDir()
	vars := map[string]string{"HOME": home, "NPM_CONFIG_GLOBALCONFIG": filepath.Join(home, "global")}
	maps.Copy(vars, p.vars)
	for name, text := range p.files {
		switch name {
		case "user":
			writeFile(t, filepath.Join(home, ".npmrc"), text)
		case "global":
			writeFile(t, filepath.Join(home, "global"), text)
		default:
			writeFile(t, filepath.Join(dir, name), text)
		}
	}
	p.options.Root, p.options.Env = dir, func(name string) string { return vars[name] }
	writeFile(t, filepath.Join(dir, p.options.Dir, "package.json"), p.manifest)
	r, err := New(p.options)
	if err != nil {
		t.Fatal(err)
	}
	f, done, err := r.folder()
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	m, err := r.manifest(f)
	if err != nil {
		t.Fatal(err)
	}
	s, err := r.session(t.Context(), f, m)
	if err != nil {
		return "", err
	}
	return strings.TrimSpace(s.address + " " + s.token + s.basic), nil
}

const (
	bare   = `{"name": "widget"}`
	scoped = `{"name": "@acme/widget"}`
)

func TestWhichRegistryAndToken(t *testing.T) {
	npmToken := map[string]string{"NPM_TOKEN": "T"}
	both := func(vars map[string]string) map[string]string { vars["NPM_TOKEN"] = "T"; return vars }
	for _, p := range []place{
		{name: "npm's own", manifest: bare, vars: npmToken, want: "https://registry.npmjs.org/ T"},
		{name: "another default", manifest: bare, vars: both(map[string]string{"DEFAULT_NPM_REGISTRY": "https://mirror.example"}), want: "https://mirror.example/ T"},
		{name: "publishConfig goes first", manifest: `{"name": "widget", "publishConfig": {"registry": "https://a.example/npm"}}`,
			vars: both(map[string]string{"NPM_CONFIG_REGISTRY": "https://b.example"}), want: "https://a.example/npm/ T"},
		{name: "of the scope before it", manifest: `{"name": "@acme/widget", "publishConfig": {"registry": "https://a.example", "@acme:registry": "https://s.example"}}`, vars: npmToken, want: "https://s.example/ T"},
		{name: "then the environment", manifest: scoped, files: map[string]string{".npmrc": "@acme:registry=https://c.example"}, vars: both(map[string]string{"npm_config_registry": "https://b.example"}), want: "https://b.example/ T"},
		{name: "then the scope in a file", manifest: scoped, files: map[string]string{".npmrc": "registry=https://d.example\n@acme:registry=https://c.example\n@other:registry=https://o.example"}, vars: npmToken, want: "https://c.example/ T"},
		{name: "of the user, too", manifest: scoped, files: map[string]string{".npmrc": "registry=https://d.example", "user": "@acme:registry=https://c.example"}, vars: npmToken, want: "https://c.example/ T"},
		{name: "a file", manifest: bare, files: map[string]string{".npmrc": "registry=https://d.example\n@acme:registry=https://c.example"}, vars: npmToken, want: "https://d.example/ T"},
		{name: "the package's file before the root's", manifest: bare, options: Options{Dir: "sub"}, files: map[string]string{".npmrc": "registry=https://d.example", "sub/.npmrc": "registry=https://e.example"}, vars: npmToken, want: "https://e.example/ T"},
		{name: "the root's file", manifest: bare, options: Options{Dir: "sub"}, files: map[string]string{".npmrc": "registry=https://d.example", "user": "registry=https://u.example"}, vars: npmToken, want: "https://d.example/ T"},
		{name: "the user's before the machine's", manifest: bare, files: map[string]string{"user": "registry=https://u.example", "global": "registry=https://g.example"}, vars: npmToken, want: "https://u.example/ T"},
		{name: "the machine's", manifest: bare, files: map[string]string{"global": "registry=https://g.example"}, vars: npmToken, want: "https://g.example/ T"},
		{name: "the option before all", manifest: `{"name": "widget", "publishConfig": {"registry": "https://a.example"}}`, options: Options{Registry: "https://z.example:8443/x/"}, vars: npmToken, want: "https://z.example:8443/x/ T"},
		{name: "a variable in it", manifest: bare, files: map[string]string{".npmrc": "registry=https://${HOST}/"}, vars: both(map[string]string{"HOST": "v.example"}), want: "https://v.example/ T"},
		{name: "a variable that isn't set", manifest: bare, files: map[string]string{".npmrc": "registry=https://${HOST2}/"}, vars: npmToken, fails: "the variable HOST2 is not set"},
		{name: "a credential in it", manifest: bare, vars: both(map[string]string{"NPM_CONFIG_REGISTRY": "https://jane:s3cret@b.example"}), fails: `"https://b.example" of the variable NPM_CONFIG_REGISTRY: a credential stands in it`},
		{name: "no address", manifest: `{"name": "widget", "publishConfig": {"registry": "npm"}}`, vars: npmToken, fails: `"npm" of publishConfig of package.json: it is no address`},

		{name: "a line for the host", manifest: bare, files: map[string]string{"user": "//registry.npmjs.org/:_authToken=U"}, vars: npmToken, want: "https://registry.npmjs.org/ U"},
		{name: "a committed line with a variable", manifest: bare, files: map[string]string{".npmrc": "//registry.npmjs.org/:_authToken=${NODE_AUTH_TOKEN}"}, vars: map[string]string{"NODE_AUTH_TOKEN": "N"}, want: "https://registry.npmjs.org/ N"},
		{name: "whose variable isn't set", manifest: bare, files: map[string]string{".npmrc": "//registry.npmjs.org/:_authToken=${NODE_AUTH_TOKEN}"}, vars: npmToken, want: "https://registry.npmjs.org/ T"},
		{name: "whose variable isn't set, and no other", manifest: bare, files: map[string]string{".npmrc": "//registry.npmjs.org/:_authToken=${NODE_AUTH_TOKEN}"}, fails: "the variable NODE_AUTH_TOKEN is not set"},
		{name: "setup-node's placeholder", manifest: bare, files: map[string]string{"user": "//registry.npmjs.org/:_authToken=${NODE_AUTH_TOKEN}"}, vars: both(map[string]string{"NODE_AUTH_TOKEN": placeholder}), want: "https://registry.npmjs.org/ T"},
		{name: "a line above the path", manifest: bare, files: map[string]string{"user": "//r.example/a/:_authToken=U"}, vars: map[string]string{"NPM_CONFIG_REGISTRY": "https://r.example/a/b/c/"}, want: "https://r.example/a/b/c/ U"},
		{name: "one without its slash", manifest: bare, files: map[string]string{"user": "//r.example/a:_authToken=U"}, vars: map[string]string{"NPM_CONFIG_REGISTRY": "https://r.example/a/b/"}, want: "https://r.example/a/b/ U"},
		{name: "the nearest", manifest: bare, files: map[string]string{"user": "//r.example/:_authToken=U\n//r.example/a/:_authToken=V"}, vars: map[string]string{"NPM_CONFIG_REGISTRY": "https://r.example/a/"}, want: "https://r.example/a/ V"},
		{name: "a line of another host", manifest: bare, files: map[string]string{"user": "//r.example/:_authToken=U"}, fails: "looking for a token for the npm registry https://registry.npmjs.org/: there is none"},
		{name: "of another port", manifest: bare, files: map[string]string{"user": "//r.example/:_authToken=U"}, vars: map[string]string{"NPM_CONFIG_REGISTRY": "https://r.example:8443"}, fails: "there is none"},
		{name: "in the environment", manifest: bare, vars: map[string]string{"npm_config_//registry.npmjs.org/:_authToken": "E"}, want: "https://registry.npmjs.org/ E"},
		{name: "user and password", manifest: bare, files: map[string]string{"user": "//registry.npmjs.org/:username=jane\n//registry.npmjs.org/:_password=cDpx"}, want: "https://registry.npmjs.org/ amFuZTpwOnE="},
		{name: "both in one", manifest: bare, files: map[string]string{"user": "//registry.npmjs.org/:_auth=amFuZTpw"}, want: "https://registry.npmjs.org/ amFuZTpw"},
		{name: "a line end behind it", manifest: bare, vars: map[string]string{"NPM_TOKEN": "T\n"}, want: "https://registry.npmjs.org/ T"},
		{name: "a line end in it", manifest: bare, vars: map[string]string{"NPM_TOKEN": "se\ncret"}, fails: "that of NPM_TOKEN has characters that no token has"},
		{name: "none", manifest: bare, fails: "there is none"},

		{name: "plain http of the repository", manifest: `{"name": "widget", "publishConfig": {"registry": "http://r.example"}}`, vars: npmToken, fails: "only the repository (publishConfig of package.json) names it"},
		{name: "even with a line for it", manifest: bare, files: map[string]string{".npmrc": "registry=http://r.example\n//r.example/:_authToken=U"}, fails: "only the repository (.npmrc) names it"},
		{name: "plain http of the environment", manifest: bare, vars: both(map[string]string{"NPM_CONFIG_REGISTRY": "http://r.example"}), want: "http://r.example/ T"},
		{name: "plain http of this machine", manifest: `{"name": "widget", "publishConfig": {"registry": "http://127.0.0.1:4873"}}`, vars: npmToken, want: "http://127.0.0.1:4873/ T"},
		{name: "a host that looks like this machine", manifest: `{"name": "widget", "publishConfig": {"registry": "http://127.0.0.1.example"}}`, vars: npmToken, fails: "only the repository"},
	} {
		t.Run(p.name, func(t *testing.T) {
			got, err := p.ask(t)
			if p.fails == "" && (err != nil || got != p.want) {
				t.Fatalf("got %q, %v; want %q", got, err, p.want)
			}
			if p.fails == "" {
				return
			}
			e, ok := err.(*release.Error)
			if !ok || !strings.Contains(err.Error(), p.fails) || e.Hint == "" || strings.Contains(err.Error(), "\n") {
				t.Errorf("the error is %v, want %q", err, p.fails)
			}
			for _, secret := range []string{"s3cret", "cret"} {
				if err != nil && strings.Contains(err.Error(), secret) {
					t.Errorf("the error shows a credential: %v", err)
				}
			}
		})
	}
}

func TestDistTags(t *testing.T) {
	for _, tt := range []struct{ channel, usual, want string }{
		{"", "", "latest"}, {"", "stable", "stable"}, {"next", "stable", "next"}, {"beta", "", "beta"}, {"1.x", "", "release-1.x"}, {"1.2.x", "", "release-1.2.x"},
		{"2", "", "release-2"}, {"v3", "", "release-v3"}, {">=1 <3", "", "release->=1 <3"}, {"1 - 2", "", "release-1 - 2"}, {"x", "", "release-x"}, {"1 || 2", "", "release-1 || 2"},
		{"x1", "", "x1"}, {"1.x-next", "", "1.x-next"}, {"next-1", "", "next-1"}, {"1beta", "", "1beta"}, {"^1", "", "release-^1"},
		{"01", "", "01"}, {"1.x.3", "", "1.x.3"}, {"1..2", "", "1..2"}, {"x.x", "", "release-x.x"},
	} {
		if got := distTag(tt.channel, tt.usual); got != tt.want {
			t.Errorf("the channel %q has the tag %q, want %q", tt.channel, got, tt.want)
		}
	}
}

func TestNames(t *testing.T) {
	for name, want := range map[string]bool{
		"widget": true, "@acme/widget": true, "Widget": true, "a.b-c_d~e": true, "1": true, "@a/_b": true,
		"": false, ".widget": false, "_widget": false, "-widget": false, "@acme": false, "@/widget": false, "a/b": false, "@a/b/c": false, "../x": false, "@../x": false, "@a/..": false, "@a/.b": false,
		"wid get": false, "wid%get": false, "node_modules": false, "favicon.ico": false, "wid\nget": false, "widget?": false, "wídget": false, strings.Repeat("a", 215): false,
	} {
		if validName(name) != want {
			t.Errorf("%q: %v", name, !want)
		}
	}
}
