package gitrepo

import (
	"context"
	"errors"
	"slices"

	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/release"
)

// slop is how much older than the oldest result the newest commit in the queue must be for a range walk to stop where history
// is broad. No clock that is wrong by up to half of it makes the answer wrong. git's own rule, five more commits, errs sooner.
const slop = 180 * 24 * 3600

// skewed is how much younger than its child a parent must be for the clocks to be not believed at all: then all of
// history is walked.
const skewed = 7 * 24 * 3600

// Commits gives the commits that to reaches and from doesn't.
func (r *Repo) Commits(ctx context.Context, from, to string) ([]commitparse.Commit, error) {
	r.walking.Lock()
	defer r.walking.Unlock()
	p := r.newPainter()
	p.keep = true
	found, err := p.span(ctx, from, to)
	if err != nil {
		return nil, err
	}
	commits := make([]commitparse.Commit, 0, len(found))
	for at, i := range found {
		if at%256 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		c, ok := p.read[i]
		if !ok {
			id := r.nodes.id(i)
			if err := r.viewCommit(id, true, func(h *commitHead) (err error) {
				c, err = h.commit(id)
				return err
			}); err != nil {
				return nil, err
			}
		}
		commits = append(commits, c)
	}
	return commits, nil
}

// span walks the range from..to.
func (p *painter) span(ctx context.Context, from, to string) ([]int32, error) {
	if from != "" {
		if _, err := p.start(from, unwanted); err != nil {
			return nil, err
		}
	}
	if _, err := p.start(to, wanted); err != nil {
		return nil, err
	}
	oldest := int64(1<<63 - 1)
	for steps := 0; len(p.queue) > 0; steps++ {
		if p.open == 0 && (p.settled() || p.narrow() || !p.dated && !p.skew && p.queue[0].when < oldest-slop) {
			break
		}
		if steps%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		i, err := p.step()
		if err != nil {
			return nil, err
		}
		if p.only(i) {
			p.found = append(p.found, i)
			oldest = min(oldest, p.repo.nodes.list.at(i).when)
		}
	}
	found, err := p.result(from, to)
	if err != nil || !p.dated {
		return found, err
	}
	return p.inOrder(found, to), nil
}

// inOrder puts what a walk by corrected times found into the order of one by the clocks, git's own.
func (p *painter) inOrder(found []int32, to string) []int32 {
	first, err := p.repo.numberOf(to)
	if err != nil || len(found) == 0 {
		return found
	}
	return p.repo.nodes.newestFirst(first, func(i int32) bool {
		is := p.only(i) && p.colours[i]&sorted == 0
		p.colours[i] |= sorted
		return is
	})
}

// result leaves out what turned out to be unwanted, and refuses an answer that the shallow boundary may have made
// wrong: one that ends there, or one with commits that hidden history could reach from the other side.
func (p *painter) result(from, to string) ([]int32, error) {
	kept := p.found[:0]
	for _, i := range p.found {
		if !p.only(i) {
			continue
		}
		if p.repo.nodes.list.at(i).cut {
			return nil, hidden(from, to)
		}
		kept = append(kept, i)
	}
	for _, boundary := range p.cut {
		if p.colours[boundary]&unwanted != 0 && p.mayHide(boundary, kept) {
			return nil, hidden(from, to)
		}
	}
	return kept, nil
}

// mayHide says whether one of the commits may be an ancestor of the boundary, by a way that was not fetched. One that
// reaches the boundary is none, nor is one that is younger than any believable clock allows.
func (p *painter) mayHide(boundary int32, commits []int32) bool {
	var suspects []int32
	for _, i := range commits {
		if p.skew || p.repo.nodes.list.at(i).when <= p.repo.nodes.list.at(boundary).when+slop {
			suspects = append(suspects, i)
		}
	}
	if len(suspects) == 0 {
		return false
	}
	above := p.descendants(boundary)
	return slices.ContainsFunc(suspects, func(i int32) bool { return !above[i] })
}

// descendants gives the commits of the walk that reach one of them.
func (p *painter) descendants(of int32) map[int32]bool {
	children := map[int32][]int32{}
	for i, colour := range p.colours {
		if colour == 0 {
			continue
		}
		for _, parent := range p.repo.nodes.of(int32(i)) {
			children[parent] = append(children[parent], int32(i))
		}
	}
	above := map[int32]bool{of: true}
	stack := []int32{of}
	for len(stack) > 0 {
		i := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		for _, child := range children[i] {
			if !above[child] {
				above[child] = true
				stack = append(stack, child)
			}
		}
	}
	return above
}

func hidden(from, to string) error {
	what := "all commits up to " + short(to)
	if from != "" {
		what = "the commits " + short(from) + ".." + short(to)
	}
	return release.Errorf(release.CodeShallow, "give --deepen, or fetch all of it: git fetch --unshallow --tags; in GitHub Actions set \"fetch-depth: 0\" for actions/checkout",
		"reading %s: this clone is shallow, history is cut off before the answer", what)
}

func short(hash string) string { return hash[:min(7, len(hash))] }

// IsAncestor says whether descendant reaches ancestor. It is exact whatever the clocks say: every commit on a way
// from descendant to ancestor stays only wanted, which keeps the walk going.
func (r *Repo) IsAncestor(ctx context.Context, ancestor, descendant string) (bool, error) {
	if ancestor == descendant {
		return true, nil
	}
	r.walking.Lock()
	defer r.walking.Unlock()
	p := r.newPainter()
	if _, err := p.start(descendant, wanted); err != nil {
		return false, err
	}
	target, err := p.start(ancestor, unwanted)
	if err != nil {
		if errors.Is(err, errOtherType) {
			return false, nil // no commit has a file or folder for its ancestor
		}
		if release.CodeOf(err) != release.CodeRevision {
			return false, err
		}
		if r.Shallow() {
			return false, hidden("", descendant)
		}
		return false, nil // what a whole clone lacks, nothing in it reaches
	}
	for steps := 0; p.open > 0 && !(p.settled() && p.queue[0].when < p.key(target)); steps++ {
		if p.colours[target]&wanted != 0 {
			return true, nil
		}
		if steps%1024 == 0 && ctx.Err() != nil {
			return false, ctx.Err()
		}
		if _, err := p.step(); err != nil {
			return false, err
		}
	}
	if p.colours[target]&wanted != 0 {
		return true, nil
	}
	for _, boundary := range p.cut {
		// Where ancestor reaches the boundary, nothing hidden behind it leads back to ancestor.
		if p.only(boundary) && (p.skew || r.nodes.list.at(target).when <= r.nodes.list.at(boundary).when+slop) {
			return false, hidden(ancestor, descendant)
		}
	}
	return false, nil
}

// Reached finds out what head reaches.
func (r *Repo) Reached(ctx context.Context, head string) (func(commit string) bool, error) {
	r.walking.Lock()
	defer r.walking.Unlock()
	first, err := r.numberOf(head)
	if err != nil {
		return nil, err
	}
	steps := 0
	seen, err := r.nodes.reached(first, func(i int32) error {
		if steps++; steps%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if err := r.node(i, nil); err != nil {
			return err
		}
		if r.nodes.list.at(i).cut {
			return hidden("", head)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return func(commit string) bool {
		r.walking.Lock()
		defer r.walking.Unlock()
		i, err := r.numberOf(commit)
		return err == nil && seen(i)
	}, nil
}

// CommitAt reads one commit.
func (r *Repo) CommitAt(_ context.Context, hash string) (commitparse.Commit, error) {
	return r.commit(hash)
}
