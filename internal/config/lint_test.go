package config

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/semcut/semcut/commitparse/lint"
)

// lintIn loads the configuration of a folder that holds the files of an archive; the work tree is its subfolder "repo".
func lintIn(t *testing.T, archive string, change func(*LintSource)) (*Lint, error) {
	t.Helper()
	home := t.TempDir()
	root := filepath.Join(home, "repo")
	if err := os.MkdirAll(filepath.Join(root, "sub"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, f := range txtar.Parse([]byte(archive)).Files {
		name := filepath.Join(home, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	s := LintSource{Dir: root, Root: root, Env: func(name string) string {
		if name == "HOME" {
			return home
		}
		return ""
	}}
	if change != nil {
		change(&s)
	}
	return LoadLint(s)
}

// settingOf writes a rule's setting for comparing.
func settingOf(c *Lint, name string) string {
	for _, r := range c.Rules {
		if r.Name == name {
			n := fromPlain(r.Value, "")
			when := "always"
			if r.Never {
				when = "never"
			}
			return strings.TrimSpace(strings.Join([]string{string('0' + rune(r.Level)), when, shownNode(n)}, " "))
		}
	}
	return ""
}

func shownNode(n node) string {
	if n.kind != listNode {
		return n.text
	}
	var parts []string
	for _, item := range n.items {
		parts = append(parts, shownNode(item))
	}
	return "[" + strings.Join(parts, " ") + "]"
}

var lintTests = []struct{ shows, archive, rule, setting, origin string }{
	{"the defaults", "", "header-max-length", "2 always 100", "@commitlint/config-conventional"},
	{"semcut's own form goes first, and extends the conventional rules",
		"-- repo/.semcut.yaml --\nlint:\n  rules:\n    header-max-length: [1, always, 50]\n-- repo/.commitlintrc.json --\n{\"rules\":{\"header-max-length\":[2,\"always\",7]}}\n",
		"header-max-length", "1 always 50", ".semcut.yaml:3:24"},
	{"and keeps the rules that it says nothing of", "-- repo/.semcut.yaml --\nlint: {rules: {header-max-length: [1, always, 50]}}\n", "type-empty", "2 never", "@commitlint/config-conventional"},
	{"without the key lint commitlint's file holds", "-- repo/.semcut.yaml --\npreset: angular\n-- repo/.commitlintrc.json --\n{\"rules\":{\"header-max-length\":[2,\"always\",7]}}\n",
		"header-max-length", "2 always 7", ".commitlintrc.json:1:31"},
	{"semcut's own form extends angular", "-- repo/.semcut.yaml --\nlint: {extends: [angular]}\n", "header-max-length", "2 always 72", "@commitlint/config-angular"},
	{"package.json goes before the others", "-- repo/package.json --\n{\"commitlint\":{\"rules\":{\"type-empty\":[2,\"never\"]}}}\n-- repo/.commitlintrc --\nrules: {type-empty: [1, never]}\n",
		"type-empty", "2 never", "package.json:1:38"},
	{"a package.json without the key says nothing", "-- repo/package.json --\n{\"name\":\"a\"}\n-- repo/.commitlintrc --\nrules: {type-empty: [1, never]}\n",
		"type-empty", "1 never", ".commitlintrc:1:21"},
	{"package.yaml", "-- repo/package.yaml --\ncommitlint: {rules: {type-empty: [1, never]}}\n", "type-empty", "1 never", "package.yaml:1:34"},
	{".commitlintrc may be JSON", "-- repo/.commitlintrc --\n{\"rules\": {\"type-empty\": [1, \"never\"]}}\n", "type-empty", "1 never", ".commitlintrc:1:26"},
	{"an empty file is passed over", "-- repo/.commitlintrc --\n\n-- repo/.commitlintrc.yml --\nrules: {type-empty: [1, never]}\n", "type-empty", "1 never", ".commitlintrc.yml:1:21"},
	{"a folder above", "-- .commitlintrc.yaml --\nrules: {type-empty: [1, never]}\n", "type-empty", "1 never", "HOME/.commitlintrc.yaml:1:21"},
	{"the user's own", "-- .config/commitlint/config.json --\n{\"rules\": {\"type-empty\": [1, \"never\"]}}\n", "type-empty", "1 never", "HOME/.config/commitlint/config.json:1:26"},
	{"a child's list takes the place of its parent's", "-- repo/.commitlintrc.yml --\nextends: '@commitlint/config-conventional'\nrules: {type-enum: [2, always, [a]]}\n",
		"type-enum", "2 always [a]", ".commitlintrc.yml:2:20"},
	{"a local file, which extends another", "-- repo/.commitlintrc.yml --\nextends: [./cfg/base]\n-- repo/cfg/base.js --\nmodule.exports = {extends: ['./more.json'], rules: {}}\n-- repo/cfg/more.json --\n{\"rules\":{\"type-empty\":[1,\"never\"]}}\n",
		"type-empty", "1 never", "cfg/more.json:1:24"},
	{"an installed one by its short name", "-- repo/.commitlintrc.yml --\nextends: [acme]\n-- repo/node_modules/commitlint-config-acme/package.json --\n{\"main\":\"lib/main.js\"}\n-- repo/node_modules/commitlint-config-acme/lib/main.js --\n'use strict';\nexports = module.exports = {rules: {'type-empty': [1, 'never']}};\n",
		"type-empty", "1 never", "node_modules/commitlint-config-acme/lib/main.js:2:51"},
	{"an installed one with a scope", "-- repo/.commitlintrc.yml --\nextends: '@acme'\n-- repo/node_modules/@acme/commitlint-config/package.json --\n{\"exports\":{\".\":{\"import\":\"./index.mjs\"}}}\n-- repo/node_modules/@acme/commitlint-config/index.mjs --\nexport default {rules: {'type-empty': [1, 'never']}};\n",
		"type-empty", "1 never", "node_modules/@acme/commitlint-config/index.mjs:1:39"},
	{"$import joins lists", "-- repo/.commitlintrc.yml --\n$import: base.yml\nrules: {type-enum: [b]}\n-- repo/base.yml --\nrules: {type-enum: [2, always]}\n", "type-enum", "", "error: reading .commitlintrc.yml:2:20: key \"rules.type-enum\": the value must be a list"},
	{"a module with constants, spreads and levels by name", `-- repo/commitlint.config.mjs --
import { RuleConfigSeverity as Level } from "@commitlint/types";
const types = ["feat"], base = {"type-empty": [Level.Warning, "never"]};
const more = [...types, ` + "`fix`" + `, "do" + "cs"];
export default {rules: {...base, "type-enum": [Level.Error, "always", more]}};
`, "type-enum", "2 always [feat fix docs]", "commitlint.config.mjs:4:47"},
	{"TypeScript", `-- repo/commitlint.config.ts --
import type { UserConfig } from "@commitlint/types";

const config: UserConfig = {
  rules: { "type-empty": [1 as const, "never"] },
} satisfies UserConfig;
export default config;
`, "type-empty", "1 never", "commitlint.config.ts:4:26"},
}

func TestLoadLint(t *testing.T) {
	for _, tt := range lintTests {
		c, err := lintIn(t, tt.archive, nil)
		if want, ok := strings.CutPrefix(tt.origin, "error: "); ok {
			if err == nil || !strings.HasPrefix(err.Error(), want) {
				t.Errorf("%s: the error is %v, want %q", tt.shows, err, want)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", tt.shows, err)
			continue
		}
		if got := settingOf(c, tt.rule); got != tt.setting {
			t.Errorf("%s: %s is %q, want %q", tt.shows, tt.rule, got, tt.setting)
		}
		origin := c.Origins[tt.rule]
		if i := strings.Index(origin, "/.co"); strings.HasPrefix(tt.origin, "HOME") && i > 0 {
			origin = "HOME" + origin[i:]
		}
		if origin != tt.origin {
			t.Errorf("%s: %s comes from %q, want %q", tt.shows, tt.rule, origin, tt.origin)
		}
	}
}

var lintErrors = []struct{ archive, want string }{
	{"-- repo/.commitlintrc.json --\n{\"rules\":{}}\n", `reading .commitlintrc.json: it asks for no rules`},
	{"-- repo/.commitlintrc.json --\n{\"rules\":{\"type-enmu\":[2,\"always\"]}}\n", `reading .commitlintrc.json:1:11: the rule "type-enmu" is not known`},
	{"-- repo/.commitlintrc.yml --\nrules: {type-empty: [3, never]}\n", `reading .commitlintrc.yml:1:22: key "rules.type-empty[0]": the level must be 0, 1 or 2`},
	{"-- repo/.commitlintrc.yml --\nrules: {type-empty: [2]}\n", `reading .commitlintrc.yml:1:21: key "rules.type-empty": behind the level must stand "always" or "never"`},
	{"-- repo/.commitlintrc.yml --\nrules: {type-empty: [2, sometimes]}\n", `reading .commitlintrc.yml:1:25: key "rules.type-empty[1]": it must be "always" or "never"`},
	{"-- repo/.commitlintrc.yml --\nrules: {type-enum: [2, always, feat]}\n", `reading .commitlintrc.yml:1:20: key "rules.type-enum": the value must be a list of texts, like ["feat", "fix"]`},
	{"-- repo/.commitlintrc.yml --\nrules: {type-case: [2, always, camel]}\n", `reading .commitlintrc.yml:1:20: key "rules.type-case": the case "camel" is not known`},
	{"-- repo/.commitlintrc.yml --\nextends: nowhere\n", `reading .commitlintrc.yml:1:10: key "extends[0]": "nowhere" is not found`},
	{"-- repo/.commitlintrc.yml --\nextends: ../../x.yml\n", `reading .commitlintrc.yml:1:10: key "extends[0]": "../../x.yml" is not found`},
	{"-- repo/.commitlintrc.yml --\nextends: ./.commitlintrc.yml\n", `reading .commitlintrc.yml:1:10: key "extends": configurations extend each other without end`},
	{"-- repo/.commitlintrc.yml --\n$import: .commitlintrc.yml\n", `reading .commitlintrc.yml:1:10: key "$import": its imports lead in a circle`},
	{"-- repo/.commitlintrc.yml --\n$import: ../x.yml\n", `reading configuration `},
	{"-- repo/.commitlintrc.yml --\nplugins: [acme]\n", `reading .commitlintrc.yml:1:10: key "plugins": plugins are not supported`},
	{"-- repo/.semcut.yaml --\nlint: {rule: {}}\n", `reading .semcut.yaml:1:8: unknown key "rule" in "lint"`},
	{"-- repo/.semcut.yaml --\nlint: {ignores: ['(']}\n", `reading .semcut.yaml:1:18: key "lint.ignores[0]": "(" is none`},
	{"-- repo/commitlint.config.js --\nmodule.exports = {\n  rules: {\n    'scope-enum': async () => [2, 'always', await scopes()],\n  },\n};\n",
		`reading commitlint.config.js:3:19: key "rules.scope-enum" is computed by code (async () => [2, 'always', await scopes(…), and semcut runs none`},
	{"-- repo/commitlint.config.js --\nconst {a} = require('x');\nmodule.exports = {extends: a};\n", `reading commitlint.config.js:2:28: key "extends" is computed by code (a), and semcut runs none`},
	{"-- repo/commitlint.config.js --\nmodule.exports = {};\nmodule.exports.rules = {};\n", `reading commitlint.config.js:2:1: it is computed by code (module.exports.rules = {}`},
	{"-- repo/commitlint.config.js --\nmodule.exports = {ignores: [(m) => m.includes('WIP')], rules: {}};\n", `reading commitlint.config.js:1:29: key "ignores[0]" is computed by code`},
	{"-- repo/commitlint.config.js --\nmodule.exports = {\n", `reading commitlint.config.js:2:1: Unexpected end of input`},
	{"-- repo/commitlint.config.ts --\n\nexport default {rules: {'type-enum': [2, 'always', types()] as const}};\n", `reading commitlint.config.ts:2:51: key "rules.type-enum[2]" is computed by code`},
}

func TestLoadLintErrors(t *testing.T) {
	for _, tt := range lintErrors {
		_, err := lintIn(t, tt.archive, nil)
		if err == nil {
			t.Errorf("no error for %q", tt.archive)
		} else if !strings.HasPrefix(err.Error(), tt.want) {
			t.Errorf("the error is %q, want %q", err, tt.want)
		}
	}
}

func TestLintParsers(t *testing.T) {
	for _, tt := range []struct{ shows, archive, message, failed string }{
		{"angular knows no !", "-- repo/.commitlintrc.yml --\nrules: {type-empty: [2, never]}\n", "feat!: a", "type-empty"},
		{"a preset by name", "-- repo/.commitlintrc.yml --\nparserPreset: conventional-changelog-conventionalcommits\nrules: {type-empty: [2, never]}\n", "feat!: a", ""},
		{"options take the place of an extended preset, as they do in commitlint",
			"-- repo/.commitlintrc.yml --\nextends: ['@commitlint/config-conventional']\nparserPreset: {parserOpts: {issuePrefixes: [JIRA-]}}\n", "feat!: a", "subject-empty"},
		{"a pattern of one's own", "-- repo/commitlint.config.js --\nmodule.exports = {parserPreset: {parserOpts: {headerPattern: /^(?<type>\\w+) -> (?<subject>.+)$/}}, rules: {'type-empty': [2, 'never']}}\n", "feat -> a", ""},
		{"a pattern that looks ahead", "-- repo/commitlint.config.js --\nmodule.exports = {parserPreset: {parserOpts: {headerPattern: /^(?=.{1,9}$)(\\w+): (.+)$/, headerCorrespondence: ['type', 'subject']}}, rules: {'type-empty': [2, 'never']}}\n", "feat: too long", "type-empty"},
		{"a module of one's own", "-- repo/.commitlintrc.yml --\nparserPreset: ./preset\nrules: {type-empty: [2, never]}\n-- repo/preset.js --\nmodule.exports = {parserOpts: {headerPattern: /^(\\w+) (.*)$/, headerCorrespondence: ['type', 'subject']}}\n", "feat a", ""},
	} {
		c, err := lintIn(t, tt.archive, nil)
		if err != nil {
			t.Errorf("%s: %v", tt.shows, err)
			continue
		}
		failed := ""
		if r := lint.Check(tt.message, c.Config); len(r.Errors) > 0 {
			failed = r.Errors[0].Rule
		}
		if failed != tt.failed {
			t.Errorf("%s: %q fails %q, want %q", tt.shows, tt.message, failed, tt.failed)
		}
	}
}

// Names that name each other are no reason to count for ever.
func TestModuleThatExplodes(t *testing.T) {
	source := "const a0 = ['x'];\n"
	for i := range 60 {
		source += fmt.Sprintf("const a%d = [...a%d, ...a%d];\n", i+1, i, i)
	}
	for _, text := range []string{source + "module.exports = {extends: a60}", "const a = [a, a]; module.exports = {extends: a}"} {
		if _, err := lintIn(t, "-- repo/commitlint.config.js --\n"+text+"\n", nil); err == nil {
			t.Errorf("no error for %.40q", text)
		}
	}
}

func FuzzLintModule(f *testing.F) {
	for _, seed := range []string{"module.exports = {rules: {a: [2, 'always', /x/]}}", "export default {...a, b: `c${1}`}", "const a = {b: a.b}; module.exports = a", "export = {}"} {
		f.Add(seed, false)
		f.Add(seed, true)
	}
	f.Fuzz(func(_ *testing.T, source string, typed bool) {
		name := "a.js"
		if typed {
			name = "a.ts"
		}
		t, err := parseModule(name, []byte(source))
		if err != nil || t.root.kind != mapNode {
			return
		}
		_, _ = decodeLint(t, false, nil)
	})
}

func FuzzLintConfig(f *testing.F) {
	for _, tt := range lintErrors {
		f.Add(tt.archive, false)
	}
	f.Add(`{"parserPreset":{"parserOpts":{"headerPattern":"^(?=a)(.*)$","parser":{"issuePrefixes":[]}}},"rules":{"scope-case":[2,"never",{"cases":["x"],"delimiters":[""]}]}}`, false)
	f.Add(`{rules: {scope-paths: [2, always, {a: ["[", "**"]}], scope-enum: [1, never, {scopes: [a], delimiters: [""]}]}}`, true)
	f.Fuzz(func(_ *testing.T, text string, own bool) {
		t, err := parse("a", []byte(text))
		if err != nil || judgeLint(t, own, nil) != nil {
			return
		}
		c, err := decodeLint(t, own, nil)
		if err != nil {
			return
		}
		for _, message := range []string{"feat(a/b)!: c #1.\n\nd\n\nRefs: #2\n", "x", "Merge a into b"} {
			lint.CheckChange(message, []string{"a/b"}, c.Config)
		}
	})
}

func TestPrompts(t *testing.T) {
	for _, tt := range []struct{ file, text string }{
		{".commitlintrc.json", `{"rules": {"type-empty": [2, "never"]}, "prompt": {"settings": {}, "questions": {
			"type": {"description": "Which?", "enum": {"feat": {"description": "new", "title": "F", "emoji": "✨"}, "x": 1}}, "scope": 3, "body": {"description": ["a"]}}}}`},
		{".semcut.yaml", "lint:\n  prompt:\n    questions:\n      type:\n        description: Which?\n        enum: {feat: {description: new, emoji: ✨}}\n"},
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, tt.file), []byte(tt.text), 0o644); err != nil {
			t.Fatal(err)
		}
		c, err := LoadLint(LintSource{Dir: dir, Root: dir, Env: func(string) string { return "" }})
		if err != nil {
			t.Fatal(err)
		}
		if p := c.Prompts["type"]; p.Question != "Which?" || p.Answers["feat"] != "✨ new" || c.Prompts["body"].Question != "" {
			t.Errorf("%s: %+v", tt.file, c.Prompts)
		}
	}
}

// TestModulesNestedTooDeep end in an error: nothing can catch a parser that fills the stack.
func TestModulesNestedTooDeep(t *testing.T) {
	for _, file := range []string{"commitlint.config.js", "commitlint.config.ts"} {
		for _, open := range []string{"[", "(", "{a:"} {
			_, err := parseModule(file, []byte("export default "+strings.Repeat(open, 300_000)))
			if err == nil || !strings.Contains(err.Error(), "nested too deep") {
				t.Errorf("%s %s: %v", file, open, err)
			}
		}
	}
}
