package gitrepo

import (
	"context"
	"io"
	"slices"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/object"
)

// ChangedPaths lists the paths in which a commit differs from its first parent; all of it where it has none.
func (r *Repo) ChangedPaths(_ context.Context, commit string) (paths []string, err error) {
	defer recovered(&err)
	c, err := r.commit(commit)
	if err != nil {
		return nil, err
	}
	after, err := r.treeOf(commit)
	if err != nil {
		return nil, err
	}
	before := &object.Tree{}
	if len(c.Parents) > 0 {
		if before, err = r.treeOf(c.Parents[0]); err != nil {
			return nil, err
		}
	}
	changes, err := before.Diff(after)
	if err != nil {
		return nil, unreadable("changes of the commit", commit, err)
	}
	for _, change := range changes {
		for _, name := range []string{change.From.Name, change.To.Name} {
			if name != "" && !slices.Contains(paths, name) {
				paths = append(paths, name)
			}
		}
	}
	return paths, nil
}

// StagedPaths lists the paths in which the index differs from HEAD: what the next commit will change.
func (r *Repo) StagedPaths(ctx context.Context) (paths []string, err error) {
	defer recovered(&err)
	idx, _, err := r.readIndex()
	if err != nil {
		return nil, err
	}
	committed := map[string]plumbing.Hash{}
	if head, err := r.Head(ctx); err == nil && head.Commit != "" {
		if committed, err = r.hashes(head.Commit); err != nil {
			return nil, err
		}
	}
	for _, e := range idx.Entries {
		if committed[e.Name] != e.Hash && !e.IntentToAdd {
			paths = append(paths, e.Name)
		}
		delete(committed, e.Name)
	}
	for name := range committed {
		paths = append(paths, name)
	}
	slices.Sort(paths)
	return slices.Compact(paths), nil
}

// hashes gives the object of every path of a commit.
func (r *Repo) hashes(commit string) (map[string]plumbing.Hash, error) {
	tree, err := r.treeOf(commit)
	if err != nil {
		return nil, err
	}
	found := map[string]plumbing.Hash{}
	walker := object.NewTreeWalker(tree, true, nil)
	defer walker.Close()
	for {
		name, entry, err := walker.Next()
		if err == io.EOF {
			return found, nil
		}
		if err != nil {
			return nil, unreadable("tree of the commit", commit, err)
		}
		if entry.Mode.IsFile() {
			found[name] = entry.Hash
		}
	}
}
