package config

import (
	"path"
	"strings"
)

// merge gives a configuration with what it extends below it, and the command line above it: key by key, lists in the place
// of lists (spec §6.2). A key that is null counts as not there.
func (r *releaserc) merge(t tree) (tree, error) {
	loader := inRepository(r.root)
	t.root.mark(t.file)
	if r.root != nil && !strings.HasPrefix(t.file, "/") {
		loader.dirs[t.file] = loader.start
		var err error
		if t, err = loader.imports(t, loader.start+"/"+path.Base(t.file), nil); err != nil {
			return t, err
		}
	}
	if r.flags.kind == mapNode {
		t.root = over(t.root, r.flags)
	}
	base := node{kind: mapNode, line: t.root.line, col: t.root.col, file: t.root.file}
	if e, ok := t.root.get("extends"); ok && e.value.kind != nullNode {
		for _, name := range t.at(e).entriesOrSelf() {
			found, err := r.extended(loader, name)
			if err != nil {
				return t, err
			}
			base = over(base, found)
		}
	}
	t.root = withoutNull(over(base, t.root.without("extends")))
	return t, nil
}

// extended reads one shareable configuration: a file, or a package that is installed. What it extends itself is not read,
// as in semantic-release.
func (r *releaserc) extended(loader *fileLoader, t tree) (node, error) {
	name, err := t.str()
	if err != nil {
		return node{}, err
	}
	if r.root == nil {
		return node{}, t.errorf("run it in the repository", "%q can't be found without one", name)
	}
	file := loader.resolve(name, loader.dirOf(t))
	if file == "" {
		file = loader.resolve(name, loader.start)
	}
	if file == "" {
		return node{}, t.errorf("give a path in the repository, or install it (node_modules) before semcut runs", "%q is not found", name)
	}
	found, err := loader.load(file)
	if err != nil {
		return node{}, err
	}
	if found.root.kind == codeNode {
		return node{}, found.computed()
	}
	if found.root.kind == nullNode {
		found.root.kind = mapNode
	}
	return found.root, found.want(mapNode)
}

// over puts the keys of b over those of a.
func over(a, b node) node {
	merged := a
	merged.entries = append([]entry{}, a.entries...)
	for _, e := range b.entries {
		merged = merged.without(e.key)
		merged.entries = append(merged.entries, e)
	}
	return merged
}

func withoutNull(n node) node {
	kept := n
	kept.entries = nil
	for _, e := range n.entries {
		if e.value.kind != nullNode && e.value.kind != undefinedNode {
			kept.entries = append(kept.entries, e)
		}
	}
	return kept
}
