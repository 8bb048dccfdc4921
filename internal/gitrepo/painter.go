package gitrepo

import "github.com/semcut/semcut/commitparse"

// The colours of a walk: what the commits that are asked for reach, and what the others reach.
const (
	wanted uint8 = 1 << iota
	unwanted
	expanded // its parents were queued
	sorted   // it was queued once more, for the order of the results
)

// painter walks two sets of commits down to what they share, newest first. By corrected times no commit comes before one that
// reaches it, which proves when to stop.
type painter struct {
	repo    *Repo
	dated   bool    // go by corrected times; what has none comes first
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

func (r *Repo) newPainter() *painter {
	graph := r.met().graph
	return &painter{repo: r, dated: graph != nil && graph.Dated(), skew: r.exact}
}

// undated is what the keys of commits that the commit-graph doesn't know lie around: above farAway, below which corrected times are.
const undated = 2 * farAway

// key is what a commit is queued by.
func (p *painter) key(i int32) int64 {
	n := p.repo.nodes.list.at(i)
	switch {
	case !p.dated:
		return n.when
	case n.place == 0:
		return undated + n.when
	}
	return p.repo.nodes.graph.Corrected(n.place - 1)
}

// settled says that what was walked is final: by corrected times nothing that is left in the queue reaches it.
func (p *painter) settled() bool { return p.dated && p.queue[0].when < farAway }

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
	if n := p.repo.nodes.list.count; n > len(p.colours) {
		p.colours = append(p.colours, make([]uint8, n-len(p.colours))...)
	}
	p.colours[i] = colour
	p.queue.push(queued{p.key(i), p.count, i})
	p.count++
	if colour == wanted {
		p.open++
	}
	return nil
}

// remember keeps a commit that was read and may be a result. One that can't be is read again, and refused, if it is one.
func (p *painter) remember(i int32, h *commitHead) {
	c, err := h.commit(p.repo.nodes.id(i))
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
	n := p.repo.nodes.list.at(i)
	if n.cut {
		p.cut = append(p.cut, i)
	}
	p.rooted = p.rooted || n.count == 0
	for k := range n.count {
		parent := p.repo.nodes.parents[n.first+k]
		if err := p.add(parent, colour); err != nil {
			return 0, err
		}
		p.skew = p.skew || p.repo.nodes.list.at(parent).when > n.when+skewed
	}
	return i, nil
}

// narrow says whether every way down from what was walked leads through the one commit that is left in the queue. Then each
// result reaches that one, and so isn't reached by anything below it, whatever the clocks say.
func (p *painter) narrow() bool {
	return len(p.queue) == 1 && !p.rooted && len(p.repo.replaced) == 0 // stand-ins may lead in a circle
}

// only says whether a commit is wanted and nothing else.
func (p *painter) only(i int32) bool { return p.colours[i]&(wanted|unwanted) == wanted }
