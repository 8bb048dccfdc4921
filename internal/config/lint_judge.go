package config

import (
	"regexp"
	"slices"
	"strings"

	"github.com/semcut/semcut/release"
)

// lintKeys are the keys that semcut's own form knows.
var lintKeys = []string{"extends", "rules", "ignores", "defaultIgnores", "parserPreset", "helpUrl", "prompt"}

// checkLint reads the key "lint" as far as a release is concerned: the linter alone reads the rest.
func checkLint(c *Config, t tree) error { return judgeLint(t, true, c.problems) }

// judgeLint judges the shape of a configuration before anything is merged. commitlint passes over keys that it doesn't know.
func judgeLint(t tree, own bool, p *problems) error {
	if t.root.kind == codeNode {
		return t.computed()
	}
	if err := t.want(mapNode); err != nil {
		return err
	}
	for _, e := range t.root.entries {
		if err := p.pass(t.judgeLintKey(e, own)); err != nil {
			return err
		}
	}
	return nil
}

func (t tree) judgeLintKey(e entry, own bool) (err error) {
	child := t.at(e)
	switch {
	case child.root.kind == codeNode:
		err = child.computed()
	case e.key == "extends" && child.root.kind != nullNode:
		_, err = child.nameList()
	case e.key == "rules":
		err = child.want(mapNode)
	case own && !slices.Contains(lintKeys, e.key):
		return t.unknown(e, lintKeys)
	}
	if e.key == "prompt" {
		return nil
	}
	return err
}

// codeNode is what only running the program could tell.
const codeNode nodeKind = "code"

// codeIn refuses code in a key that the linter reads.
func codeIn(key string, t tree) error {
	if key == "prompt" || key == "formatter" {
		return nil
	}
	return t.anyCode()
}

func (t tree) anyCode() error {
	if t.root.kind == codeNode {
		return t.computed()
	}
	for i := range t.root.items {
		if err := t.item(i).anyCode(); err != nil {
			return err
		}
	}
	for _, e := range t.root.entries {
		if err := t.at(e).anyCode(); err != nil {
			return err
		}
	}
	return nil
}

// computed makes the error for code, with the setting that says the same.
func (t tree) computed() error {
	hint := "write the value itself there"
	key, rest, _ := strings.Cut(t.path, ".")
	key, _, _ = strings.Cut(key, "[")
	switch key {
	case "rules":
		name, _, _ := strings.Cut(rest, "[")
		hint = `write the setting itself, such as "` + name + `": [2, "always", …]`
	case "ignores":
		hint = `write the settings in .semcut.yaml, with lint: {ignores: ['` + ignorePattern(t.root.text) + `']}`
	case "extends":
		hint = `write the names themselves, such as extends: ["@commitlint/config-conventional"]`
	case "":
		hint = "export an object that holds the settings, or write them in .semcut.yaml: lint: {extends: [conventional], rules: {…}}"
	}
	where := "it"
	if t.path != "" {
		where = `key "` + t.path + `"`
	}
	return wrongAt(release.CodeConfig, hint, t.file, t.root.line, t.root.col, "%s is computed by code (%s), and semcut runs none", where, snippet(t.root.text))
}

// snippet cuts code to what fits a message.
func snippet(code string) string {
	code = strings.Join(strings.Fields(code), " ")
	if r := []rune(code); len(r) > 40 {
		code = string(r[:39]) + "…"
	}
	return code
}

// ignorePattern guesses the regular expression that a function for ignores stands for.
func ignorePattern(code string) string {
	for _, call := range []struct{ begin, prefix string }{{".startsWith(", "^"}, {".includes(", ""}, {" === ", "^"}, {" == ", "^"}} {
		if _, rest, ok := strings.Cut(code, call.begin); ok && rest != "" && strings.ContainsRune("'\"`", rune(rest[0])) {
			if text, _, ok := strings.Cut(rest[1:], rest[:1]); ok {
				return call.prefix + regexp.QuoteMeta(text)
			}
		}
	}
	if _, rest, ok := strings.Cut(code, "/"); ok {
		if re, _, ok := strings.Cut(rest, "/"); ok && re != "" {
			return re
		}
	}
	return "^WIP"
}
