package config

import (
	"cmp"
	"io/fs"
	"regexp"
	"slices"

	"github.com/semcut/semcut/commitparse/lint"
	"github.com/semcut/semcut/release"
)

// Lint is the configuration of the linter, whichever file it stands in.
type Lint struct {
	lint.Config
	File    string            // the one in force, "" for the defaults
	Origins map[string]string // where each rule, and each other key, was written: "file:line:column"
	HelpURL string
	Prompts map[string]Prompt // of the questions "type", "scope", "subject", "body", "isBreaking", "breaking", "issues"
	// Warnings are what a person should know of the files, one line each.
	Warnings []string
	// Value is the configuration as its file says it, before anything is extended, and Written where it stands.
	Value   any
	Written Origin

	*problems // nil where the first error ends the reading
}

// LintSource is where the linter's configuration is looked for.
type LintSource struct {
	Dir  string              // the folder where the search begins; absolute
	Root string              // of the work tree, "" where there is none; absolute
	File string              // a file that the user named, "" for the usual places; absolute
	Env  func(string) string // the environment
	// Tree holds the files below Root; nil where those on the disk count.
	Tree fs.FS

	Extends      []string // configurations that take the place of those that the file extends
	ParserPreset string   // the preset that takes the place of the file's
	Default      bool     // without any rule, the conventional ones hold
}

// LoadLint reads the configuration of the linter: that of semcut's own file if it has the key "lint", else commitlint's,
// looked for as commitlint does. Without any file the conventional rules hold.
func LoadLint(s LintSource) (*Lint, error) { return loadLint(s, nil) }

// CheckLint is LoadLint that goes on behind what is wrong, as far as it can, and gives all of it.
func CheckLint(s LintSource) (*Lint, []error) {
	p := &problems{}
	c, err := loadLint(s, p)
	_ = p.pass(err) // it is kept
	return c, p.found
}

func loadLint(s LintSource, p *problems) (*Lint, error) {
	l := newLintLoader(s)
	found, own, err := l.find()
	if err != nil {
		return nil, err
	}
	if found.root.kind == "" {
		found = tree{file: "the defaults", root: ownDefault(node{kind: mapNode})}
		own = true
	}
	if own {
		found.root = ownDefault(found.root)
	}
	l.override(&found)
	if err := judgeLint(found, own, p); err != nil {
		return nil, err
	}
	merged, err := l.extend(found, own, 0)
	if err != nil {
		return nil, err
	}
	c, err := decodeLint(tree{file: found.file, path: found.path, root: merged}, own, p)
	if err != nil {
		return nil, err
	}
	c.File, c.Value, c.Written = l.file, found.root.value(), found.writtenAt()
	return c, c.complete(s, cmp.Or(l.file, found.file))
}

// complete judges what came out.
func (c *Lint) complete(s LintSource, file string) error {
	if c.File == "" {
		c.Written = Origin{Kind: FromDefault}
	}
	if len(c.Rules) == 0 && s.Default {
		conventional := lint.Conventional()
		c.Config.Rules, c.Config.Parser = conventional.Rules, conventional.Parser
	}
	if len(c.Rules) > 0 || c.any() {
		return nil
	}
	return release.Errorf(release.CodeConfig, "add rules, or extends: [\"@commitlint/config-conventional\"]; --default-config takes the conventional ones",
		"reading %s: it asks for no rules", file)
}

// ownDefault completes semcut's own form: what says nothing of what it extends, extends the conventional rules.
func ownDefault(n node) node {
	if _, ok := n.get("extends"); !ok {
		n.entries = append([]entry{{key: "extends", value: node{kind: listNode, items: []node{{kind: textNode, text: "conventional"}}}}}, n.entries...)
	}
	return n
}

// override puts what the command line asks for in the place of what the file says.
func (l *lintLoader) override(t *tree) {
	set := func(key string, n node) {
		n.file = "the command line"
		t.root = t.root.without(key)
		t.root.kind = mapNode
		t.root.entries = append(t.root.entries, entry{key: key, value: n})
	}
	if len(l.src.Extends) > 0 {
		names := node{kind: listNode}
		for _, name := range l.src.Extends {
			names.items = append(names.items, node{kind: textNode, text: name, file: "the command line"})
		}
		set("extends", names)
	}
	if l.src.ParserPreset != "" {
		set("parserPreset", node{kind: textNode, text: l.src.ParserPreset})
	}
}

// decodeLint turns what is left after all extending into a configuration.
func decodeLint(t tree, own bool, p *problems) (*Lint, error) {
	c := &Lint{Origins: map[string]string{}, problems: p}
	c.Parser = lint.AngularParser()
	if own {
		c.Parser = lint.ConventionalParser()
	}
	for _, e := range t.root.entries {
		child := t.at(e)
		c.Origins[e.key] = place(child.file, child.root.line, child.root.col)
		err := codeIn(e.key, child)
		if err == nil {
			err = c.decodeKey(e.key, child, own)
		}
		if err := c.pass(err); err != nil {
			return nil, err
		}
	}
	return c, nil
}

func (c *Lint) decodeKey(key string, t tree, own bool) (err error) {
	switch key {
	case "rules":
		return c.decodeRules(t)
	case "parserPreset":
		c.Parser, err = decodePreset(t, c.Parser)
	case "defaultIgnores":
		on, wrong := t.boolean()
		c.CheckAll, err = !on, wrong
	case "ignores":
		return c.decodeIgnores(t, own)
	case "prompt":
		c.Prompts = decodePrompts(t)
	case "helpUrl":
		c.HelpURL, err = t.str()
	case "plugins":
		if t.root.kind == listNode && len(t.root.items) == 0 {
			return nil
		}
		return t.errorf("take them out; rules of their own are programs that need Node", "plugins are not supported")
	case "formatter":
		if t.root.text != "@commitlint/format" {
			c.Warnings = append(c.Warnings, "the formatter "+t.root.text+" is not used; see --format")
		}
	}
	return err
}

func (c *Lint) decodeRules(t tree) error {
	if err := t.want(mapNode); err != nil {
		return err
	}
	for _, e := range t.root.entries {
		if err := c.pass(c.decodeRule(t, e)); err != nil {
			return err
		}
	}
	return nil
}

func (c *Lint) decodeRule(t tree, e entry) error {
	child := t.at(e)
	setting, err := child.lintRule()
	if err != nil {
		return err
	}
	rule, ok := lint.RuleByName(e.key)
	if !ok {
		return unknownRule(t, e, child)
	}
	if err := rule.Judge(setting); err != nil {
		return child.errorf("see \"semcut lint --explain "+e.key+"\"", "%v", err)
	}
	c.Set(e.key, setting)
	c.Origins[e.key] = place(child.file, child.root.line, child.root.col)
	return nil
}

func unknownRule(t tree, e entry, child tree) error {
	var names []string
	for _, r := range lint.Rules() {
		names = append(names, r.Name)
	}
	hint := "\"semcut lint --explain\" lists all rules"
	if near := nearest(e.key, names); near != "" {
		hint = "did you mean \"" + near + "\"?"
	}
	return wrongAt(release.CodeConfig, hint, child.file, e.line, e.col, "the rule %q is not known", e.key)
}

// lintRule reads [level], or [level, when] and maybe a value.
func (t tree) lintRule() (lint.Setting, error) {
	var s lint.Setting
	const like = `write it like [2, "always", 72]`
	if t.root.kind != listNode || len(t.root.items) == 0 || len(t.root.items) > 3 {
		return s, t.errorf(like, "a rule must be a list of a level, \"always\" or \"never\", and maybe a value")
	}
	level := t.item(0)
	if level.root.kind != numberNode || !slices.Contains([]string{"0", "1", "2"}, level.root.text) {
		return s, level.errorf(like, "the level must be 0, 1 or 2")
	}
	s.Level = lint.Level(level.root.text[0] - '0')
	if len(t.root.items) == 1 {
		if s.Level != lint.Off {
			return s, t.errorf(like, "behind the level must stand \"always\" or \"never\"")
		}
		return s, nil
	}
	when := t.item(1)
	if when.root.kind != textNode || when.root.text != "always" && when.root.text != "never" {
		return s, when.errorf(like, "it must be \"always\" or \"never\"")
	}
	s.Never = when.root.text == "never"
	if len(t.root.items) == 3 {
		s.Value = t.item(2).root.plain()
	}
	return s, nil
}

// decodeIgnores reads regular expressions; in commitlint's own form they are functions, and codeIn has refused those.
func (c *Lint) decodeIgnores(t tree, own bool) error {
	if err := t.want(listNode); err != nil {
		return err
	}
	for i := range t.root.items {
		item := t.item(i)
		if !own {
			return item.errorf(`in .semcut.yaml write lint: {ignores: ["^WIP"]}`, "commitlint takes functions here, and semcut runs none")
		}
		text, err := item.str()
		if err != nil {
			return err
		}
		re, err := regexp.Compile(text)
		if err != nil {
			return item.errorf(`write a regular expression like "^WIP"`, "%q is none: %v", text, err)
		}
		c.Ignores = append(c.Ignores, re)
	}
	return nil
}
