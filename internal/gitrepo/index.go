package gitrepo

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/filemode"
	"github.com/go-git/go-git/v5/plumbing/format/index"

	"github.com/semcut/semcut/internal/diskfile"
	"github.com/semcut/semcut/release"
)

// readIndex reads the index, and gives its bytes, too; one that isn't there is empty.
func (r *Repo) readIndex() (*index.Index, []byte, error) {
	idx := &index.Index{Version: 2}
	data, err := os.ReadFile(r.indexFile())
	if errors.Is(err, fs.ErrNotExist) {
		return idx, nil, nil
	}
	if err == nil {
		err = index.NewDecoder(bytes.NewReader(data)).Decode(idx)
	}
	if err != nil {
		return nil, nil, release.Errorf(release.CodeRepository, "rebuild it with \"git read-tree HEAD\", or unset core.splitIndex", "reading the index %q: %w", r.indexFile(), diskfile.Cause(err))
	}
	return idx, data, nil
}

func (r *Repo) indexFile() string { return filepath.Join(r.GitDir(), "index") }

// newIndex is where the next index is written. It is not the lock: a killed run must not lock git out.
func (w *Worktree) newIndex() string { return w.repo.indexFile() + ".semcut" }

// writeIndex writes an index in which exactly the staged paths hold what the release commit holds, beside the index.
func (s *staged) writeIndex(idx *index.Index) error {
	for _, f := range s.files {
		if f.Loose {
			continue
		}
		if f.Back {
			putBack(idx, f.Edit)
			continue
		}
		if f.New == nil {
			idx.Entries = slices.DeleteFunc(idx.Entries, func(have *index.Entry) bool { return have.Name == f.Path })
			continue
		}
		if err := s.enter(idx, f); err != nil {
			return err
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
	idx.Version = 2
	if slices.ContainsFunc(idx.Entries, func(e *index.Entry) bool { return e.IntentToAdd || e.SkipWorktree }) {
		idx.Version = 3 // what these need
	}
	var data bytes.Buffer
	err := index.NewEncoder(&data).Encode(idx)
	if err == nil {
		err = writeSyncedFile(s.tree.newIndex(), data.Bytes())
	}
	if err != nil {
		return release.Errorf(release.CodeFile, "check the free space", "writing the index: %w", diskfile.Cause(err))
	}
	return nil
}

// putBack gives a file of the index what the index had of it before. Git has to look at the file.
func putBack(idx *index.Index, e release.Edit) {
	if e.Before.Object == "" {
		idx.Entries = slices.DeleteFunc(idx.Entries, func(have *index.Entry) bool { return have.Name == e.Path })
		return
	}
	entry, err := idx.Entry(e.Path)
	if err != nil {
		entry = idx.Add(e.Path)
	}
	entry.Hash, entry.Mode = plumbing.NewHash(e.Before.Object), filemode.FileMode(e.Before.Mode)
	entry.Size, entry.ModifiedAt, entry.CreatedAt = 0, time.Time{}, time.Time{}
}

// commitIndex renames the new index into place under git's own lock, or makes it again where somebody changed the
// index meanwhile.
func (s *staged) commitIndex() error {
	l, err := takeLock(s.tree.repo.indexFile())
	if err != nil {
		return err
	}
	defer l.release()
	idx, data, err := s.tree.repo.readIndex()
	if err == nil && !bytes.Equal(data, s.index) {
		err = s.writeIndex(idx)
	}
	if err != nil {
		return err
	}
	if err := os.Rename(s.tree.newIndex(), s.tree.repo.indexFile()); err != nil {
		return release.Errorf(release.CodeFile, "check the folder's rights, then run again", "writing the index: %w", diskfile.Cause(err))
	}
	return nil
}

// enter puts a staged file into the index. Renaming keeps what the file system tells of it.
func (s *staged) enter(idx *index.Index, f stagedFile) error {
	entry, err := idx.Entry(f.Path)
	if err != nil {
		entry = idx.Add(f.Path)
	}
	entry.Hash, entry.IntentToAdd = blobHash(f.New), false
	if entry.Mode == 0 || f.Here {
		entry.Mode = filemode.Regular
		if f.Executable {
			entry.Mode = filemode.Executable
		}
	}
	if f.absent { // nothing is known of the file: git has to look at it
		entry.Size, entry.ModifiedAt, entry.CreatedAt = 0, time.Time{}, time.Time{}
		return nil
	}
	name := f.temp
	if name == "" { // it stands in its place already
		name = filepath.FromSlash(f.Path)
	}
	info, err := s.root.Lstat(name)
	if err != nil {
		return release.Errorf(release.CodeFile, "run again", "updating the index for %q: %w", f.Path, diskfile.Cause(err))
	}
	entry.Size, entry.ModifiedAt, entry.CreatedAt = uint32(info.Size()), info.ModTime(), info.ModTime()
	entry.Dev, entry.Inode, entry.UID, entry.GID = 0, 0, 0, 0
	return nil
}
