package main

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
)

// installed is a commit's files with the packages that are installed in the work tree (node_modules), which no commit holds:
// a configuration at the commit may extend one.
type installed struct{ commit, work fs.FS }

// Open implements fs.FS.
func (i installed) Open(name string) (fs.File, error) {
	file, err := i.commit.Open(name)
	if i.elsewhere(name, err) {
		return i.work.Open(name)
	}
	return file, err
}

// Stat implements fs.StatFS.
func (i installed) Stat(name string) (fs.FileInfo, error) {
	info, err := fs.Stat(i.commit, name)
	if i.elsewhere(name, err) {
		return fs.Stat(i.work, name)
	}
	return info, err
}

// ReadFile implements fs.ReadFileFS.
func (i installed) ReadFile(name string) ([]byte, error) {
	data, err := fs.ReadFile(i.commit, name)
	if i.elsewhere(name, err) {
		return fs.ReadFile(i.work, name)
	}
	return data, err
}

// elsewhere says whether a name that the commit hasn't is one of an installed package.
func (i installed) elsewhere(name string, err error) bool {
	return errors.Is(err, fs.ErrNotExist) && i.work != nil && slices.Contains(strings.Split(name, "/"), "node_modules")
}
