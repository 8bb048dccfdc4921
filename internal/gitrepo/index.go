package gitrepo

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing/filemode"
	"github.com/go-git/go-git/v5/plumbing/format/index"

	"github.com/semcut/semcut/release"
)

// readIndex reads the index; one that isn't there is empty.
func (w *Worktree) readIndex() (*index.Index, error) {
	data, err := os.ReadFile(w.indexFile())
	if errors.Is(err, fs.ErrNotExist) {
		return &index.Index{Version: 2}, nil
	}
	idx := &index.Index{Version: 2}
	if err == nil {
		err = index.NewDecoder(bytes.NewReader(data)).Decode(idx)
	}
	if err != nil {
		return nil, release.Errorf(release.CodeRepository, "rebuild it with \"git read-tree HEAD\", or unset core.splitIndex", "reading the index %q: %w", w.indexFile(), causeOf(err))
	}
	return idx, nil
}

func (w *Worktree) indexFile() string { return filepath.Join(w.repo.GitDir(), "index") }

// updateIndex makes exactly these paths hold what the release commit holds, with git's own lock.
func (w *Worktree) updateIndex(root *os.Root, edits []release.Edit) error {
	unlock, lock, err := lockFile(w.indexFile())
	if err != nil {
		return err
	}
	defer unlock()
	idx, err := w.readIndex()
	if err != nil {
		return err
	}
	for _, e := range edits {
		if e.New == nil {
			idx.Entries = slices.DeleteFunc(idx.Entries, func(have *index.Entry) bool { return have.Name == e.Path })
			continue
		}
		info, err := root.Lstat(filepath.FromSlash(e.Path))
		if err != nil {
			return fmt.Errorf("updating the index for %q: %w", e.Path, causeOf(err))
		}
		entry, err := idx.Entry(e.Path)
		if err != nil {
			entry = idx.Add(e.Path)
		}
		entry.Hash, entry.Size, entry.ModifiedAt = blobHash(e.New), uint32(info.Size()), info.ModTime()
		entry.CreatedAt, entry.Dev, entry.Inode, entry.UID, entry.GID = info.ModTime(), 0, 0, 0, 0
		entry.IntentToAdd = false
		if entry.Mode == 0 {
			entry.Mode = filemode.Regular
		}
	}
	slices.SortFunc(idx.Entries, func(a, b *index.Entry) int {
		if c := strings.Compare(a.Name, b.Name); c != 0 {
			return c
		}
		return int(a.Stage) - int(b.Stage)
	})
	// The caches that stand behind the entries speak of the old ones; git makes them anew.
	idx.Cache, idx.ResolveUndo, idx.EndOfIndexEntry = nil, nil, nil
	if idx.Version > 2 {
		idx.Version = 2
	}
	if err := index.NewEncoder(lock).Encode(idx); err != nil {
		return release.Errorf(release.CodeFile, "check the free space", "writing the index: %w", causeOf(err))
	}
	return commitLock(lock, w.indexFile())
}

// lockFile takes git's lock of a file: FILE.lock, which must not exist.
func lockFile(name string) (unlock func(), f *os.File, err error) {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return nil, nil, release.Errorf(release.CodeFile, "check the folder's rights", "writing %q: %w", name, causeOf(err))
	}
	f, err = os.OpenFile(name+".lock", os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return nil, nil, release.Errorf(release.CodeFile, "wait for the other git command; if none runs, delete that file", "writing %q: %q is there already", name, name+".lock")
	}
	if err != nil {
		return nil, nil, release.Errorf(release.CodeFile, "check the folder's rights and the free space", "writing %q: %w", name, causeOf(err))
	}
	return func() {
		_ = f.Close()
		_ = os.Remove(name + ".lock") // gone already after commitLock
	}, f, nil
}

// commitLock puts the written lock file in the place of the file.
func commitLock(f *os.File, name string) error {
	err := f.Sync()
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(name+".lock", name)
	}
	if err != nil {
		return release.Errorf(release.CodeFile, "check the folder's rights and the free space", "writing %q: %w", name, causeOf(err))
	}
	return nil
}
