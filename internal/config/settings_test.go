package config

import (
	"fmt"
	"io/fs"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"github.com/semcut/semcut/release"
)

// inForce are the settings that somebody wrote or that are other than usual, one line each.
func inForce(c *Config) string {
	var b strings.Builder
	for _, s := range c.Settings() {
		if !s.Usual {
			fmt.Fprintf(&b, "%s = %s <- %s\n", s.Key, Translated{Value: s.Value}.YAMLOf(), s.Origin)
		}
	}
	return b.String()
}

// TestOrigins: where each value was written, in each kind of place.
func TestOrigins(t *testing.T) {
	tests := []struct{ name, file, text, want string }{
		{"keys, groups and lists", ".semcut.yaml", "tagFormat: r${version}\ngithub:\n  draft: true\nchangelog: false\nbranches:\n  - main\n  - {name: next, channel: false}\n", `
			tagFormat = r${version} <- .semcut.yaml:1:12
			branches = [main, {name: next, channel: false}] <- .semcut.yaml:6:3
			changelog.file = false <- .semcut.yaml:4:12
			github = true <- .semcut.yaml:3:3
			github.draft = true <- .semcut.yaml:3:10`},
		{"as the default", ".semcut.yaml", "deepen: auto\n", "deepen = auto <- .semcut.yaml:1:9"},
		{"package.json", "package.json", `{"semcut": {"tag": {"annotated": false}}}`, "tag.annotated = false <- package.json:1:34"},
		{"TOML", ".semcut.toml", "[notes]\nlayout = \"github\"\n", "notes.layout = github <- .semcut.toml:2:1"},
		{"npm decides the version files", ".semcut.yaml", "npm: true\n", `
			versionFiles = [package.json, package-lock.json, npm-shrinkwrap.json] <- .semcut.yaml:1:6
			npm = true <- .semcut.yaml:1:6`},
		{"semantic-release", ".releaserc.json", `{"branches": ["main"], "tagFormat": "${version}", "preset": "conventionalcommits", "plugins": [
 "@semantic-release/commit-analyzer",
 "@semantic-release/release-notes-generator",
 ["@semantic-release/changelog", {"changelogFile": "NEWS.md"}],
 ["@semantic-release/exec", {"prepareCmd": "make ${nextRelease.version}"}],
 ["@semantic-release/github", {"releaseNameTemplate": "<%= nextRelease.name.toUpperCase() %>", "successCommentCondition": false}]]}`, `
			preset = conventionalcommits <- .releaserc.json:1:61
			tagFormat = ${version} <- .releaserc.json:1:37
			branches = [main] <- .releaserc.json:1:14
			notes.layout = conventionalcommits <- .releaserc.json:1:61
			changelog.file = NEWS.md <- .releaserc.json:4:52
			changelog.title = "" <- semantic-release's default
			commit.author = semantic-release-bot <semantic-release-bot@martynus.net> <- semantic-release's default
			tag.annotated = false <- semantic-release's default
			github = true <- .releaserc.json:6:31
			github.title = <%= nextRelease.name.toUpperCase() %> <- .releaserc.json:6:55
			github.comments = false <- .releaserc.json:6:123
			github.labels = [] <- .releaserc.json:6:123
			github.failureIssue = {title: "The automated release is failing 🚨", labels: [semantic-release]} <- .releaserc.json:6:31
			hooks.prepare = make <%= nextRelease.version %> <- .releaserc.json:5:44`},
		{"semantic-release without GitHub", ".releaserc.yml", "preset: conventionalcommits\nplugins: ['@semantic-release/commit-analyzer', '@semantic-release/git']\n", `
			preset = conventionalcommits <- .releaserc.yml:1:9
			branches = ['+([0-9])?(.{+([0-9]),x}).x', master, main, next, next-major, {name: beta, prerelease: true}, {name: alpha, prerelease: true}] <- semantic-release's default
			notes.layout = angular <- semantic-release's default
			changelog.file = false <- .releaserc.yml:2:10
			changelog.title = "" <- semantic-release's default
			commit.message = "chore(release): ${version} [skip ci]\n\n${notes}" <- .releaserc.yml:2:48
			commit.files = [CHANGELOG.md, package.json, package-lock.json, npm-shrinkwrap.json] <- .releaserc.yml:2:48
			commit.author = semantic-release-bot <semantic-release-bot@martynus.net> <- semantic-release's default
			tag.annotated = false <- semantic-release's default
			github = false <- .releaserc.yml:2:10`},
		{"a comment leaves the labels alone", ".releaserc.json", `{"branches": ["main"], "successComment": "out", "releasedLabels": ["a"]}`, `
			preset = angular <- semantic-release's default
			branches = [main] <- .releaserc.json:1:14
			notes.layout = angular <- semantic-release's default
			changelog.file = false <- semantic-release's default
			changelog.title = "" <- semantic-release's default
			commit.author = semantic-release-bot <semantic-release-bot@martynus.net> <- semantic-release's default
			tag.annotated = false <- semantic-release's default
			github.comments = out <- .releaserc.json:1:42
			github.labels = [a] <- .releaserc.json:1:67
			github.failureIssue = {title: "The automated release is failing 🚨", labels: [semantic-release]} <- semantic-release's default`},
	}
	for _, tt := range tests {
		c, err := load(tt.file, tt.text, nil)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		want := strings.ReplaceAll(strings.TrimSpace(tt.want), "\t", "")
		if got := strings.TrimSpace(inForce(c)); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", tt.name, got, want)
		}
	}
}

// TestStrongerOrigins: the environment goes before the file, and the command line before both.
func TestStrongerOrigins(t *testing.T) {
	c, err := load(".semcut.yaml", "tagFormat: r${version}\ndeepen: never\n", map[string]string{"SEMCUT_TAG_FORMAT": "e${version}", "SEMCUT_CHANGELOG": "false"})
	want := "tagFormat = e${version} <- the environment: SEMCUT_TAG_FORMAT\ndeepen = never <- .semcut.yaml:2:9\nchangelog.file = false <- the environment: SEMCUT_CHANGELOG\n"
	if err != nil || inForce(c) != want {
		t.Errorf("%v\n%s", err, inForce(c))
	}
	for _, dialect := range []string{"", "semantic-release"} {
		src := Source{Flags: map[string]any{"tagFormat": "f${version}", "branches": []any{"a", "b"}}}
		if dialect != "" {
			src.Flags["plugins"] = []any{"@semantic-release/commit-analyzer"}
		}
		src.Env = func(name string) string { return map[string]string{"SEMCUT_TAG_FORMAT": "e${version}"}[name] }
		c, err := Load(src)
		if err != nil || !strings.Contains(inForce(c), "tagFormat = f${version} <- the command line: --tag-format\nbranches = [a, b] <- the command line: --branches\n") {
			t.Errorf("%q: %v\n%s", dialect, err, inForce(c))
		}
	}
}

// TestExtendedOrigins: what a configuration extends carries its own file.
func TestExtendedOrigins(t *testing.T) {
	c, err := Load(Source{Root: fstest.MapFS{
		".releaserc.json": {Data: []byte(`{"extends": "./base.json", "branches": ["main"]}`)},
		"base.json":       {Data: []byte(`{"tagFormat": "x${version}", "branches": ["old"]}`)},
	}})
	if err != nil || !strings.Contains(inForce(c), "\ntagFormat = x${version} <- base.json:1:15\nbranches = [main] <- .releaserc.json:1:40\n") {
		t.Errorf("%v\n%s", err, inForce(c))
	}
}

// TestSettingsSayTheFile: what the settings say, written down as a file, means the same.
func TestSettingsSayTheFile(t *testing.T) {
	for _, tt := range keyTests {
		c, err := load(".semcut.yaml", tt.text, map[string]string{"RUNNER": "x64"})
		if err != nil {
			continue
		}
		var said Translation
		for _, s := range c.Settings() {
			if s.Value != nil && s.Key != "github" && s.Key != "npm" {
				said.Settings = append(said.Settings, Translated{Key: s.Key, Value: s.Value})
			}
		}
		if c.GitHub.Off {
			said.Settings = append([]Translated{{Key: "github", Value: false}}, said.Settings...)
		}
		said.Settings = without(said.Settings, c)
		text, err := said.YAML()
		if err != nil {
			t.Fatal(err)
		}
		again, err := load(".semcut.yaml", text, nil)
		if err != nil {
			t.Errorf("%s\nsays\n%s: %v", tt.text, text, err)
			continue
		}
		if got, want := valuesOf(again), valuesOf(c); !reflect.DeepEqual(got, want) {
			t.Errorf("%s\nsays\n%s\ngot  %v\nwant %v", tt.text, text, got, want)
		}
	}
}

// without leaves out what can't stand beside "github: false" or makes npm publish.
func without(all []Translated, c *Config) (left []Translated) {
	for _, s := range all {
		if c.GitHub.Off && strings.HasPrefix(s.Key, "github.") || !c.NPM.On && strings.HasPrefix(s.Key, "npm.") {
			continue
		}
		left = append(left, s)
	}
	return left
}

func valuesOf(c *Config) map[string]any {
	all := map[string]any{}
	for _, s := range c.Settings() {
		all[s.Key] = s.Value
	}
	return all
}

// TestEveryKeyIsShown: each key that is supported has a value to show.
func TestEveryKeyIsShown(t *testing.T) {
	all := valuesOf(Default())
	for _, s := range settings {
		_, shown := all[s.path]
		if err := s.set(Default(), tree{root: node{kind: nullNode}}); (release.CodeOf(err) == release.CodeNotYet) == shown && s.path != "lint" {
			t.Errorf("%s is shown: %v", s.path, shown)
		}
	}
}

// TestOriginsOfRealOnes: in the fixtures that semantic-release's own loader reads, too, each origin is a place in a file that is there.
func TestOriginsOfRealOnes(t *testing.T) {
	seen := 0
	for _, name := range glob(t, "testdata/releaserc/*.txtar") {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		root, _ := repository(a)
		c, err := Load(Source{Root: root, Env: func(string) string { return "" }})
		if err != nil {
			continue
		}
		for _, s := range c.Settings() {
			if _, err := YAML(s.Value); err != nil {
				t.Errorf("%s: %s: %v", name, s.Key, err)
			}
			if s.Origin.Kind != FromFile {
				continue
			}
			seen++
			data, err := fs.ReadFile(root, s.Origin.File)
			if lines := strings.Count(string(data), "\n") + 1; err != nil || s.Origin.Line < 1 || s.Origin.Line > lines || s.Origin.Column < 1 {
				t.Errorf("%s: %s comes from %s: %v", name, s.Key, s.Origin, err)
			}
		}
	}
	if seen < 50 {
		t.Errorf("only %d origins", seen)
	}
}
