package gitrepo

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/filemode"
	"github.com/go-git/go-git/v5/plumbing/object"
)

// Files gives the tree at a commit as a file system, read when it is asked for.
func (r *Repo) Files(_ context.Context, commit string) (fs.FS, error) {
	tree, err := r.treeOf(commit)
	if err == nil {
		return &treeFS{r.store, tree}, nil
	}
	if r.deep != nil { // ReadFiles may have read them
		if tree, wrong := treeIn(r.deep, commit); wrong == nil {
			return &treeFS{r.deep, tree}, nil
		}
	}
	return nil, err
}

// treeFS is a tree of a commit. Names are exact, and links are not followed.
type treeFS struct {
	store *objectStore
	tree  *object.Tree
}

var (
	_ fs.ReadFileFS = (*treeFS)(nil)
	_ fs.StatFS     = (*treeFS)(nil)
	_ fs.ReadDirFS  = (*treeFS)(nil)
)

func (t *treeFS) find(op, name string) (_ treeInfo, err error) {
	defer recovered(&err)
	if !fs.ValidPath(name) {
		return treeInfo{}, &fs.PathError{Op: op, Path: name, Err: fs.ErrInvalid}
	}
	if name == "." {
		return treeInfo{name: ".", mode: fs.ModeDir | 0o755, hash: t.tree.Hash}, nil
	}
	e, err := t.entry(name)
	if errors.Is(err, fs.ErrNotExist) {
		return treeInfo{}, &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
	}
	if err != nil {
		return treeInfo{}, unreadable("file", name, err)
	}
	return t.info(e, path.Base(name)), nil
}

func (t *treeFS) entry(name string) (e object.TreeEntry, err error) {
	tree := t.tree
	for rest, more := name, true; more; {
		var part string
		part, rest, more = strings.Cut(rest, "/")
		at := slices.IndexFunc(tree.Entries, func(e object.TreeEntry) bool { return e.Name == part })
		if at < 0 {
			return e, fs.ErrNotExist
		}
		e = tree.Entries[at]
		if more && e.Mode != filemode.Dir {
			return e, fs.ErrNotExist
		}
		if more {
			if tree, err = object.GetTree(t.store, e.Hash); err != nil {
				return e, err
			}
		}
	}
	return e, nil
}

func (t *treeFS) info(e object.TreeEntry, name string) treeInfo {
	i := treeInfo{name: name, hash: e.Hash}
	switch e.Mode {
	case filemode.Dir:
		i.mode = fs.ModeDir | 0o755
	case filemode.Symlink:
		i.mode = fs.ModeSymlink | 0o777
	case filemode.Submodule:
		i.mode = fs.ModeDir | fs.ModeIrregular
	case filemode.Executable:
		i.mode = 0o755
	default:
		i.mode = 0o644
	}
	if i.mode.IsRegular() {
		if size, err := t.store.EncodedObjectSize(e.Hash); err == nil {
			i.size = size
		}
	}
	return i
}

// Stat implements fs.StatFS.
func (t *treeFS) Stat(name string) (fs.FileInfo, error) {
	i, err := t.find("stat", name)
	if err != nil {
		return nil, err
	}
	return i, nil
}

// ReadFile implements fs.ReadFileFS.
func (t *treeFS) ReadFile(name string) ([]byte, error) {
	i, err := t.find("read", name)
	if err != nil {
		return nil, err
	}
	if !i.mode.IsRegular() {
		return nil, &fs.PathError{Op: "read", Path: name, Err: fs.ErrInvalid}
	}
	data, err := t.blob(i.hash)
	if err != nil {
		return nil, unreadable("file", name, err)
	}
	return data, nil
}

func (t *treeFS) blob(hash plumbing.Hash) (data []byte, err error) {
	defer recovered(&err)
	blob, err := object.GetBlob(t.store, hash)
	if err != nil {
		return nil, err
	}
	in, err := blob.Reader()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	return io.ReadAll(in)
}

// ReadDir implements fs.ReadDirFS.
func (t *treeFS) ReadDir(name string) ([]fs.DirEntry, error) {
	i, err := t.find("readdir", name)
	if err != nil {
		return nil, err
	}
	if i.mode&fs.ModeIrregular != 0 {
		return nil, nil // a submodule, whose files are its own repository's
	}
	tree, err := object.GetTree(t.store, i.hash)
	if err != nil {
		return nil, unreadable("folder", name, err)
	}
	entries := make([]fs.DirEntry, 0, len(tree.Entries))
	for _, e := range tree.Entries {
		entries = append(entries, fs.FileInfoToDirEntry(t.info(e, e.Name)))
	}
	return entries, nil
}

// Open implements fs.FS.
func (t *treeFS) Open(name string) (fs.File, error) {
	i, err := t.find("open", name)
	if err != nil {
		return nil, err
	}
	if i.mode.IsDir() {
		return &treeFile{info: i}, nil
	}
	data, err := t.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return &treeFile{info: i, Reader: bytes.NewReader(data)}, nil
}

// treeFile is an open file; a folder has no Reader.
type treeFile struct {
	info treeInfo
	*bytes.Reader
}

func (f *treeFile) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *treeFile) Close() error               { return nil }
func (f *treeFile) Read(p []byte) (int, error) {
	if f.Reader == nil {
		return 0, &fs.PathError{Op: "read", Path: f.info.name, Err: fs.ErrInvalid}
	}
	return f.Reader.Read(p)
}

// treeInfo is what a tree says of an entry.
type treeInfo struct {
	name string
	mode fs.FileMode
	size int64
	hash plumbing.Hash
}

func (i treeInfo) Name() string       { return i.name }
func (i treeInfo) Size() int64        { return i.size }
func (i treeInfo) Mode() fs.FileMode  { return i.mode }
func (i treeInfo) ModTime() time.Time { return time.Time{} }
func (i treeInfo) IsDir() bool        { return i.mode.IsDir() }
func (i treeInfo) Sys() any           { return nil }
