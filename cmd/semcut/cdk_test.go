package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/aymanbagabas/go-udiff"

	"github.com/semcut/semcut/internal/gittest"
	"github.com/semcut/semcut/internal/npmtest"
)

const (
	cdkName   = "aws-cdk-semantic-release"
	cdkToken  = "ghp_canaryabcdef0123456789"
	cdkConfig = `[
        "@semantic-release/commit-analyzer",
        "@semantic-release/release-notes-generator",
        "@semantic-release/changelog",
        "@semantic-release/npm",
        [
            "@semantic-release/git",
            {
                "assets": ["package.json", "CHANGELOG.md"],
                "message": "chore(release): ${nextRelease.version} [skip ci]\n\n${nextRelease.notes}"
            }
        ],
        "@semantic-release/github"
    ]`
)

// TestTheCDKProject: a project that "cdk init" made, with semantic-release's plugins as people have them, is released by the
// real semantic-release and by semcut, from the same commits, in a clone such as actions/checkout leaves. Git over HTTP, a
// recording forge and a real npm registry tell afterwards that both did the same.
func TestTheCDKProject(t *testing.T) {
	peer := counterpartFolder(t, "SEMCUT_SEMANTIC_RELEASE")
	for _, variant := range []string{"A", "B"} {
		for _, tagged := range []bool{true, false} {
			t.Run(fmt.Sprintf("variant %s, tagged %v", variant, tagged), func(t *testing.T) {
				theirs, ours := newCDK(t, peer, variant, tagged), newCDK(t, peer, variant, tagged)
				theirs.tool = theirs.semanticRelease
				ours.tool = ours.semcut
				for _, message := range []string{
					"feat(semver): added semantic release plugins and set main branch for versioning",
					"fix(sqs-visibility): increased visibility timeout to 600",
				} {
					want, got := theirs.push(message), ours.push(message)
					if got != want {
						t.Errorf("after %q:\n%s", message, udiff.Unified("semantic-release", "semcut", want, got))
					}
				}
				want := map[bool]string{true: "v1.1.1", false: "v1.0.1"}[tagged]
				if tags := ours.git(ours.dev, "ls-remote", "--tags", "origin"); !strings.Contains(tags, want) {
					t.Errorf("there is no %s:\n%s", want, tags)
				}
				if stray := strings.Contains(ours.said, `"plugins" at top level is read by nobody`); stray != (variant == "A") {
					t.Errorf("it says of the stray list of plugins: %v\n%s", stray, ours.said)
				}
			})
		}
	}
}

// TestTheCDKProjectWithABadToken: a token that the registry refuses stops everything before the first write.
func TestTheCDKProjectWithABadToken(t *testing.T) {
	peer := counterpartFolder(t, "SEMCUT_SEMANTIC_RELEASE")
	p := newCDK(t, peer, "B", true)
	p.npmToken = "npm_wrong"
	p.commit("feat: a")
	before := p.git(p.dev, "ls-remote", "origin")
	for _, tool := range []func(string) error{p.semanticRelease, p.semcut} {
		job := p.checkout()
		if err := tool(job); err == nil {
			t.Errorf("it released with a bad token:\n%s", p.said)
		}
		if after := p.git(p.dev, "ls-remote", "origin"); after != before {
			t.Errorf("the remote changed:\n%s\nwas\n%s", after, before)
		}
		if status := p.git(job, "status", "--porcelain"); status != "" {
			t.Errorf("the clone changed: %s", status)
		}
		if strings.Contains(p.said, "npm_wrong") {
			t.Errorf("the token shows:\n%s", p.said)
		}
	}
	if len(p.forge.made()) != 0 {
		t.Errorf("the forge has %v", p.forge.made())
	}
}

// counterpartFolder gives the folder with a counterpart that .ci/run installs.
func counterpartFolder(t *testing.T, name string) string {
	t.Helper()
	dir := os.Getenv(name)
	if dir == "" {
		if os.Getenv("SEMCUT_INTEGRATION") != "" {
			t.Fatalf("%s names no folder", name)
		}
		t.Skipf("%s names no folder: .ci/run installs what belongs there", name)
	}
	return dir
}

// cdk is the project, and the world around it.
type cdk struct {
	t        *testing.T
	dir      string
	peer     string
	dev      string // the developer's clone
	jobs     int
	git0     *gittest.Server
	forge    *recorder
	npm      string // the registry's address
	npmToken string
	tool     func(job string) error
	said     string // what the last run said
}

func newCDK(t *testing.T, peer, variant string, tagged bool) *cdk {
	t.Helper()
	p := &cdk{t: t, dir: t.TempDir(), peer: peer}
	origin := filepath.Join(p.dir, "git", "acme", cdkName+".git")
	p.run(p.dir, "git", "init", "-q", "--bare", "-b", "main", origin)
	p.run(p.dir, "git", "-C", origin, "config", "http.receivepack", "true")
	p.git0 = gittest.Serve(t, filepath.Join(p.dir, "git"), false)
	p.git0.User, p.git0.Password = "x-access-token", cdkToken
	p.forge = newRecorder(t)
	p.forge.clone = p.url(false)
	registry := npmtest.Start(t)
	p.npm, p.npmToken = registry.URL+"/", registry.Token
	p.dev = filepath.Join(p.dir, cdkName)
	if err := os.Mkdir(p.dev, 0o755); err != nil {
		t.Fatal(err)
	}
	p.run(p.dev, filepath.Join(peer, "node_modules/.bin/cdk"), "init", "app", "--language", "typescript", "--generate-only")
	p.git(p.dev, "init", "-q", "-b", "main")
	p.git(p.dev, "remote", "add", "origin", p.url(true))
	p.git(p.dev, "add", "-A")
	p.commitAs("Initial commit")
	if tagged {
		p.git(p.dev, "tag", "v1.0.0")
		p.git(p.dev, "push", "-q", "origin", "v1.0.0")
	}
	p.configure(variant)
	return p
}

// configure writes what the article tells: four blanks, and the list of plugins beside "release" or inside of it.
func (p *cdk) configure(variant string) {
	p.t.Helper()
	file := filepath.Join(p.dev, "package.json")
	data, err := os.ReadFile(file)
	if err != nil {
		p.t.Fatal(err)
	}
	var indented bytes.Buffer
	if err := json.Indent(&indented, data, "", "    "); err != nil {
		p.t.Fatal(err)
	}
	text := strings.TrimSuffix(strings.TrimSpace(indented.String()), "\n}")
	more := ",\n    \"release\": {\"branches\": [\"main\"]},\n    \"plugins\": " + cdkConfig + "\n}\n"
	if variant == "B" {
		more = ",\n    \"release\": {\n    \"branches\": [\"main\"],\n    \"plugins\": " + cdkConfig + "\n    }\n}\n"
	}
	p.write(file, text+more)
	p.write(filepath.Join(p.dev, "package-lock.json"), fmt.Sprintf("{\n    \"name\": %q,\n    \"version\": \"0.1.0\",\n    \"lockfileVersion\": 3,\n    \"requires\": true,\n    \"packages\": {\n        \"\": {\n            \"name\": %[1]q,\n            \"version\": \"0.1.0\"\n        }\n    }\n}\n", cdkName))
}

func (p *cdk) write(file, text string) {
	p.t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		p.t.Fatal(err)
	}
}

// url is where the repository is; with credentials for the developer.
func (p *cdk) url(credentials bool) string {
	base := p.git0.URL
	if credentials {
		base = strings.Replace(base, "http://", "http://x-access-token:"+cdkToken+"@", 1)
	}
	return base + "/acme/" + cdkName + ".git"
}

func (p *cdk) commit(message string) {
	p.t.Helper()
	p.write(filepath.Join(p.dev, "lib", "notes.ts"), "// "+message+"\n")
	p.git(p.dev, "add", "-A")
	p.commitAs(message)
}

func (p *cdk) commitAs(message string) {
	p.t.Helper()
	p.git(p.dev, "commit", "-q", "-m", message)
	p.git(p.dev, "push", "-q", "origin", "main")
}

// push commits and pushes as a developer does, lets the job release, and tells what the world looks like then.
func (p *cdk) push(message string) string {
	p.t.Helper()
	p.git(p.dev, "pull", "-q", "--rebase", "--autostash", "origin", "main")
	p.commit(message)
	job := p.checkout()
	if err := p.tool(job); err != nil {
		p.t.Fatalf("releasing: %v\n%s", err, p.said)
	}
	p.git(p.dev, "fetch", "-q", "--tags", "origin")
	return p.world(job)
}

// checkout clones as actions/checkout v3 does: one commit, no tags, the token in a header.
func (p *cdk) checkout() string {
	p.t.Helper()
	p.jobs++
	job := filepath.Join(p.dir, fmt.Sprintf("job%d", p.jobs))
	p.git(p.dir, "init", "-q", "-b", "main", job)
	p.git(job, "remote", "add", "origin", p.url(false))
	header := "AUTHORIZATION: basic " + base64.StdEncoding.EncodeToString([]byte("x-access-token:"+cdkToken))
	p.git(job, "config", "http."+p.git0.URL+"/.extraheader", header)
	p.git(job, "fetch", "-q", "--no-tags", "--depth=1", "origin", "+refs/heads/main:refs/remotes/origin/main")
	p.git(job, "checkout", "-q", "-B", "main", "refs/remotes/origin/main")
	return job
}

// env is the environment of the job.
func (p *cdk) env() []string {
	return []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + p.dir, "CI=true", "GITHUB_ACTIONS=true", "GITHUB_ACTION=run1", "GITHUB_EVENT_NAME=push", "GITHUB_REF=refs/heads/main",
		"GITHUB_REF_NAME=main", "GITHUB_REF_TYPE=branch", "GITHUB_REPOSITORY=acme/" + cdkName, "GITHUB_SERVER_URL=" + p.git0.URL, "GITHUB_API_URL=" + p.forge.URL, "GITHUB_GRAPHQL_URL=" + p.forge.URL + "/graphql",
		"GITHUB_TOKEN=" + cdkToken, "NPM_TOKEN=" + p.npmToken, "DEFAULT_NPM_REGISTRY=" + p.npm, "NPM_CONFIG_REGISTRY=" + p.npm,
		"GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=" + os.DevNull, "NO_UPDATE_NOTIFIER=1",
	}
}

func (p *cdk) semanticRelease(job string) error {
	node := filepath.Join(p.peer, "node_modules/node/bin")
	return p.release(job, filepath.Join(node, "node"), filepath.Join(p.peer, "node_modules/semantic-release/bin/semantic-release.js"))
}

func (p *cdk) semcut(job string) error { return p.release(job, "semcut", "release") }

// release runs a tool in the clone of a job.
func (p *cdk) release(job, program string, args ...string) error {
	cmd := exec.Command(program, args...)
	if program == "semcut" {
		cmd = exec.Command(os.Args[0], args...)
		cmd.Args[0] = program
	}
	cmd.Dir, cmd.Env = job, p.env()
	if filepath.IsAbs(program) { // its own Node, for npm's scripts, too
		cmd.Env[0] = "PATH=" + filepath.Dir(program) + ":" + os.Getenv("PATH")
	}
	out, err := cmd.CombinedOutput()
	p.said = string(out)
	return err
}

func (p *cdk) git(dir string, args ...string) string {
	p.t.Helper()
	return p.run(dir, "git", args...)
}

func (p *cdk) run(dir, program string, args ...string) string {
	p.t.Helper()
	cmd := exec.Command(program, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "HOME="+p.dir, "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_AUTHOR_NAME=Ada", "GIT_AUTHOR_EMAIL=ada@example.com",
		"GIT_COMMITTER_NAME=Ada", "GIT_COMMITTER_EMAIL=ada@example.com", "GIT_TERMINAL_PROMPT=0", "CI=true")
	out, err := cmd.CombinedOutput()
	if err != nil {
		p.t.Fatalf("%s %q: %v\n%s", program, args, err, out)
	}
	return strings.TrimRight(string(out), "\n")
}

var (
	anyHash = regexp.MustCompile(`\b[0-9a-f]{40}\b|\b[0-9a-f]{7}\b`)
	anyPort = regexp.MustCompile(`127\.0\.0\.1:\d+`)
)

// world tells what a release left: at the remote, in the job's clone, at the registry and at the forge. Commits are named by
// their subjects, since two runs make them at different times.
func (p *cdk) world(job string) string {
	p.t.Helper()
	var b strings.Builder
	bare := filepath.Join(p.dir, "git", "acme", cdkName+".git")
	fmt.Fprintf(&b, "refs:\n%s\n", p.git(bare, "for-each-ref", "--format=%(refname) %(objecttype) %(subject)", "refs/heads", "refs/tags"))
	for _, ref := range strings.Fields(p.git(bare, "for-each-ref", "--format=%(refname)", "refs/notes")) {
		fmt.Fprintf(&b, "%s: %s\n", ref, p.git(bare, "notes", "--ref", ref, "show", strings.TrimPrefix(ref, "refs/notes/semantic-release-")))
	}
	fmt.Fprintf(&b, "history:\n%s\n", p.git(bare, "log", "--format=%an <%ae>%n%cn <%ce>%n%B%n--", "main"))
	fmt.Fprintf(&b, "files:\n%s\n", p.git(bare, "ls-tree", "-r", "--format=%(objectmode) %(path)", "main"))
	for _, name := range strings.Fields(p.git(bare, "ls-tree", "-r", "--name-only", "main")) {
		if name == "CHANGELOG.md" || strings.HasPrefix(name, "package") {
			fmt.Fprintf(&b, "%s at the remote:\n%s\n", name, p.git(bare, "show", "main:"+name))
			data, err := os.ReadFile(filepath.Join(job, name))
			if err != nil {
				p.t.Fatal(err)
			}
			fmt.Fprintf(&b, "%s in the job:\n%s\n", name, data)
		}
	}
	fmt.Fprintf(&b, "status:\n%s\n", p.git(job, "status", "--porcelain"))
	fmt.Fprintf(&b, "npm:\n%s\n", p.published())
	fmt.Fprintf(&b, "forge:\n%s\n", strings.Join(p.forge.made(), "\n"))
	subjects := map[string]string{}
	for line := range strings.SplitSeq(p.git(bare, "log", "--all", "--format=%H %s"), "\n") {
		hash, subject, _ := strings.Cut(line, " ")
		subjects[hash], subjects[hash[:7]] = subject, subject
	}
	text := anyHash.ReplaceAllStringFunc(b.String(), func(hash string) string {
		if subject, ok := subjects[hash]; ok {
			return "<" + subject + ">"
		}
		return hash
	})
	return anyPort.ReplaceAllString(text, "<here>")
}

// published tells what the registry has of the package.
func (p *cdk) published() string {
	p.t.Helper()
	var doc struct {
		Tags     map[string]string `json:"dist-tags"`
		Versions map[string]struct {
			Dist struct{ Tarball string }
		}
	}
	p.get(p.npm+cdkName, &doc)
	var lines []string
	for tag, version := range doc.Tags {
		lines = append(lines, "tag "+tag+" "+version)
	}
	for version, v := range doc.Versions {
		lines = append(lines, version+":\n"+p.tarball(v.Dist.Tarball))
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// tarball lists the files of a published package, with package.json as it is in there.
func (p *cdk) tarball(url string) string {
	p.t.Helper()
	answer, err := http.Get(url)
	if err != nil {
		p.t.Fatal(err)
	}
	defer answer.Body.Close()
	z, err := gzip.NewReader(answer.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	var files []string
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			p.t.Fatal(err)
		}
		line := fmt.Sprintf("  %s %o %d", h.Name, h.Mode, h.Size)
		if h.Name == "package/package.json" {
			data, err := io.ReadAll(r)
			if err != nil {
				p.t.Fatal(err)
			}
			line += "\n" + string(data)
		}
		files = append(files, line)
	}
	slices.Sort(files)
	return strings.Join(files, "\n")
}

func (p *cdk) get(url string, to any) {
	p.t.Helper()
	answer, err := http.Get(url)
	if err != nil {
		p.t.Fatal(err)
	}
	defer answer.Body.Close()
	if err := json.NewDecoder(answer.Body).Decode(to); err != nil {
		p.t.Fatalf("%s: %s: %v", url, answer.Status, err)
	}
}

// recorder is a GitHub that takes every release and remembers it.
type recorder struct {
	*httptest.Server
	clone    string // the address that it has of the repository
	mu       sync.Mutex
	releases []map[string]any
}

func newRecorder(t *testing.T) *recorder {
	r := &recorder{}
	r.Server = httptest.NewServer(r)
	t.Cleanup(r.Close)
	return r
}

func (r *recorder) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	r.mu.Lock()
	defer r.mu.Unlock()
	body := map[string]any{}
	_ = json.NewDecoder(req.Body).Decode(&body) // a question may have none
	status, answer := http.StatusOK, any(map[string]any{})
	repository := "/repos/acme/" + cdkName
	switch path := req.URL.Path; {
	case req.Header.Get("Authorization") == "":
		status = http.StatusUnauthorized
	case path == repository:
		answer = map[string]any{"full_name": "acme/" + cdkName, "name": cdkName, "clone_url": r.clone, "permissions": map[string]any{"push": true}, "owner": map[string]any{"login": "acme"}}
	case path == repository+"/releases" && req.Method == http.MethodPost:
		body["id"], body["html_url"], body["draft"] = len(r.releases)+1, fmt.Sprintf("%s/releases/%d", r.URL, len(r.releases)+1), body["draft"] == true
		r.releases = append(r.releases, body)
		status, answer = http.StatusCreated, body
	case path == repository+"/releases":
		answer = r.releases
		if r.releases == nil {
			answer = []any{}
		}
	case path == "/graphql" || path == "/api/graphql":
		found := map[string]any{"issues": map[string]any{"nodes": []any{}, "pageInfo": map[string]any{}}}
		if strings.Contains(fmt.Sprint(body["query"]), "associatedPullRequests") {
			found = map[string]any{} // no commit came from a pull request
		}
		answer = map[string]any{"data": map[string]any{"repository": found}}
	default:
		status, answer = http.StatusNotFound, map[string]any{"message": "Not Found"}
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(answer) // who went away has seen enough
}

// made lists the releases, as far as both tools say the same in other words.
func (r *recorder) made() (lines []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, m := range r.releases {
		lines = append(lines, fmt.Sprintf("tag %v, name %v, pre-release %v, latest %v, draft %v\n%v", m["tag_name"], m["name"], m["prerelease"], m["make_latest"], m["draft"], strings.TrimSpace(fmt.Sprint(m["body"]))))
	}
	return lines
}
