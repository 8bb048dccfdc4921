package config

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

func listed(errs []error) string {
	var lines []string
	for _, err := range errs {
		m, placed := errors.AsType[*Misplaced](err)
		if !placed {
			lines = append(lines, err.Error())
			continue
		}
		lines = append(lines, fmt.Sprintf("%d:%d %s", m.Line, m.Column, m.Text))
	}
	return strings.Join(lines, "\n")
}

// TestCheckFindsAll: what is wrong with one key hides nothing of the others.
func TestCheckFindsAll(t *testing.T) {
	tests := []struct{ name, file, text, want string }{
		{"fine", ".semcut.yaml", "tagFormat: v${version}\n", ""},
		{"keys and groups", ".semcut.yaml", "tagFromat: x\nnotes:\n  layout: pretty\n  isuePrefixes: []\ndeepen: maybe\nhooks: {verify: []}\nlint: {rules: 1, extend: x}\n", `1:1 unknown key "tagFromat"
3:11 key "notes.layout": "pretty" is not known
4:3 unknown key "isuePrefixes" in "notes"
5:9 key "deepen": "maybe" is not known
7:15 key "lint.rules": it must be a mapping, not a number
7:18 unknown key "extend" in "lint"`},
		{"files that it names", ".semcut.yaml", "corrections: gone.yaml\nnotes: {people: gone.yaml, template: gone.tmpl}\npreset: x\n", `3:9 key "preset": "x" is not known
reading the corrections "gone.yaml": file does not exist
reading the template "gone.tmpl": file does not exist`},
		{"syntax", ".semcut.yaml", "a: [\nb: 1\n", "2:1 did not find expected ',' or ']'"},
		{"semantic-release", ".releaserc.json", `{"tagFormat": "x", "branches": [],
 "plugins": ["semantic-release-slack", ["@semantic-release/changelog", {"changelogFil": "a", "changelogTitle": 1}], "@semantic-release/gitlab",
 ["@semantic-release/github", {"assets": 1, "draftRelease": "yes"}]], "slackWebhook": "a"}`, `1:15 key "tagFormat": reading tag format "x": it holds ${version} 0 times, not once
1:32 key "branches": it is empty
2:14 key "plugins[0]": plugin "semantic-release-slack" is not known
2:73 unknown key "changelogFil" in "plugins[1][1]"
2:112 key "plugins[1][1].changelogTitle": it must be a text, not a number
3:42 key "plugins[3][1].assets": it must be a list, not a number
3:61 key "plugins[3][1].draftRelease": it must be true or false, not a text
2:117 plugin "@semantic-release/gitlab": releases on GitLab are not supported yet`},
	}
	for _, tt := range tests {
		_, errs := Check(Source{Root: fstest.MapFS{tt.file: {Data: []byte(tt.text)}}, Env: func(string) string { return "" }})
		if got := listed(errs); got != tt.want {
			t.Errorf("%s:\n%s\nwant\n%s", tt.name, got, tt.want)
		}
		if _, err := Load(Source{Root: fstest.MapFS{tt.file: {Data: []byte(tt.text)}}}); tt.want != "" && tt.name != "semantic-release" && err.Error() != errs[0].Error() {
			t.Errorf("%s: the first is not what Load says: %v", tt.name, err)
		}
	}
}

// TestCheckTheEnvironment: variables are judged one by one.
func TestCheckTheEnvironment(t *testing.T) {
	env := map[string]string{"SEMCUT_DEEPEN": "x", "SEMCUT_TAG_ANNOTATED": "x", "SEMCUT_NOTES_LAYOUT": "github"}
	c, errs := Check(Source{Env: func(name string) string { return env[name] }})
	if len(errs) != 2 || c.Notes.Layout != "github" {
		t.Errorf("%+v, %v", c.Notes.Layout, errs)
	}
}

func TestCheckLintFindsAll(t *testing.T) {
	dir := t.TempDir()
	text := `{"rules": {"type-emtpy": [2, "never"], "body-max-line-length": [9], "subject-empty": [2, "never"]},
 "defaultIgnores": "no", "helpUrl": 1}`
	if err := os.WriteFile(filepath.Join(dir, ".commitlintrc.json"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	_, errs := CheckLint(LintSource{Dir: dir, Root: dir, Env: func(string) string { return "" }})
	want := "1:12 the rule \"type-emtpy\" is not known\n"
	if got := listed(errs); len(errs) != 4 || !strings.Contains(got, want) {
		t.Errorf("%d\n%s", len(errs), got)
	}
}

// TestNamedKeys: of a file that holds more than settings only the key counts.
func TestNamedKeys(t *testing.T) {
	file := filepath.Join(t.TempDir(), "package.json")
	for _, tt := range []struct{ text, want string }{
		{`{"name": "x", "semcut": {"deepen": "never"}}`, "semcut"},
		{`{"name": "x", "release": {"branches": ["main"]}}`, "semantic-release"},
		{`{"name": "x"}`, fmt.Sprintf("reading configuration %q: it has none of the keys: semcut, release", file)},
	} {
		if err := os.WriteFile(file, []byte(tt.text), 0o644); err != nil {
			t.Fatal(err)
		}
		c, err := Load(Source{File: file})
		got := fmt.Sprint(err)
		if err == nil {
			got = c.Dialect
		}
		if got != tt.want {
			t.Errorf("%s: %s, want %s", tt.text, got, tt.want)
		}
	}
}

// TestDeprecated: each row is mentioned with its place and what to write, and only where the value is meant.
func TestDeprecated(t *testing.T) {
	for _, d := range deprecations {
		for _, value := range []string{"false", `"a"`} {
			text := fmt.Sprintf(`{"plugins": ["@semantic-release/commit-analyzer", [%q, {%q: %s}]]}`, d.plugin, d.key, value)
			c, err := load(".releaserc.json", text, nil)
			if err != nil || (len(c.Deprecated) == 1) != (value == "false") {
				t.Fatalf("%s: %v, %q", text, err, c.Deprecated)
			}
			if want := d.key + ": false is deprecated by @semantic-release/github; write " + d.instead; value == "false" && !strings.HasSuffix(c.Deprecated[0], want) {
				t.Errorf("%q, want …%q", c.Deprecated, want)
			}
		}
	}
}
