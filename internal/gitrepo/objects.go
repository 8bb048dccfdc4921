package gitrepo

import (
	"context"
	"errors"
	"fmt"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/filemode"
	"github.com/go-git/go-git/v5/plumbing/object"
)

// newObjects lists what a repository with the refs have lacks for the objects news: of commits those that
// no ref of it reaches, of trees and blobs those that the commits' parents don't hold.
func (r *Repo) newObjects(ctx context.Context, news []string, have map[string]plumbing.Hash) ([]plumbing.Hash, error) {
	l := &lister{repo: r, have: map[plumbing.Hash]bool{}, listed: map[plumbing.Hash]bool{}}
	for _, hash := range have {
		l.have[hash] = true
	}
	for _, hash := range news {
		if err := l.add(ctx, plumbing.NewHash(hash)); err != nil {
			return nil, fmt.Errorf("listing what the remote lacks: %w", err)
		}
	}
	return l.hashes, nil
}

type lister struct {
	repo   *Repo
	have   map[plumbing.Hash]bool // what the other side's refs hold
	listed map[plumbing.Hash]bool
	hashes []plumbing.Hash
}

func (l *lister) list(hash plumbing.Hash) bool {
	if l.listed[hash] {
		return false
	}
	l.listed[hash] = true
	l.hashes = append(l.hashes, hash)
	return true
}

// add lists a commit with its history, or a tag with what it stands on.
func (l *lister) add(ctx context.Context, hash plumbing.Hash) error {
	if tag, err := object.GetTag(l.repo.storage(), hash); err == nil {
		if l.list(hash) {
			return l.add(ctx, tag.Target)
		}
		return nil
	}
	// What a ref of the other side reaches, it has: the walk stops at its refs, and at what the
	// nearest of them reaches.
	commits, err := l.missing(ctx, hash)
	if err != nil {
		return err
	}
	for _, c := range commits {
		if err := l.addCommit(c); err != nil {
			return err
		}
	}
	return nil
}

// missing gives the commits that the other side lacks.
func (l *lister) missing(ctx context.Context, hash plumbing.Hash) ([]plumbing.Hash, error) {
	var missing []plumbing.Hash
	seen := map[plumbing.Hash]bool{}
	queue := []plumbing.Hash{hash}
	for len(queue) > 0 {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		next := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		if seen[next] || l.have[next] || l.listed[next] {
			continue
		}
		seen[next] = true
		commit, err := object.GetCommit(l.repo.storage(), next)
		if errors.Is(err, plumbing.ErrObjectNotFound) && l.repo.Shallow() {
			continue // below the shallow boundary: the other side has it, it was fetched from there
		}
		if err != nil {
			return nil, err
		}
		missing = append(missing, next)
		queue = append(queue, commit.ParentHashes...)
	}
	return missing, nil
}

// addCommit lists a commit and the part of its tree that none of its parents has.
func (l *lister) addCommit(hash plumbing.Hash) error {
	if !l.list(hash) {
		return nil
	}
	commit, err := object.GetCommit(l.repo.storage(), hash)
	if err != nil {
		return err
	}
	var bases []*object.Tree
	for _, parent := range commit.ParentHashes {
		if p, err := object.GetCommit(l.repo.storage(), parent); err == nil {
			if tree, err := p.Tree(); err == nil {
				bases = append(bases, tree)
			}
		}
	}
	return l.addTree(commit.TreeHash, bases)
}

func (l *lister) addTree(hash plumbing.Hash, bases []*object.Tree) error {
	for _, base := range bases {
		if base.Hash == hash {
			return nil
		}
	}
	if !l.list(hash) {
		return nil
	}
	tree, err := object.GetTree(l.repo.storage(), hash)
	if err != nil {
		return err
	}
	for _, e := range tree.Entries {
		if e.Mode == filemode.Submodule || inAny(e, bases) {
			continue
		}
		if e.Mode == filemode.Dir {
			err = l.addTree(e.Hash, subTrees(e.Name, bases))
		} else {
			l.list(e.Hash)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func inAny(e object.TreeEntry, bases []*object.Tree) bool {
	for _, base := range bases {
		if have, err := base.FindEntry(e.Name); err == nil && have.Hash == e.Hash {
			return true
		}
	}
	return false
}

func subTrees(name string, bases []*object.Tree) []*object.Tree {
	var subs []*object.Tree
	for _, base := range bases {
		if sub, err := base.Tree(name); err == nil {
			subs = append(subs, sub)
		}
	}
	return subs
}
