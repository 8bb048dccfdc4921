package gitrepo

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/go-git/go-git/v5/plumbing"

	"github.com/semcut/semcut/release"
)

// LocalRefs gives the refs whose names begin with prefix.
func (w *Worktree) LocalRefs(_ context.Context, prefix string) (map[string]string, error) {
	all, err := w.repo.refs()
	if err != nil {
		return nil, err
	}
	refs := map[string]string{}
	for name, hash := range all {
		if strings.HasPrefix(name, prefix) {
			refs[name] = hash
		}
	}
	return refs, nil
}

// UpdateRefs moves refs one after the other, each under git's own lock and only from its old value. Where one can't
// be moved, those before it go back.
func (w *Worktree) UpdateRefs(ctx context.Context, updates []release.RefUpdate) error {
	for i, u := range updates {
		err := ctx.Err()
		if err == nil {
			err = w.updateRef(u)
		}
		if err == nil {
			continue
		}
		for _, done := range slices.Backward(updates[:i]) {
			back := w.updateRef(release.RefUpdate{Name: done.Name, Old: done.New, New: done.Old})
			if back != nil {
				return errors.Join(err, back)
			}
		}
		return err
	}
	return nil
}

func (w *Worktree) updateRef(u release.RefUpdate) error {
	file := w.refFile(u.Name)
	unlock, lock, err := lockFile(file)
	if err != nil {
		return err
	}
	defer unlock()
	have, err := w.LocalRefs(context.Background(), u.Name)
	if err != nil {
		return err
	}
	if have[u.Name] != u.Old {
		return release.Errorf(release.CodeMoved, "run again", "moving %s in this clone: it is %s, not %s", u.Name, orNothing(have[u.Name]), orNothing(u.Old))
	}
	if u.New == "" {
		// The lock's file would be in the way of what removes the ref.
		if err := w.repo.storage().RemoveReference(plumbing.ReferenceName(u.Name)); err != nil {
			return release.Errorf(release.CodeFile, "check the folder's rights", "deleting %s: %w", u.Name, causeOf(err))
		}
		return nil
	}
	if _, err := fmt.Fprintln(lock, u.New); err != nil {
		return release.Errorf(release.CodeFile, "check the free space", "moving %s: %w", u.Name, causeOf(err))
	}
	if err := commitLock(lock, file); err != nil {
		return err
	}
	w.logRef(u)
	return nil
}

// refFile is where a ref lives: HEAD with the work tree, all others with the repository.
func (w *Worktree) refFile(name string) string {
	if name == "HEAD" {
		return filepath.Join(w.repo.GitDir(), "HEAD")
	}
	return filepath.Join(w.repo.CommonDir(), filepath.FromSlash(name))
}

// logRef adds a line to the reflogs that exist, so that "git reflog" knows of the move. A log that can't be
// written stops nothing.
func (w *Worktree) logRef(u release.RefUpdate) {
	logs := []string{filepath.Join(w.repo.CommonDir(), "logs", filepath.FromSlash(u.Name))}
	if head, err := os.ReadFile(filepath.Join(w.repo.GitDir(), "HEAD")); err == nil && strings.TrimSpace(string(head)) == "ref: "+u.Name {
		logs = append(logs, filepath.Join(w.repo.GitDir(), "logs", "HEAD"))
	}
	old := u.Old
	if old == "" {
		old = plumbing.ZeroHash.String()
	}
	line := fmt.Sprintf("%s %s semcut <semcut> %d +0000\tsemcut: release\n", old, u.New, time.Now().Unix())
	for _, name := range logs {
		if f, err := os.OpenFile(name, os.O_APPEND|os.O_WRONLY, 0); err == nil {
			_, _ = f.WriteString(line)
			_ = f.Close()
		}
	}
}
