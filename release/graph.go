package release

import (
	"container/heap"
	"context"
	"slices"

	"github.com/semcut/semcut/commitparse"
)

// graph is the part of a history that one commit reaches, read at once: what is asked of it again and again costs no more
// reading, and no more steps than there are commits around the answer.
type graph struct {
	History
	commits []commitparse.Commit // as History gives them, newest first
	index   map[string]int       // by hash
	place   []int                // of each commit in an order in which all children come before their parents

	colours []colour // scratch of Commits; zero between two calls
}

type colour uint8

const (
	wantedColour colour = 1 << iota
	unwantedColour
	queuedColour
)

// readGraph reads what head reaches.
func readGraph(ctx context.Context, h History, head string) (*graph, error) {
	commits, err := h.Commits(ctx, "", head)
	if err != nil {
		return nil, err
	}
	g := &graph{History: h, commits: commits, index: make(map[string]int, len(commits)), colours: make([]colour, len(commits))}
	for i, c := range commits {
		g.index[c.Hash] = i
	}
	g.sort()
	return g, nil
}

// sort fills place: a commit gets its one when all of its children have theirs.
func (g *graph) sort() {
	children := make([]int, len(g.commits))
	for i := range g.commits {
		for p := range g.parents(i) {
			children[p]++
		}
	}
	g.place = make([]int, len(g.commits))
	var ready []int
	for i, n := range children {
		if n == 0 {
			ready = append(ready, i)
		}
	}
	for place := 0; len(ready) > 0; place++ {
		i := ready[len(ready)-1]
		ready = ready[:len(ready)-1]
		g.place[i] = place
		for p := range g.parents(i) {
			if children[p]--; children[p] == 0 {
				ready = append(ready, p)
			}
		}
	}
}

// parents gives those that were read; below a boundary there are none.
func (g *graph) parents(i int) func(func(int) bool) {
	return func(yield func(int) bool) {
		for _, hash := range g.commits[i].Parents {
			if p, ok := g.index[hash]; ok && !yield(p) {
				return
			}
		}
	}
}

// IsAncestor looks no further down than ancestor.
func (g *graph) IsAncestor(ctx context.Context, ancestor, descendant string) (bool, error) {
	from, here := g.index[descendant]
	to, there := g.index[ancestor]
	if !here || !there {
		return g.History.IsAncestor(ctx, ancestor, descendant)
	}
	seen := map[int]bool{from: true}
	for queue := []int{from}; len(queue) > 0; {
		i := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		if i == to {
			return true, ctx.Err()
		}
		for p := range g.parents(i) {
			if !seen[p] && g.place[p] <= g.place[to] {
				seen[p] = true
				queue = append(queue, p)
			}
		}
	}
	return false, ctx.Err()
}

// Commits paints down from both ends, children before parents, until nothing is left that only to reaches.
func (g *graph) Commits(ctx context.Context, from, to string) ([]commitparse.Commit, error) {
	end, ok := g.index[to]
	start, known := g.index[from]
	if !ok || from != "" && !known {
		return g.History.Commits(ctx, from, to)
	}
	p := painting{graph: g}
	p.paint(end, wantedColour)
	if from != "" {
		p.paint(start, unwantedColour)
	}
	found := p.run()
	slices.Sort(found)
	commits := make([]commitparse.Commit, 0, len(found))
	for _, i := range found {
		commits = append(commits, g.commits[i])
	}
	return commits, ctx.Err()
}

// painting is one walk of Commits. It is a heap of commits, the one that comes first on top.
type painting struct {
	*graph
	queue   []int
	touched []int
	open    int // how many of the queue are wanted only
}

func (p *painting) paint(i int, c colour) {
	before := p.colours[i]
	if before&c == c {
		return
	}
	p.colours[i] |= c
	switch {
	case before&queuedColour == 0:
		p.colours[i] |= queuedColour
		p.touched = append(p.touched, i)
		heap.Push(p, i)
		if c == wantedColour {
			p.open++
		}
	case before&^queuedColour == wantedColour:
		p.open--
	}
}

// run gives the commits that are wanted only.
func (p *painting) run() (found []int) {
	for p.open > 0 {
		i := heap.Pop(p).(int)
		c := p.colours[i] &^ queuedColour
		if c == wantedColour {
			p.open--
			found = append(found, i)
		}
		for parent := range p.parents(i) {
			p.paint(parent, wantedColour&c)
			p.paint(parent, unwantedColour&c)
		}
	}
	for _, i := range p.touched {
		p.colours[i] = 0
	}
	return found
}

// Len is the queue's.
func (p *painting) Len() int { return len(p.queue) }

// Less has children before their parents.
func (p *painting) Less(a, b int) bool { return p.place[p.queue[a]] < p.place[p.queue[b]] }

// Swap swaps two of the queue.
func (p *painting) Swap(a, b int) { p.queue[a], p.queue[b] = p.queue[b], p.queue[a] }

// Push puts a commit at the queue's end, for package heap.
func (p *painting) Push(x any) { p.queue = append(p.queue, x.(int)) }

// Pop takes the last one off the queue, for package heap.
func (p *painting) Pop() any {
	last := p.queue[len(p.queue)-1]
	p.queue = p.queue[:len(p.queue)-1]
	return last
}
