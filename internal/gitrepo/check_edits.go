package gitrepo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/go-git/go-git/v5/plumbing/format/index"

	"github.com/semcut/semcut/internal/diskfile"
	"github.com/semcut/semcut/release"
)

// CheckEdits says why edits can't be applied. Only the paths that are edited must be clean.
func (r *Repo) CheckEdits(ctx context.Context, base string, edits []release.Edit) error {
	if r.Root() == "" || len(edits) == 0 {
		return nil
	}
	root, err := os.OpenRoot(r.Root())
	if err != nil {
		return release.Errorf(release.CodeFile, "check the folder's rights", "opening the work tree %q: %w", r.Root(), diskfile.Cause(err))
	}
	defer root.Close()
	idx, _, err := r.readIndex()
	if err != nil {
		return err
	}
	if l := (&lock{r.indexFile()}); l.taken() && !l.abandoned() {
		return l.inTheWay()
	}
	for _, e := range edits {
		if err := checkEdit(root, idx, e); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func checkEdit(root *os.Root, idx *index.Index, e release.Edit) error {
	if err := checkPath(e.Path); err != nil {
		return err
	}
	entry, err := idx.Entry(e.Path)
	tracked := err == nil
	if !e.Loose && tracked && entry.SkipWorktree {
		return nil // a sparse checkout: there is nothing to keep
	}
	dirty := func(why string) error {
		return release.Errorf(release.CodeDirty, fmt.Sprintf("commit or stash the changes first: git stash push -- %s", e.Path), "changing %q: %s", e.Path, why)
	}
	if !e.Loose && (tracked != !e.Created || tracked && entry.Hash != blobHash(e.Old)) {
		return dirty("it has staged changes")
	}
	info, err := root.Lstat(filepath.FromSlash(e.Path))
	switch {
	case errors.Is(err, fs.ErrNotExist) && e.Created:
		return checkFolder(root, e.Path)
	case errors.Is(err, fs.ErrNotExist):
		return dirty("it is deleted in the work tree")
	case err != nil:
		return release.Errorf(release.CodeFile, "name a file inside the repository", "changing %q: %w", e.Path, diskfile.Cause(err))
	case info.Mode()&fs.ModeSymlink != 0:
		return release.Errorf(release.CodeFile, "name the file that it leads to, or put a plain file in its place", "changing %q: it is a symbolic link", e.Path)
	case !info.Mode().IsRegular():
		return release.Errorf(release.CodeFile, "name a plain file with changelog.file", "changing %q: it is a folder or a special file", e.Path)
	case e.Created:
		return dirty("a file of that name is there and not tracked")
	case info.Mode().Perm()&0o222 == 0:
		return release.Errorf(release.CodeFile, "make it writable: chmod u+w "+e.Path, "changing %q: it is read-only", e.Path)
	}
	have, err := root.ReadFile(filepath.FromSlash(e.Path))
	if err != nil {
		return release.Errorf(release.CodeFile, "check the file's rights", "changing %q: %w", e.Path, diskfile.Cause(err))
	}
	if _, same := lineEndings(have, e.Old); !same {
		return dirty("it has changes that are not committed")
	}
	return nil
}

// checkPath refuses paths into git's own folder, under all the names that a file system may take for it.
func checkPath(name string) error {
	for part := range strings.SplitSeq(strings.ToLower(name), "/") {
		if part = strings.TrimRight(part, ". "); part == ".git" || part == "git~1" {
			return release.Errorf(release.CodeFile, "name a file outside of .git", "changing %q: it lies in git's own folder", name)
		}
	}
	return nil
}

// checkFolder says why a new file can't be made: a part of its path is no folder, or leads out.
func checkFolder(root *os.Root, name string) error {
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		info, err := root.Lstat(filepath.FromSlash(dir))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return release.Errorf(release.CodeFile, "name a file inside the repository", "making %q: %w", name, diskfile.Cause(err))
		}
		if !info.IsDir() {
			return release.Errorf(release.CodeFile, "name a path through plain folders", "making %q: %q is no folder", name, dir)
		}
	}
	return nil
}

// lineEndings says how a file of the work tree relates to what the repository holds: the same bytes, or
// the same with CRLF for every LF (core.autocrlf).
func lineEndings(have, blob []byte) (crlf, same bool) {
	if bytes.Equal(have, blob) {
		return false, true
	}
	return true, bytes.Equal(have, toCRLF(blob))
}

func toCRLF(text []byte) []byte {
	return bytes.ReplaceAll(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")), []byte("\n"), []byte("\r\n"))
}
