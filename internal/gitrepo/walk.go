package gitrepo

import (
	"context"
	"errors"
	"slices"

	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/release"
)

// The colours of a walk: what the commits that are asked for reach, and what the others reach.
const (
	wanted uint8 = 1 << iota
	unwanted
	expanded // its parents were queued
)

// slop is how much older than the oldest result the newest commit in the queue must be for a range walk to stop where history
// is broad. No clock that is wrong by up to half of it makes the answer wrong. git's own rule, five more commits, errs sooner.
const slop = 180 * 24 * 3600

// skewed is how much younger than its child a parent must be for the clocks to be not believed at all: then all of
// history is walked.
const skewed = 7 * 24 * 3600

// painter walks two sets of commits down to what they share, newest first.
type painter struct {
	repo    *Repo
	colours []uint8 // by number
	queue   queue
	count   int32
	open    int  // commits in the queue that are only wanted
	keep    bool // what is wanted will be read whole
	skew    bool // a clock was seen that can't be believed
	rooted  bool // a way ended at a commit without parents
	found   []int32
	cut     []int32 // the commits met whose parents were not fetched
	read    map[int32]commitparse.Commit
}

func (r *Repo) newPainter() *painter { return &painter{repo: r, skew: r.exact} }

// BelieveNoClock lets walks go on until the answer is proven, whatever the clocks of the commits say. It costs up to all of
// history; without it clocks are believed up to ninety days, unless one is met that a week or more can't explain.
func (r *Repo) BelieveNoClock() { r.exact = true }

// is gives the colours of a commit; all that were met fit.
func (p *painter) is(i int32) uint8 {
	if int(i) >= len(p.colours) {
		return 0
	}
	return p.colours[i]
}

// start colours a commit by its name.
func (p *painter) start(hash string, colour uint8) (i int32, err error) {
	if i, err = p.repo.numberOf(hash); err != nil {
		return i, err
	}
	return i, p.add(i, colour)
}

// add colours a commit and queues it where it is new.
func (p *painter) add(i int32, colour uint8) error {
	if p.is(i) != 0 {
		p.recolour(i, colour)
		return nil
	}
	var see func(h *commitHead)
	if colour == wanted && p.keep {
		see = func(h *commitHead) { p.remember(i, h) }
	}
	if err := p.repo.node(i, see); err != nil {
		return err
	}
	if n := len(p.repo.nodes.list); n > len(p.colours) {
		p.colours = append(p.colours, make([]uint8, n-len(p.colours))...)
	}
	p.colours[i] = colour
	p.queue.push(queued{p.repo.nodes.list[i].when, p.count, i})
	p.count++
	if colour == wanted {
		p.open++
	}
	return nil
}

// remember keeps a commit that was read and may be a result. One that can't be is read again, and refused, if it is one.
func (p *painter) remember(i int32, h *commitHead) {
	c, err := h.commit(p.repo.nodes.list[i].id)
	if err != nil {
		return
	}
	if p.read == nil {
		p.read = map[int32]commitparse.Commit{}
	}
	p.read[i] = c
}

// recolour adds a colour to a commit and to all that was reached through it.
func (p *painter) recolour(i int32, colour uint8) {
	stack := []int32{i}
	for len(stack) > 0 {
		i := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		was := p.is(i)
		if was == 0 || was|colour == was {
			continue
		}
		if was == wanted {
			p.open--
		}
		if p.colours[i] |= colour; p.keep {
			delete(p.read, i)
		}
		if was&expanded != 0 {
			stack = append(stack, p.repo.nodes.of(i)...)
		}
	}
}

// step takes the newest commit off the queue and queues its parents.
func (p *painter) step() (int32, error) {
	i := p.queue.pop().node
	colour := p.colours[i]
	if colour == wanted {
		p.open--
	}
	p.colours[i] |= expanded
	n := p.repo.nodes.list[i]
	if n.cut {
		p.cut = append(p.cut, i)
	}
	p.rooted = p.rooted || n.count == 0
	for k := range n.count {
		parent := p.repo.nodes.parents[n.first+k]
		if err := p.add(parent, colour); err != nil {
			return 0, err
		}
		if p.repo.nodes.list[parent].when > n.when+skewed {
			p.skew = true
		}
	}
	return i, nil
}

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
			id := r.nodes.list[i].id
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
		if p.open == 0 && (p.narrow() || !p.skew && p.queue[0].when < oldest-slop) {
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
			oldest = min(oldest, p.repo.nodes.list[i].when)
		}
	}
	return p.result(from, to)
}

// narrow says whether every way down from what was walked leads through the one commit that is left in the queue. Then each
// result reaches that one, and so isn't reached by anything below it, whatever the clocks say.
func (p *painter) narrow() bool { return len(p.queue) == 1 && !p.rooted }

// only says whether a commit is wanted and nothing else.
func (p *painter) only(i int32) bool { return p.colours[i]&(wanted|unwanted) == wanted }

// result leaves out what turned out to be unwanted, and refuses an answer that the shallow boundary may have made
// wrong: one that ends there, or one with commits that hidden history could reach from the other side.
func (p *painter) result(from, to string) ([]int32, error) {
	kept := p.found[:0]
	for _, i := range p.found {
		if !p.only(i) {
			continue
		}
		if p.repo.nodes.list[i].cut {
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
		if p.skew || p.repo.nodes.list[i].when <= p.repo.nodes.list[boundary].when+slop {
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
	for steps := 0; p.open > 0; steps++ {
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
		if p.only(boundary) && (p.skew || r.nodes.list[target].when <= r.nodes.list[boundary].when+slop) {
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
	seen := map[int32]bool{first: true}
	for stack := []int32{first}; len(stack) > 0; {
		i := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if len(seen)%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err := r.node(i, nil); err != nil {
			return nil, err
		}
		if r.nodes.list[i].cut {
			return nil, hidden("", head)
		}
		for _, parent := range r.nodes.of(i) {
			if !seen[parent] {
				seen[parent] = true
				stack = append(stack, parent)
			}
		}
	}
	return func(commit string) bool {
		r.walking.Lock()
		defer r.walking.Unlock()
		i, err := r.numberOf(commit)
		return err == nil && seen[i]
	}, nil
}

// CommitAt reads one commit.
func (r *Repo) CommitAt(_ context.Context, hash string) (commitparse.Commit, error) {
	return r.commit(hash)
}
