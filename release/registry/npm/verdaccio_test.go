package npm

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/semcut/semcut/internal/npmtest"
	"github.com/semcut/semcut/release"
	"github.com/semcut/semcut/release/releasetest"
)

// at lets a package go to a real registry.
func (r *rig) at(v npmtest.Registry) *rig {
	r.vars["DEFAULT_NPM_REGISTRY"], r.vars["NPM_TOKEN"] = v.URL, v.Token
	return r
}

// viewed is what a registry's page of a package says.
func viewed(t *testing.T, v npmtest.Registry, name string) (p served) {
	t.Helper()
	resp, err := http.Get(v.URL + "/" + escaped(name))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if err := json.NewDecoder(resp.Body).Decode(&p); err != nil {
		t.Fatal(err)
	}
	return p
}

// npmAt runs the real npm in a folder, with an empty cache and without anybody's settings.
func npmAt(t *testing.T, v npmtest.Registry, dir string, args ...string) string {
	t.Helper()
	home := t.TempDir()
	writeFile(t, filepath.Join(home, ".npmrc"), fmt.Sprintf("registry=%s/\n%s/:_authToken=%s\n", v.URL, strings.TrimPrefix(v.URL, "http:"), v.Token))
	cmd := exec.Command("npm", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "HOME="+home, "NPM_CONFIG_USERCONFIG="+filepath.Join(home, ".npmrc"), "NPM_CONFIG_CACHE="+filepath.Join(home, "cache"), "NO_UPDATE_NOTIFIER=1")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("npm %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

func TestVerdaccio(t *testing.T) {
	v := npmtest.Start(t)
	needNpm(t)
	r := newRig(t, `{"name": "@acme/widget", "version": "0.0.0", "bin": {"widget": "bin/widget.js"}, "files": ["bin"]}`).at(v)
	r.write("bin/widget.js", "#!/usr/bin/env node\nconsole.log('it works')\n")
	r.write("README.md", "# Widget\n")
	rel := releasetest.Release("v1.0.0")
	next := releasetest.Release("v1.1.0-rc.1")
	next.Channel = "next"
	if err := r.registry().Check(t.Context(), &release.Plan{Changes: []release.Change{{Next: &rel}}}); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		do   func() (release.Receipt, error)
		done string
	}{
		{func() (release.Receipt, error) { return r.registry().Publish(t.Context(), rel, nil) }, "created"},
		{func() (release.Receipt, error) { return r.registry().Publish(t.Context(), rel, nil) }, "found"},
		{func() (release.Receipt, error) { return r.registry().Publish(t.Context(), next, nil) }, "created"},
		{func() (release.Receipt, error) { next.Channel = "beta"; return r.registry().Promote(t.Context(), next) }, "changed"},
		{func() (release.Receipt, error) { return r.registry().Promote(t.Context(), next) }, "found"},
	} {
		if receipt, err := step.do(); err != nil || receipt.Done != step.done {
			t.Fatalf("got %+v, %v; want %q", receipt, err, step.done)
		}
	}
	if receipt, err := r.publish("v0.9.0"); err != nil || receipt.Done != "created" || receipt.Name != "npm package" {
		t.Errorf("what is finished late gives %+v, %v", receipt, err)
	}
	p := viewed(t, v, "@acme/widget")
	if p.Tags["superseded"] != "" || p.Versions["0.9.0"] == nil {
		t.Errorf("there is %+v", p.Tags)
	}
	if p.Tags["latest"] != "1.0.0" || p.Tags["next"] != "1.1.0-rc.1" || p.Tags["beta"] != "1.1.0-rc.1" || p.Versions["1.0.0"]["gitHead"] != rel.Commit {
		t.Errorf("there is %+v", p)
	}
	if err := r.registry().Check(t.Context(), &release.Plan{Changes: []release.Change{{Next: &rel}}}); err != nil {
		t.Errorf("checking what is there: %v", err)
	}
	user := t.TempDir()
	writeFile(t, filepath.Join(user, "package.json"), `{"private": true}`)
	npmAt(t, v, user, "install", "@acme/widget@1.0.0")
	out, err := exec.Command(filepath.Join(user, "node_modules", ".bin", "widget")).Output()
	if err != nil || !bytes.Equal(out, []byte("it works\n")) {
		t.Errorf("the installed command says %q, %v", out, err)
	}
	r.write("bin/widget.js", "#!/usr/bin/env node\n")
	if _, err := r.publish("v1.0.0"); err == nil || !strings.Contains(err.Error(), "with other bytes") {
		t.Errorf("publishing other bytes: %v", err)
	}
}

// TestVerdaccioRefuses: a wrong token, and a version that another run published between our look and our sending.
func TestVerdaccioRefuses(t *testing.T) {
	v := npmtest.Start(t)
	r := newRig(t, `{"name": "widget"}`).at(v)
	r.vars["NPM_TOKEN"] = "wrong-token-0123456789"
	if err := r.registry().Check(t.Context(), &release.Plan{}); release.CodeOf(err) != release.CodeAuth {
		t.Errorf("checking with a wrong token: %v", err)
	}
	if _, err := r.publish("v1.0.0"); release.CodeOf(err) != release.CodeAuth || strings.Contains(err.Error(), "wrong-token") {
		t.Errorf("publishing with a wrong token: %v", err)
	}
	r.vars["NPM_TOKEN"] = v.Token
	reg := r.registry()
	f, done, err := reg.folder()
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	m, err := reg.manifest(f)
	if err != nil {
		t.Fatal(err)
	}
	p, err := reg.publication(t.Context(), f, m, releasetest.Release("v1.0.0"))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := p.document()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"created", "found"} {
		if got, err := p.put(t.Context(), doc); err != nil || got != want {
			t.Errorf("sending says %q, %v; want %q", got, err, want)
		}
	}
	private := newRig(t, `{"name": "private", "private": true}`).at(v)
	if receipt, err := private.publish("v1.0.0"); err != nil || receipt.Done != "skipped" {
		t.Errorf("got %+v, %v", receipt, err)
	}
}

// TestNpmPublishedIt: what the real npm published of the same files counts as published.
func TestNpmPublishedIt(t *testing.T) {
	v := npmtest.Start(t)
	needNpm(t)
	r := newRig(t, `{"name": "widget", "version": "1.0.0"}`).at(v)
	r.write("lib/a.js", strings.Repeat("text ", 1000))
	npmAt(t, v, r.dir, "publish")
	if receipt, err := r.publish("v1.0.0"); err != nil || receipt.Done != "found" {
		t.Errorf("got %+v, %v", receipt, err)
	}
}
