package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/semcut/semcut/internal/fakegithub"
	"github.com/semcut/semcut/internal/gittest"
)

// cage is a world in which canaries sing: its git is served over http and wants the token, and everything that is said,
// written, sent or started is kept to be searched.
type cage struct {
	*world
	t        *testing.T
	server   *gittest.Server
	env      map[string]string
	known    []canary // those that semcut can know of here
	in       string   // a folder for what is put in beside the repositories; nobody writes there but the programs' own log
	settings string   // git's configuration

	mu   sync.Mutex
	said map[string]string // every place that can be searched, but for files and objects
}

// takes lets forge and git server take another token.
func (c *cage) takes(token string) {
	c.forge.Change(func() { c.forge.Token = token })
	c.server.Change(func() { c.server.Password = token })
}

// newCage makes a cage of a world that is filled already.
func newCage(t *testing.T, template *world, wrappers string) *cage {
	c := &cage{world: template.copy(t), t: t, in: t.TempDir(), said: map[string]string{}, known: always()}
	c.server = gittest.Serve(t, c.dir, false)
	c.server.User, c.server.Password = "x-access-token", scriptToken
	c.server.Answer = func(_ http.ResponseWriter, r *http.Request) bool { c.hear("git", r); return false }
	ear := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c.hear("forge", r)
		c.forge.ServeHTTP(w, r)
	}))
	t.Cleanup(ear.Close)
	c.forge.URL, c.forge.Git = ear.URL, filepath.Join(c.dir, "origin.git")
	c.settings = fmt.Sprintf("[user]\n\tname = Ada Lovelace\n\temail = ada@example.com\n[url \"%s/origin.git\"]\n\tinsteadOf = https://github.com/acme/widget.git\n", c.server.URL)
	c.env = map[string]string{
		"HOME": c.dir, "TMPDIR": filepath.Join(c.dir, "tmp"), "GIT_CONFIG_GLOBAL": filepath.Join(c.dir, "gitconfig"), "GIT_CONFIG_NOSYSTEM": "1", "SOURCE_DATE_EPOCH": fmt.Sprint(today),
		"GITHUB_API_URL": ear.URL, "GITHUB_SERVER_URL": c.server.URL, "GITHUB_GRAPHQL_URL": ear.URL + "/graphql", "GIT_TERMINAL_PROMPT": "0", crashVariable: "0 never", "GORACE": noNap,
		"PATH":            strings.Join([]string{filepath.Join(c.in, "bin"), wrappers, os.Getenv("PATH")}, string(filepath.ListSeparator)),
		argumentsVariable: filepath.Join(c.in, "arguments"),
	}
	if err := os.Mkdir(c.env["TMPDIR"], 0o755); err != nil {
		t.Fatal(err)
	}
	for _, known := range c.known {
		c.env[known.variable] = known.given
	}
	return c
}

// argumentsVariable names the file that the wrappers around programs write to.
const argumentsVariable = "CANARY_ARGUMENTS"

// programs writes a wrapper around each program that semcut may start, which notes the arguments.
func programs(t *testing.T) (dir string) {
	dir = t.TempDir()
	for _, name := range []string{"sh", "git", "gpg", "ssh-keygen", "ssh", "gh", "git-upload-pack", "git-receive-pack"} {
		path, err := exec.LookPath(name)
		if err != nil {
			path = "/bin/false"
		}
		gittest.Script(t, filepath.Join(dir, name), fmt.Sprintf("printf '%%s\\n' %s \"$@\" >>\"$%s\"\nexec %s \"$@\"", name, argumentsVariable, path))
	}
	return dir
}

// program gives this cage a program of its own.
func (c *cage) program(name, script string) (path string) {
	path = filepath.Join(c.in, "bin", name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		c.t.Fatal(err)
	}
	gittest.Script(c.t, path, "printf '%s\n' "+name+" \"$@\" >>\"$"+argumentsVariable+"\"\n"+script)
	return path
}

// hear keeps a request, all of it but the credentials that are where they belong.
func (c *cage) hear(who string, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		c.t.Error(err)
	}
	r.Body, r.ContentLength, r.TransferEncoding = io.NopCloser(bytes.NewReader(body)), int64(len(body)), nil
	h := r.Header.Clone()
	h.Del("Authorization")
	h.Del("Proxy-Authorization")
	if who == "git" {
		h.Del("Private-Token") // git's own setting sends it there
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s\n", r.Method, r.URL)
	_ = h.Write(&b) // into memory
	b.Write(body)
	c.say("a request to "+who, b.String()+"\n")
}

func (c *cage) say(where, text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.said[where] += text
}

// set gives git's configuration more lines.
func (c *cage) set(lines string) { c.settings += lines }

// to makes the remote another one, with a URL of its own in .git/config.
func (c *cage) to(url string) { c.git(c.t, c.work, "remote", "set-url", "origin", url) }

// at is git's server with a user before it: a remote's URL with credentials.
func (c *cage) at(user string) string {
	return strings.Replace(c.server.URL, "://", "://"+user+"@", 1) + "/origin.git"
}

// commit commits a file, and pushes it past the server.
func (c *cage) commit(name, text, message string) {
	c.write(name, text)
	c.git(c.t, c.work, "add", "-A")
	c.git(c.t, c.work, "commit", "-q", "--allow-empty", "-m", message)
	c.push()
}

func (c *cage) push() { c.git(c.t, c.work, "push", "-q", "../origin.git", "HEAD") }

func (c *cage) write(name, text string) {
	file := filepath.Join(c.dir, c.work, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		c.t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		c.t.Fatal(err)
	}
}

// config commits a configuration.
func (c *cage) config(text string) { c.commit(".semcut.yaml", text, "chore: configure") }

// script is a program beside the repositories that prints a text; hooks of the server and of the project run it.
func (c *cage) script(text string) string {
	file := filepath.Join(c.in, fmt.Sprintf("text%d", len(text)))
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		c.t.Fatal(err)
	}
	return "cat " + file
}

// hook gives the server a hook.
func (c *cage) hook(name, script string) {
	gittest.At(c.t, filepath.Join(c.dir, "origin.git")).Hook(name, script)
}

// actions makes it a job of GitHub Actions.
func (c *cage) actions() {
	maps.Copy(c.env, map[string]string{
		"GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "push", "GITHUB_REF": "refs/heads/main", "GITHUB_RUN_ID": "7", "GITHUB_RUN_ATTEMPT": "1",
		"GITHUB_REPOSITORY": "acme/widget", "GITHUB_OUTPUT": filepath.Join(c.dir, "output"), "GITHUB_STEP_SUMMARY": filepath.Join(c.dir, "summary"),
	})
}

// run types a command and gives its exit status and what it said.
func (c *cage) run(args ...string) (int, string) {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.t.Context(), time.Minute)
	defer cancel()
	var out, errs bytes.Buffer
	cmd := exec.CommandContext(ctx, os.Args[0], args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = filepath.Join(c.dir, c.work), &out, &errs
	for _, name := range slices.Sorted(maps.Keys(c.env)) {
		cmd.Env = append(cmd.Env, name+"="+c.env[name])
	}
	_ = cmd.Run() // its status tells
	c.say("standard output", out.String())
	c.say("standard error", errs.String())
	return cmd.ProcessState.ExitCode(), out.String() + errs.String()
}

// start is what is there before semcut runs: files with their contents, and objects.
type start struct {
	files   map[string]string
	objects map[string]bool
}

func (c *cage) start() start {
	if err := os.WriteFile(filepath.Join(c.dir, "gitconfig"), []byte(c.settings), 0o644); err != nil {
		c.t.Fatal(err)
	}
	s := start{c.files(), map[string]bool{}}
	for name := range c.objects() {
		s.objects[name] = true
	}
	return s
}

// files are all files below the world.
func (c *cage) files() map[string]string {
	all := map[string]string{}
	err := filepath.WalkDir(c.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(path)
		name, _ := filepath.Rel(c.dir, path) // both are absolute
		all[name] = string(data)
		return err
	})
	if err != nil {
		c.t.Fatal(err)
	}
	return all
}

// objects are all objects of both repositories, those in packs, too.
func (c *cage) objects() map[string]string {
	all := map[string]string{}
	for _, repo := range []string{c.work, "origin.git"} {
		out := gittest.At(c.t, filepath.Join(c.dir, repo)).Git("cat-file", "--batch-all-objects", "--batch", "--unordered") + "\n"
		for strings.TrimSpace(out) != "" {
			header, rest, _ := strings.Cut(out, "\n")
			var hash, kind string
			var size int
			if _, err := fmt.Sscanf(header, "%s %s %d", &hash, &kind, &size); err != nil {
				c.t.Fatalf("reading %q: %v", header, err)
			}
			all[repo+": "+kind+" "+hash] = rest[:size]
			out = rest[size+1:]
		}
	}
	return all
}

// places is everything that semcut said, sent and left behind: the names and contents of files that are new or changed,
// refs, objects that were not there before, and the arguments of programs.
func (c *cage) places(before start) map[string]string {
	c.mu.Lock()
	places := maps.Clone(c.said)
	c.mu.Unlock()
	for name, text := range c.files() {
		old, there := before.files[name]
		if there && old == text {
			continue
		}
		if !there {
			places["the name of the file "+name] = filepath.Base(name)
		}
		places["the file "+name] = strings.TrimPrefix(text, old) // logs are added to
	}
	for name, text := range c.objects() {
		if !before.objects[name] {
			places["the object "+name] = text
		}
	}
	if data, err := os.ReadFile(filepath.Join(c.in, "arguments")); err == nil {
		places["the arguments of programs"] = string(data)
	}
	for _, r := range c.forge.Releases() {
		places["the page of "+r.Tag] = fmt.Sprintf("%+v", r)
	}
	return places
}

// knows adds what semcut can know of in this row.
func (c *cage) knows(more ...canary) { c.known = append(c.known, more...) }

// shout is a text with every canary in every form that somebody else may write it in.
func (c *cage) shout() string {
	var b strings.Builder
	for _, known := range c.known {
		for _, form := range known.written() {
			b.WriteString("it was " + form + "!\n")
		}
	}
	return b.String()
}

// fault is an answer of the forge that tells everything it was told.
func (c *cage) fault(method, path string, status int) fakegithub.Fault {
	text := c.shout()
	return fakegithub.Fault{
		Method: method, Path: path, Status: status, Times: 99, Header: map[string]string{"X-Echo": c.known[0].value, "X-Accepted-GitHub-Permissions": "contents=write; " + c.known[0].value},
		Body: fmt.Sprintf(`{"message": %s, "errors": [{"resource": "Release", "field": %[1]s, "code": "custom", "message": %[1]s}], "documentation_url": %[1]s}`, quoteJSON(text)),
	}
}

// row makes a failure or half a success, and says what must be seen of it.
type row struct {
	name string
	make func(*cage)
	runs [][]string // what is typed; "release --yes" where nothing is said
	says string     // must be in what it says: the row does what it is for
	// input names the places that hold a canary because it was put there, and why that is so.
	input func(place string) bool
}

// sing carries a row out and gives how often semcut ran, how many places were searched and what was found. Where everything is
// to be tested it also asks without writing, and tells in JSON.
func (r row) sing(t *testing.T, template *world, wrappers string) (ran, places int, hits []string) {
	c := newCage(t, template, wrappers)
	r.make(c)
	before := c.start()
	runs, said := r.runs, ""
	if len(runs) == 0 {
		runs = [][]string{{"release", "--yes"}}
	}
	if everything() {
		runs = append(slices.Clone(runs), []string{"check", "--json"}, []string{"release", "--dry-run", "--verbose"}, []string{"release", "--yes", "--json"})
	}
	for _, args := range runs {
		_, text := c.run(args...)
		said += text
	}
	if !strings.Contains(said, r.says) {
		t.Errorf("it doesn't say %q, so this row shows nothing:\n%s", r.says, said)
	}
	found := c.places(before)
	return len(runs), len(found), search(found, slices.Concat(c.known, others), r.input)
}

// begin lets a run that doesn't know the token begin a release whose notes hold it, and break off after the push.
func (c *cage) begin(token string) {
	c.commit("f", "f", "feat: add "+token)
	if err := os.WriteFile(filepath.Join(c.dir, "gitconfig"), []byte(c.settings), 0o644); err != nil {
		c.t.Fatal(err)
	}
	saved := maps.Clone(c.env)
	c.env["GITHUB_TOKEN"] = "another-token"
	c.takes("another-token")
	c.forge.Fail(fakegithub.Fault{Method: "POST", Path: "/releases", Status: 404})
	c.run("release", "--yes")
	c.env = saved
	c.takes(scriptToken)
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.said)
}
