package npm

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/semcut/semcut/internal/diskfile"
)

// A folder is a folder of the work tree. Every path is opened below the work tree's root, and no link leads out of it.
type folder struct {
	root *os.Root
	dir  string            // slash-separated, below the root; "." is the root itself
	over map[string][]byte // files that are to have other content than on disk, by their path below dir
	left string            // the folder of the work tree where packed files are left, which don't go into packages; "" for none
}

// maxText is how long a file may be that is read as a whole: a manifest, an ignore file, a readme.
const maxText = 16 << 20

func (f *folder) at(name string) string { return path.Join(f.dir, name) }

func (f *folder) lstat(name string) (fs.FileInfo, error) { return f.root.Lstat(f.at(name)) }

// entries are the names in a folder, sorted.
func (f *folder) entries(name string) ([]string, error) {
	dir, err := f.root.Open(f.at(name))
	if err != nil {
		return nil, f.cause("listing", name, err)
	}
	defer func() { _ = dir.Close() }() // it was only read
	names, err := dir.Readdirnames(-1)
	if err != nil {
		return nil, f.cause("listing", name, err)
	}
	slices.Sort(names)
	return names, nil
}

// text reads a file as a whole.
func (f *folder) text(name string) ([]byte, error) {
	if data, ok := f.over[name]; ok {
		return data, nil
	}
	file, err := f.root.Open(f.at(name))
	if err != nil {
		return nil, f.cause("reading", name, err)
	}
	defer func() { _ = file.Close() }() // it was only read
	data, err := io.ReadAll(io.LimitReader(file, maxText+1))
	if err != nil {
		return nil, f.cause("reading", name, err)
	}
	if len(data) > maxText {
		return nil, fmt.Errorf("reading %q: it is longer than %d MiB", f.at(name), maxText>>20)
	}
	return data, nil
}

// has says whether a file is there, through links too.
func (f *folder) has(name string) bool {
	info, err := f.root.Stat(f.at(name))
	return err == nil && info.Mode().IsRegular()
}

func (f *folder) cause(doing, name string, err error) error {
	return fmt.Errorf("%s %q: %w", doing, f.at(name), diskfile.Cause(err))
}

// find lists the regular files below a folder whose names begin with no dot, in folders that don't either.
func (f *folder) find(dir string) ([]string, error) {
	names, err := f.entries(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var found []string
	for _, name := range names {
		if strings.HasPrefix(name, ".") {
			continue
		}
		below := path.Join(dir, name)
		switch info, err := f.lstat(below); {
		case err != nil:
			return nil, f.cause("reading", below, err)
		case info.IsDir():
			more, err := f.find(below)
			if err != nil {
				return nil, err
			}
			found = append(found, more...)
		case info.Mode().IsRegular():
			found = append(found, below)
		}
	}
	return found, nil
}
