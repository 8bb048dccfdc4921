package config

import (
	"errors"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/semcut/semcut/release"
)

// Check is Load that goes on behind what is wrong, as far as it can, and gives all of it.
func Check(s Source) (*Config, []error) {
	c := Default()
	c.problems = &problems{}
	_ = c.pass(c.load(s)) // it is kept
	_ = c.pass(c.Blocked)
	return c, c.found
}

// ForLinter says whether a file of this name is the linter's only.
func ForLinter(file string) bool {
	name := filepath.Base(file)
	return slices.Contains(lintPlaces(), name) && !strings.HasPrefix(name, "package.")
}

// LintOrigin says where the settings of the linter stand; ok is false where the file has none.
func (c *Config) LintOrigin() (o Origin, ok bool) {
	o, ok = c.origins["lint"]
	return o, ok
}

// ErrNoKey says that a file that holds settings below a key has none.
var ErrNoKey = errors.New("it has none of the keys")

// HasLint says whether the named file holds settings of the linter.
func HasLint(s LintSource) bool {
	l := newLintLoader(s)
	t, _, err := l.named()
	return err == nil && len(t.root.entries) > 0
}

// LintsAsWhole says whether the linter finds its settings in a named file where semcut's others stand, too: in one that holds
// those of many programs it looks for commitlint's.
func LintsAsWhole(file string) bool { return len(keyed(filepath.Base(file))) == 0 }

// keyed are the sources that are a key of a file of this name.
func keyed(file string) (found []source) {
	for _, src := range slices.Concat(nativeSources, releasercSources) {
		if src.key != "" && path.Base(src.file) == file {
			found = append(found, src)
		}
	}
	return found
}

// readKeyed reads the first of the keys that a named file has.
func readKeyed(c *Config, file string, keys []source, data []byte) error {
	var names []string
	for _, src := range keys {
		src.file = file
		found, err := src.read(c, data)
		if found || err != nil {
			return err
		}
		names = append(names, src.key)
	}
	return release.Errorf(release.CodeConfig, "write it under one of these keys, or name another file",
		"reading configuration %q: %w: %s", file, ErrNoKey, strings.Join(names, ", "))
}
