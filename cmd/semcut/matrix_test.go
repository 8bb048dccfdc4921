package main

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/semcut/semcut/internal/fakegithub"
	"github.com/semcut/semcut/internal/gittest"
)

// The fault matrix: a release with everything that a release can have meets each kind of failure at each of its requests,
// of git and of the forge, and at each of its touches of this clone and runs of a command. Then the next run, in a fresh
// clone and on another day, must leave exactly what an undisturbed run leaves.

// kinds are the failures that a request can meet, one column each.
var kinds = []string{
	"reset before", "reset after", "cut answer", "500", "502 after", "409", "422", "timeout before", "timeout after", "kill before", "kill after",
}

// localKinds are those of a touch of this clone.
var localKinds = []string{"before", "after", "full"}

// cell is one place of the matrix.
type cell struct {
	row  int // the number of the request or the touch, from 1
	kind string
	here bool // a touch of this clone, not a request
}

func TestFaultMatrix(t *testing.T) {
	template := newFront(t, t.TempDir())
	template.fillAll(t)
	want, requests, touches := template.undisturbed(t)
	var cells []cell
	for row := range requests {
		for _, kind := range kinds {
			cells = append(cells, cell{row + 1, kind, false})
		}
	}
	for row := range touches {
		for _, kind := range localKinds {
			cells = append(cells, cell{row + 1, kind, true})
		}
	}
	if !everything() { // a sample, another one each day
		day := time.Now().YearDay()
		cells = slices.Collect(func(yield func(cell) bool) {
			for i, c := range cells {
				if i%19 == day%19 && !yield(c) {
					return
				}
			}
		})
	}
	m := &matrix{t: t, template: template, want: want, said: map[string]bool{}, outcomes: map[cell]string{}}
	for state := range want {
		m.said[withoutTold(state)] = true
	}
	if i := slices.Index(requests, "POST /graphql"); i >= 0 { // the question who made the commits
		c := template.copy(t)
		c.release(t, today, cell{row: i + 1, kind: "422"})
		m.said[withoutTold(c.state(t))] = true
	}
	m.run(cells)
	t.Log("\n" + m.table(requests, touches))
}

// refuses are the kinds that are the forge's no: a release that can do without what it says no to warns and goes on.
var refuses = map[string]bool{"409": true, "422": true}

// withoutTold leaves out of a state what a release can do without: whom the forge let be told, and the success hook.
func withoutTold(state string) string {
	var kept []string
	for line := range strings.Lines(state) {
		if !strings.HasPrefix(line, "issue ") && !strings.HasPrefix(line, "  comment ") && !strings.HasPrefix(line, "success ") {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "")
}

// everything says whether the tests that take minutes are to be carried out in full: .ci/run does so, once, without the race
// detector, which makes each start of semcut slow.
func everything() bool { return os.Getenv("SEMCUT_EVERYTHING") != "" }

type matrix struct {
	t        *testing.T
	template *front
	want     map[string]bool // the states that undisturbed runs leave
	said     map[string]bool // those and what runs leave whose notes can't name people, without who was told

	mu       sync.Mutex
	outcomes map[cell]string
}

// workers is how many cells are tried at once: most of their time they wait.
const workers = 6

func (m *matrix) run(cells []cell) {
	queue := make(chan cell)
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for c := range queue {
				outcome := m.try(c)
				m.mu.Lock()
				m.outcomes[c] = outcome
				m.mu.Unlock()
			}
		})
	}
	for _, c := range cells {
		queue <- c
	}
	close(queue)
	group.Wait()
}

// try lets a release meet one failure and says how it was finished: by itself, by the next run, by --finish.
func (m *matrix) try(c cell) string {
	f := m.template.copy(m.t)
	defer os.RemoveAll(f.dir)
	status, out := f.release(m.t, today, c)
	how := "."
	if status != 0 {
		how = "r"
	}
	time.Sleep(50 * time.Millisecond) // the far side of a killed push lives on for a moment
	next := f.fresh(m.t)
	if same := (c.row+len(c.kind))%3 == 0; same { // now and then in the same clone
		next = f
	}
	again, out2 := next.release(m.t, tomorrow, cell{})
	if again != 0 && strings.Contains(out2, "--finish v1.0.0 runs it again") {
		how = "f"
		again, out2 = next.semcut(m.t, tomorrow, cell{}, "release", "--ci", "--finish", "v1.0.0")
	}
	got := f.state(m.t)
	if status == 0 && !m.want[got] && (refuses[c.kind] || c.here && c.kind == "full") && strings.Contains(out, "warning: ") && m.said[withoutTold(got)] {
		how = "w"
	} else if again != 0 || !m.want[got] {
		m.t.Errorf("%+v: the next run ended with %d and left\n%s\nwant one of\n%s\nfirst run:\n%s\nnext run:\n%s", c, again, got, strings.Join(slices.Collect(maps.Keys(m.want)), "\n--\n"), out, out2)
		return "X"
	}
	if left := next.leftHere(m.t); left != "" {
		m.t.Errorf("%+v: the clone of the next run has\n%s", c, left)
		return "X"
	}
	writes := f.writes()
	if last, out3 := next.release(m.t, tomorrow, cell{}); last != 0 || f.state(m.t) != got || f.writes() != writes {
		m.t.Errorf("%+v: one more run ended with %d and changed something:\n%s", c, last, out3)
		return "X"
	}
	return how
}

// table shows the matrix: a row a request and a touch, a column a kind.
func (m *matrix) table(requests, touches []string) string {
	var b strings.Builder
	counts := map[string]int{}
	row := func(n int, name string, here bool, kinds []string) {
		fmt.Fprintf(&b, "%4d  %-58.58s ", n, name)
		for _, kind := range kinds {
			outcome, tried := m.outcomes[cell{n, kind, here}]
			if !tried {
				outcome = " "
			}
			counts[outcome]++
			b.WriteString(" " + outcome)
		}
		b.WriteString("\n")
	}
	fmt.Fprintf(&b, "requests × %s\n", strings.Join(kinds, ", "))
	for i, name := range requests {
		row(i+1, name, false, kinds)
	}
	fmt.Fprintf(&b, "touches of the clone and hooks × killed %s (a full disk)\n", strings.Join(localKinds, ", "))
	for i, name := range touches {
		row(i+1, name, true, localKinds)
	}
	fmt.Fprintf(&b, "%d cells: %d survived by the run itself (.), %d finished by the next run (r), %d by --finish (f), %d out with a warning (w), %d wrong (X), %d not tried here",
		len(requests)*len(kinds)+len(touches)*len(localKinds), counts["."], counts["r"], counts["f"], counts["w"], counts["X"], counts[" "])
	return b.String()
}

// front stands before a world's git server and its forge, counts requests, and lets one of them fail.
type front struct {
	*world
	url  string
	git  http.Handler
	kill func() // ends the run that is at work

	count atomic.Int64
	fault atomic.Pointer[cell]
	mu    sync.Mutex
	seen  []string
	wrote int
}

func newFront(t *testing.T, dir string) *front {
	f := &front{world: newWorld(t, dir)}
	backend, err := url.Parse(gittest.Serve(t, dir, false).URL)
	if err != nil {
		t.Fatal(err)
	}
	f.git = httputil.NewSingleHostReverseProxy(backend)
	server := httptest.NewUnstartedServer(f)
	t.Cleanup(server.CloseClientConnections)
	t.Cleanup(server.Close)
	server.Start()
	f.url = server.URL
	f.forge.Change(func() { f.forge.URL = server.URL })
	config := "[user]\n\tname = Ada Lovelace\n\temail = ada@example.com\n[url \"" + f.url + "/git/origin.git\"]\n\tinsteadOf = https://github.com/acme/widget.git\n"
	if err := os.WriteFile(filepath.Join(dir, "gitconfig"), []byte(config), 0o644); err != nil {
		t.Fatal(err)
	}
	return f
}

func (f *front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	n := int(f.count.Add(1))
	f.note(r)
	if c := f.fault.Load(); c != nil && !c.here && c.row == n {
		f.fail(c.kind, w, r)
		return
	}
	f.pass(w, r)
}

// note remembers what was asked, and counts what writes at the forge.
func (f *front) note(r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	name := r.Method + " " + r.URL.Path
	if service := r.URL.Query().Get("service"); service != "" {
		name += " " + service
	}
	f.seen = append(f.seen, name)
	if r.Method != http.MethodGet && r.URL.Path != "/graphql" && !strings.HasSuffix(r.URL.Path, "/git-upload-pack") {
		f.wrote++
	}
}

func (f *front) writes() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.wrote
}

// pass lets git or the forge answer.
func (f *front) pass(w http.ResponseWriter, r *http.Request) {
	if path, ok := strings.CutPrefix(r.URL.Path, "/git"); ok {
		r.URL.Path = path
		f.git.ServeHTTP(w, r)
		return
	}
	f.forge.ServeHTTP(w, r)
}

// fail lets a request fail in one of the kinds. "after" means that it had its effect.
func (f *front) fail(kind string, w http.ResponseWriter, r *http.Request) {
	rec := httptest.NewRecorder()
	if strings.HasSuffix(kind, "after") || kind == "cut answer" {
		f.pass(rec, r)
	}
	switch kind {
	case "reset before", "reset after":
		panic(http.ErrAbortHandler)
	case "cut answer":
		w.Header().Set("Content-Length", strconv.Itoa(rec.Body.Len()+1))
		maps.Copy(w.Header(), rec.Header())
		w.WriteHeader(rec.Code)
		_, _ = w.Write(rec.Body.Bytes()[:rec.Body.Len()/2]) // the client sees that the rest is missing
		panic(http.ErrAbortHandler)
	case "timeout before", "timeout after":
		select {
		case <-r.Context().Done():
		case <-time.After(5 * time.Second):
		}
		panic(http.ErrAbortHandler)
	case "kill before", "kill after":
		f.mu.Lock()
		f.kill()
		f.mu.Unlock()
		panic(http.ErrAbortHandler)
	}
	status, err := strconv.Atoi(strings.Fields(kind)[0])
	if err != nil {
		panic(err)
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	fmt.Fprintf(w, `{"message":%q,"documentation_url":"https://docs.github.com/rest","status":"%d"}`, http.StatusText(status), status)
}

// fillAll makes a repository whose next release has everything: edited files, files and assets that hooks make, floating
// tags, a pull request and an issue to be told, commands before and after.
func (f *front) fillAll(t *testing.T) {
	files := map[string]string{
		"CHANGELOG.md": "# Changelog\n", "VERSION": "0.0.1\n", "data.txt": "all that is known\n",
		"hook.sh": "set -e\ncase $1 in\nprepare) mkdir -p dist; echo \"built for $SEMCUT_VERSION\" > dist/app; echo made > made.txt ;;\n" +
			"publish|success) echo \"$SEMCUT_TAG\" > \"$EFFECTS/$1\" ;;\nesac\n",
		".semcut.yaml": "versionFiles: [VERSION]\ncommit: {files: [made.txt]}\ntag: {floating: [major]}\n" +
			"github: {assets: [data.txt, {path: dist/app, name: 'app-${version}'}], comments: true, labels: [released]}\n" +
			"hooks: {prepare: sh hook.sh prepare, publish: sh hook.sh publish, success: sh hook.sh success}\n",
		".gitignore": "dist/\n",
	}
	f.git1(t, ".", "init", "-q", "--bare", "-b", "main", "origin.git")
	f.git1(t, "origin.git", "config", "http.receivepack", "true")
	f.git1(t, ".", "clone", "-q", "https://github.com/acme/widget.git", f.work)
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(f.dir, f.work, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	f.git1(t, f.work, "add", ".")
	f.git1(t, f.work, "commit", "-q", "-m", "feat: first")
	f.git1(t, f.work, "commit", "-q", "--allow-empty", "-m", "fix: second\n\nFixes #1")
	f.git1(t, f.work, "push", "-q", "origin", "HEAD:main")
	f.people(t)
}

// people puts an issue and a pull request there that the release concerns.
func (f *front) people(t *testing.T) {
	head := strings.TrimSpace(f.git1(t, f.work, "rev-parse", "HEAD~1"))
	f.forge.AddIssue(fakegithub.Issue{Number: 1, Title: "It doesn't work"})
	f.forge.AddPull(fakegithub.Issue{Number: 2, Title: "Make it work"}, fakegithub.Pull{Merged: true, Commits: []string{head}})
}

func (f *front) git1(t *testing.T, dir string, args ...string) string {
	t.Helper()
	return f.world.git(t, dir, args...)
}

func (f *front) copy(t *testing.T) *front {
	dir, err := os.MkdirTemp("", "semcut-matrix-")
	if err != nil {
		t.Error(err)
	}
	c := newFront(t, dir)
	for _, name := range []string{"origin.git", f.work} {
		if err := os.CopyFS(filepath.Join(c.dir, name), os.DirFS(filepath.Join(f.dir, name))); err != nil {
			t.Error(err)
		}
	}
	c.people(t)
	return c
}

// fresh is the same world seen from a new clone, as the next CI run has it.
func (f *front) fresh(t *testing.T) *front {
	f.fault.Store(nil)
	f.git1(t, ".", "clone", "-q", "https://github.com/acme/widget.git", "fresh")
	next := &front{world: &world{dir: f.dir, work: "fresh", forge: f.forge}, url: f.url}
	return next
}

// release types "semcut release --ci" and gives its exit status and what it said.
func (f *front) release(t *testing.T, day int, c cell) (int, string) {
	return f.semcut(t, day, c, "release", "--ci")
}

func (f *front) semcut(t *testing.T, day int, c cell, args ...string) (int, string) {
	t.Helper()
	effects := filepath.Join(f.dir, "effects")
	if err := os.MkdirAll(effects, 0o755); err != nil {
		t.Error(err)
	}
	crash := "0 never"
	if c.here {
		crash = fmt.Sprintf("%d %s", c.row, c.kind)
	}
	cmd := exec.Command(os.Args[0], args...)
	cmd.Dir = filepath.Join(f.dir, f.work)
	cmd.Env = append(f.env(day, crash), "GITHUB_API_URL="+f.url, "GIT_HTTP_LOW_SPEED_TIME=1", "EFFECTS="+effects)
	var out strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &out
	f.count.Store(0)
	if c.kind != "" {
		f.fault.Store(&c)
	}
	f.mu.Lock()
	err := cmd.Start()
	f.kill = func() { _ = cmd.Process.Kill() } // it may be through
	f.mu.Unlock()
	if err != nil {
		t.Error(err)
		return 1, ""
	}
	_ = cmd.Wait() // the exit status tells
	return cmd.ProcessState.ExitCode(), out.String()
}

// leftHere is what a clone has that it shouldn't have after a release: changes, notes of open releases.
func (f *front) leftHere(t *testing.T) string {
	return f.git1(t, f.work, "status", "--porcelain") + f.git1(t, f.work, "for-each-ref", "refs/semcut")
}

// undisturbed gives the states that undisturbed runs of both days leave, and the requests and touches of one.
func (f *front) undisturbed(t *testing.T) (want map[string]bool, requests, touches []string) {
	want = map[string]bool{}
	for _, day := range []int{today, tomorrow} {
		c := f.copy(t)
		c.seen = nil
		if status, out := c.release(t, day, cell{}); status != 0 {
			t.Fatalf("an undisturbed run ends with %d:\n%s", status, out)
		}
		want[c.state(t)] = true
		requests = slices.Clone(c.seen)
	}
	c := f.copy(t)
	status, out := c.semcut(t, today, cell{row: 1_000_000, kind: "count", here: true}, "release", "--ci")
	if status != 0 {
		t.Fatalf("a run that is counted ends with %d:\n%s", status, out)
	}
	for line := range strings.Lines(out) {
		if name, ok := strings.CutPrefix(strings.TrimSpace(line), "touch: "); ok {
			touches = append(touches, name)
		}
	}
	return want, requests, touches
}

// state is everything that is there at the end: the remote's refs and objects, the forge's pages, comments and labels, and
// what the commands did.
func (f *front) state(t *testing.T) string {
	var b strings.Builder
	b.WriteString(f.git1(t, "origin.git", "for-each-ref", "--format=%(refname) %(objecttype) %(objectname)"))
	b.WriteString(f.git1(t, "origin.git", "fsck", "--strict", "--no-dangling"))
	for _, r := range f.forge.Releases() {
		fmt.Fprintf(&b, "page %s %s draft=%v pre=%v latest=%s %q\n", r.Tag, r.Target, r.Draft, r.Prerelease, r.MakeLatest, r.Body)
		assets := slices.Clone(r.Assets)
		slices.SortFunc(assets, func(a, b fakegithub.Asset) int { return strings.Compare(a.Name, b.Name) })
		for _, a := range assets {
			fmt.Fprintf(&b, "  asset %s %s %q\n", a.Name, a.Type, a.Data)
		}
	}
	for _, i := range f.forge.Issues() {
		if strings.Contains(i.Body, "semcut:failure") && i.State == "closed" {
			continue // it told of the failure, and the release that followed closed it
		}
		fmt.Fprintf(&b, "issue %d %s %v\n", i.Number, i.State, i.Labels)
		for _, c := range i.Comments {
			fmt.Fprintf(&b, "  comment %q\n", c.Body)
		}
	}
	for _, name := range []string{"publish", "success"} {
		data, err := os.ReadFile(filepath.Join(f.dir, "effects", name))
		fmt.Fprintf(&b, "%s %q %v\n", name, data, err == nil)
	}
	return b.String()
}
