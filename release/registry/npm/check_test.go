package npm

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/semcut/semcut/release"
	"github.com/semcut/semcut/release/releasetest"
)

func TestCheck(t *testing.T) {
	for _, tt := range []struct {
		name, manifest string
		change         func(*rig)
		code           release.Code
		text           string
	}{
		{name: "all is well", manifest: `{"name": "widget", "version": "1.0.0"}`},
		{"no manifest", "", func(r *rig) { _ = os.Remove(filepath.Join(r.dir, "package.json")) }, release.CodeFile, "there is no package.json"},
		{"no manifest below", `{}`, func(r *rig) { r.Dir = "packages/a" }, release.CodeFile, "there is no packages/a/package.json"},
		{"no JSON", `{"name"`, nil, release.CodeFile, "it is no JSON object"},
		{"no object", `[]`, nil, release.CodeFile, "it is no JSON object"},
		{"null", `null`, nil, release.CodeFile, "it is no JSON object"},
		{"no name", `{"version": "1.0.0"}`, nil, release.CodeFile, "package.json has no name"},
		{"a name of another type", `{"name": 1}`, nil, release.CodeFile, `"name" is no text`},
		{"a bad name", `{"name": "../widget"}`, nil, release.CodeFile, `"../widget" is no name of an npm package`},
		{"a bad version", `{"name": "widget", "version": "one"}`, nil, release.CodeFile, `"one" is no version`},
		{"files of another type", `{"name": "widget", "files": "lib"}`, nil, release.CodeFile, `"files" is no list of texts`},
		{"nobody's token", `{"name": "widget"}`, func(r *rig) { r.vars["NPM_TOKEN"] = "" }, release.CodeAuth, "looking for a token for the npm registry http://127.0.0.1"},
		{"a wrong token", `{"name": "widget"}`, func(r *rig) { r.vars["NPM_TOKEN"] = "npm_wrong" }, release.CodeAuth, "answers 401"},
		{"a default registry that doesn't know", `{"name": "widget"}`, func(r *rig) { r.quiet = true }, release.CodeForbidden, "answers 404"},
		{"another that doesn't know", `{"name": "widget"}`, func(r *rig) {
			r.quiet = true
			r.vars["DEFAULT_NPM_REGISTRY"], r.vars["NPM_CONFIG_REGISTRY"] = "", r.URL
		}, "", ""},
		{"another and a wrong token", `{"name": "widget"}`, func(r *rig) {
			r.vars["NPM_TOKEN"], r.vars["DEFAULT_NPM_REGISTRY"], r.vars["NPM_CONFIG_REGISTRY"] = "npm_wrong", "", r.URL
		}, release.CodeAuth, "answers 401"},
		{"one that calls strangers nobody", `{"name": "widget"}`, func(r *rig) {
			r.fail(fault{path: "whoami", status: http.StatusOK, body: "{}"})
		}, release.CodeAuth, "whose token that of NPM_TOKEN is: nobody's"},
		{"a server that is down", `{"name": "widget"}`, func(r *rig) { r.fail(fault{status: http.StatusBadGateway, times: 9}) }, release.CodeForge, "answers 502"},
		{"no server", `{"name": "widget"}`, func(r *rig) { r.Server.Close() }, release.CodeForge, "connection refused"},
		{"private needs no token", `{"name": "widget", "private": true}`, func(r *rig) { r.vars["NPM_TOKEN"] = "" }, "", ""},
		{"private may be called anything", `{"name": "My Widget", "version": "one", "private": true}`, nil, "", ""},
		{"a bundled dependency that isn't installed", `{"name": "widget", "dependencies": {"a": "1"}, "bundleDependencies": ["a"]}`, nil, release.CodeAsset, `the bundled dependency "a" is not in its node_modules`},
		{"one with a strange name", `{"name": "widget", "dependencies": {"../../x": "1"}, "bundleDependencies": ["../../x"]}`, nil, release.CodeAsset, `the bundled dependency "../../x" has no valid name`},
		{"a script and no npm", `{"name": "widget", "scripts": {"prepack": "make"}}`, nil, release.CodeHook, `running the npm program, which its script "prepack" needs: there is none`},
		{"a script that may not run", `{"name": "widget", "scripts": {"prepack": "make"}}`, func(r *rig) { r.Client = "never" }, release.CodeConfig, `its script "prepack" needs the npm program, and npm.client is never`},
		{"a script that isn't wanted", `{"name": "widget", "scripts": {"prepack": "make"}}`, func(r *rig) { r.write(".npmrc", "ignore-scripts=true") }, "", ""},
		{"scripts around something else", `{"name": "widget", "scripts": {"test": "make", "postinstall": "x", "version": "y"}}`, nil, "", ""},
		{"provenance and no npm", `{"name": "widget", "publishConfig": {"provenance": true}}`, nil, release.CodeHook, "which its provenance needs: there is none"},
		{"provenance at a desk", `{"name": "widget"}`, func(r *rig) {
			r.Options.Provenance = true
			r.Run = func(context.Context, string, []string, string, ...string) error { return nil }
		}, release.CodeForbidden, "npm can do that in GitHub Actions and GitLab CI/CD only"},
		{"provenance without the right", `{"name": "widget"}`, func(r *rig) {
			r.vars["NPM_CONFIG_PROVENANCE"], r.vars["GITHUB_ACTIONS"] = "true", "true"
			r.Run = func(context.Context, string, []string, string, ...string) error { return nil }
		}, release.CodeForbidden, "the job may not ask for its identity"},
		{"an .npmrc that leads out", `{"name": "widget"}`, func(r *rig) { _ = os.Symlink("/etc/hostname", filepath.Join(r.dir, ".npmrc")) }, release.CodeFile, "it leads out of the repository"},
		{"an ignore file that leads out", `{"name": "widget"}`, func(r *rig) { _ = os.Symlink("/etc/hostname", filepath.Join(r.dir, ".npmignore")) }, release.CodeAsset, `reading ".npmignore": it leads out of the repository`},
		{"a bundled dependency that leads out", `{"name": "widget", "dependencies": {"a": "1"}, "bundleDependencies": ["a"]}`, func(r *rig) {
			_ = os.Mkdir(filepath.Join(r.dir, "node_modules"), 0o755)
			_ = os.Symlink(r.t.TempDir(), filepath.Join(r.dir, "node_modules", "a"))
		}, release.CodeAsset, "it leads out of the repository"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := newRig(t, tt.manifest)
			if tt.change != nil {
				tt.change(r)
			}
			next := releasetest.Release("v1.0.0")
			err := r.registry().Check(t.Context(), &release.Plan{Changes: []release.Change{{Next: &next}, {}}})
			if tt.code == "" && err != nil || tt.code != "" && (release.CodeOf(err) != tt.code || !strings.Contains(err.Error(), tt.text)) {
				t.Fatalf("got %v (%s), want %q (%s)", err, release.CodeOf(err), tt.text, tt.code)
			}
			if e, ok := err.(*release.Error); err != nil && (!ok || e.Hint == "" || strings.Contains(err.Error(), "\n") || strings.Contains(err.Error(), r.dir)) {
				t.Errorf("the error is %v", err)
			}
			if r.writes != 0 {
				t.Error("something was written")
			}
		})
	}
}

func TestSkipped(t *testing.T) {
	for _, private := range []bool{true, false} {
		manifest := `{"name": "widget"}`
		if private {
			manifest = `{"name": "widget", "private": true}`
		}
		r := newRig(t, manifest)
		reg := r.registry()
		reg.Options.Publish = private
		for _, do := range []func() (release.Receipt, error){
			func() (release.Receipt, error) { return reg.Publish(t.Context(), releasetest.Release("v1.0.0"), nil) },
			func() (release.Receipt, error) { return reg.Promote(t.Context(), releasetest.Release("v1.0.0")) },
		} {
			if receipt, err := do(); err != nil || receipt.Done != "skipped" || len(r.asked()) > 0 {
				t.Errorf("got %+v, %v; asked %q", receipt, err, r.asked())
			}
		}
	}
}

func TestOptions(t *testing.T) {
	for text, o := range map[string]Options{
		"reading npm.dir":        {Dir: "../x"},
		`"a/../../x" is none`:    {Dir: "a/../../x"},
		`"/etc" is none`:         {Dir: "/etc"},
		`".git/x" is none`:       {Dir: ".git/x"},
		"reading npm.tarballDir": {TarballDir: "../x"},
		"reading npm.client":     {Client: "sometimes"},
		"reading npm.access":     {Access: "all"},
		"reading npm.tag":        {Tag: "1.x"},
	} {
		if _, err := New(o); err == nil || !strings.Contains(err.Error(), text) {
			t.Errorf("%+v gives %v", o, err)
		}
	}
	if r, err := New(Options{Dir: `packages\a/`, Access: "public", Tag: "next"}); err != nil || r.Dir != "packages/a" || r.Name() != "npm" {
		t.Errorf("got %+v, %v", r, err)
	}
}
