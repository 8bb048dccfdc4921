package gitrepo

// painting is one walk of Commits.
type painting struct {
	*graph
	queue   queue
	touched []int32
	found   []int32
	open    int // how many of the queue are wanted only
}

// begin keeps the room of the last one.
func (p *painting) begin(g *graph) {
	*p = painting{graph: g, queue: p.queue[:0], touched: p.touched[:0], found: p.found[:0]}
}

func (p *painting) paint(i int32, colour uint8) {
	before := p.colours[i]
	if before&colour == colour {
		return
	}
	p.colours[i] |= colour
	switch {
	case before&queuedUp == 0:
		p.colours[i] |= queuedUp
		p.touched = append(p.touched, i)
		p.queue.push(queued{when: -int64(p.depth[i]), node: i})
		if colour == wanted {
			p.open++
		}
	case before&^queuedUp == wanted:
		p.open--
	}
}

// run gives the commits that are wanted only. The list is the caller's until the next one begins.
func (p *painting) run() []int32 {
	for p.open > 0 {
		i := p.queue.pop().node
		colour := p.colours[i] &^ queuedUp
		if colour == wanted {
			p.open--
			p.found = append(p.found, i)
		}
		for _, parent := range p.parents(i) {
			p.paint(parent, wanted&colour)
			p.paint(parent, unwanted&colour)
		}
	}
	for _, i := range p.touched {
		p.colours[i] = 0
	}
	return p.found
}
