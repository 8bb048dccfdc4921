package npm

import (
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
)

// A lister finds the files of a package as npm-packlist 10 does, which npm 11 packs by.
type lister struct {
	*folder
	found  map[string]bool
	spaces map[string]bool // the names of the package's work spaces
}

// listFiles lists the files that are packed, with bundled dependencies, sorted as npm sorts them.
func listFiles(f *folder, m *manifest) ([]string, error) {
	spaces, err := f.workspaces(m)
	if err != nil {
		return nil, err
	}
	l := &lister{folder: f, found: map[string]bool{}, spaces: spaces}
	if err := l.packageAt("", m, true); err != nil {
		return nil, err
	}
	b := &bundler{lister: l, seen: map[string]bool{}}
	if err := b.bundle(m); err != nil {
		return nil, err
	}
	return slices.SortedFunc(maps.Keys(l.found), byKind()), nil
}

// packageAt lists a package: the one that is published, or one that goes with it. Of an installed one only its "files"
// count at its root, not what ignore files say there; a link to one is treated as the published one.
func (l *lister) packageAt(dir string, m *manifest, own bool) error {
	names, err := l.entries(dir)
	if err != nil {
		return err
	}
	top := &level{}
	rules, strict := l.manifestRules(dir, m, top)
	if own {
		top.add(neverRules())
	}
	if m.FilesSet {
		top.add(rules)
	} else if own {
		ignore, err := l.ignoreFile(dir, names)
		if err != nil {
			return err
		}
		top.add(ignore)
	}
	top.add(strict)
	return l.walk(dir, top, names, len(l.spaces) > 0 && dir == "")
}

// ignoreFile reads the ignore file of a folder, if it has one.
func (l *lister) ignoreFile(dir string, names []string) ([]pattern, error) {
	for _, name := range []string{npmIgnore, gitIgnore} {
		if slices.Contains(names, name) {
			text, err := l.text(path.Join(dir, name))
			return parseIgnore(string(text)), err
		}
	}
	return nil, nil
}

// manifestRules are the rules that "files" makes, and those that hold in any case: what a manifest names is packed.
func (l *lister) manifestRules(dir string, m *manifest, top *level) (rules, strict []pattern) {
	var first []pattern
	rules = append(rules, parsePattern("*"))
	for _, file := range m.Files {
		if strings.HasPrefix(file, "./") {
			file = file[1:]
		}
		if strings.HasSuffix(file, "/*") {
			file += "*"
		}
		wanted := parsePattern("!" + file)
		info, err := l.lstat(path.Join(dir, strings.ReplaceAll(strings.TrimLeft(file, "!"), `\`, "/")))
		switch {
		case err != nil: // then it is a pattern
			rules = append(rules, wanted)
		case info.Mode().IsRegular():
			first = append([]pattern{wanted}, first...)
			top.required = append(top.required, strings.TrimPrefix(file, "/"))
		case info.IsDir():
			rules = append(rules, wanted, parsePattern("!"+file+"/**"))
		}
	}
	strict = append(first, alwaysRules()...)
	named := []string{m.Browser, m.Main}
	for _, key := range slices.Sorted(maps.Keys(m.Bin)) {
		named = append(named, m.Bin[key])
	}
	for _, file := range named {
		if file != "" {
			strict = append(strict, parsePattern("!/"+file))
		}
	}
	return rules, strict
}

// walk lists what a level has. base is the folder of the package that the level is in.
func (l *lister) walk(base string, at *level, names []string, workspaces bool) error {
	for _, name := range names {
		file, dir := at.included(name, false, ""), at.included(name, true, "")
		if !file && !dir || strings.Contains(name, "*") { // Windows has no such names
			continue
		}
		below := path.Join(base, at.path, name)
		info, err := l.lstat(below)
		switch {
		case err != nil:
			return l.cause("reading", below, err)
		case info.IsDir() && dir:
			next := &level{parent: at, path: path.Join(at.path, name), exact: file || at.included(name+"/", false, "")}
			if err := l.into(base, next, workspaces); err != nil {
				return err
			}
		case info.Mode().IsRegular() && file && !l.isLeft(below):
			l.found[below] = true
		case info.Mode()&fs.ModeSymlink != 0: // links are not packed
		}
	}
	return nil
}

// isLeft says whether a file is one that an earlier run packed and left: with it in the package no run would pack the same.
func (f *folder) isLeft(name string) bool {
	return f.left != "" && path.Dir(f.at(name)) == f.left && path.Ext(name) == ".tgz"
}

// into lists a folder within a package, whose own ignore file goes before those above it.
func (l *lister) into(base string, at *level, workspaces bool) error {
	names, err := l.entries(path.Join(base, at.path))
	if err != nil {
		return err
	}
	at.add(neverRules())
	// npm takes a manifest in there for an ignore file where the package has workspaces, and then no other one counts.
	if !workspaces || !slices.Contains(names, "package.json") {
		ignore, err := l.ignoreFile(path.Join(base, at.path), names)
		if err != nil {
			return err
		}
		at.add(ignore)
	}
	strict := []pattern{noGit()}
	for _, file := range at.parent.required {
		if dir, name := path.Split(path.Clean(file)); strings.TrimSuffix(dir, "/") == path.Base(at.path) {
			at.required = append(at.required, name)
			strict = append(strict, parsePattern("!"+name))
		}
	}
	at.add(strict)
	return l.walk(base, at, names, workspaces)
}

// byKind compares names so that files which compress well together are neighbours: by extension, name, folder.
func byKind() func(a, b string) int {
	compare := english()
	return func(a, b string) int {
		for _, part := range []func(string) string{
			func(s string) string { return lower(extension(s)) },
			func(s string) string { return lower(path.Base(s)) },
			func(s string) string {
				if strings.HasPrefix(s, "@") {
					return "./" + s // as npm does, since tar programs take @NAME for something else
				}
				return s
			},
		} {
			if n := compare(part(a), part(b)); n != 0 {
				return n
			}
		}
		return strings.Compare(a, b)
	}
}

// extension is what stands behind the last dot of a name, with it; a dot at the beginning makes none.
func extension(name string) string {
	base := path.Base(name)
	return path.Ext(strings.TrimLeft(base, "."))
}
