package githook

import (
	"os"
	"path/filepath"
	"strings"
)

// Repo is what has to be known of a repository. Paths are absolute.
type Repo struct {
	Root      string // of the work tree
	CommonDir string // the .git that all work trees share, of a submodule its own
	HooksPath string // core.hooksPath as it is written, "" where it isn't set
	Own       bool   // HooksPath stands in the repository's own configuration
}

// hooksDir is the folder that git looks for hooks in.
func (r Repo) hooksDir() string {
	switch {
	case r.HooksPath == "":
		return filepath.Join(r.CommonDir, "hooks")
	case filepath.IsAbs(r.HooksPath):
		return filepath.Clean(r.HooksPath)
	}
	return filepath.Join(r.Root, filepath.FromSlash(r.HooksPath))
}

// foreign says why the hooks that git runs here are not this repository's alone; "" where they are.
func (r Repo) foreign() string {
	switch {
	case r.HooksPath == "" && !r.holds(r.hooksDir()):
		return "the folder of the hooks leads out of this repository"
	case r.HooksPath == "":
		return ""
	case !r.Own:
		return "core.hooksPath is set outside of this repository's configuration"
	case strings.HasPrefix(r.HooksPath, "~"), strings.HasPrefix(r.HooksPath, "%("), !r.holds(r.hooksDir()):
		return "core.hooksPath leads out of this repository"
	}
	return ""
}

// holds says whether a path lies in the work tree or in .git, wherever links on its way lead.
func (r Repo) holds(path string) bool {
	path = resolve(path)
	for _, dir := range []string{r.Root, r.CommonDir} {
		if rel, err := filepath.Rel(resolve(dir), path); err == nil && filepath.IsLocal(rel) {
			return true
		}
	}
	return false
}

// resolve follows the links of a path, as far as it is there.
func resolve(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	if parent := filepath.Dir(path); parent != path {
		if _, err := os.Lstat(path); err != nil { // a link that leads nowhere stays what it is: outside of everything
			return filepath.Join(resolve(parent), filepath.Base(path))
		}
	}
	return ""
}

// shown is a path as people know it: from the root of the work tree, where it lies there.
func (r Repo) shown(path string) string {
	if rel, err := filepath.Rel(r.Root, path); err == nil && filepath.IsLocal(rel) {
		return filepath.ToSlash(rel)
	}
	return path
}
