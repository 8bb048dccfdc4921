package gitrepo

// painting is one walk of Commits.
type painting struct {
	*graph
	queue   queue
	touched []int32
	open    int // how many of the queue are wanted only
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

// run gives the commits that are wanted only.
func (p *painting) run() (found []int32) {
	for p.open > 0 {
		i := p.queue.pop().node
		colour := p.colours[i] &^ queuedUp
		if colour == wanted {
			p.open--
			found = append(found, i)
		}
		for _, parent := range p.parents(i) {
			p.paint(parent, wanted&colour)
			p.paint(parent, unwanted&colour)
		}
	}
	for _, i := range p.touched {
		p.colours[i] = 0
	}
	return found
}
