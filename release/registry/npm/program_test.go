package npm

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/semcut/semcut/internal/npmtest"
	"github.com/semcut/semcut/release"
	"github.com/semcut/semcut/release/releasetest"
)

// A program stands in for npm: it publishes what it is told to, and remembers how it was called.
type program struct {
	rig      *rig
	calls    []string
	settings string // what the file of settings said
	mode     fs.FileMode
	manifest string // on disk
	env      []string
	fails    error // how publishing ends
	idle     bool  // it publishes nothing
}

func (p *program) run(ctx context.Context, dir string, env []string, name string, args ...string) error {
	p.calls = append(p.calls, name+" "+strings.Join(args, " "))
	if args[0] != "publish" || dir != p.rig.dir {
		return nil
	}
	p.env = env
	i := slices.Index(args, "--userconfig")
	text, _ := os.ReadFile(args[i+1])
	info, err := os.Stat(args[i+1])
	if err != nil {
		return err
	}
	manifest, _ := os.ReadFile(filepath.Join(dir, "package.json"))
	p.settings, p.mode, p.manifest = string(text), info.Mode().Perm(), string(manifest)
	if p.idle {
		return p.fails
	}
	return errors.Join(p.publish(ctx, args[slices.Index(args, "--tag")+1]), p.fails)
}

// publish sends the package to the registry, under a dist-tag.
func (p *program) publish(ctx context.Context, tag string) error {
	reg := p.rig.registry()
	f, done, err := reg.folder()
	if err != nil {
		return err
	}
	defer done()
	m, err := reg.manifest(f)
	if err != nil {
		return err
	}
	sending, err := reg.publication(ctx, f, m, releasetest.Release("v1.0.0"))
	if err != nil {
		return err
	}
	sending.tag = tag
	doc, err := sending.document()
	if err != nil {
		return err
	}
	_, err = sending.put(ctx, doc)
	return err
}

// through lets a rig publish through the stand-in.
func (r *rig) through() *program {
	p := &program{rig: r}
	r.Run = p.run
	return p
}

func TestScriptsGoThroughNpm(t *testing.T) {
	r := newRig(t, "{\n  \"name\": \"@acme/widget\",\n  \"version\": \"0.0.0\",\n  \"scripts\": {\"prepack\": \"make\"}\n}\n")
	r.write(".npmrc", "access=public\n//x.example/:_authToken=${NOT_HERE}\n")
	writeFile(t, filepath.Join(r.vars["HOME"], ".npmrc"), "fund=false\n")
	p := r.through()
	receipt, err := r.publish("v1.0.0")
	if err != nil || receipt.Done != "created" {
		t.Fatalf("got %+v, %v", receipt, err)
	}
	key := strings.TrimPrefix(r.URL, "http:") + "/"
	call := p.calls[len(p.calls)-1]
	file := strings.Fields(call)[8]
	want := "npm publish ./. --tag latest --registry " + r.URL + "/ --userconfig " + file + " --@acme:registry=" + r.URL + "/ --access public"
	if call != want || p.calls[0] != "npm --version" || len(p.calls) != 2 {
		t.Errorf("the calls are %q, want %q", p.calls, want)
	}
	if want := "\nfund=false\n\n" + key + ":_authToken=\"" + token + "\"\n"; strings.TrimLeft(p.settings, "\n") != strings.TrimLeft(want, "\n") || p.mode != 0o600 {
		t.Errorf("the settings are %q (%o), want %q", p.settings, p.mode, want)
	}
	if _, err := os.Stat(file); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the settings are still there: %v", err)
	}
	if !strings.Contains(p.manifest, `"version": "1.0.0"`) {
		t.Errorf("npm found the manifest %s", p.manifest)
	}
	if now, _ := os.ReadFile(filepath.Join(r.dir, "package.json")); !strings.Contains(string(now), `"version": "0.0.0"`) {
		t.Errorf("the manifest is %s now", now)
	}
	r.write("index.js", "made otherwise\n")
	if receipt, err := r.publish("v1.0.0"); err != nil || receipt.Done != "found" || len(p.calls) != 2 {
		t.Errorf("again it gives %+v, %v; the calls are %q", receipt, err, p.calls)
	}
	rel := releasetest.Release("v1.0.0")
	rel.Commit = strings.Repeat("9", 40)
	if _, err := r.registry().Publish(t.Context(), rel, nil); err == nil || !strings.Contains(err.Error(), `published from the commit "012345678901", and the release is of "999999999999"`) {
		t.Errorf("of another commit: %v", err)
	}
}

func TestWhatNpmEndsWith(t *testing.T) {
	const manifest = `{"name": "widget", "version": "1.0.0", "scripts": {"prepare": "make"}}`
	for _, tt := range []struct {
		name  string
		fails error
		idle  bool
		code  release.Code
		text  string
	}{
		{"it fails", errors.New("it ended with exit status 1"), true, release.CodeHook, "running npm publish: it ended with exit status 1"},
		{"it fails after publishing", errors.New("it ended with exit status 1"), false, "", "but the version is there"},
		{"it only says so", nil, true, release.CodeForge, "hasn't got it"},
	} {
		r := newRig(t, manifest)
		p := r.through()
		p.fails, p.idle = tt.fails, tt.idle
		_, err := r.publish("v1.0.0")
		if release.CodeOf(err) != tt.code || !strings.Contains(fmt.Sprint(err)+r.log.String(), tt.text) {
			t.Errorf("%s: %v\n%s", tt.name, err, r.log.String())
		}
	}
}

func TestProvenanceGoesThroughNpm(t *testing.T) {
	r := newRig(t, `{"name": "widget", "publishConfig": {"provenance": true}}`)
	r.vars["GITHUB_ACTIONS"], r.vars["ACTIONS_ID_TOKEN_REQUEST_URL"] = "true", "https://x.example"
	p := r.through()
	if receipt, err := r.publish("v1.0.0"); err != nil || receipt.Done != "created" {
		t.Fatalf("got %+v, %v", receipt, err)
	}
	if call := p.calls[len(p.calls)-1]; !strings.Contains(call, "/widget-1.0.0.tgz --tag latest") || !strings.HasSuffix(call, " --provenance") {
		t.Errorf("the call is %q", call)
	}
	if receipt, err := r.publish("v1.0.0"); err != nil || receipt.Done != "found" {
		t.Errorf("again it gives %+v, %v", receipt, err)
	}
	r.write("index.js", "2\n")
	if _, err := r.publish("v1.0.0"); err == nil || !strings.Contains(err.Error(), "with other bytes") {
		t.Errorf("other bytes: %v", err)
	}
	always := newRig(t, `{"name": "widget"}`)
	always.Client = "always"
	p = always.through()
	if _, err := always.publish("v1.0.0"); err != nil || strings.Contains(strings.Join(p.calls, "\n"), "--provenance") || len(p.calls) != 2 {
		t.Errorf("the calls are %q, %v", p.calls, err)
	}
}

// TestAVariableOfTheRepository: its file waits for a variable that nobody set, and npm would send its name.
func TestAVariableOfTheRepository(t *testing.T) {
	r := newRig(t, `{"name": "widget", "scripts": {"prepare": "make"}}`)
	r.write(".npmrc", strings.TrimPrefix(r.URL, "http:")+"/:_authToken=${NODE_AUTH_TOKEN}\n")
	p := r.through()
	if _, err := r.publish("v1.0.0"); err != nil || !slices.Equal(p.env, []string{"NODE_AUTH_TOKEN=" + token}) {
		t.Errorf("the environment is %q, %v", p.env, err)
	}
}

func TestTheWorkTreeIsElsewhere(t *testing.T) {
	r := newRig(t, `{"name": "widget"}`)
	r.Head = func() string { return strings.Repeat("9", 40) }
	if _, err := r.publish("v1.0.0"); release.CodeOf(err) != release.CodeOpen || !strings.Contains(err.Error(), `at the commit "999999999999", and the release is of "012345678901"`) || r.writes != 0 {
		t.Errorf("got %v", err)
	}
	r.Head = func() string { return releasetest.Release("v1.0.0").Commit }
	if _, err := r.publish("v1.0.0"); err != nil {
		t.Fatal(err)
	}
	r.Head = func() string { return strings.Repeat("9", 40) }
	r.write("index.js", "of a later commit\n")
	if receipt, err := r.publish("v1.0.0"); err != nil || receipt.Done != "found" {
		t.Errorf("what is there gives %+v, %v", receipt, err)
	}
}

func TestTarballDir(t *testing.T) {
	r := newRig(t, `{"name": "@acme/widget", "version": "0.0.0"}`)
	r.TarballDir = "release/npm"
	for range 2 {
		if name, err := r.registry().Pack(t.Context(), "1.0.0"); err != nil || name != "release/npm/acme-widget-1.0.0.tgz" {
			t.Fatalf("got %q, %v", name, err)
		}
	}
	for _, done := range []string{"created", "found"} {
		if receipt, err := r.publish("v1.0.0"); err != nil || receipt.Done != done {
			t.Fatalf("got %+v, %v", receipt, err)
		}
	}
	left, err := os.ReadFile(filepath.Join(r.dir, "release/npm/acme-widget-1.0.0.tgz"))
	if err != nil || integrity(left) != integrity(r.packages["@acme/widget"].files["@acme/widget-1.0.0.tgz"]) {
		t.Errorf("what is left is something else than what was published: %v", err)
	}
	names, err := os.ReadDir(filepath.Join(r.dir, "release/npm"))
	if err != nil || len(names) != 1 {
		t.Errorf("there are %v, %v", names, err)
	}
	out := newRig(t, `{"name": "widget"}`)
	out.TarballDir = "out"
	if err := os.Symlink(t.TempDir(), filepath.Join(out.dir, "out")); err != nil {
		t.Fatal(err)
	}
	if _, err := out.publish("v1.0.0"); err == nil || !strings.Contains(err.Error(), `leaving the packed npm package in "out": it leads out of the repository`) || out.writes != 0 {
		t.Errorf("a link that leads out: %v", err)
	}
	none := newRig(t, `{"name": "widget"}`)
	if name, err := none.registry().Pack(t.Context(), "1.0.0"); name != "" || err != nil {
		t.Errorf("without a folder it gives %q, %v", name, err)
	}
}

// TestVerdaccioThroughNpm: scripts make what is published, with the real npm.
func TestVerdaccioThroughNpm(t *testing.T) {
	v := npmtest.Start(t)
	needNpm(t)
	r := newRig(t, `{"name": "@acme/made", "version": "0.0.0", "files": ["dist"], "scripts": {"prepack": "mkdir -p dist && echo made > dist/a.txt", "postpublish": "echo after > after.txt"}}`).at(v)
	r.write(".npmrc", strings.TrimPrefix(v.URL, "http:")+"/:_authToken=${NODE_AUTH_TOKEN}\n@acme:registry=https://registry.invalid/\n")
	r.vars["NPM_CONFIG_REGISTRY"] = v.URL
	r.TarballDir = "out"
	home := t.TempDir()
	r.Run = func(ctx context.Context, dir string, env []string, name string, args ...string) error {
		cmd := exec.CommandContext(ctx, name, args...)
		cmd.Dir, cmd.Env = dir, append(append(os.Environ(), "HOME="+home, "NPM_CONFIG_CACHE="+home), env...)
		out, err := cmd.CombinedOutput()
		t.Logf("npm %s: %v\n%s", strings.Join(args, " "), err, out)
		return err
	}
	if err := r.registry().Check(t.Context(), &release.Plan{}); err != nil {
		t.Fatal(err)
	}
	for _, done := range []string{"created", "found"} {
		if receipt, err := r.publish("v1.2.3"); err != nil || receipt.Done != done {
			t.Fatalf("got %+v, %v", receipt, err)
		}
	}
	if text, err := os.ReadFile(filepath.Join(r.dir, "after.txt")); err != nil || string(text) != "after\n" {
		t.Errorf("the script after publishing left %q, %v", text, err)
	}
	left, err := os.ReadFile(filepath.Join(r.dir, "out", "acme-made-1.2.3.tgz"))
	if err != nil || !strings.Contains(listing(t, left), "0644 dist/a.txt\n") {
		t.Errorf("left was %v", err)
	}
	if p := viewed(t, v, "@acme/made"); p.Tags["latest"] != "1.2.3" {
		t.Errorf("there is %+v", p.Tags)
	}
}
