package config

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/semcut/semcut/internal/lodash"
	"github.com/semcut/semcut/release"
)

// Setting is one key of the contract with the value that is in force.
type Setting struct {
	Key string // dotted, as in docs/configuration.md
	// Value is as .semcut.yaml would say it: a text, a boolean, a number, []any, Pairs; nil where nothing is said.
	Value  any
	Origin Origin
	// Usual says that nobody wrote it, and that it is what holds without any file, or counts for nothing.
	Usual bool
}

// Settings are all keys with their values, in the order of the contract. Templates of semantic-release's are as people write
// them there. The key "lint" is not among them: the linter has its own reader.
func (c *Config) Settings() []Setting {
	var all []Setting
	usual := Default()
	for _, s := range inOrder() {
		if s.get == nil {
			continue
		}
		value := s.get(c)
		one := Setting{Key: s.path, Value: shown(value), Origin: Origin{Kind: FromDefault}}
		same := reflect.DeepEqual(value, s.get(usual))
		if o, written := c.origins[s.path]; written {
			one.Origin = o
		} else if c.Dialect == semanticRelease && !same {
			one.Origin.tool = semanticRelease
		}
		idle := c.GitHub.Off && strings.HasPrefix(s.path, "github.") // what a page would look like
		one.Usual = (same || idle) && one.Origin.Kind == FromDefault
		all = append(all, one)
	}
	return all
}

// inOrder are the keys of the contract with those of whole mappings, each of these before what stands in it.
func inOrder() []setting {
	var all []setting
	for _, s := range settings {
		for _, g := range groupSettings {
			if strings.HasPrefix(s.path, g.path+".") && !slices.ContainsFunc(all, func(s setting) bool { return s.path == g.path }) {
				all = append(all, g)
			}
		}
		all = append(all, s)
	}
	return all
}

// shown is a value with its templates as people write them.
func shown(value any) any { return MapTexts(value, lodash.Shown) }

// MapTexts is a value of a Setting with each of its texts changed.
func MapTexts(value any, change func(string) string) any {
	switch v := value.(type) {
	case string:
		return change(v)
	case []any:
		return valueList(v, func(item any) any { return MapTexts(item, change) })
	case Pairs:
		p := make(Pairs, len(v))
		for i, e := range v {
			p[i] = Pair{e.Key, MapTexts(e.Value, change)}
		}
		return p
	}
	return value
}

// value is what a node holds, in the form of a Setting's value.
func (n node) value() any {
	switch n.kind {
	case listNode:
		list := make([]any, len(n.items))
		for i, item := range n.items {
			list[i] = item.value()
		}
		return list
	case mapNode:
		p := make(Pairs, len(n.entries))
		for i, e := range n.entries {
			p[i] = Pair{e.key, e.value.value()}
		}
		return p
	case nullNode, boolNode, numberNode:
		return n.plain()
	}
	return n.text
}

// Keys are all keys that have a value, and those of whole mappings.
func Keys() []string {
	var keys []string
	for _, s := range inOrder() {
		head, _, nested := strings.Cut(s.path, ".")
		if nested && !slices.Contains(keys, head) {
			keys = append(keys, head)
		}
		if (s.get != nil || s.path == "lint") && !slices.Contains(keys, s.path) {
			keys = append(keys, s.path)
		}
	}
	return keys
}

// Pick gives the value of a key, which may be that of a whole mapping or of something within a value, and the settings that
// it stands for.
func Pick(all []Setting, key string) (value any, rows []Setting, err error) {
	var below Pairs
	for _, s := range all {
		name, within := strings.CutPrefix(s.Key, key+".")
		switch rest, inside := strings.CutPrefix(key, s.Key+"."); {
		case s.Key == key:
			value, rows = s.Value, append(rows, s)
		case within:
			below, rows = append(below, Pair{name, s.Value}), append(rows, s)
		case inside:
			if v, ok := descend(s.Value, rest); ok {
				return v, []Setting{s}, nil
			}
		}
	}
	if len(below) > 0 && value != false {
		value = below
	}
	if len(rows) > 0 {
		return value, rows, nil
	}
	hint := "\"semcut config --all\" shows all keys"
	if near := nearest(key, Keys()); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	return nil, nil, release.Errorf(release.CodeUsage, hint, "looking for the key %q: there is none", key)
}

// descend finds a dotted key within a mapping.
func descend(value any, path string) (any, bool) {
	p, is := value.(Pairs)
	if !is {
		return nil, false
	}
	for _, e := range p {
		if e.Key == path {
			return e.Value, true
		}
		if rest, inside := strings.CutPrefix(path, e.Key+"."); inside {
			return descend(e.Value, rest)
		}
	}
	return nil, false
}
