package config

import (
	"io/fs"
	"slices"
	"strings"
)

// reader reads one key of another tool.
type reader func(x *translator, t tree) error

// each reads a mapping by a table of its keys. A key without a row is a remark; one without a value is as if it weren't there.
func (x *translator) each(t tree, known map[string]reader) error {
	if err := t.want(mapNode); err != nil {
		return err
	}
	for _, e := range t.root.entries {
		child := t.at(e)
		if child.root.line == 0 {
			child.root.line, child.root.col = e.line, e.col
		}
		read, ok := known[e.key]
		switch {
		case e.key == "$schema" || child.root.kind == nullNode:
		case !ok:
			x.leave(child, "it is no key that is known here", "see what it does in the manual of "+x.tool)
		default:
			if err := read(x, child); err != nil {
				return err
			}
		}
	}
	return nil
}

// origin names a value for the comment of what was made of it.
func origin(t tree) string {
	if t.path == "" {
		return place(t.file, t.root.line, t.root.col)
	}
	return place(t.file, t.root.line, t.root.col) + ": " + t.path
}

// left reads a key that has no counterpart; why and do say what a person should know.
func left(why, do string) reader {
	return func(x *translator, t tree) error {
		x.leave(t, why, do)
		return nil
	}
}

// mustLook reads a key without a counterpart that can change versions or tags.
func mustLook(why, do string) reader {
	return func(x *translator, t tree) error {
		x.must(t, why, do)
		return nil
	}
}

// What several tools have, and semcut hasn't.
var (
	branchesMakePrereleases = mustLook("pre-releases come from branches with semcut", "write branches: [main, {name: beta, prerelease: true}]")
	allCommitsCount         = mustLook("semcut asks all commits, whichever files they change", "wait for packages")
)

// needless reads a key whose work semcut does anyway, or that nothing depends on.
func needless(*translator, tree) error { return nil }

// unless reads a boolean: where it has the value that semcut behaves by anyway, nothing is to say.
func unless(usual bool, otherwise reader) reader {
	return func(x *translator, t tree) error {
		on, err := t.boolean()
		if err != nil || on == usual {
			return err
		}
		return otherwise(x, t)
	}
}

// unlessText reads a text: where it is one of the usual ones, nothing is to say.
func unlessText(otherwise reader, usual ...string) reader {
	return func(x *translator, t tree) error {
		text, err := t.str()
		if err != nil || slices.Contains(usual, text) {
			return err
		}
		return otherwise(x, t)
	}
}

// when reads a boolean that sets a key of semcut's where it is on.
func when(on bool, key string, value any) reader {
	return unless(!on, func(x *translator, t tree) error {
		x.set(key, value, origin(t))
		return nil
	})
}

// nested reads a mapping below a key.
func nested(known func() map[string]reader) reader {
	return func(x *translator, t tree) error { return x.each(t, known()) }
}

// empty says whether a value says nothing: "", [], {}, false.
func (t tree) empty() bool {
	switch t.root.kind {
	case textNode:
		return strings.TrimSpace(t.root.text) == ""
	case listNode:
		return len(t.root.items) == 0
	case mapNode:
		return len(t.root.entries) == 0
	case boolNode:
		return t.root.text == "false"
	}
	return t.root.kind == nullNode
}

// unlessEmpty reads a key that says nothing where it is empty.
func unlessEmpty(read reader) reader {
	return func(x *translator, t tree) error {
		if t.empty() {
			return nil
		}
		return read(x, t)
	}
}

// child gives the value below a mapping's key; ok is false where there is none.
func (t tree) child(key string) (tree, bool) {
	e, ok := t.root.get(key)
	if !ok || e.value.kind == nullNode {
		return tree{}, false
	}
	c := t.at(e)
	if c.root.line == 0 {
		c.root.line, c.root.col = e.line, e.col
	}
	return c, true
}

// items are the values of a list, with their places; one without a place has the list's.
func (t tree) items() ([]tree, error) {
	if err := t.want(listNode); err != nil {
		return nil, err
	}
	all := make([]tree, len(t.root.items))
	for i := range t.root.items {
		all[i] = t.item(i)
		if all[i].root.line == 0 {
			all[i].root.line, all[i].root.col = t.root.line, t.root.col
		}
	}
	return all, nil
}

// bumps says how far a tool moves the version for each type, where that differs from semcut's own rules.
type bumps struct {
	all   string            // what any commit makes, "" for nothing
	types map[string]string // by type or pattern: "minor", "patch", "none"
}

// rules says the bumps as rules: those of all commits first, since the last that fits decides, and at the end that a breaking
// change is one, which a rule that releases nothing would hide.
func (x *translator) rules(b bumps, from string) {
	if b.all != "" {
		x.add("rules", from, Pairs{{"type", "**"}, {"bump", b.all}})
	}
	nothing := false
	for _, bump := range []string{"none", "patch", "minor", "major"} {
		var types []string
		for t, to := range b.types {
			if to == bump {
				types = append(types, t)
			}
		}
		if len(types) == 0 {
			continue
		}
		slices.Sort(types)
		pattern := types[0]
		if len(types) > 1 {
			pattern = "{" + strings.Join(types, ",") + "}"
		}
		x.add("rules", from, Pairs{{"type", pattern}, {"bump", bump}})
		nothing = nothing || bump == "none"
	}
	if nothing {
		x.add("rules", from, Pairs{{"breaking", true}, {"bump", "major"}})
	}
}

// atLeastPatch says the rules of a tool that makes a release whenever it is run.
func (x *translator) atLeastPatch(t tree, from string) {
	x.add("rules", from, Pairs{{"bump", "patch"}}, Pairs{{"type", "{feat,feature}"}, {"bump", "minor"}})
	x.leave(tree{file: t.file, root: t.root, path: "rules"},
		x.tool+" makes at least a patch whenever it is run, and the rules say so: any commit would release",
		"take the first rule out if semcut releases at each push, and docs and chores aren't to")
}

// tagFormat says the format of tags; that of semcut's own needs no word.
func (x *translator) tagFormat(format, from string) {
	if format == "v${version}" {
		x.unset("tagFormat")
		return
	}
	x.set("tagFormat", format, from)
}

// tagPrefix says the format of tags by what stands before the version.
func (x *translator) tagPrefix(prefix, from string) { x.tagFormat(prefix+"${version}", from) }

// there says whether the repository has a file of that name.
func (x *translator) there(name string) bool {
	_, err := fs.Stat(x.root, name)
	return err == nil
}

// addThere adds those version files that are there.
func (x *translator) addThere(from string, names ...string) {
	for _, name := range names {
		if x.there(name) {
			x.add("versionFiles", from, name)
		}
	}
}

// path reads a path of the repository; ok is false where it leads out of it, which is remarked.
func (x *translator) path(t tree) (file string, ok bool, err error) {
	file, err = t.str()
	if err != nil {
		return "", false, err
	}
	file = strings.TrimPrefix(file, "./")
	if _, bad := (tree{root: node{kind: textNode, text: file}}).repositoryPath(""); bad != nil {
		x.leave(t, "it leads out of the repository", "name a path inside of it in .semcut.yaml")
		return "", false, nil
	}
	return file, true, nil
}
