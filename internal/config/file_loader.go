package config

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/semcut/semcut/internal/diskfile"
	"github.com/semcut/semcut/release"
)

// fileLoader reads the files of one configuration: that in force, and those that it extends and imports.
type fileLoader struct {
	start   string                   // the folder where names of no file are looked up from
	confine string                   // the folder that no path of the configuration leads out of
	root    fs.FS                    // confine, opened; nil until it is needed
	name    func(file string) string // how a file is named in messages
	dirs    map[string]string        // the folder of each file that was read, by its name
}

// inRepository reads files of a repository, which stands under an invented folder.
func inRepository(root fs.FS) *fileLoader {
	top := string(filepath.Separator) + "repository"
	return &fileLoader{start: top, confine: top, root: root, dirs: map[string]string{}, name: func(file string) string {
		if rel, err := filepath.Rel(top, file); err == nil {
			return filepath.ToSlash(rel)
		}
		return file
	}}
}

// load reads any file of the configuration, with what it imports.
func (l *fileLoader) load(file string) (tree, error) {
	return l.loadOnce(file, nil)
}

func (l *fileLoader) loadOnce(file string, from []string) (tree, error) {
	name := l.name(file)
	data, err := l.bytes(file)
	if err != nil {
		return tree{}, release.Errorf(release.CodeConfig, "make it a plain file of this repository", "reading configuration %q: %w", name, diskfile.Cause(err))
	}
	t, err := parseFile(name, data)
	if err != nil {
		return tree{}, err
	}
	t.root.mark(name)
	l.dirs[name] = filepath.Dir(file)
	return l.imports(t, file, from)
}

// parseFile parses a file by its name: data, or a module that exports some.
func parseFile(name string, data []byte) (tree, error) {
	if isModule(name) {
		return parseModule(name, data)
	}
	return parse(name, data)
}

// bytes reads a file below the folder that confines this configuration.
func (l *fileLoader) bytes(file string) ([]byte, error) {
	rel, err := filepath.Rel(l.confine, file)
	if err != nil || !filepath.IsLocal(rel) {
		return nil, errors.New("it leads out of the repository")
	}
	if slices.Contains(strings.Split(filepath.ToSlash(rel), "/"), ".git") {
		return nil, errors.New("it lies in git's own folder")
	}
	if l.root == nil {
		root, err := os.OpenRoot(l.confine)
		if err != nil {
			return nil, err
		}
		l.root = root.FS()
	}
	return readPlain(l.root, filepath.ToSlash(rel))
}

// imports puts in what "$import" names: files whose settings go before the file's own; lists are joined.
func (l *fileLoader) imports(t tree, file string, from []string) (tree, error) {
	e, ok := t.root.get("$import")
	if !ok {
		return t, nil
	}
	if from = append(from, file); len(from) > maxExtends || slices.Contains(from[:len(from)-1], file) {
		return t, t.at(e).errorf("break the circle", "its imports lead in a circle")
	}
	names, err := t.at(e).nameList()
	if err != nil {
		return t, err
	}
	merged := node{kind: mapNode, line: t.root.line, col: t.root.col, file: t.root.file}
	for _, name := range names {
		other, err := l.loadOnce(filepath.Join(filepath.Dir(file), filepath.FromSlash(name)), from)
		if err != nil {
			return t, err
		}
		merged = merged.merge(other.root, true)
	}
	t.root = merged.merge(t.root.without("$import"), true)
	return t, nil
}

// resolve finds the file of a name as Node does: a path, or a package in node_modules of the folder or of one above it.
func (l *fileLoader) resolve(name, dir string) string {
	if strings.HasPrefix(name, ".") || filepath.IsAbs(name) {
		file := filepath.FromSlash(name)
		if !filepath.IsAbs(file) {
			file = filepath.Join(dir, file)
		}
		return l.fileOf(file)
	}
	for {
		folder := filepath.Join(dir, "node_modules", filepath.FromSlash(name))
		if l.exists(filepath.Join(folder, "package.json")) {
			if main := l.mainOf(folder); main != "" {
				return l.fileOf(filepath.Join(folder, filepath.FromSlash(main)))
			}
		}
		if file := l.fileOf(folder); file != "" {
			return file
		}
		parent := filepath.Dir(dir)
		if parent == dir || !within(l.confine, parent) {
			return ""
		}
		dir = parent
	}
}

// fileOf tries the endings that a name may lack.
func (l *fileLoader) fileOf(file string) string {
	for _, ending := range []string{"", ".js", ".json", "/index.js", "/index.json", ".cjs", ".mjs", ".ts"} {
		if name := file + filepath.FromSlash(ending); l.exists(name) {
			return name
		}
	}
	return ""
}

// exists says whether a plain file is there; it is opened by bytes, which confines it.
func (l *fileLoader) exists(file string) bool {
	_, err := l.bytes(file)
	return err == nil
}

// mainOf reads which file a package is: exports, else main, else index.js.
func (l *fileLoader) mainOf(folder string) string {
	data, err := l.bytes(filepath.Join(folder, "package.json"))
	if err != nil {
		return ""
	}
	var p struct {
		Main    string
		Exports any
	}
	if json.Unmarshal(data, &p) != nil {
		return ""
	}
	if main := exported(p.Exports); main != "" {
		return main
	}
	if p.Main != "" {
		return p.Main
	}
	return "index.js"
}

// exported reads the entry "." of a package's exports.
func exported(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case map[string]any:
		for _, key := range []string{".", "import", "node", "require", "default"} {
			if main := exported(v[key]); main != "" {
				return main
			}
		}
	}
	return ""
}

// dirOf is the folder from which the names that a value holds are looked up.
func (l *fileLoader) dirOf(t tree) string {
	if dir, ok := l.dirs[t.file]; ok {
		return dir
	}
	return l.start
}
