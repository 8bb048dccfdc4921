package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/semcut/semcut/internal/gittest"
)

// peer is a tool that is really there, with a configuration of it.
type peer struct {
	tool, name string
	files      map[string]string
	tag        string // what its tags begin with
}

// peers are the tools that npm installs; SEMCUT_PEERS is the folder with their node_modules. svu, cocogitto and commitizen come from
// elsewhere: they are asked where they are on the PATH.
var peers = []peer{
	{"git-cliff", "the defaults", map[string]string{"cliff.toml": "[git]\n"}, "v"},
	{"git-cliff", "without a section for git", map[string]string{"cliff.toml": "[bump]\nbreaking_always_bump_major = false\n"}, "v"},
	{"git-cliff", "0.x stays, parsers skip", map[string]string{"cliff.toml": `
[bump]
features_always_bump_minor = false
breaking_always_bump_major = false
[git]
commit_parsers = [
  { message = "^feat", group = "Features" },
  { message = "^fix\\(api\\)", group = "API" },
  { message = "^fix", skip = true },
  { message = "^chore\\(deps.*\\)", skip = true },
  { message = "^(docs|style)", skip = true },
]
`}, "v"},
	{"git-cliff", "only what a parser takes", map[string]string{"cliff.toml": `
[bump]
custom_minor_increment_regex = "perf|refactor"
[git]
filter_commits = true
protect_breaking_commits = true
commit_parsers = [{ message = "^feat" }, { message = "^perf:", group = "Faster" }, { message = "^chore", skip = true }]
`}, ""},
	{"standard-version", "the defaults", map[string]string{".versionrc": "{}\n"}, "v"},
	{"commit-and-tag-version", "types, and tags without a v", map[string]string{".versionrc.json": `{"tagPrefix": "", "types": [{"type": "feat", "section": "New"}]}`}, ""},
	{"release-it", "conventionalcommits", map[string]string{".release-it.json": `{"npm": false, "plugins": {"@release-it/conventional-changelog": {"preset": {"name": "conventionalcommits"}}}}`}, "v"},
	{"svu", "0.x stays", map[string]string{".svu.yml": "v0: true\n"}, "v"},
	{"svu", "always", map[string]string{".svu.yml": "always: true\n"}, "v"},
	{"cocogitto", "types", map[string]string{"cog.toml": "tag_prefix = \"v\"\n[commit_types]\ndocs = { changelog_title = \"Docs\", bump_patch = true }\n"}, "v"},
	{"commitizen", "semver", map[string]string{".cz.toml": "[tool.commitizen]\ntag_format = \"v$version\"\nversion_scheme = \"semver\"\nversion_provider = \"scm\"\n"}, "v"},
}

// peerMessages are what histories are made of; those on which the tools differ by design stand in
// docs/coming-from-other-tools.md.
var peerMessages = []string{
	"feat: a", "feat(api): b", "fix: c", "fix(api): d", "perf: e", "docs: f", "chore: g", "chore(deps): h", "chore(deps-dev): i", "refactor: j", "style: k",
	"feat!: l", "fix(api)!: m", "feat: n\n\nBREAKING CHANGE: o", "chore!: p", "ci: q", "test: r", "build(x): s", "feature: t", "no convention", "chore(release): prepare for it", "security: u", "FIX: v",
}

// TestTranslationsDecideAsTheirTools: on generated histories the translation and the tool itself name the same next version.
func TestTranslationsDecideAsTheirTools(t *testing.T) {
	if os.Getenv("SEMCUT_INTEGRATION") == "" {
		t.Skip("runs the real tools; set SEMCUT_INTEGRATION=1")
	}
	modules := os.Getenv("SEMCUT_PEERS")
	if modules == "" {
		t.Fatal("SEMCUT_PEERS names no folder with the tools' node_modules")
	}
	bin, err := filepath.Abs(filepath.Join(modules, "node_modules", ".bin"))
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	const histories = 30
	for _, p := range peers {
		t.Run(p.tool+", "+p.name, func(t *testing.T) {
			if _, err := findOld(t.TempDir(), oldTools[p.tool].program); err != nil {
				if _, npm := os.Stat(filepath.Join(modules, "node_modules", p.tool)); npm == nil {
					t.Fatal(err)
				}
				t.Skip(err)
			}
			for seed := range uint64(histories) {
				p.compare(t, modules, seed)
			}
		})
	}
}

// compare makes one history and asks both.
func (p peer) compare(t *testing.T, modules string, seed uint64) {
	t.Helper()
	rng := rand.New(rand.NewPCG(seed, 1))
	r := gittest.New(t)
	for name, text := range p.files {
		r.Write(name, text)
	}
	last := []string{"0.4.2", "1.2.3"}[rng.IntN(2)]
	r.Write("package.json", `{"name": "widget", "version": "`+last+`"}`)
	if p.tool == "release-it" { // it looks for its plugins beside the configuration
		if err := os.Symlink(filepath.Join(modules, "node_modules"), filepath.Join(r.Dir, "node_modules")); err != nil {
			t.Fatal(err)
		}
		r.Write(".gitignore", "node_modules\n")
	}
	r.Git("add", ".")
	r.Commit("chore: begin")
	r.Git("tag", p.tag+last)
	var story []string
	for range 1 + rng.IntN(4) {
		story = append(story, peerMessages[rng.IntN(len(peerMessages))])
		r.Commit(story[len(story)-1])
	}
	cmd := exec.Command("semcut", "init", "--from", p.tool, "--run-old", "--json", "--dry-run", "--no-hook", "--no-workflow")
	cmd.Dir = r.Dir
	out, err := cmd.Output()
	var document struct{ From struct{ Next nextRow } }
	if failed := json.Unmarshal(out, &document); failed != nil {
		t.Fatalf("%v: %v\n%s", err, failed, out)
	}
	if n := document.From.Next; n.Agrees == nil || !*n.Agrees {
		t.Errorf("history %d, after %s: %s", seed, strings.TrimSpace(r.Git("describe", "--tags", "--abbrev=0")), fmt.Sprintf("%+v", n))
		t.Log(strings.Join(story, " | "))
	}
}
