package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// hostileTexts would each leave a file behind, set an output or change the environment if anything took them for more than text.
// TOUCH stands for the command that leaves the file.
var hostileTexts = []string{
	`feat: $(TOUCH)`,
	"feat: `TOUCH`",
	`feat: "; TOUCH; "`,
	`feat: '; TOUCH; '`,
	`feat: "$(TOUCH)"`,
	`feat: '$(TOUCH)'`,
	`feat: a; TOUCH`,
	`feat: a && TOUCH`,
	`feat: a || TOUCH`,
	`feat: a | TOUCH`,
	`feat: a & TOUCH &`,
	"feat: a\n\nTOUCH\n",
	"feat: a\r\n\r\nTOUCH\r\n",
	`feat: a%0ATOUCH`,
	`feat: a%0A::set-output name=version::9.9.9`,
	"feat: a\n\n::set-output name=version::9.9.9",
	"feat: a\n\n::add-path::/evil\n::stop-commands::x",
	"feat: a\n\nBREAKING CHANGE: b\n::set-output name=version::9.9.9\n\n```\n::set-output name=version::9.9.9\n```",
	"feat: `##[set-output name=version]9.9.9` and ##[set-output name=version]9.9.9",
	"feat: a\n\nBREAKING CHANGE: EOF\nversion=9.9.9\nversion<<EOF\n9.9.9\nEOF",
	"feat: a\n\nEOF\nLD_PRELOAD=/evil.so",
	`feat: ${{ github.token }}`,
	`feat: ${{ format('{0}', secrets.GITHUB_TOKEN) }}`,
	"feat: ${{ '\n' }}\n\n${{ toJSON(github) }}",
	`feat: $GITHUB_TOKEN ${GITHUB_TOKEN} %GITHUB_TOKEN%`,
	`feat: >/dev/null <(TOUCH) >(TOUCH)`,
	`feat: $((1+1)) ${x:=$(TOUCH)} !! ~root *`,
	`feat: \"; TOUCH #`,
	`feat: --config=/etc/passwd --help -- -z`,
	"feat: \u202etxt.exe\u202c \u2066$(TOUCH)\u2069",
	"feat: \x1b]0;title\x07\x1b[2J\x08\x08 $(TOUCH)",
	`feat: <img src=x onerror=alert(1)> [a](javascript:TOUCH) @ada`,
	"feat: \U0001f4a5 ʻ ‘$(TOUCH)’ “`TOUCH`”",
}

// armed puts the commands into a text.
func (r *workflowRig) armed(text string) string {
	touch := "touch " + filepath.Join(r.scratch, "executed")
	return strings.ReplaceAll(text, "TOUCH", touch)
}

// unharmed says that no text did anything.
func (r *workflowRig) unharmed(text, log string) {
	r.t.Helper()
	if _, err := os.Stat(filepath.Join(r.scratch, "executed")); err == nil {
		r.t.Fatalf("%q was executed:\n%s", text, log)
	}
	if strings.Contains(log, "set-output:: version=9.9.9") {
		r.t.Errorf("%q set an output:\n%s", text, log)
	}
}

// TestActionHostileMessages releases commits with hostile messages: the notes go through outputs, whole.
func TestActionHostileMessages(t *testing.T) {
	t.Parallel()
	r := newWorkflow(t, releaseWorkflow)
	for _, text := range hostileTexts {
		r.repo.Commit(r.armed(text))
	}
	r.push()
	log, ok := r.act("push", nil)
	r.unharmed("one of the messages", log)
	if !ok {
		t.Fatal(log)
	}
	got := r.outputs("outputs")
	head := r.repo.Git("rev-parse", "HEAD")
	expect(t, got, map[string]string{
		"released": "true", "due": "true", "version": "1.0.0", "tag": "v1.0.0", "bump": "major", "major": "1", "minor": "0", "patch": "0",
		"sha": head, "url": "https://github.com/acme/widget/releases/tag/v1.0.0",
	})
	rels := r.forge.Releases()
	if len(rels) != 1 || rels[0].Body != got["notes"] || strings.Count(got["notes"], "\n* ") < len(hostileTexts) {
		t.Errorf("the forge has %+v, the notes are\n%s", rels, got["notes"])
	}
}

// TestActionHostileBranches runs jobs for branches with hostile names.
func TestActionHostileBranches(t *testing.T) {
	t.Parallel()
	r := newWorkflow(t, releaseWorkflow)
	for _, text := range hostileTexts {
		name := branchName(r.armed(text))
		if _, err := r.repo.Try("check-ref-format", "--branch", name); err != nil {
			t.Errorf("%q is no name of a branch", name)
			continue
		}
		r.repo.Git("branch", "-M", name)
		log, ok := r.act("push", map[string]any{"ref": "refs/heads/" + name})
		r.unharmed(name, log)
		got := r.outputs("outputs")
		if !ok || got["released"] != "false" || got["due"] != "false" || got["version"] != "" || got["binary"] == "" {
			t.Errorf("branch %q: the outputs are %v\n%s", name, got, log)
		}
		if !strings.Contains(log, "nothing is released here: no releases are made from branch ") {
			t.Errorf("branch %q:\n%s", name, log)
		}
	}
}

// branchName makes of a text what git takes for a name, with as much of its harm as can be.
func branchName(text string) string {
	name := strings.NewReplacer(" ", "${IFS}", "\n", ";", "\r", "", "~", "", "^", "", ":", ";", "?", "", "*", "", "[", "(", "\\", "'",
		"//", "/", "..", ".", "@{", "@", "\x1b", "", "\x07", "", "\x08", "").Replace(text)
	return strings.TrimRight(strings.ReplaceAll(name, "//", "/"), "/.;")
}

const titleWorkflow = `
on: pull_request
jobs:
  lint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v6
      - uses: ./
        continue-on-error: true
        with: {version: 1.2.3, command: lint, args: '--title "${{ github.event.pull_request.title }}" ${{ github.head_ref }}'}
      - run: semcut lint || true
      - run: semcut lint --format json --title "$TITLE" >"$SEEN/title" || true
        env: {TITLE: "${{ github.event.pull_request.title }}"}
      - uses: ./
        id: release
        with: {version: 1.2.3}
      - run: printf '%s' "$OUTPUTS" >"$SEEN/outputs"
        env: {OUTPUTS: "${{ toJSON(steps.release.outputs) }}"}
`

// TestActionHostileTitles lints pull requests with hostile titles, branches and commits, also where a workflow puts them
// into the arguments as it shouldn't.
func TestActionHostileTitles(t *testing.T) {
	t.Parallel()
	r := newWorkflow(t, titleWorkflow)
	base := r.repo.Git("rev-parse", "HEAD")
	for n, text := range hostileTexts {
		text = r.armed(text)
		head := r.repo.Commit(text)
		log, ok := r.act("pull_request", map[string]any{"number": n, "pull_request": map[string]any{
			"title": text, "base": map[string]any{"sha": base, "ref": "main"}, "head": map[string]any{"sha": head, "ref": branchName(text)},
		}})
		r.unharmed(text, log)
		if !ok {
			t.Fatalf("%q:\n%s", text, log)
		}
		if title := lintedInput(t, r.seen("title")); title != text {
			t.Errorf("the title %q was linted as %q", text, title)
		}
		if got := r.outputs("outputs"); got["released"] != "false" || got["version"] != "" {
			t.Errorf("%q: the outputs are %v", text, got)
		}
		base = head
	}
}

func lintedInput(t *testing.T, document string) string {
	t.Helper()
	var d struct{ Results []struct{ Input string } }
	if err := json.Unmarshal([]byte(document), &d); err != nil || len(d.Results) != 1 {
		t.Fatalf("%v: %s", err, document)
	}
	return d.Results[0].Input
}

const lintWorkflow = `
on: pull_request
jobs:
  lint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v6
        with: {fetch-depth: 0}
      - uses: ./
        with: {version: 1.2.3, command: lint}
`

// TestActionLints makes a job red for a bad message and green for a good one.
func TestActionLints(t *testing.T) {
	r := newWorkflow(t, lintWorkflow)
	base := r.repo.Git("rev-parse", "HEAD")
	for _, tt := range []struct {
		message string
		ok      bool
	}{{"feat: greet", true}, {"Broken message.", false}} {
		head := r.repo.Commit(tt.message)
		log, ok := r.act("pull_request", map[string]any{"pull_request": map[string]any{
			"title": "feat: greet", "base": map[string]any{"sha": base}, "head": map[string]any{"sha": head},
		}})
		if ok != tt.ok || strings.Contains(log, "type-empty") == tt.ok {
			t.Errorf("%q: ok is %v\n%s", tt.message, ok, log)
		}
	}
}

const sourceWorkflow = `
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v6
      - uses: ./
        with: {version: source, command: version}
      - run: semcut version >"$SEEN/version"
`

// TestActionBuildsSource lets the action build the checkout that it is in.
func TestActionBuildsSource(t *testing.T) {
	t.Parallel()
	r := newWorkflow(t, sourceWorkflow)
	files, err := exec.Command("git", "-C", "../..", "ls-files", "-z", "--", ".", ":!.*", ":!action.yml", ":!*/testdata/*").Output()
	if err != nil {
		t.Fatal(err)
	}
	for name := range strings.SplitSeq(strings.TrimRight(string(files), "\x00"), "\x00") {
		data, err := os.ReadFile(filepath.Join("../..", name))
		if err != nil {
			t.Fatal(err)
		}
		r.repo.Write(name, string(data))
	}
	r.repo.Commit("chore: add the source")
	if log, ok := r.act("push", nil); !ok {
		t.Fatal(log)
	}
	if version := r.seen("version"); !strings.HasPrefix(version, "semcut ") {
		t.Errorf("what was built says %q", version)
	}
	if asked := r.downloads.taken(); asked != "" {
		t.Errorf("it downloaded %q", asked)
	}
}
