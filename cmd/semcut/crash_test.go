package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/semcut/semcut/internal/fakegithub"
	"github.com/semcut/semcut/release"
)

// crashVariable makes the test binary a semcut that dies, as if it was killed, at the nth touch of the world:
// "3 before", "3 after".
const crashVariable = "SEMCUT_TEST_CRASH"

// crashMain is semcut with a crash built in.
func crashMain(where string) {
	c := &crasher{}
	if _, err := fmt.Sscanf(where, "%d %s", &c.at, &c.when); err != nil {
		panic(err)
	}
	a := &app{stdio: systemStdio(), Env: withoutSigningKey(os.Getenv), Wait: 20 * time.Millisecond, Pace: time.Nanosecond}
	if c.when == "panic" {
		a.Deps = func(release.Deps) release.Deps { panic("at fault: " + os.Getenv("GITHUB_TOKEN")) }
	}
	if c.at == 0 {
		os.Exit(a.run(context.Background(), os.Args[1:]))
	}
	a.Deps = func(d release.Deps) release.Deps {
		d.Worktree = crashingTree{d.Worktree, c}
		if d.Remote != nil {
			d.Remote = crashingRemote{d.Remote, c}
		}
		d.Runner = crashingRunner{d.Runner, c}
		d.Publishers = slices.Clone(d.Publishers)
		for i, p := range d.Publishers {
			if d.Publishers[i] = (crashingRegistry{p, c}); p.Name() == "github" {
				d.Publishers[i] = crashingPublisher{crashingRegistry{p, c}}
			}
		}
		return d
	}
	os.Exit(a.run(context.Background(), os.Args[1:]))
}

// crashStatus is how a killed process ends in a shell.
const crashStatus = 137

type crasher struct {
	at, touches int
	when        string
}

// touch counts a touch of the world and dies before or after it where its time has come. No deferred call runs.
func (c *crasher) touch(name string, do func() error) error {
	c.touches++
	if c.when == "count" {
		fmt.Fprintln(os.Stderr, "touch: "+name)
	}
	if c.touches == c.at && c.when == "before" {
		os.Exit(crashStatus)
	}
	if c.touches == c.at && c.when == "full" {
		return release.Errorf(release.CodeFile, "make room", "writing: %w", syscall.ENOSPC)
	}
	err := do()
	if c.touches == c.at && c.when == "after" {
		os.Exit(crashStatus)
	}
	return err
}

type crashingTree struct {
	release.Worktree
	*crasher
}

func (t crashingTree) WriteCommit(ctx context.Context, s release.CommitSpec) (hash string, err error) {
	err = t.touch("write commit", func() error { hash, err = t.Worktree.WriteCommit(ctx, s); return err })
	return hash, err
}

func (t crashingTree) WriteTag(ctx context.Context, s release.TagSpec) (hash string, err error) {
	err = t.touch("write tag", func() error { hash, err = t.Worktree.WriteTag(ctx, s); return err })
	return hash, err
}

func (t crashingTree) WriteNote(ctx context.Context, s release.NoteSpec) (hash string, err error) {
	err = t.touch("write note", func() error { hash, err = t.Worktree.WriteNote(ctx, s); return err })
	return hash, err
}

func (t crashingTree) WriteOpen(ctx context.Context, plan []byte, when time.Time) (hash string, err error) {
	err = t.touch("write open release", func() error { hash, err = t.Worktree.WriteOpen(ctx, plan, when); return err })
	return hash, err
}

func (t crashingTree) Restore(ctx context.Context, from, to string, loose bool) error {
	return t.touch("restore files", func() error { return t.Worktree.Restore(ctx, from, to, loose) })
}

func (t crashingTree) UpdateRefs(ctx context.Context, updates []release.RefUpdate) error {
	for _, u := range updates {
		if err := t.touch("move "+u.Name, func() error { return t.Worktree.UpdateRefs(ctx, []release.RefUpdate{u}) }); err != nil {
			return err
		}
	}
	return nil
}

func (t crashingTree) Stage(ctx context.Context, edits []release.Edit) (s release.Staged, err error) {
	err = t.touch("stage files", func() error { s, err = t.Worktree.Stage(ctx, edits); return err })
	return crashingStaged{s, t.crasher}, err
}

type crashingStaged struct {
	release.Staged
	*crasher
}

func (s crashingStaged) Commit() error { return s.touch("rename files", s.Staged.Commit) }

type crashingRemote struct {
	release.Remote
	*crasher
}

func (r crashingRemote) Fetch(ctx context.Context, ref, hash string) error {
	return r.touch("fetch", func() error { return r.Remote.Fetch(ctx, ref, hash) })
}

func (r crashingRemote) Push(ctx context.Context, updates []release.RefUpdate) error {
	return r.touch("push", func() error { return r.Remote.Push(ctx, updates) })
}

// RunHook is a touch of the world as well.
type crashingRunner struct {
	release.HookRunner
	*crasher
}

func (r crashingRunner) RunHook(ctx context.Context, call release.HookCall) (out []byte, err error) {
	err = r.touch("run hook "+string(call.Point), func() error { out, err = r.HookRunner.RunHook(ctx, call); return err })
	return out, err
}

// crashingRegistry is a publisher that tells nobody.
type crashingRegistry struct {
	release.Publisher
	*crasher
}

type crashingPublisher struct{ crashingRegistry }

func (p crashingRegistry) Publish(ctx context.Context, r release.Release, assets []release.Asset) (receipt release.Receipt, err error) {
	err = p.touch("publish", func() error { receipt, err = p.Publisher.Publish(ctx, r, assets); return err })
	return receipt, err
}

func (p crashingPublisher) Announce(ctx context.Context, a release.Announcement) (warnings []string, err error) {
	err = p.touch("announce", func() error { warnings, err = p.Publisher.(release.Announcer).Announce(ctx, a); return err })
	return warnings, err
}

func (p crashingPublisher) CommitOnBranch(ctx context.Context, branch string, spec release.CommitSpec) (hash string, err error) {
	err = p.touch("commit at the forge", func() error {
		hash, err = p.Publisher.(release.Committer).CommitOnBranch(ctx, branch, spec)
		return err
	})
	return hash, err
}

func (p crashingRegistry) Promote(ctx context.Context, r release.Release) (receipt release.Receipt, err error) {
	err = p.touch("promote", func() error { receipt, err = p.Publisher.(release.Promoter).Promote(ctx, r); return err })
	return receipt, err
}

// The days of the first run and of the one after it.
const today, tomorrow = 1767323045, 1767323045 + 24*3600

// TestACrashAnywhereIsFinished kills a release before and after each touch of the world and runs it again a day
// later, in the same clone and in a fresh one. What is there in the end is what an undisturbed run of the first or of
// the second day makes, to the letter, and one more run does nothing.
func TestACrashAnywhereIsFinished(t *testing.T) {
	for _, c := range []struct {
		name    string
		fill    func(*world, *testing.T)
		crashes int // at least
	}{
		{"a release that changes a file", (*world).fill, 20},
		{"a release on a channel", (*world).fillChannel, 20},
		{"a promotion", (*world).fillPromotion, 10},
		{"a semantic-release project", (*world).fillReleaserc, 30},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			crashEverywhere(t, c.fill, c.crashes)
		})
	}
}

func crashEverywhere(t *testing.T, fill func(*world, *testing.T), atLeast int) {
	template := newWorld(t, t.TempDir())
	fill(template, t)
	want := map[string]string{}
	for _, day := range []int{today, tomorrow} {
		s := template.copy(t)
		s.semcut(t, day, "")
		want[s.show(t, true)], want[s.show(t, false)] = strconv.Itoa(day), strconv.Itoa(day)
	}
	crashed := 0
	for at := 1; ; at++ {
		finished := false
		for _, when := range []string{"before", "after"} {
			s := template.copy(t)
			where := fmt.Sprintf("%d %s", at, when)
			if s.run(t, today, where) == 0 {
				finished = true
				continue
			}
			crashed++
			fresh := s.clone(t)
			if crashed%2 == 0 { // half of them in the same clone, half in a new one
				fresh = s
			}
			fresh.semcut(t, tomorrow, where)
			if want[fresh.show(t, fresh == s)] == "" {
				t.Errorf("a crash at touch %s (fresh clone: %v) leaves:\n%s\nwanted is one of:\n%v", where, fresh != s, fresh.show(t, fresh == s), want)
			}
			before := fresh.show(t, true)
			fresh.semcut(t, tomorrow, where)
			if after := fresh.show(t, true); after != before {
				t.Errorf("one more run after the crash at %s changes\n%s\nto\n%s", where, before, after)
			}
		}
		if finished {
			break
		}
	}
	if crashed < atLeast {
		t.Errorf("there were only %d crashes", crashed)
	}
}

// world is a clone with its remote and its forge.
type world struct {
	dir   string
	work  string
	forge *fakegithub.Forge
}

func newWorld(t *testing.T, dir string) *world {
	s := &world{dir: dir, work: "work", forge: fakegithub.New(t, scriptToken)}
	config := "[user]\n\tname = Ada Lovelace\n\temail = ada@example.com\n" +
		"[url \"" + filepath.ToSlash(dir) + "/origin.git\"]\n\tinsteadOf = https://github.com/acme/widget.git\n"
	if err := os.WriteFile(filepath.Join(dir, "gitconfig"), []byte(config), 0o644); err != nil {
		t.Fatal(err)
	}
	return s
}

// fill makes a repository whose next release changes a file.
func (s *world) fill(t *testing.T) {
	s.git(t, ".", "init", "-q", "--bare", "-b", "main", "origin.git")
	s.git(t, ".", "clone", "-q", "https://github.com/acme/widget.git", s.work)
	for _, c := range []struct{ message, text string }{{"feat: first", "# Changelog\n"}, {"fix: second", "# Changelog\n\nAll that is worth knowing.\n"}} {
		if err := os.WriteFile(filepath.Join(s.dir, s.work, "CHANGELOG.md"), []byte(c.text), 0o644); err != nil {
			t.Fatal(err)
		}
		s.git(t, s.work, "add", ".")
		s.git(t, s.work, "commit", "-q", "-m", c.message)
	}
	s.git(t, s.work, "push", "-q", "origin", "HEAD:main")
}

// fillReleaserc makes a repository whose files semantic-release's plugins change: some are committed, others stay in the
// work tree, where one of them had changes before.
func (s *world) fillReleaserc(t *testing.T) {
	s.fill(t)
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(s.dir, s.work, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(".releaserc.json", `{"branches": ["main"], "plugins": ["@semantic-release/commit-analyzer", "@semantic-release/release-notes-generator", "@semantic-release/changelog",
		["@semantic-release/npm", {"npmPublish": false}], ["@semantic-release/exec", {"prepareCmd": "echo ${nextRelease.version} > built.txt"}],
		["@semantic-release/git", {"assets": ["CHANGELOG.md", "package.json", "built.txt"]}], "@semantic-release/github"]}`)
	write("package.json", "{\n  \"name\": \"widget\",\n  \"version\": \"0.0.0\"\n}\n")
	write("package-lock.json", "{\n  \"name\": \"widget\",\n  \"version\": \"0.0.0\"\n}\n")
	s.git(t, s.work, "add", ".")
	s.git(t, s.work, "commit", "-q", "-m", "feat: third")
	s.git(t, s.work, "push", "-q", "origin", "HEAD:main")
	write("package-lock.json", "{\n  \"name\": \"widget\",\n  \"version\": \"0.0.0\",\n  \"requires\": true\n}\n")
}

// fillChannel makes a repository whose next release is on a channel of its own.
func (s *world) fillChannel(t *testing.T) {
	s.fill(t)
	s.git(t, s.work, "push", "-q", "origin", "HEAD:next")
	s.git(t, s.work, "checkout", "-q", "-b", "next")
}

// fillPromotion makes a repository whose next release is one that is promoted.
func (s *world) fillPromotion(t *testing.T) {
	s.fillChannel(t)
	s.semcut(t, today, "")
	s.git(t, s.work, "push", "-q", "origin", "HEAD:main")
	s.git(t, s.work, "checkout", "-q", "-B", "main")
}

// copy makes a second world that is the same so far.
func (s *world) copy(t *testing.T) *world {
	t.Helper()
	c := newWorld(t, t.TempDir())
	for _, dir := range []string{"origin.git", s.work} {
		if err := os.CopyFS(filepath.Join(c.dir, dir), os.DirFS(filepath.Join(s.dir, dir))); err != nil {
			t.Fatal(err)
		}
	}
	for _, r := range s.forge.Releases() {
		c.forge.Add(r)
	}
	return c
}

// clone is the same world seen from a new clone, as the next CI run has it.
func (s *world) clone(t *testing.T) *world {
	t.Helper()
	s.git(t, ".", "clone", "-q", "-b", strings.TrimSpace(s.git(t, s.work, "branch", "--show-current")), "https://github.com/acme/widget.git", "fresh")
	return &world{dir: s.dir, work: "fresh", forge: s.forge}
}

func (s *world) git(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir, cmd.Env = filepath.Join(s.dir, dir), s.env(today, "")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("git %q: %v\n%s", args, err, out)
	}
	return string(out)
}

func (s *world) env(day int, crash string) []string {
	date := strconv.Itoa(today-3600) + " +0000"
	return []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + s.dir, "GIT_CONFIG_GLOBAL=" + filepath.Join(s.dir, "gitconfig"), "GIT_CONFIG_NOSYSTEM=1",
		"GIT_AUTHOR_DATE=" + date, "GIT_COMMITTER_DATE=" + date, "SOURCE_DATE_EPOCH=" + strconv.Itoa(day),
		"GITHUB_API_URL=" + s.forge.URL, "GITHUB_TOKEN=" + scriptToken, crashVariable + "=" + crash, "GORACE=" + noNap,
	}
}

// run types "semcut release --yes", with a crash built in where one is named, and gives the exit status.
func (s *world) run(t *testing.T, day int, crash string) int {
	t.Helper()
	cmd := exec.Command(os.Args[0], "release", "--yes")
	cmd.Dir, cmd.Env = filepath.Join(s.dir, s.work), s.env(day, cmp.Or(crash, "0 never"))
	out, err := cmd.CombinedOutput()
	if status := cmd.ProcessState.ExitCode(); status == 0 || status == crashStatus {
		return status
	}
	t.Fatalf("semcut release, crash %q: %v\n%s", crash, err, out)
	return 1
}

// output types "semcut release --yes" and gives what it says and its exit status.
func (s *world) output(t *testing.T) (string, int) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "release", "--yes", "--quiet")
	cmd.Dir, cmd.Env = filepath.Join(s.dir, s.work), s.env(today, "0 never")
	out, _ := cmd.CombinedOutput()
	return string(out), cmd.ProcessState.ExitCode()
}

// semcut runs it without a crash; after tells which crash went before.
func (s *world) semcut(t *testing.T, day int, after string) {
	t.Helper()
	if status := s.run(t, day, ""); status != 0 {
		t.Fatalf("semcut release after a crash at %q ends with %d", after, status)
	}
}

// show gives everything that can be seen: the remote's refs, the forge's releases and, where it is asked for, this
// clone's refs, files and index.
func (s *world) show(t *testing.T, here bool) string {
	t.Helper()
	var b strings.Builder
	format := "--format=%(refname) %(objecttype) %(objectname)"
	b.WriteString(s.git(t, "origin.git", "for-each-ref", format))
	b.WriteString(s.git(t, "origin.git", "fsck", "--strict", "--no-dangling"))
	for _, r := range s.forge.Releases() {
		fmt.Fprintf(&b, "%s %s draft=%v pre=%v latest=%s %q\n", r.Tag, r.Target, r.Draft, r.Prerelease, r.MakeLatest, r.Body)
	}
	if here {
		b.WriteString(s.git(t, s.work, "for-each-ref", format, "refs/heads", "refs/tags", "refs/semcut", "refs/notes"))
		b.WriteString(s.git(t, s.work, "status", "--porcelain", "--ignored"))
		b.WriteString(s.git(t, s.work, "diff", "HEAD", "--stat"))
	}
	return b.String()
}
