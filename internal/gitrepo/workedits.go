package gitrepo

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/semcut/semcut/internal/diskfile"
	"github.com/semcut/semcut/release"
)

// WorkFiles gives the files of the work tree, out of which no link leads; nil where there is none.
func (r *Repo) WorkFiles() fs.FS {
	if r.Root() == "" {
		return nil
	}
	root, err := os.OpenRoot(r.Root())
	if err != nil {
		return nil
	}
	return root.FS() // the root is closed when nobody uses it any more
}

// WorkEdits gives what the plain files that a spec stands for would change at base, were they
// committed as they are: files that are new, that differ, and that are gone from the work tree. Ignored files count, too.
// found says whether it stands for any file.
func (w *Worktree) WorkEdits(ctx context.Context, base string, spec release.FileSpec) (edits []release.Edit, found bool, err error) {
	if w.repo.Root() == "" {
		return nil, false, release.Errorf(release.CodeFile, "run it in a clone with a work tree", "looking for %q: this repository has no work tree", spec.Path)
	}
	root, err := os.OpenRoot(w.repo.Root())
	if err != nil {
		return nil, false, release.Errorf(release.CodeFile, "check the folder's rights", "opening the work tree %q: %w", w.repo.Root(), diskfile.Cause(err))
	}
	defer root.Close()
	names, err := spec.Match(root.FS())
	if err != nil {
		return nil, false, release.Errorf(release.CodeFile, "write a path below the root of the repository, or a pattern like dist/**", "looking for %q: %w", spec.Path, diskfile.Cause(err))
	}
	names = outsideOfOthers(root, names)
	tracked, err := w.repo.Files(ctx, base)
	if err != nil {
		return nil, false, err
	}
	gone, err := spec.Match(tracked)
	if err != nil {
		return nil, false, err
	}
	idx, _, err := w.repo.readIndex()
	if err != nil {
		return nil, false, err
	}
	all := slices.Compact(slices.Sorted(slices.Values(append(slices.Clone(names), gone...))))
	for _, name := range all {
		e, changed, err := w.workEdit(root, tracked, name)
		if _, told := errors.AsType[*release.Error](err); told {
			return nil, false, err
		}
		if err != nil {
			return nil, false, release.Errorf(release.CodeFile, "check the file's rights", "reading %q: %w", name, diskfile.Cause(err))
		}
		if changed {
			if entry, err := idx.Entry(name); err == nil {
				e.Before = release.Indexed{Object: entry.Hash.String(), Mode: uint32(entry.Mode)}
			}
			edits = append(edits, e)
		}
	}
	return edits, len(all) > 0, ctx.Err()
}

// outsideOfOthers takes out the files of repositories within the work tree, submodules or not: as for git they are nothing
// that this repository commits.
func outsideOfOthers(root *os.Root, names []string) []string {
	others := map[string]bool{}
	var within func(dir string) bool
	within = func(dir string) bool {
		if dir == "." {
			return false
		}
		other, known := others[dir]
		if !known {
			_, err := root.Lstat(filepath.FromSlash(path.Join(dir, ".git")))
			other = err == nil || within(path.Dir(dir))
			others[dir] = other
		}
		return other
	}
	return slices.DeleteFunc(names, func(name string) bool { return within(path.Dir(name)) })
}

// workEdit is the edit of one file, which keeps what the work tree has.
func (w *Worktree) workEdit(root *os.Root, tracked fs.FS, name string) (e release.Edit, changed bool, err error) {
	e = release.Edit{Path: name, Here: true}
	e.Old, err = fs.ReadFile(tracked, name)
	if errors.Is(err, fs.ErrNotExist) {
		e.Created, err = true, nil
	}
	if err != nil {
		return e, false, err
	}
	if e.Old == nil && !e.Created {
		e.Old = []byte{}
	}
	info, err := root.Lstat(filepath.FromSlash(name))
	if errors.Is(err, fs.ErrNotExist) {
		return e, !e.Created && !w.sparse(name), nil
	}
	if err != nil || !info.Mode().IsRegular() {
		return e, false, err
	}
	e.Executable = info.Mode().Perm()&0o100 != 0
	had, err := executable(tracked, name)
	if err != nil {
		return e, false, err
	}
	if !w.knowsModes() {
		e.Executable = had
	}
	return w.contentEdit(root, e, info, had)
}

// contentEdit fills in what a file would be committed as; had says whether the commit's is executable.
func (w *Worktree) contentEdit(root *os.Root, e release.Edit, info fs.FileInfo, had bool) (_ release.Edit, changed bool, err error) {
	name := e.Path
	if e.New, err = root.ReadFile(filepath.FromSlash(name)); err != nil {
		return e, false, err
	}
	if e.New == nil {
		e.New = []byte{}
	}
	if _, same := lineEndings(e.New, e.Old); same && !e.Created {
		e.New = e.Old
		return e, e.Executable != had, nil
	}
	lines := w.attributes(root, name)
	if filter := attribute(lines, name, "filter"); filter != "" && filter != "unset" {
		idx, _, err := w.repo.readIndex()
		if err != nil || asStaged(idx, name, info) {
			return e, false, err
		}
		return e, false, release.Errorf(release.CodeFile, "take it out of what is committed, or commit it before the release",
			"committing %q: .gitattributes has the filter %q for it, which semcut doesn't run", name, filter)
	}
	e.New = w.asCommitted(e.New, attribute(lines, name, "text"), attribute(lines, name, "eol"))
	return e, true, nil
}

// executable says whether a file of a commit is executable; one that isn't there isn't.
func executable(tracked fs.FS, name string) (bool, error) {
	info, err := fs.Stat(tracked, name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return info.Mode().Perm()&0o100 != 0, nil
}

// knowsModes says whether the modes of the work tree mean anything (core.fileMode).
func (w *Worktree) knowsModes() bool {
	config, err := w.repo.readConfig(os.Getenv)
	if err != nil {
		return true
	}
	value, set := config.get("core", "", "filemode")
	return runtime.GOOS != "windows" && !(set && slices.Contains([]string{"false", "no", "off", "0"}, strings.ToLower(value)))
}

// sparse says whether a file that is not in the work tree isn't meant to be there.
func (w *Worktree) sparse(name string) bool {
	idx, _, err := w.repo.readIndex()
	if err != nil {
		return true
	}
	entry, err := idx.Entry(name)
	return err != nil || entry.SkipWorktree
}

// asCommitted gives a file as git would commit it: of a text, which attributes or core.autocrlf say that it is, CRLF becomes LF.
func (w *Worktree) asCommitted(data []byte, text, eol string) []byte {
	if text == "unset" || !bytes.Contains(data, []byte("\r\n")) {
		return data
	}
	is := text == "set" || text == "" && eol != ""
	if binary := bytes.IndexByte(data, 0) >= 0; !is && !binary {
		is = text == "auto" || text == "" && w.convertsText()
	}
	if !is {
		return data
	}
	return bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
}

// convertsText says whether core.autocrlf is on.
func (w *Worktree) convertsText() bool {
	config, err := w.repo.readConfig(os.Getenv)
	if err != nil {
		return false
	}
	value, _ := config.get("core", "", "autocrlf")
	return value == "true" || value == "input"
}
