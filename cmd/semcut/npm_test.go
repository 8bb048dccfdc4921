package main

import (
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/semcut/semcut/internal/npmtest"
)

// packageRig is a package in a repository of its own, with a real registry.
type packageRig struct {
	t        *testing.T
	dir      string
	registry npmtest.Registry
	clone    string
	env      []string
}

func newPackageRig(t *testing.T, config string) *packageRig {
	t.Helper()
	p := &packageRig{t: t, dir: t.TempDir(), registry: npmtest.Start(t)}
	p.env = []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + p.dir, "CI=true", "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=" + os.DevNull,
		"GIT_AUTHOR_NAME=Ada", "GIT_AUTHOR_EMAIL=ada@example.com", "GIT_COMMITTER_NAME=Ada", "GIT_COMMITTER_EMAIL=ada@example.com",
		"NPM_CONFIG_REGISTRY=" + p.registry.URL, "NPM_TOKEN=" + p.registry.Token, "GORACE=" + noNap,
	}
	p.run(p.dir, "git", "init", "-q", "--bare", "-b", "main", "origin.git")
	p.fresh("work")
	p.write("package.json", "{\n  \"name\": \"@acme/lid\",\n  \"version\": \"0.0.0\",\n  \"files\": [\"lid.js\"]\n}\n")
	p.write("lid.js", "close()\n")
	p.write(".semcut.yaml", config)
	p.commit("feat: a lid")
	return p
}

// fresh goes on in a new clone.
func (p *packageRig) fresh(name string) {
	p.t.Helper()
	p.run(p.dir, "git", "clone", "-q", "origin.git", name)
	p.clone = filepath.Join(p.dir, name)
}

func (p *packageRig) write(name, text string) {
	p.t.Helper()
	if err := os.WriteFile(filepath.Join(p.clone, name), []byte(text), 0o644); err != nil {
		p.t.Fatal(err)
	}
}

func (p *packageRig) commit(message string) {
	p.t.Helper()
	p.run(p.clone, "git", "add", "-A")
	p.run(p.clone, "git", "commit", "-q", "--allow-empty", "-m", message)
	p.run(p.clone, "git", "push", "-q", "origin", "HEAD")
}

func (p *packageRig) run(dir, program string, args ...string) string {
	p.t.Helper()
	out, err := p.try(dir, program, args...)
	if err != nil {
		p.t.Fatalf("%s %q: %v\n%s", program, args, err, out)
	}
	return out
}

func (p *packageRig) try(dir, program string, args ...string) (string, error) {
	cmd := exec.Command(program, args...)
	if program == "semcut" {
		cmd = exec.Command(os.Args[0], args...)
		cmd.Args[0] = program
	}
	cmd.Dir, cmd.Env = dir, p.env
	out, err := cmd.CombinedOutput()
	return strings.TrimSpace(string(out)), err
}

// tags tells under which dist-tags which version of the package is.
func (p *packageRig) tags() string {
	p.t.Helper()
	answer, err := http.Get(p.registry.URL + "/-/package/@acme%2flid/dist-tags")
	if err != nil {
		p.t.Fatal(err)
	}
	defer answer.Body.Close()
	tags := map[string]string{}
	if err := json.NewDecoder(answer.Body).Decode(&tags); err != nil && answer.StatusCode == http.StatusOK {
		p.t.Fatal(err)
	}
	data, err := json.Marshal(tags)
	if err != nil {
		p.t.Fatal(err)
	}
	return string(data)
}

func (p *packageRig) want(what, got, want string) {
	p.t.Helper()
	if got != want {
		p.t.Errorf("%s: got %s, want %s", what, got, want)
	}
}

// TestNPM: a package is published, on its channel, and promoted; what broke off between push and registry is finished by
// another clone; and a release that is there is left alone.
func TestNPM(t *testing.T) {
	p := newPackageRig(t, "npm: {access: public}\ngithub: false\nbranches: [main, next]\nhooks: {publish: test -z \"$FAIL\"}\n")
	p.run(p.clone, "semcut", "release")
	p.want("after the first release", p.tags(), `{"latest":"1.0.0"}`)
	if manifest := p.run(p.clone, "git", "show", "HEAD:package.json"); !strings.Contains(manifest, `"version": "1.0.0"`) {
		t.Errorf("the release commit has %s", manifest)
	}
	if said := p.run(p.clone, "semcut", "release"); !strings.Contains(said, "Nothing to release") {
		t.Errorf("run again it says %s", said)
	}

	p.commit("fix: close it")
	p.env = append(p.env, "FAIL=1")
	if said, err := p.try(p.clone, "semcut", "release"); err == nil {
		t.Errorf("it was to break off: %s", said)
	}
	p.want("after a break", p.tags(), `{"latest":"1.0.0"}`)
	p.env = p.env[:len(p.env)-1]
	p.fresh("another")
	p.run(p.clone, "semcut", "release", "--finish", "v1.0.1")
	p.want("when it is finished elsewhere", p.tags(), `{"latest":"1.0.1"}`)

	p.run(p.clone, "git", "checkout", "-q", "-b", "next")
	p.commit("feat: b")
	p.run(p.clone, "semcut", "release")
	p.want("after a release on next", p.tags(), `{"latest":"1.0.1","next":"1.1.0"}`)
	p.run(p.clone, "git", "checkout", "-q", "main")
	p.run(p.clone, "git", "merge", "-q", "--ff-only", "next")
	p.run(p.clone, "git", "push", "-q", "origin", "main")
	p.run(p.clone, "semcut", "release")
	p.want("when next is merged", p.tags(), `{"latest":"1.1.0","next":"1.1.0"}`)
	p.run(p.dir, "npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", p.dir, "@acme/lid")
	if _, err := os.Stat(filepath.Join(p.dir, "node_modules/@acme/lid/lid.js")); err != nil {
		t.Errorf("what npm installs: %v", err)
	}
}

// TestNPMLeavesScriptsToNPM: a package whose scripts take part in versions and publishing goes through npm.
func TestNPMLeavesScriptsToNPM(t *testing.T) {
	p := newPackageRig(t, "npm: {access: public}\ngithub: false\n")
	p.write("package.json", `{"name": "@acme/lid", "version": "0.0.0", "scripts": {"version": "cp package.json seen.json", "prepack": "echo made > made.js"}}`)
	p.commit("feat: scripts")
	said := p.run(p.clone, "semcut", "release")
	p.want("it is published", p.tags(), `{"latest":"1.0.0"}`)
	if seen := p.run(p.clone, "cat", "seen.json"); !strings.Contains(seen, "1.0.0") {
		t.Errorf("the script version saw %s\n%s", seen, said)
	}
	p.run(p.dir, "npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", p.dir, "@acme/lid")
	if _, err := os.Stat(filepath.Join(p.dir, "node_modules/@acme/lid/made.js")); err != nil {
		t.Errorf("what prepack makes isn't published: %v\n%s", err, said)
	}
	if strings.Contains(said, p.registry.Token) {
		t.Errorf("the token shows: %s", said)
	}
}
