package npm

import (
	"path"
	"strings"
)

// workspaces are the names of the packages in the work spaces of a root. One whose globs lead to no package has none.
func (f *folder) workspaces(m *manifest) (map[string]bool, error) {
	w := &workspaceFinder{folder: f, names: map[string]bool{}}
	for _, glob := range m.Workspaces {
		bare := strings.TrimLeft(glob, "!")
		p := parsePattern(strings.TrimRight(strings.TrimLeft(strings.TrimPrefix(bare, "."), "/"), "/"))
		p.negated = (len(glob)-len(bare))%2 == 1
		w.rules = append(w.rules, p)
	}
	if len(w.rules) == 0 {
		return nil, nil
	}
	return w.names, w.look("")
}

type workspaceFinder struct {
	*folder
	rules []pattern
	names map[string]bool
}

// look looks into a folder and those below it that a glob may mean.
func (w *workspaceFinder) look(dir string) error {
	names, err := w.entries(dir)
	if err != nil {
		return err
	}
	for _, name := range names {
		below := path.Join(dir, name)
		info, err := w.lstat(below)
		if err != nil || !info.IsDir() || name == "node_modules" || strings.HasPrefix(name, ".") {
			continue
		}
		if w.means(below, false) && w.has(path.Join(below, "package.json")) {
			m, err := readManifest(w.folder, below)
			if err != nil {
				return err
			}
			if m.Name == "" {
				m.Name = name
			}
			w.names[m.Name] = true
		}
		if w.means(below, true) {
			if err := w.look(below); err != nil {
				return err
			}
		}
	}
	return nil
}

// means says whether the globs mean a folder, or with begun may mean something in it. The last that does decides.
func (w *workspaceFinder) means(dir string, begun bool) bool {
	in := false
	for _, p := range w.rules {
		if (!begun || !p.negated) && p.matchPath(dir, begun) {
			in = !p.negated
		}
	}
	return in
}
