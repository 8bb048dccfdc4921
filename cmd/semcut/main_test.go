package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/semcut/semcut/internal/fakegithub"
	"github.com/semcut/semcut/internal/gittest"
)

var update = flag.Bool("u", false, "write what was seen into the scripts")

// noNap is the GORACE of every semcut that a test starts: under the race detector each would else sleep for a
// second when it ends, and tests start thousands.
const noNap = "atexit_sleep_ms=10"

func TestMain(m *testing.M) {
	if where := os.Getenv(crashVariable); where != "" {
		crashMain(where)
	}
	_ = os.Setenv("GORACE", noNap)
	testscript.Main(m, map[string]func(){"semcut": hurried})
}

// hurried is semcut's main but for its pauses.
func hurried() { os.Exit(launch(&app{Wait: 10 * time.Millisecond, Pace: time.Nanosecond})) }

// scriptToken is the token that the forge of every script takes. No script may ever see it.
const scriptToken = "ghp_canary0123456789abcdef"

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script", UpdateScripts: *update, RequireExplicitExec: true, Setup: setup,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"commit": cmdCommit, "forge": cmdForge, "snapshot": cmdSnapshot, "origin": cmdOrigin, "bytes": cmdBytes, "disk": cmdDisk,
			"counterpart": cmdCounterpart, "signers": cmdSigners, "gpghome": cmdGPGHome, "serve": cmdServe,
		},
		Condition: func(name string) (bool, error) {
			if name == "mount" {
				return mayMount(), nil
			}
			return false, fmt.Errorf("unknown condition %q", name)
		},
	})
}

// script is what one running script has beside its files.
type script struct {
	t     testing.TB
	forge *fakegithub.Forge
	clock int64
}

type scriptKey struct{}

// setup gives a script an own home, an own forge, and git without anybody's configuration.
func setup(env *testscript.Env) error {
	t, ok := env.T().(testing.TB)
	if !ok {
		return fmt.Errorf("the script runs in no test")
	}
	s := &script{t: t, forge: fakegithub.New(t, scriptToken), clock: 1_750_000_000}
	env.Values[scriptKey{}] = s
	home := filepath.Join(env.WorkDir, ".home")
	config := "[user]\n\tname = Ada Lovelace\n\temail = ada@example.com\n[init]\n\tdefaultBranch = main\n[protocol \"file\"]\n\tallow = always\n" +
		"[url \"" + filepath.ToSlash(env.WorkDir) + "/origin.git\"]\n\tinsteadOf = https://github.com/acme/widget.git\n"
	if err := os.MkdirAll(home, 0o755); err != nil {
		return err
	}
	env.Setenv("HOME", home)
	env.Setenv("GORACE", noNap)
	env.Setenv("XDG_CACHE_HOME", filepath.Join(home, "cache"))
	env.Setenv("GIT_CONFIG_GLOBAL", filepath.Join(home, ".gitconfig"))
	env.Setenv("GIT_CONFIG_NOSYSTEM", "1")
	env.Setenv("GIT_TERMINAL_PROMPT", "0")
	env.Setenv("TZ", "UTC")
	env.Setenv("SEMCUT_OBJECT_READER", os.Getenv("SEMCUT_OBJECT_READER")) // .ci/run runs all with each reader
	env.Setenv("SOURCE_DATE_EPOCH", "1767323045")                         // 2026-01-02
	env.Setenv("GITHUB_API_URL", s.forge.URL)
	env.Setenv("GITHUB_TOKEN", scriptToken)
	return os.WriteFile(filepath.Join(home, ".gitconfig"), []byte(config), 0o644)
}

func state(ts *testscript.TestScript) *script { return ts.Value(scriptKey{}).(*script) }

func git(ts *testscript.TestScript, args ...string) {
	ts.Check(ts.Exec("git", args...))
}

// cmdOrigin makes the bare repository origin.git, and in the current folder a clone of it whose remote is
// written https://github.com/acme/widget.git. "origin plain" leaves its path as the remote.
func cmdOrigin(ts *testscript.TestScript, _ bool, args []string) {
	bare := ts.MkAbs(filepath.Join(ts.Getenv("WORK"), "origin.git"))
	git(ts, "init", "-q", "--bare", "-b", "main", bare)
	forge := state(ts).forge
	forge.Change(func() { forge.Git = bare })
	git(ts, "init", "-q", "-b", "main", ".")
	url := "https://github.com/acme/widget.git"
	if slices.Contains(args, "plain") {
		url = bare
	}
	git(ts, "remote", "add", "origin", url)
}

// cmdServe serves origin.git over http from here on: serve. Who may push is for its http.receivepack to say.
func cmdServe(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 0 {
		ts.Fatalf("usage: serve")
	}
	server := gittest.Serve(state(ts).t, ts.Getenv("WORK"), false)
	git(ts, "config", "--global", "--remove-section", "url."+filepath.ToSlash(ts.MkAbs(filepath.Join(ts.Getenv("WORK"), "origin.git"))))
	git(ts, "config", "--global", "url."+server.URL+"/origin.git.insteadOf", "https://github.com/acme/widget.git")
	ts.Setenv("GITHUB_SERVER_URL", server.URL)
}

// cmdCommit commits with a fixed date, a minute after the last one: commit MESSAGE [FILE …]. \n in the message is a
// line end. Without files the commit is empty.
func cmdCommit(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: commit MESSAGE [FILE ...]")
	}
	s := state(ts)
	s.clock += 60
	for _, file := range args[1:] {
		git(ts, "add", file)
	}
	date := strconv.FormatInt(s.clock, 10) + " +0000"
	cmd := exec.Command("git", "commit", "-q", "--allow-empty", "--no-gpg-sign", "--cleanup=verbatim", "-m", strings.ReplaceAll(args[0], `\n`, "\n"))
	cmd.Dir = ts.MkAbs(".")
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+ts.Getenv("GIT_CONFIG_GLOBAL"), "GIT_CONFIG_NOSYSTEM=1",
		"GIT_AUTHOR_DATE="+date, "GIT_COMMITTER_DATE="+date)
	out, err := cmd.CombinedOutput()
	if err != nil {
		ts.Fatalf("git commit: %v\n%s", err, out)
	}
}

// cmdForge talks to the forge: forge log FILE, forge releases FILE, forge fail METHOD PATH STATUS [after].
func cmdForge(ts *testscript.TestScript, _ bool, args []string) {
	forge := state(ts).forge
	switch {
	case len(args) == 2 && args[0] == "log":
		var b strings.Builder
		for _, r := range forge.Log() {
			fmt.Fprintf(&b, "%d %s %s %s\n", r.Status, r.Method, r.Path, r.Body)
		}
		ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(b.String()), 0o644))
	case len(args) == 2 && args[0] == "releases":
		data, err := json.MarshalIndent(forge.Releases(), "", "  ")
		ts.Check(err)
		ts.Check(os.WriteFile(ts.MkAbs(args[1]), append(data, '\n'), 0o644))
	case len(args) >= 4 && args[0] == "fail":
		status, err := strconv.Atoi(args[3])
		ts.Check(err)
		forge.Fail(fakegithub.Fault{Method: args[1], Path: args[2], Status: status, After: slices.Contains(args, "after"), Times: 99})
	case len(args) == 4 && args[0] == "know":
		number, err := strconv.Atoi(args[3])
		ts.Check(err)
		forge.Know(revision(ts, args[1]), fakegithub.Commit{Login: args[2], PullRequest: number})
	case len(args) == 3 && args[0] == "issue":
		number, err := strconv.Atoi(args[1])
		ts.Check(err)
		forge.AddIssue(fakegithub.Issue{Number: number, Title: args[2]})
	case len(args) == 3 && args[0] == "pull":
		number, err := strconv.Atoi(args[1])
		ts.Check(err)
		forge.AddPull(fakegithub.Issue{Number: number, Title: "A pull request"}, fakegithub.Pull{Merged: true, Commits: []string{revision(ts, args[2])}})
	case len(args) == 4 && args[0] == "pull": // with a comment of somebody's
		number, err := strconv.Atoi(args[1])
		ts.Check(err)
		said := []fakegithub.Comment{{ID: 1, Author: "somebody", Body: args[3]}}
		forge.AddPull(fakegithub.Issue{Number: number, Title: "A pull request", Comments: said}, fakegithub.Pull{Commits: []string{revision(ts, args[2])}})
	case len(args) == 3 && args[0] == "run": // a run of GitHub Actions: its number and status
		number, err := strconv.ParseInt(args[1], 10, 64)
		ts.Check(err)
		forge.Change(func() { forge.Runs = map[int64]fakegithub.Run{number: {Status: args[2], Attempt: 1}} })
	case len(args) == 2 && args[0] == "issues":
		ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(showIssues(forge.Issues())), 0o644))
	case len(args) == 3 && args[0] == "asset": // somebody puts other bytes into an asset
		data, err := strconv.Unquote(`"` + args[2] + `"`)
		ts.Check(err)
		forge.Overwrite(args[1], data)
	case len(args) == 1 && args[0] == "mend":
		forge.Mend()
	default:
		ts.Fatalf("usage: forge log|releases FILE, forge fail METHOD PATH STATUS [after], forge know REV LOGIN NUMBER, forge issue NUMBER TITLE, forge pull NUMBER REV [COMMENT], forge issues FILE, forge run NUMBER STATUS, forge asset NAME BYTES, forge mend")
	}
}

func revision(ts *testscript.TestScript, rev string) string {
	out, err := exec.Command("git", "-C", ts.MkAbs("."), "rev-parse", rev).Output()
	ts.Check(err)
	return strings.TrimSpace(string(out))
}

func showIssues(issues []fakegithub.Issue) string {
	var b strings.Builder
	for _, i := range issues {
		fmt.Fprintf(&b, "#%d %s %s labels=%v assignees=%v\n%s\n", i.Number, i.State, i.Title, i.Labels, i.Assignees, i.Body)
		for _, c := range i.Comments {
			fmt.Fprintf(&b, "-- %s: %s\n", c.Author, c.Body)
		}
	}
	return b.String()
}

// cmdSnapshot writes down everything below a folder, file contents and times included: snapshot DIR FILE.
func cmdSnapshot(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: snapshot DIR FILE")
	}
	var b strings.Builder
	seen := gittest.Snap(state(ts).t, ts.MkAbs(args[0]))
	for _, path := range slices.Sorted(maps.Keys(seen)) {
		fmt.Fprintf(&b, "%s %s\n", path, seen[path])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(b.String()), 0o644))
}

// cmdBytes makes a file of N times the same text: bytes FILE N TEXT, with Go's escapes in TEXT.
func cmdBytes(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: bytes FILE N TEXT")
	}
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	text, err := strconv.Unquote(`"` + args[2] + `"`)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Repeat(text, n)), 0o644))
}

// cmdDisk makes a small disk: disk DIR SIZE.
func cmdDisk(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: disk DIR SIZE")
	}
	unmount, err := mountDisk(ts.MkAbs(args[0]), args[1])
	ts.Check(err)
	ts.Defer(unmount)
}

// cmdCounterpart skips the script where a program is missing, or fails it with SEMCUT_INTEGRATION: counterpart PROGRAM.
func cmdCounterpart(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: counterpart PROGRAM")
	}
	gittest.Counterpart(state(ts).t, args[0])
}

// cmdSigners makes git take the ssh keys of .pub files for everybody's: signers FILE.pub ….
func cmdSigners(ts *testscript.TestScript, _ bool, args []string) {
	var files []string
	for _, name := range args {
		files = append(files, ts.MkAbs(name))
	}
	allowed := filepath.Join(ts.Getenv("HOME"), "allowed_signers")
	gittest.AllowedSigners(state(ts).t, allowed, files...)
	git(ts, "config", "--global", "gpg.ssh.allowedSignersFile", allowed)
}

// cmdGPGHome gives the script a GnuPG home with a key, and leaves the private key, locked, in a file: gpghome USER PASSPHRASE FILE.
func cmdGPGHome(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: gpghome USER PASSPHRASE FILE")
	}
	gpg := gittest.NewGPG(state(ts).t)
	gpg.NewKey(args[0], "ed25519", args[1])
	ts.Setenv("GNUPGHOME", gpg.Home)
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), []byte(gpg.Export(args[0], args[1])), 0o600))
}
