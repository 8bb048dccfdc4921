package config

import (
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"github.com/semcut/semcut/release"
)

var update = flag.Bool("u", false, "write what was seen into testdata")

// repository makes a tree of the files of an archive that aren't what is wanted.
func repository(a *txtar.Archive) (fs.FS, int) {
	root, want := fstest.MapFS{}, -1
	for i, f := range a.Files {
		if f.Name == "want" {
			want = i
			continue
		}
		root[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return root, want
}

// told is a translation with its remarks, or the error.
func told(t *Translation, err error) string {
	if err != nil {
		e, _ := err.(*release.Error)
		return fmt.Sprintf("error: %v\nhint: %s\n", err, e.Hint)
	}
	text, err := t.YAML()
	if err != nil {
		return err.Error()
	}
	var b strings.Builder
	b.WriteString(text)
	for _, r := range t.Left {
		mark := " "
		if r.Must {
			mark = "!"
		}
		fmt.Fprintf(&b, "%s %s | %s | %s\n", mark, r.Where(), r.Why, r.Do)
	}
	return b.String()
}

// TestTranslate reads the fixtures: testdata/translate/TOOL/NAME.txtar holds a repository's files and what is wanted. What comes
// out must be a configuration that semcut reads without a word.
func TestTranslate(t *testing.T) {
	for _, tool := range Tools() {
		files, err := filepath.Glob(filepath.Join("testdata", "translate", tool, "*.txtar"))
		if err != nil || len(files) < 3 {
			t.Errorf("%s has %d fixtures, want three at least (%v)", tool, len(files), err)
		}
		for _, file := range files {
			t.Run(strings.TrimSuffix(filepath.ToSlash(file), ".txtar"), func(t *testing.T) { checkTranslation(t, tool, file) })
		}
	}
}

func checkTranslation(t *testing.T, tool, file string) {
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	root, want := repository(archive)
	got, failed := Translate(root, tool)
	text := told(got, failed)
	if *update {
		if want < 0 {
			archive.Files = append(archive.Files, txtar.File{Name: "want"})
			want = len(archive.Files) - 1
		}
		archive.Files[want].Data = []byte(text)
		if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want < 0 || text != string(archive.Files[want].Data) {
		t.Errorf("got\n%s", text)
	}
	if failed != nil {
		return
	}
	loads(t, root, got)
	if found := FindTools(root); len(found) == 0 {
		t.Error("the tool isn't found")
	}
}

// loads checks that a translation is a configuration, and that its JSON says the same.
func loads(t *testing.T, root fs.FS, got *Translation) {
	t.Helper()
	text, err := got.YAML()
	if err != nil {
		t.Fatal(err)
	}
	c, err := LoadText(Source{Root: root}, text)
	if err != nil {
		t.Errorf("it doesn't load: %v\n%s", err, text)
	} else if len(c.Warnings) > 0 {
		t.Errorf("it loads with warnings: %v", c.Warnings)
	}
	if _, err := json.Marshal(got); err != nil {
		t.Error(err)
	}
}

// TestUnknownKeysAreRemarked: a key that nobody knows is named by a remark with its place, in whichever mapping it stands.
func TestUnknownKeysAreRemarked(t *testing.T) {
	tests := []struct{ tool, file, text, key string }{
		{"release-please", releasePleaseConfig, `{"nope": 1}`, "nope"},
		{"release-please", releasePleaseConfig, `{"packages": {".": {"nope": 1}}}`, `packages["."].nope`},
		{"git-cliff", "cliff.toml", "nope = 1", "nope"},
		{"git-cliff", "cliff.toml", "[git]\nnope = 1", "git.nope"},
		{"git-cliff", "cliff.toml", "[bump]\nnope = 1", "bump.nope"},
		{"svu", ".svu.yml", "nope: 1", "nope"},
		{"svu", ".svu.yaml", "tag: {nope: 1}", "tag.nope"},
		{"go-semantic-release", ".semrelrc", `{"plugins": {"nope": {}}}`, "plugins.nope"},
		{"cocogitto", "cog.toml", "nope = 1", "nope"},
		{"cocogitto", "cog.toml", "[commit_types]\nhotfix = {nope = 1}", "commit_types.hotfix.nope"},
		{"standard-version", ".versionrc", `{"nope": 1}`, "nope"},
		{"standard-version", ".versionrc.json", `{"skip": {"nope": true}}`, "skip.nope"},
		{"release-it", ".release-it.yaml", "nope: 1", "nope"},
		{"release-it", ".release-it.toml", "[github]\nrelease = true\nnope = 1", "github.nope"},
		{"release-it", "package.json", `{"release-it": {"plugins": {"nope": {}}}}`, "release-it.plugins.nope"},
		{"commitizen", ".cz.toml", "[tool.commitizen]\nnope = 1", "tool.commitizen.nope"},
		{"commitizen", ".czrc", `{"nope": 1}`, "nope"},
		{"commitizen", ".cz-config.js", `module.exports = {nope: 1}`, "nope"},
	}
	for _, tt := range tests {
		got, err := Translate(fstest.MapFS{tt.file: {Data: []byte(tt.text)}}, tt.tool)
		if err != nil {
			t.Errorf("%s %s: %v", tt.tool, tt.text, err)
			continue
		}
		named := false
		for _, r := range got.Left {
			named = named || r.Key == tt.key && strings.HasPrefix(r.Place, tt.file+":")
		}
		if !named {
			t.Errorf("%s %s: no remark names %q: %+v", tt.tool, tt.text, tt.key, got.Left)
		}
	}
}

// TestWrongTranslations: each is one line with its place, and a hint.
func TestWrongTranslations(t *testing.T) {
	tests := []struct{ tool, file, text, want string }{
		{"git-clif", "cliff.toml", "", `translating the configuration of "git-clif": that tool isn't known`},
		{"git-cliff", "cliff.yaml", "", `looking for the configuration of git-cliff: there is none`},
		{"git-cliff", "cliff.toml", "[git\n", `reading cliff.toml:1:5: toml: expected ']' to close table name`},
		{"git-cliff", "cliff.toml", "git = 1", `reading cliff.toml:1:1: key "git": it must be a mapping, not a number`},
		{"git-cliff", "cliff.toml", "[git]\ncommit_parsers = [{message = 1}]",
			`reading cliff.toml:2:20: key "git.commit_parsers[0].message": it must be a text, not a number`},
		{"git-cliff", "cliff.toml", "[[git.commit_parsers]]\nmessage = \"^a\"\n[[git.commit_parsers]]\nskip = 3",
			`reading cliff.toml:4:1: key "git.commit_parsers[1].skip": it must be true or false, not a number`},
		{"release-please", releasePleaseConfig, `{"packages": []}`,
			`reading release-please-config.json:1:14: key "packages": it must be a mapping, not a list`},
		{"release-please", releasePleaseConfig, `{"extra-files": [{}]}`,
			`reading release-please-config.json:1:18: key "extra-files[0]": a file needs a path`},
		{"release-please", releasePleaseConfig, `{`, `reading release-please-config.json:1:2: EOF`},
		{"svu", ".svu.yml", "always: maybe", `reading .svu.yml:1:9: key "always": it must be true or false, not a text`},
		{"svu", ".svu.yml", "a: 1\na: 2", `reading .svu.yml:2:1: key "a" stands here twice, first in line 1`},
		{"go-semantic-release", ".semrelrc", "{\n  \"plugins\": []}", `reading .semrelrc:2:14: key "plugins": it must be a mapping, not a list`},
		{"cocogitto", "cog.toml", "tag_prefix = []", `reading cog.toml:1:1: key "tag_prefix": it must be a text, not a list`},
		{"standard-version", ".versionrc.js", "module.exports = make()",
			`reading .versionrc.js:1:18: it is computed by code (make()), and semcut runs none`},
		{"standard-version", ".versionrc.js", "module.exports = {types: make()}", `reading .versionrc.js:1:26: key "types" is computed by code (make()), and semcut runs none`},
		{"standard-version", ".versionrc.js", "module.exports = {", `reading .versionrc.js:1:19: Unexpected end of input`},
		{"standard-version", ".versionrc", "bumpFiles: [{}]", `reading .versionrc:1:13: key "bumpFiles[0]": a file needs a name`},
		{"release-it", ".release-it.ts", "export default {git: 1 as number}", `reading .release-it.ts:1:21: key "git": it must be a mapping, not a number`},
		{"commitizen", ".cz.json", `{"commitizen": {"customize": {"bump_map": {"a": "HUGE"}}}}`,
			`reading .cz.json:1:49: key "commitizen.customize.bump_map.a": "HUGE" is not known`},
		{"commitizen", ".cz-config.js", "module.exports = {types: [{}]}", `reading .cz-config.js:1:27: key "types[0]": it has no value`},
		{"semantic-release", "x", "", `looking for the configuration of semantic-release: there is none`},
	}
	for _, tt := range tests {
		_, err := Translate(fstest.MapFS{tt.file: {Data: []byte(tt.text)}}, tt.tool)
		e, ok := err.(*release.Error)
		if !ok || !strings.HasPrefix(err.Error(), tt.want) || e.Hint == "" || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s %q\ngot  %v\nwant %s", tt.tool, tt.text, err, tt.want)
		}
	}
}

// TestHugeTranslations end in an error, fast and small.
func TestHugeTranslations(t *testing.T) {
	deep, long := strings.Repeat("[", 300_000), strings.Repeat("a", maxFile+1)
	for _, d := range dialects() {
		for _, s := range d.spots {
			for _, text := range []string{deep, "a = " + deep, `{"a": ` + deep, long} {
				root := fstest.MapFS{s.file: {Data: []byte(text)}}
				if _, err := Translate(root, d.name); err == nil {
					t.Errorf("%s %s: no error", d.name, s.file)
				}
			}
		}
	}
}

// TestNoPasswordIsCopied: neither into the file, nor into a remark.
func TestNoPasswordIsCopied(t *testing.T) {
	const canary = "hunter2canary"
	for tool, files := range map[string]map[string]string{
		"standard-version": {".versionrc": `{"compareUrlFormat": "https://ada:` + canary + `@example.com/x", "scripts": {"postbump": "curl https://ada:` + canary + `@example.com"}}`},
		"git-cliff":        {"cliff.toml": "[remote.github]\ntoken = \"" + canary + "\"\n[changelog]\nheader = \"see https://ada:" + canary + "@example.com\"\n"},
		"release-it":       {".release-it.yaml": "github: {release: true, host: 'ada:" + canary + "@example.com', proxy: 'http://a:" + canary + "@x'}"},
		"semantic-release": {".releaserc": "repositoryUrl: https://ada:" + canary + "@example.com/a/b.git\nplugins: ['@semantic-release/github']"},
	} {
		root := fstest.MapFS{}
		for name, text := range files {
			root[name] = &fstest.MapFile{Data: []byte(text)}
		}
		got, err := Translate(root, tool)
		document, failed := json.Marshal(got)
		if text := told(got, err) + string(document); failed != nil || strings.Contains(text, canary) {
			t.Errorf("%s: %v\n%s", tool, failed, text)
		}
	}
}

// TestFindTools: of two tools that read one place the first is meant.
func TestFindTools(t *testing.T) {
	root := fstest.MapFS{".versionrc": {Data: []byte("{}")}, "cliff.toml": {}, ".czrc": {Data: []byte("{}")},
		"Cargo.toml": {Data: []byte("[package]\n")}, ".releaserc": {Data: []byte("{}")}}
	got := fmt.Sprint(FindTools(root))
	if want := "[{git-cliff cliff.toml false} {standard-version .versionrc false} {commitizen .czrc true} {semantic-release .releaserc false}]"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// FuzzTranslate: whatever stands in a file of any dialect, it is translated into a configuration that loads, or refused in one
// line with a hint.
func FuzzTranslate(f *testing.F) {
	files, err := filepath.Glob("testdata/translate/*/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for _, a := range archive.Files {
			if a.Name != "want" {
				f.Add(string(a.Data))
			}
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, d := range dialects() {
			for _, s := range d.spots {
				root := fstest.MapFS{s.file: {Data: []byte(text)}}
				got, err := Translate(root, d.name)
				if err == nil {
					loads(t, root, got)
					continue
				}
				e, ok := err.(*release.Error)
				if !ok || e.Hint == "" || strings.Contains(err.Error(), "\n") {
					t.Errorf("%s: %#v", s.file, err)
				}
			}
		}
	})
}
