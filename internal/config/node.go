package config

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/semcut/semcut/release"
)

// nodeKind is the type of a value in a file.
type nodeKind string

const (
	nullNode   nodeKind = "nothing"
	textNode   nodeKind = "a text"
	numberNode nodeKind = "a number"
	boolNode   nodeKind = "true or false"
	listNode   nodeKind = "a list"
	mapNode    nodeKind = "a mapping"
)

// node is one value with its place, whatever syntax it was written in.
type node struct {
	kind      nodeKind
	line, col int
	text      string // of a text, number or boolean
	items     []node
	entries   []entry
	file      string // where it stands, if not in the tree's file
}

// entry is one key of a mapping.
type entry struct {
	key       string
	line, col int
	value     node
}

func (n node) get(key string) (entry, bool) {
	for _, e := range n.entries {
		if e.key == key {
			return e, true
		}
	}
	return entry{}, false
}

// tree is a file's value with the names that errors need.
type tree struct {
	file string
	path string // where in the file, "notes.layout"
	root node
}

func (t tree) at(e entry) tree {
	path := e.key
	if t.path != "" {
		path = t.path + "." + e.key
	}
	return tree{file: cmp.Or(e.value.file, t.file), path: path, root: e.value}
}

// below gives the value below a dotted key; ok is false where there is none.
func (t tree) below(key string) (tree, bool) {
	for name := range strings.SplitSeq(key, ".") {
		e, ok := t.root.get(name)
		if !ok {
			return tree{}, false
		}
		t = t.at(e)
	}
	return t, true
}

func (t tree) item(i int) tree {
	item := t.root.items[i]
	return tree{file: cmp.Or(item.file, t.file), path: fmt.Sprintf("%s[%d]", t.path, i), root: item}
}

// entriesOrSelf gives the entries of a list; what is none is the only one.
func (t tree) entriesOrSelf() []tree {
	if t.root.kind != listNode {
		return []tree{t}
	}
	entries := make([]tree, len(t.root.items))
	for i := range entries {
		entries[i] = t.item(i)
	}
	return entries
}

// place gives "file:line:column".
func place(file string, line, col int) string {
	if line == 0 {
		return file
	}
	return fmt.Sprintf("%s:%d:%d", file, line, col)
}

// errorf makes the error for this value. The first verb of the message is preceded by place and path.
func (t tree) errorf(hint, format string, args ...any) error {
	key := ""
	if t.path != "" {
		key = fmt.Sprintf("key %q: ", t.path)
	}
	return wrongAt(release.CodeConfig, hint, t.file, t.root.line, t.root.col, "%s%s", key, fmt.Sprintf(format, args...))
}

func (t tree) want(kinds ...nodeKind) error {
	for _, k := range kinds {
		if t.root.kind == k {
			return nil
		}
	}
	if t.root.kind == codeNode {
		return t.computed()
	}
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = string(k)
	}
	return t.errorf("see docs/configuration.md", "it must be %s, not %s", strings.Join(names, " or "), t.root.kind)
}

// str reads a text. Numbers and booleans are not texts: what somebody meant by them is a guess.
func (t tree) str() (string, error) {
	if err := t.want(textNode); err != nil {
		return "", err
	}
	return t.root.text, nil
}

func (t tree) boolean() (bool, error) {
	if err := t.want(boolNode); err != nil {
		return false, err
	}
	return t.root.text == "true", nil
}

// isFalse says whether the value is the boolean false, which turns off what else has settings.
func (t tree) isFalse() bool { return t.root.kind == boolNode && t.root.text == "false" }

// oneOf reads a text that must be one of the values.
func (t tree) oneOf(values ...string) (string, error) {
	got, err := t.str()
	if err != nil {
		return "", err
	}
	for _, v := range values {
		if v == got {
			return got, nil
		}
	}
	return "", t.errorf("write one of: "+strings.Join(values, ", "), "%q is not known", got)
}

// unknown makes the error for a key that nobody knows, with the nearest one that is known.
func (t tree) unknown(e entry, known []string) error {
	hint := "known keys: " + strings.Join(known, ", ")
	if near := nearest(e.key, known); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	where := ""
	if t.path != "" {
		where = fmt.Sprintf(" in %q", t.path)
	}
	return wrongAt(release.CodeConfig, hint, t.file, e.line, e.col, "unknown key %q%s", e.key, where)
}

// notYet makes the error for a setting that semcut knows of but can't honour.
func (t tree) notYet() error {
	return wrongAt(release.CodeNotYet, "take it out, or wait for a semcut that supports it", t.file, t.root.line, t.root.col, "key %q is not supported yet", t.path)
}
