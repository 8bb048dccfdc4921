package npm

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"syscall"

	"github.com/semcut/semcut/release"
)

// A bundler adds the packages that bundleDependencies names, with all that they need themselves.
type bundler struct {
	*lister
	seen map[string]bool // by folder
}

// bundle adds those of the published package. One that is no dependency, or a development one, npm leaves out.
func (b *bundler) bundle(m *manifest) error {
	for _, name := range m.Bundled {
		_, prod := m.Dependencies[name]
		_, optional := m.Optional[name]
		if !prod && !optional && !b.spaces[name] {
			continue
		}
		if err := b.dependency("", name, optional || !prod); err != nil {
			return err
		}
	}
	return nil
}

// dependency adds what a package in a folder gets when it asks for a name.
func (b *bundler) dependency(from, name string, optional bool) error {
	if !validName(name) {
		return fmt.Errorf("the bundled dependency %q has no valid name", name)
	}
	dir, info, err := b.resolve(from, name)
	switch {
	case err != nil:
		return err
	case dir == "" && optional:
		return nil
	case dir == "":
		return release.Errorf(release.CodeAsset, "install the dependencies first: npm ci",
			"packing the npm package in %q: the bundled dependency %q is not in its node_modules", b.dir, name)
	case b.seen[dir]:
		return nil
	}
	b.seen[dir] = true
	m, err := readManifest(b.folder, dir)
	if err != nil {
		return err
	}
	link := info.Mode()&fs.ModeSymlink != 0
	if err := b.packageAt(dir, m, link); err != nil {
		return err
	}
	for _, next := range append(slices.Sorted(maps.Keys(m.Dependencies)), slices.Sorted(maps.Keys(m.Optional))...) {
		_, maybe := m.Optional[next]
		if err := b.dependency(dir, next, maybe); err != nil {
			return err
		}
	}
	return nil
}

// resolve finds a package as Node does: in the node_modules of the folder that asks, then in those above it, up to the
// package. What a link leads to is looked for in the link's place only.
func (b *bundler) resolve(from, name string) (string, fs.FileInfo, error) {
	for {
		dir := path.Join(from, "node_modules", name)
		info, err := b.lstat(dir)
		if err == nil {
			return dir, info, nil
		}
		if !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR) {
			return "", nil, b.cause("reading", dir, err)
		}
		if from == "" || from == "." {
			return "", nil, nil
		}
		above := strings.LastIndex(from, "node_modules/")
		if above < 0 {
			from = ""
			continue
		}
		from = strings.TrimSuffix(from[:above], "/")
	}
}
