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
	"slices"
	"strings"
	"time"

	"github.com/go-git/go-git/v5/plumbing"

	"github.com/semcut/semcut/internal/diskfile"
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
				return release.Errorf(release.CodeRepository, "see \"git reflog\" and move it back by hand", "%w; taking %s back: %w", err, done.Name, back)
			}
		}
		return err
	}
	return nil
}

func (w *Worktree) updateRef(u release.RefUpdate) error {
	file := w.refFile(u.Name)
	if err := w.checkName(u); err != nil {
		return err
	}
	l, err := takeLock(file)
	if err != nil {
		return err
	}
	defer l.release()
	have, err := w.LocalRefs(context.Background(), u.Name)
	if err != nil {
		return err
	}
	if have[u.Name] != u.Old {
		return release.Errorf(release.CodeMoved, "run again", "moving %s in this clone: it is %s, and was %s", u.Name, orNothing(have[u.Name]), orNothing(u.Old))
	}
	if u.New == "" {
		err := w.deleteRef(u.Name)
		l.release()
		w.tidyFolders(u.Name)
		return err
	}
	removeEmpty(file)
	if err := l.replace([]byte(u.New + "\n")); err != nil {
		return err
	}
	w.logRef(u)
	return nil
}

// checkName says which ref is in the way of a new one: as with files, there can't be both a and a/b.
func (w *Worktree) checkName(u release.RefUpdate) error {
	if u.New == "" {
		return nil
	}
	have, err := w.LocalRefs(context.Background(), "refs/")
	if err != nil {
		return err
	}
	for name := range have {
		if strings.HasPrefix(name, u.Name+"/") || strings.HasPrefix(u.Name, name+"/") {
			return release.Errorf(release.CodeFile, "rename or delete one of the two, then run again", "making %s in this clone: %s is in its way", u.Name, name)
		}
	}
	return nil
}

// deleteRef takes a ref out of packed-refs and then its own file, so that no older value shows in between. Its log
// goes with it.
func (w *Worktree) deleteRef(name string) error {
	if err := w.unpackRef(name); err != nil {
		return err
	}
	if err := os.Remove(w.refFile(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return release.Errorf(release.CodeFile, "check the folder's rights", "deleting %s: %w", name, diskfile.Cause(err))
	}
	_ = os.Remove(filepath.Join(w.repo.CommonDir(), "logs", filepath.FromSlash(name))) // there may be none
	return nil
}

// unpackRef takes a ref out of packed-refs, with the line behind it that says what it is peeled to.
func (w *Worktree) unpackRef(name string) error {
	file := filepath.Join(w.repo.CommonDir(), "packed-refs")
	if data, err := os.ReadFile(file); err != nil || !bytes.Contains(data, []byte(" "+name+"\n")) {
		return nil // it isn't there, or there are no packed refs
	}
	l, err := takeLock(file)
	if err != nil {
		return err
	}
	defer l.release()
	data, err := os.ReadFile(file)
	if err != nil {
		return release.Errorf(release.CodeFile, "check the file's rights", "deleting %s: %w", name, diskfile.Cause(err))
	}
	return l.replace(withoutRef(data, name))
}

func withoutRef(packed []byte, name string) []byte {
	var kept []byte
	dropped := false
	for line := range bytes.Lines(packed) {
		if line[0] == '^' && dropped {
			continue
		}
		_, ref, _ := bytes.Cut(bytes.TrimSpace(line), []byte(" "))
		if dropped = string(ref) == name; !dropped {
			kept = append(kept, line...)
		}
	}
	return kept
}

// removeEmpty removes a tree of empty folders, which may stand where a ref was deleted.
func removeEmpty(dir string) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		if e.IsDir() {
			removeEmpty(filepath.Join(dir, e.Name()))
		}
	}
	_ = os.Remove(dir) // fails where it is not empty, which then shows
}

// tidyFolders removes the folders that a deleted ref leaves empty, up to refs/ and what is directly in it.
func (w *Worktree) tidyFolders(name string) {
	for dir := path.Dir(name); strings.Count(dir, "/") > 1; dir = path.Dir(dir) {
		if os.Remove(w.refFile(dir)) != nil {
			return
		}
	}
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
