package gitrepo

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/format/index"

	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/internal/diskfile"
	"github.com/semcut/semcut/release"
)

// Worktree is the writing half of a Repo: nothing else in this package changes the repository.
type Worktree struct{ repo *Repo }

var (
	_ release.Worktree = (*Worktree)(nil)
	_ release.Checkout = (*Repo)(nil)
)

// Worktree gives the writing half. A dry run never asks for it.
func (r *Repo) Worktree() *Worktree {
	r.dropAbandonedLocks()
	return &Worktree{r}
}

// CheckEdits asks the reading half.
func (w *Worktree) CheckEdits(ctx context.Context, base string, edits []release.Edit) error {
	return w.repo.CheckEdits(ctx, base, edits)
}

// planName is the one file of an open release.
const planName = "plan.json"

func blobHash(data []byte) plumbing.Hash { return plumbing.ComputeHash(plumbing.BlobObject, data) }

// staged is edits written beside their files, and the index that they make, written beside the index. What is left to
// do moves names only, so a full disk shows before.
type staged struct {
	tree  *Worktree
	root  *os.Root
	files []stagedFile
	index []byte // what the index was when it was written anew
}

type stagedFile struct {
	release.Edit
	temp   string // "" for a file to delete
	mode   fs.FileMode
	absent bool // only the index is concerned: a sparse checkout has no such file, or it is there already
}

// Stage writes the edits beside their files.
func (w *Worktree) Stage(ctx context.Context, edits []release.Edit) (release.Staged, error) {
	s := &staged{tree: w}
	if w.repo.Root() == "" || len(edits) == 0 {
		return s, nil
	}
	var err error
	if s.root, err = os.OpenRoot(w.repo.Root()); err != nil {
		return nil, release.Errorf(release.CodeFile, "check the folder's rights", "opening the work tree %q: %w", w.repo.Root(), diskfile.Cause(err))
	}
	if err = s.write(ctx, edits); err != nil {
		s.Discard()
		return nil, err
	}
	return s, nil
}

func (s *staged) write(ctx context.Context, edits []release.Edit) error {
	idx, data, err := s.tree.repo.readIndex()
	if err != nil {
		return err
	}
	s.index = data
	for _, e := range edits {
		if err := ctx.Err(); err != nil {
			return err
		}
		if entry, err := idx.Entry(e.Path); e.Here || !e.Loose && err == nil && entry.SkipWorktree {
			s.files = append(s.files, stagedFile{Edit: e, absent: true})
			continue
		}
		if err := s.stage(e); err != nil {
			return release.Errorf(release.CodeFile, "check the folder's rights and the free space", "writing %q: %w", e.Path, diskfile.Cause(err))
		}
	}
	return s.writeIndex(idx)
}

func (s *staged) stage(e release.Edit) error {
	name := filepath.FromSlash(e.Path)
	f := stagedFile{Edit: e, mode: 0o644}
	if e.Executable {
		f.mode = 0o755
	}
	text := e.New
	if info, err := s.root.Lstat(name); err == nil {
		f.mode = info.Mode().Perm()
		have, err := s.root.ReadFile(name)
		if err != nil {
			return err
		}
		if _, done := lineEndings(have, e.New); done && e.New != nil {
			text = have
		} else if crlf, same := lineEndings(have, e.Old); crlf && same {
			text = toCRLF(text)
		}
	}
	if e.New == nil {
		s.files = append(s.files, f)
		return nil
	}
	if dir := filepath.Dir(name); dir != "." {
		if err := s.root.MkdirAll(dir, 0o755); err != nil {
			return err
		}
	}
	// A fixed name: what a killed run left behind is written over by the next one.
	f.temp = filepath.Join(filepath.Dir(name), "."+filepath.Base(name)+".semcut")
	s.files = append(s.files, f)
	return writeSynced(s.root, f.temp, text, f.mode)
}

func writeSynced(root *os.Root, name string, text []byte, mode fs.FileMode) error {
	_ = root.Remove(name) // left by a killed run
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	return err
}

// Commit renames the files and the index into place.
func (s *staged) Commit() error {
	if s.root == nil {
		return nil
	}
	for i, f := range s.files {
		var err error
		switch {
		case f.absent:
		case f.temp == "":
			if err = s.root.Remove(filepath.FromSlash(f.Path)); errors.Is(err, fs.ErrNotExist) {
				err = nil
			}
		default:
			err = s.root.Rename(f.temp, filepath.FromSlash(f.Path))
		}
		if err != nil {
			return release.Errorf(release.CodeFile, "check the folder's rights, then run again", "writing %q: %w", f.Path, diskfile.Cause(err))
		}
		s.files[i].temp = ""
	}
	return s.commitIndex()
}

// Discard removes what Commit didn't rename.
func (s *staged) Discard() {
	if s.root == nil {
		return
	}
	_ = os.Remove(s.tree.newIndex()) // gone already after Commit
	for _, f := range s.files {
		if f.temp != "" {
			_ = s.root.Remove(f.temp) // nothing more can be done about it
		}
	}
	_ = s.root.Close()
	s.root = nil
}

// Restore brings the files that differ between two commits to what the second holds, where they are still as the first
// has them, or half way: a run that was killed may have renamed the file and not the index. With loose the index is left
// as it is.
func (w *Worktree) Restore(ctx context.Context, from, to string, loose bool) error {
	if w.repo.Root() == "" {
		return nil
	}
	edits, err := w.repo.difference(from, to)
	if err != nil {
		return err
	}
	root, err := os.OpenRoot(w.repo.Root())
	if err != nil {
		return release.Errorf(release.CodeFile, "check the folder's rights", "opening the work tree %q: %w", w.repo.Root(), diskfile.Cause(err))
	}
	defer root.Close()
	idx, _, err := w.repo.readIndex()
	if err != nil {
		return err
	}
	for i := range edits {
		edits[i].Loose = loose
	}
	ours := slices.DeleteFunc(edits, func(e release.Edit) bool { return !untouched(root, idx, e) })
	s, err := w.Stage(ctx, ours)
	if err != nil {
		return err
	}
	defer s.Discard()
	return s.Commit()
}

// untouched says whether file and index each hold what was there before the edit, or what it makes.
func untouched(root *os.Root, idx *index.Index, e release.Edit) bool {
	if e.Loose {
		return e.New == nil && holds(root, e.Path, e.Old) || e.New != nil && (holds(root, e.Path, e.Old) || holds(root, e.Path, e.New))
	}
	entry, err := idx.Entry(e.Path)
	if e.New == nil {
		return err == nil && entry.Hash == blobHash(e.Old) && (entry.SkipWorktree || holds(root, e.Path, e.Old))
	}
	if tracked := err == nil; !tracked && !e.Created || tracked && entry.Hash != blobHash(e.New) && (e.Created || entry.Hash != blobHash(e.Old)) {
		return false
	}
	if entry != nil && entry.SkipWorktree {
		return true
	}
	name := filepath.FromSlash(e.Path)
	info, err := root.Lstat(name)
	if err != nil {
		return e.Created && errors.Is(err, fs.ErrNotExist)
	}
	if !info.Mode().IsRegular() {
		return false
	}
	have, err := root.ReadFile(name)
	if err != nil {
		return false
	}
	_, before := lineEndings(have, e.Old)
	_, after := lineEndings(have, e.New)
	return before && !e.Created || after
}

// holds says whether a file of the work tree is gone, or holds what the repository does.
func holds(root *os.Root, name string, blob []byte) bool {
	info, err := root.Lstat(filepath.FromSlash(name))
	if err != nil {
		return errors.Is(err, fs.ErrNotExist)
	}
	if !info.Mode().IsRegular() {
		return false
	}
	have, err := root.ReadFile(filepath.FromSlash(name))
	_, same := lineEndings(have, blob)
	return err == nil && same
}

// Identity gives who makes commits here: GIT_AUTHOR_* and GIT_COMMITTER_*, then git's configuration. ok is false
// where a name or an address is missing.
func (r *Repo) Identity(env func(string) string) (author, committer commitparse.Signature, ok bool) {
	config, err := r.readConfig(env)
	if err != nil {
		return author, committer, false
	}
	who := func(role string) commitparse.Signature {
		s := commitparse.Signature{Name: env("GIT_" + role + "_NAME"), Email: env("GIT_" + role + "_EMAIL")}
		for _, section := range []string{map[string]string{"AUTHOR": "author", "COMMITTER": "committer"}[role], "user"} {
			if s.Name == "" {
				s.Name, _ = config.get(section, "", "name")
			}
			if s.Email == "" {
				s.Email, _ = config.get(section, "", "email")
			}
		}
		if s.Email == "" {
			s.Email = env("EMAIL")
		}
		return s
	}
	author, committer = who("AUTHOR"), who("COMMITTER")
	return author, committer, author.Name != "" && author.Email != "" && committer.Name != "" && committer.Email != ""
}
