package gitrepo

import (
	"container/heap"
	"context"
	"errors"
	"slices"

	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/release"
)

// The colours of a walk: what the commits that are asked for reach, and what the others reach.
const (
	wanted = 1 << iota
	unwanted
)

// slop is how much older than the oldest result the newest commit in the queue must be for a range walk to stop. No
// clock that is wrong by up to half of it makes the answer wrong. git's own rule, five more commits, errs sooner.
const slop = 180 * 24 * 3600

// skewed is how much younger than its child a parent must be for the clocks to be not believed at all: then all of
// history is walked.
const skewed = 7 * 24 * 3600

// queued is a place in the queue. Of commits of one second, the one that came first goes first, as in git.
type queued struct {
	*mark
	order int
}

type queue []queued

func (q queue) Len() int { return len(q) }
func (q queue) Less(i, j int) bool {
	if q[i].when != q[j].when {
		return q[i].when > q[j].when
	}
	return q[i].order < q[j].order
}
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)   { *q = append(*q, x.(queued)) }
func (q *queue) Pop() any {
	old := *q
	last := old[len(old)-1]
	*q = old[:len(old)-1]
	return last
}

// mark is a commit with its colours in one walk.
type mark struct {
	*node
	colour   int
	expanded bool   // its parents were queued
	data     []byte // of the commit, if it is wanted and had to be read
}

// painter walks two sets of commits down to what they share, newest first.
type painter struct {
	repo  *Repo
	marks map[string]*mark
	queue queue
	count int
	open  int  // commits in the queue that are only wanted
	keep  bool // what is wanted will be read whole
	skew  bool // a clock was seen that can't be believed
	found []*mark
	cut   []*mark // the commits met whose parents were not fetched
}

func (r *Repo) newPainter() *painter { return &painter{repo: r, marks: map[string]*mark{}} }

// add colours a commit and queues it where it is new.
func (p *painter) add(hash string, colour int) error {
	m := p.marks[hash]
	if m == nil {
		n, data, err := p.repo.nodeWithData(hash)
		if err != nil {
			return err
		}
		m = &mark{node: n, colour: colour}
		if colour == wanted && p.keep {
			m.data = data
		}
		p.marks[hash] = m
		heap.Push(&p.queue, queued{m, p.count})
		p.count++
		if colour == wanted {
			p.open++
		}
		return nil
	}
	p.recolour(m, colour)
	return nil
}

// recolour adds a colour to a commit and to all that was reached through it.
func (p *painter) recolour(m *mark, colour int) {
	stack := []*mark{m}
	for len(stack) > 0 {
		m := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if m.colour|colour == m.colour {
			continue
		}
		if m.colour == wanted && !m.expanded {
			p.open--
		}
		m.colour |= colour
		m.data = nil
		if !m.expanded {
			continue
		}
		for _, parent := range m.parents {
			if pm := p.marks[parent]; pm != nil {
				stack = append(stack, pm)
			}
		}
	}
}

// step takes the newest commit off the queue and queues its parents.
func (p *painter) step() (*mark, error) {
	m := popMark(&p.queue)
	if m.colour == wanted {
		p.open--
	}
	m.expanded = true
	if m.cut {
		p.cut = append(p.cut, m)
	}
	for _, parent := range m.parents {
		if err := p.add(parent, m.colour); err != nil {
			return nil, err
		}
		if p.marks[parent].when > m.when+skewed {
			p.skew = true
		}
	}
	return m, nil
}

// Commits gives the commits that to reaches and from doesn't.
func (r *Repo) Commits(ctx context.Context, from, to string) ([]commitparse.Commit, error) {
	marks, err := r.span(ctx, from, to)
	if err != nil {
		return nil, err
	}
	commits := make([]commitparse.Commit, 0, len(marks))
	for i, m := range marks {
		if i%256 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if m.data == nil {
			if m.data, err = r.commitObject(m.hash); err != nil {
				return nil, err
			}
		}
		c, err := readCommit(m.hash, m.data)
		if err != nil {
			return nil, err
		}
		m.data = nil
		commits = append(commits, c)
	}
	return commits, nil
}

// span walks the range from..to. The marks keep the bytes of their commits, as far as those were read.
func (r *Repo) span(ctx context.Context, from, to string) ([]*mark, error) {
	p := r.newPainter()
	p.keep = true
	if from != "" {
		if err := p.add(from, unwanted); err != nil {
			return nil, err
		}
	}
	if err := p.add(to, wanted); err != nil {
		return nil, err
	}
	oldest := int64(1<<63 - 1)
	for steps := 0; len(p.queue) > 0; steps++ {
		if p.open == 0 && !p.skew && p.queue[0].when < oldest-slop {
			break
		}
		if steps%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		m, err := p.step()
		if err != nil {
			return nil, err
		}
		if m.colour == wanted {
			p.found = append(p.found, m)
			oldest = min(oldest, m.when)
		}
	}
	return p.result(from, to)
}

// result leaves out what turned out to be unwanted, and refuses an answer that the shallow boundary may have made
// wrong: one that ends there, or one with commits that hidden history could reach from the other side.
func (p *painter) result(from, to string) ([]*mark, error) {
	kept := p.found[:0]
	for _, m := range p.found {
		if m.colour != wanted {
			continue
		}
		if m.cut {
			return nil, hidden(from, to)
		}
		kept = append(kept, m)
	}
	for _, boundary := range p.cut {
		if boundary.colour&unwanted != 0 && p.mayHide(boundary, kept) {
			return nil, hidden(from, to)
		}
	}
	return kept, nil
}

// mayHide says whether one of the commits may be an ancestor of the boundary, by a way that was not fetched. One that
// reaches the boundary is none, nor is one that is younger than any believable clock allows.
func (p *painter) mayHide(boundary *mark, commits []*mark) bool {
	var suspects []*mark
	for _, m := range commits {
		if p.skew || m.when <= boundary.when+slop {
			suspects = append(suspects, m)
		}
	}
	if len(suspects) == 0 {
		return false
	}
	above := p.descendants(boundary)
	return slices.ContainsFunc(suspects, func(m *mark) bool { return !above[m] })
}

// descendants gives the commits of the walk that reach one of them.
func (p *painter) descendants(of *mark) map[*mark]bool {
	children := map[string][]*mark{}
	for _, m := range p.marks {
		for _, parent := range m.parents {
			children[parent] = append(children[parent], m)
		}
	}
	above := map[*mark]bool{of: true}
	stack := []*mark{of}
	for len(stack) > 0 {
		m := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		for _, child := range children[m.hash] {
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
	p := r.newPainter()
	if err := p.add(descendant, wanted); err != nil {
		return false, err
	}
	if err := p.add(ancestor, unwanted); err != nil {
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
	target := p.marks[ancestor]
	for steps := 0; p.open > 0; steps++ {
		if target.colour&wanted != 0 {
			return true, nil
		}
		if steps%1024 == 0 && ctx.Err() != nil {
			return false, ctx.Err()
		}
		if _, err := p.step(); err != nil {
			return false, err
		}
	}
	if target.colour&wanted != 0 {
		return true, nil
	}
	for _, boundary := range p.cut {
		// Where ancestor reaches the boundary, nothing hidden behind it leads back to ancestor.
		if boundary.colour == wanted && (p.skew || target.when <= boundary.when+slop) {
			return false, hidden(ancestor, descendant)
		}
	}
	return false, nil
}

func popMark(q *queue) *mark { return heap.Pop(q).(queued).mark }

// CommitAt reads one commit.
func (r *Repo) CommitAt(_ context.Context, hash string) (commitparse.Commit, error) {
	return r.commit(hash)
}
