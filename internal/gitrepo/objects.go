package gitrepo

import (
	"context"
	"errors"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/filemode"
	"github.com/go-git/go-git/v5/plumbing/object"
)

// newObjects lists what a repository with the refs have lacks for the objects news: of commits those that
// no ref of it reaches, of trees and blobs those that the commits' parents don't hold.
func (r *Repo) newObjects(ctx context.Context, news []string, have map[string]plumbing.Hash) (_ []plumbing.Hash, err error) {
	defer recovered(&err)
	l := &lister{repo: r, listed: map[plumbing.Hash]bool{}}
	var tips []string
	for _, hash := range news {
		tip, err := l.addTags(plumbing.NewHash(hash))
		if err != nil {
			return nil, unreadable("object to push", hash, err)
		}
		tips = append(tips, tip.String())
	}
	commits, err := r.missing(ctx, tips, have)
	if err != nil {
		return nil, err
	}
	for _, c := range commits {
		if err := l.addCommit(c); err != nil {
			return nil, unreadable("commit to push", c.String(), err)
		}
	}
	return l.hashes, nil
}

type lister struct {
	repo   *Repo
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

// addTags lists a tag, and gives what it stands on.
func (l *lister) addTags(hash plumbing.Hash) (plumbing.Hash, error) {
	for range maxNesting {
		tag, err := object.GetTag(l.repo.storage(), hash)
		if errors.Is(err, plumbing.ErrObjectNotFound) {
			return hash, nil // a commit, or missing, which shows when it is read as one
		}
		if err != nil {
			return hash, err
		}
		l.list(hash)
		hash = tag.Target
	}
	return hash, errNested
}

// missing gives the commits that the other side lacks. What it has is not known to the last commit: where clocks
// are wrong some more are given than it needs. Below the shallow boundary it has all, it was fetched from there.
func (r *Repo) missing(ctx context.Context, tips []string, have map[string]plumbing.Hash) ([]plumbing.Hash, error) {
	// What is pushed are the objects themselves, not what stands in for them here.
	p := (&Repo{store: r.store, deep: r.deep, shallow: r.shallow}).newPainter()
	for _, hash := range have {
		commit, err := p.repo.peelTo(hash.String())
		if err != nil || commit == "" {
			continue // not here: it can't help
		}
		if _, err := p.start(commit, unwanted); err != nil {
			return nil, err
		}
	}
	for _, tip := range tips {
		if _, err := p.start(tip, wanted); err != nil {
			return nil, unreadable("object to push", tip, err)
		}
	}
	var found []int32
	for steps := 0; p.open > 0; steps++ {
		if steps%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		i, err := p.step()
		if err != nil {
			return nil, err
		}
		found = append(found, i)
	}
	var missing []plumbing.Hash
	for _, i := range found {
		if p.only(i) {
			missing = append(missing, plumbing.Hash(p.repo.nodes.id(i)))
		}
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
