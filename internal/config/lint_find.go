package config

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/semcut/semcut/internal/diskfile"
	"github.com/semcut/semcut/release"
)

// lintPlaces are the files in which commitlint looks for its settings, in its order.
func lintPlaces() []string {
	return []string{
		"package.json", "package.yaml", ".commitlintrc",
		".commitlintrc.json", ".commitlintrc.yaml", ".commitlintrc.yml", ".commitlintrc.js", ".commitlintrc.cjs", ".commitlintrc.mjs",
		"commitlint.config.js", "commitlint.config.cjs", "commitlint.config.mjs", ".commitlintrc.ts", ".commitlintrc.cts",
		".commitlintrc.mts", "commitlint.config.ts", "commitlint.config.cts", "commitlint.config.mts",
	}
}

// lintLoader finds and reads the files of one configuration.
type lintLoader struct {
	fileLoader
	src  LintSource
	file string // the one in force
}

func newLintLoader(s LintSource) *lintLoader {
	l := &lintLoader{src: s, fileLoader: fileLoader{start: s.Dir, dirs: map[string]string{}}}
	l.name = l.shown
	return l
}

// find gives the settings that are in force; their root has no kind where there are none. own says that they are in
// semcut's form.
func (l *lintLoader) find() (t tree, own bool, err error) {
	if l.src.File != "" {
		return l.named()
	}
	if l.src.Root != "" {
		for _, src := range nativeSources {
			t, err = l.read(filepath.Join(l.src.Root, filepath.FromSlash(src.file)), lintKey(src.key))
			if err != nil || t.root.kind != "" {
				return t, true, err
			}
		}
	}
	for _, dir := range l.folders() {
		for _, name := range lintPlaces() {
			key := ""
			if strings.HasPrefix(name, "package.") {
				key = "commitlint"
			}
			if t, err = l.read(filepath.Join(dir, name), key); err != nil || t.root.kind != "" {
				return t, false, err
			}
		}
	}
	return l.global()
}

func lintKey(key string) string {
	if key == "" {
		return "lint"
	}
	return key + ".lint"
}

// named reads the file after --config: semcut's own by its name, or by a key "lint" in it.
func (l *lintLoader) named() (tree, bool, error) {
	name := filepath.Base(l.src.File)
	key := ""
	for _, src := range nativeSources {
		if name == filepath.Base(src.file) && !strings.HasPrefix(name, "package.") {
			key = lintKey(src.key)
		}
	}
	if strings.HasPrefix(name, "package.") {
		key = "commitlint"
	}
	t, err := l.readNamed(key)
	if err != nil || key == "lint" {
		return t, true, err
	}
	if t.root.kind == "" {
		return tree{file: l.shown(l.src.File), root: node{kind: mapNode}}, false, nil
	}
	if e, ok := t.root.get("lint"); ok && t.root.kind == mapNode {
		return t.at(e), true, nil
	}
	return t, false, nil
}

// readNamed reads the file after --config, which may be a pipe.
func (l *lintLoader) readNamed(key string) (tree, error) {
	name := l.shown(l.src.File)
	wrong := func(err error) error {
		return release.Errorf(release.CodeConfig, "check the path after --config", "reading configuration %q: %w", name, diskfile.Cause(err))
	}
	info, err := os.Stat(l.src.File)
	if err != nil {
		return tree{}, wrong(err)
	}
	if info.Mode().IsRegular() || info.IsDir() {
		return l.read(l.src.File, key)
	}
	data, err := readBounded(l.src.File)
	if err != nil {
		return tree{}, wrong(err)
	}
	t, err := parse(name, data)
	if err != nil || t.root.kind == nullNode {
		return tree{}, err
	}
	l.confine, l.file = l.src.Dir, name
	return t, nil
}

// folders lists where to look: the folder, and each above it up to the home folder, or up to the top.
func (l *lintLoader) folders() []string {
	home := l.home()
	var dirs []string
	for dir := l.src.Dir; ; {
		dirs = append(dirs, dir)
		parent := filepath.Dir(dir)
		if parent == dir || dir == home {
			return dirs
		}
		dir = parent
	}
}

func (l *lintLoader) home() string {
	home := l.src.Env("HOME")
	if home == "" && runtime.GOOS == "windows" {
		home = l.src.Env("USERPROFILE")
	}
	return home
}

// global looks in the user's own folder of settings.
func (l *lintLoader) global() (t tree, own bool, err error) {
	dir := l.src.Env("XDG_CONFIG_HOME")
	if home := l.home(); dir == "" && home != "" {
		dir = filepath.Join(home, ".config")
	}
	if dir == "" {
		return tree{}, false, nil
	}
	for _, name := range []string{"config", "config.json", "config.yaml", "config.yml", "config.js", "config.ts", "config.cjs", "config.mjs"} {
		if t, err = l.read(filepath.Join(dir, "commitlint", name), ""); err != nil || t.root.kind != "" {
			return t, false, err
		}
	}
	return tree{}, false, nil
}

// read reads the first file of a configuration, or what stands in it under a key. What isn't there, or says nothing, has
// a root without a kind.
func (l *lintLoader) read(file, key string) (tree, error) {
	if !l.there(file) {
		return tree{}, nil
	}
	l.confine, l.root = filepath.Dir(file), nil
	if l.src.Root != "" && within(l.src.Root, file) {
		l.confine, l.root = l.src.Root, l.src.Tree
	}
	t, err := l.load(file)
	if err != nil || t.root.kind == nullNode {
		return tree{}, err
	}
	if key != "" {
		if t, _ = t.below(key); t.root.kind == nullNode || t.root.kind == "" {
			return tree{}, nil
		}
	}
	l.file = t.file
	return t, nil
}

// there says whether something of that name is there, be it a link that leads nowhere.
func (l *lintLoader) there(file string) bool {
	if l.src.Tree == nil || !within(l.src.Root, file) {
		_, err := os.Lstat(file)
		return err == nil
	}
	rel, err := filepath.Rel(l.src.Root, file)
	if err == nil {
		_, err = fs.Lstat(l.src.Tree, filepath.ToSlash(rel))
	}
	return err == nil
}

// within says whether a path lies in a folder.
func within(dir, file string) bool {
	rel, err := filepath.Rel(dir, file)
	return err == nil && filepath.IsLocal(rel)
}

// shown is how a file is named in messages: from where the user stands, if it lies below.
func (l *lintLoader) shown(file string) string {
	for _, dir := range []string{l.src.Dir, l.src.Root} {
		if rel, err := filepath.Rel(dir, file); dir != "" && err == nil && filepath.IsLocal(rel) {
			return filepath.ToSlash(rel)
		}
	}
	return file
}

// nameList reads a text or a list of texts.
func (t tree) nameList() ([]string, error) {
	if t.root.kind == textNode {
		return []string{t.root.text}, nil
	}
	return t.texts()
}
