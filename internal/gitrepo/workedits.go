package gitrepo

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

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
	look, err := w.look(root, tracked)
	if err != nil {
		return nil, false, err
	}
	all := slices.Compact(slices.Sorted(slices.Values(append(slices.Clone(names), gone...))))
	for _, name := range all {
		e, changed, err := look.edit(name)
		if _, told := errors.AsType[*release.Error](err); told {
			return nil, false, err
		}
		if err != nil {
			return nil, false, release.Errorf(release.CodeFile, "check the file's rights", "reading %q: %w", name, diskfile.Cause(err))
		}
		if changed {
			if entry, err := look.index.Entry(name); err == nil {
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
