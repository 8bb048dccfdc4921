package changelog

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/semcut/semcut/commitparse"
)

var update = flag.Bool("update", false, "write the notes of the golden tests to testdata")

// A story is a history, newest first and one message a commit, with what is asked of its notes. The notes in both
// layouts are testdata/NAME.LAYOUT.md.
type story struct {
	name     string
	options  Options
	messages []string
}

var pot = LinksFor("https://github.com/ann/pot.git")

func release(version string, links Links) Options {
	return Options{Links: links, Release: Release{
		Version: version, Tag: "v" + version, PreviousTag: "v1.2.3",
		Date: time.Date(2026, 11, 22, 23, 30, 0, 0, time.FixedZone("", -3600)), // already the 23rd in UTC
	}}
}

// with gives options that change changed.
func with(o Options, change func(*Options)) Options {
	change(&o)
	return o
}

var everyType = []string{
	"feat: a", "feature: b", "fix: c", "perf: d", "revert: e", "docs: f", "style: g", "chore: h", "refactor: i", "test: j",
	"build: k", "ci: l", "odd: m", "FEAT: n", "Fix: o", "no type",
}

var stories = []story{
	{"minor", release("1.3.0", pot), []string{"feat(lid): a handle (#12)", "fix: boil over\n\nCloses #7", "docs: how to boil"}},
	{"patch", release("1.2.4", pot), []string{"fix: boil over"}},
	{"prerelease", release("2.0.1-beta.1", pot), []string{"fix: boil over"}},
	{"first", with(release("1.0.0", pot), func(o *Options) { o.PreviousTag = "" }), []string{"feat: a lid"}},
	{"nothing", release("1.3.0", pot), []string{"docs: how to boil", "chore: scrub"}},
	{"types", release("1.3.0", pot), everyType},
	{"types-breaking", release("2.0.0", pot), breaking(everyType)},
	{"breaking", release("2.0.0", pot), []string{
		"feat(lid)!: no handle", "fix(pan): grow\n\nBREAKING CHANGE: it is\n\n  - wider\n  - deeper, @ann says in #4\nsee #5\nlost",
		"chore!: scrub\n\nBREAKING CHANGE: first\nBREAKING-CHANGE: second",
	}},
	{"untitled", release("2.0.0", pot), []string{"feat: a lid", "no type\n\nBREAKING CHANGE: no lid", "odd: b\n\nBREAKING CHANGE: c", ": d\n\nBREAKING CHANGE: e"}},
	{"scopes", release("1.3.0", pot), []string{"feat(*): all of it", "feat(): none", "feat: banana", "feat(b): a", "feat(B): b", "feat(a)(b): c", "feat(*): a"}},
	{"references", release("1.3.0", pot), []string{
		"fix: a #1 (#2)\n\nCloses #1, fixes bob/pan#3 and pan#4", "fix: b\n\nRefs #5", "feat: c\n\ncloses gh-6, resolving #7", "fix: #abc, a#b, ##8 and #9.",
		"fix: d (bob/pan#10)\n\nfixes #10",
	}},
	{"users", release("1.3.0", pot), []string{"fix: thank @ann, @bob-2 and ann@bob", "fix: keep `@ann` and @ann/pot", "fix: not @-ann, @Ann or @a--b", "fix: an odd ` and @ann"}},
	{"reverts", release("1.3.0", pot), []string{
		"Revert \"feat: gone\"\n\nThis reverts commit bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb.", "feat: gone",
		"Revert \"feat: an old lid\"\n\nThis reverts commit 0123456789abcdef0123456789abcdef01234567.", "revert: feat: by hand", "feat: a lid",
	}},
	{"release-as", release("1.3.0", pot), []string{"chore: a\n\nRelease-As: 1.3.0", "chore: b\n\nrelease-as:\npot@1.3.0", "chore: c\n\nRelease-As: 13", "chore: Release-As: 1.3.0"}},
	{"texts", release("1.3.0", pot), []string{"fix: <b> & \"c\" {{d}} *e* \\f", "fix: \u2028", "fix:  two blanks ", "\r\n  fix: trimmed \n", "", "  ", "fix: größe 鍋 🍲"}},
	{"unlinked", with(release("1.3.0", pot), func(o *Options) { o.LinkCompare, o.LinkReferences = new(bool), new(bool) }),
		[]string{"feat(lid): a handle (#12)\n\ncloses bob/pan#4", "fix: boil over\n\nBREAKING CHANGE: cold"}},
	{"compared-anyway", with(release("1.0.0", pot), func(o *Options) { yes := true; o.LinkCompare, o.PreviousTag = &yes, "" }), []string{"feat: a lid"}},
	{"no-repository", release("1.3.0", Links{}), []string{"feat(lid): a handle (#12), by @ann\n\ncloses bob/pan#4"}},
	{"gitlab", release("1.3.0", LinksFor("git@gitlab.com:ann/kitchen/pot.git")), []string{"feat: a lid (#1)\n\nclosing #2, resolves #3 and bob/pan#4"}},
	{"bitbucket", release("1.3.0", LinksFor("https://bitbucket.org/ann/pot")), []string{"feat: a lid (#1)\n\nfixing #3"}},
	{"self-hosted", release("1.3.0", LinksFor("https://ann:secret@git.pot.example:8443/ann/pot.git")), []string{"feat: a lid (#1), by @bob\n\nresolving #3 and gh-4"}},
	{"preset-types", with(release("1.3.0", pot), func(o *Options) {
		o.Preset.Types = []Type{{Type: "fix", Scope: "lid", Section: "Lids"}, {Type: "fix", Hidden: true}, {Type: "docs", Section: "Books"}, {Type: "feat", Section: "New"}}
	}), []string{"feat: a", "docs: b", "fix: c", "fix(lid): d", "FIX(lid): e", "perf: f", "perf!: g", "fix!: h"}},
	{"preset-links", with(release("1.3.0", pot), func(o *Options) {
		o.Preset.IssuePrefixes = []string{"POT-", "#"}
		o.Preset.IssueURLFormat = "https://issues.example/{{prefix}}{{id}}?in={{repository}}"
		o.Preset.CommitURLFormat = "{{host}}/c/{{hash}}"
		o.Preset.CompareURLFormat = "{{host}}/{{owner}}/{{repository}}/{{previousTag}}..{{currentTag}}"
		o.Preset.UserURLFormat = "{{host}}/u/{{user}}"
	}), []string{"feat: a (POT-1) (#2)\n\nfixes POT-3, bob/pan#4", "fix: b, by @ann"}},
	{"preset-scope", with(release("1.3.0", pot), func(o *Options) { o.Preset.Scope = []string{"lid"} }), []string{"feat: a", "feat(lid): b", "feat(pan): c", "feat(pan,lid): d"}},
	{"preset-scope-only", with(release("1.3.0", pot), func(o *Options) { o.Preset.Scope, o.Preset.ScopeOnly = []string{"lid"}, true }), []string{"feat: a", "feat(lid): b", "feat(pan)!: c"}},
	{"ignored-commits", with(release("1.3.0", pot), func(o *Options) { o.Preset.IgnoreCommits = `^feat: a$|(?m)^Skip: notes$` }), []string{"feat: a", "feat: ab", "fix: b\n\nSkip: notes", "fix: c [skip release]"}},
	{"ignored-unreadable", with(release("1.3.0", pot), func(o *Options) { o.Preset.IgnoreCommits = `(?=feat)` }), []string{"feat: a"}},
}

// breaking gives messages a breaking note.
func breaking(messages []string) []string {
	var all []string
	for _, m := range messages {
		all = append(all, m+"\n\nBREAKING CHANGE: of "+m)
	}
	return all
}

// history makes commits of messages: the hash of the first is forty times a, and so on.
func history(messages []string) []commitparse.Commit {
	var commits []commitparse.Commit
	for i, m := range messages {
		hash := strings.Repeat(string(rune('a'+i)), 40)
		commits = append(commits, commitparse.Commit{Hash: hash, Message: commitparse.Message{Raw: m}})
	}
	return commits
}

func TestNotes(t *testing.T) {
	for _, s := range stories {
		for _, layout := range []string{"angular", "conventionalcommits"} {
			name := s.name + "." + layout
			t.Run(name, func(t *testing.T) {
				o := s.options
				o.Layout = layout
				compareGolden(t, name, write(t, history(s.messages), o))
			})
		}
	}
}

func compareGolden(t *testing.T, name, got string) {
	file := filepath.Join("testdata", name+".md")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the notes differ from %s (-update writes it anew):\n%s", file, got)
	}
}

func TestEveryGoldenFileHasItsStory(t *testing.T) {
	files, err := filepath.Glob("testdata/*.md")
	if want := len(stories)*2 + len(ownStories)*len(ownLayouts); err != nil || len(files) != want {
		t.Errorf("testdata has %d files, %d are used, %v", len(files), want, err)
	}
}

// write renders notes that can't fail.
func write(tb testing.TB, commits []commitparse.Commit, o Options) string {
	tb.Helper()
	text, err := Render(commits, o)
	if err != nil {
		tb.Fatal(err)
	}
	return text
}

// describe gives what a layout of semantic-release makes its text from.
func describe(commits []commitparse.Commit, o Options) exactNotes {
	return layoutOf(&o).exact.build(&o, commits)
}
