package config

import (
	"path/filepath"
	"strings"

	"github.com/semcut/semcut/commitparse/lint"
)

// maxExtends bounds how deep configurations extend and import each other.
const maxExtends = 32

// extend gives a configuration with all that it extends below it.
func (l *lintLoader) extend(t tree, own bool, depth int) (node, error) {
	merged := node{kind: mapNode, line: t.root.line, col: t.root.col, file: t.root.file}
	if e, ok := t.root.get("extends"); ok && e.value.kind != nullNode {
		if depth > maxExtends {
			return merged, t.at(e).errorf("break the circle", "configurations extend each other without end")
		}
		list := t.at(e)
		if list.root.kind == textNode {
			list.root = node{kind: listNode, items: []node{list.root}}
		}
		for i := range list.root.items {
			base, err := l.base(list.item(i), own, depth)
			if err != nil {
				return merged, err
			}
			merged = merged.merge(base, false)
		}
	}
	mine := t.root.without("extends")
	if err := l.preset(&mine, t); err != nil {
		return merged, err
	}
	return merged.merge(mine, false), nil
}

// base reads one configuration that is extended.
func (l *lintLoader) base(t tree, own bool, depth int) (node, error) {
	name, err := t.str()
	if err != nil {
		return node{}, err
	}
	if n, ok := builtIn(name, own); ok {
		return n, nil
	}
	file := l.resolve(packageName(name), l.dirOf(t))
	if file == "" {
		file = l.resolve("conventional-changelog-lint-config-"+name, l.dirOf(t))
	}
	if file == "" {
		hint := "known without Node are @commitlint/config-conventional and @commitlint/config-angular; any other must be a file, or installed in node_modules"
		return node{}, t.errorf(hint, "%q is not found", name)
	}
	found, err := l.load(file)
	if err != nil {
		return node{}, err
	}
	if found.root.kind == nullNode {
		found.root.kind = mapNode
	}
	if err := judgeLint(found, false, nil); err != nil {
		return node{}, err
	}
	return l.extend(found, false, depth+1)
}

// packageName completes a short name as commitlint does.
func packageName(name string) string {
	switch {
	case strings.HasPrefix(name, ".") || filepath.IsAbs(name):
		return name
	case strings.HasPrefix(name, "@") && strings.Contains(name, "/"):
		return name
	case strings.HasPrefix(name, "@"):
		return name + "/commitlint-config"
	}
	return "commitlint-config-" + name
}

// builtIn gives the configurations that need no file.
func builtIn(name string, own bool) (node, bool) {
	var c lint.Config
	switch {
	case name == "@commitlint/config-conventional", own && name == "conventional":
		c = lint.Conventional()
	case name == "@commitlint/config-angular", own && name == "angular":
		c = lint.Angular()
	case name == "@commitlint/config-angular-type-enum":
		for _, r := range lint.Angular().Rules {
			if r.Name == "type-enum" {
				c.Rules = append(c.Rules, r)
			}
		}
	default:
		return node{}, false
	}
	if !strings.HasPrefix(name, "@") {
		name = "@commitlint/config-" + name
	}
	n := node{kind: mapNode, file: name}
	switch name {
	case "@commitlint/config-conventional":
		n.entries = append(n.entries, entry{key: "parserPreset", value: presetValue("conventional-changelog-conventionalcommits", name)})
	case "@commitlint/config-angular":
		options := node{kind: mapNode, file: name, entries: []entry{{key: "headerPattern", value: node{kind: textNode, text: looseHeader, file: name}}}}
		n.entries = append(n.entries, entry{key: "parserPreset", value: node{kind: mapNode, file: name, entries: []entry{{key: "parserOpts", value: options}}}})
	}
	return rulesInto(n, c, name), true
}

func rulesInto(n node, c lint.Config, file string) node {
	rules := node{kind: mapNode, file: file}
	for _, r := range c.Rules {
		setting := []any{int(r.Level), "always"}
		if r.Never {
			setting[1] = "never"
		}
		if r.Value != nil {
			setting = append(setting, r.Value)
		}
		rules.entries = append(rules.entries, entry{key: r.Name, value: fromPlain(setting, file)})
	}
	n.entries = append(n.entries, entry{key: "rules", value: rules})
	return n
}
