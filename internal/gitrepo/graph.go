package gitrepo

import (
	"context"
	"slices"

	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/internal/gitpack"
	"github.com/semcut/semcut/release"
)

// graph is what some commits reach, read at once, each commit once. Places are counted in the order of git rev-list.
type graph struct {
	repo    *Repo
	places  []int32 // by number; -1 is outside
	commits []held  // by place
	depth   []int32 // by place: in this order all children come before their parents
	people  directory
	texts   texts

	colours []uint8 // scratch, by place; zero between two questions
}

// held is a commit as it is kept: little, and told in full when somebody asks.
type held struct {
	number              int32
	author, committer   int32 // in the directory
	authored, committed int64 // seconds
	zones               [2]int32
	raw                 string
}

const queuedUp = expanded << 1

var _ release.Graph = (*graph)(nil)

// Graph reads all that the heads reach.
func (r *Repo) Graph(ctx context.Context, heads []string) (release.Graph, error) {
	r.walking.Lock()
	defer r.walking.Unlock()
	g := &graph{repo: r}
	var q queue
	seen := []bool{}
	kept := []held{} // by number, until it has its place
	add := func(i int32) error {
		if int(i) < len(seen) && seen[i] {
			return nil
		}
		var wrong error
		if err := r.readNode(i, func(h *commitHead) { kept, wrong = g.keep(kept, i, h) }); err != nil {
			return err
		}
		if n := len(r.nodes.list); n > len(seen) {
			seen = append(seen, make([]bool, n-len(seen))...)
		}
		seen[i] = true
		q.push(queued{r.nodes.list[i].when, int32(len(g.commits) + len(q)), i})
		return wrong
	}
	for _, head := range heads {
		i, err := r.numberOf(head)
		if err == nil {
			err = add(i)
		}
		if err != nil {
			return nil, err
		}
	}
	for len(q) > 0 {
		if len(g.commits)%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		i := q.pop().node
		n := r.nodes.list[i]
		if n.cut {
			return nil, hidden("", heads[len(heads)-1])
		}
		g.commits = append(g.commits, kept[i])
		for k := range n.count {
			if err := add(r.nodes.parents[n.first+k]); err != nil {
				return nil, err
			}
		}
	}
	g.settle()
	return g, nil
}

// keep keeps what is told of a commit.
func (g *graph) keep(kept []held, i int32, h *commitHead) ([]held, error) {
	if n := len(g.repo.nodes.list); n > len(kept) {
		kept = append(kept, make([]held, n-len(kept))...)
	}
	c := held{number: i}
	c.author, c.authored, c.zones[0] = g.people.sign(h.author)
	c.committer, c.committed, c.zones[1] = g.people.sign(h.committer)
	c.raw = g.texts.keep(h.text())
	kept[i] = c
	return kept, h.tooLarge(g.repo.nodes.list[i].id.String())
}

// settle numbers the commits by place, and puts them into an order by ancestry.
func (g *graph) settle() {
	g.places = make([]int32, len(g.repo.nodes.list))
	for i := range g.places {
		g.places[i] = -1
	}
	for place, c := range g.commits {
		g.places[c.number] = int32(place)
	}
	children := make([]int32, len(g.commits))
	for i := range g.commits {
		for _, p := range g.parents(int32(i)) {
			children[g.places[p]]++
		}
	}
	g.depth, g.colours = make([]int32, len(g.commits)), make([]uint8, len(g.commits))
	var ready []int32
	for i, n := range children {
		if n == 0 {
			ready = append(ready, int32(i))
		}
	}
	for depth := int32(0); len(ready) > 0; depth++ {
		i := ready[len(ready)-1]
		ready = ready[:len(ready)-1]
		g.depth[i] = depth
		for _, p := range g.parents(i) {
			if children[g.places[p]]--; children[g.places[p]] == 0 {
				ready = append(ready, g.places[p])
			}
		}
	}
}

// parents gives the numbers of a commit's parents.
func (g *graph) parents(place int32) []int32 { return g.repo.nodes.of(g.commits[place].number) }

// place finds a commit by its name.
func (g *graph) place(hash string) (int32, bool) {
	id, ok := gitpack.ParseID(hash)
	if !ok {
		return 0, false
	}
	i, ok := g.repo.nodes.numbers[id]
	if !ok || int(i) >= len(g.places) || g.places[i] < 0 {
		return 0, false
	}
	return g.places[i], true
}

// Contains says whether the heads reach a commit.
func (g *graph) Contains(hash string) bool {
	g.repo.walking.Lock()
	defer g.repo.walking.Unlock()
	_, ok := g.place(hash)
	return ok
}

// commit tells a commit in full.
func (g *graph) commit(place int32) commitparse.Commit {
	h := &g.commits[place]
	parents := g.parents(place)
	names := make([]byte, 0, 40*(1+len(parents)))
	names = g.repo.nodes.list[h.number].id.Append(names)
	for _, p := range parents {
		names = g.repo.nodes.list[p].id.Append(names)
	}
	text := string(names)
	c := commitparse.Commit{Hash: text[:40], Author: g.people.all[h.author], Committer: g.people.all[h.committer]}
	c.Author.When, c.Committer.When = zoned(h.authored, h.zones[0]), zoned(h.committed, h.zones[1])
	c.Raw = h.raw
	if len(parents) > 0 {
		c.Parents = make([]string, len(parents))
	}
	for i := range parents {
		c.Parents[i] = text[40*(i+1) : 40*(i+2)]
	}
	return c
}

// IsAncestor looks no further down than ancestor.
func (g *graph) IsAncestor(ctx context.Context, ancestor, descendant string) (bool, error) {
	g.repo.walking.Lock()
	from, here := g.place(descendant)
	to, there := g.place(ancestor)
	defer g.repo.walking.Unlock()
	if !here || !there {
		return false, release.Errorf(release.CodeRevision, "", "looking for %q above %q: what was read of history has no such commit", ancestor, descendant)
	}
	reached := false
	touched := []int32{from}
	g.colours[from] = wanted
	for stack := []int32{from}; len(stack) > 0 && !reached; {
		i := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		reached = i == to
		for _, number := range g.parents(i) {
			if p := g.places[number]; g.colours[p] == 0 && g.depth[p] <= g.depth[to] {
				g.colours[p] = wanted
				touched, stack = append(touched, p), append(stack, p)
			}
		}
	}
	for _, i := range touched {
		g.colours[i] = 0
	}
	return reached, ctx.Err()
}

// Commits paints down from both ends, children before parents, until nothing is left that only to reaches.
func (g *graph) Commits(ctx context.Context, from, to string) ([]commitparse.Commit, error) {
	g.repo.walking.Lock()
	defer g.repo.walking.Unlock()
	end, ok := g.place(to)
	start, known := g.place(from)
	if !ok || from != "" && !known {
		return nil, release.Errorf(release.CodeRevision, "", "reading the commits %s..%s: what was read of history has no such commit", short(from), short(to))
	}
	p := painting{graph: g}
	p.paint(end, wanted)
	if from != "" {
		p.paint(start, unwanted)
	}
	found := p.run()
	slices.Sort(found)
	commits := make([]commitparse.Commit, 0, len(found))
	for _, i := range found {
		commits = append(commits, g.commit(i))
	}
	return commits, ctx.Err()
}

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
		for _, number := range p.parents(i) {
			parent := p.places[number]
			p.paint(parent, wanted&colour)
			p.paint(parent, unwanted&colour)
		}
	}
	for _, i := range p.touched {
		p.colours[i] = 0
	}
	return found
}

// Partition assigns every commit to the first tip that contains it, in one pass however many tips there are: tips are taken
// parents first, and from each the walk stops at commits that have their tip. Of tips on one commit only the first is told.
func (g *graph) Partition(ctx context.Context, tips []string, each func(tip int, commits []commitparse.Commit) error) error {
	order, err := g.parentsFirst(tips)
	if err != nil {
		return err
	}
	owned := make([]bool, len(g.commits))
	for _, t := range order {
		if err := ctx.Err(); err != nil {
			return err
		}
		g.repo.walking.Lock()
		commits := g.claim(t.place, owned)
		g.repo.walking.Unlock()
		if err := each(t.tip, commits); err != nil {
			return err
		}
	}
	return nil
}

type placedTip struct {
	place int32
	tip   int
}

// parentsFirst puts tips into an order in which none comes before one that it reaches, and leaves them in theirs otherwise.
func (g *graph) parentsFirst(tips []string) ([]placedTip, error) {
	g.repo.walking.Lock()
	defer g.repo.walking.Unlock()
	at := make(map[int32]int, len(tips))
	places := make([]int32, len(tips))
	for i, hash := range tips {
		place, ok := g.place(hash)
		if !ok {
			return nil, release.Errorf(release.CodeRevision, "", "reading the commits up to %s: what was read of history has no such commit", short(hash))
		}
		places[i] = place
		if _, twice := at[place]; !twice {
			at[place] = i
		}
	}
	order := make([]placedTip, 0, len(at))
	seen := make([]bool, len(g.commits))
	type frame struct {
		place int32
		next  int // of its parents
	}
	for _, tip := range places {
		stack := []frame{{place: tip}}
		if seen[tip] {
			continue
		}
		for seen[tip] = true; len(stack) > 0; {
			f := &stack[len(stack)-1]
			parents := g.parents(f.place)
			if f.next == len(parents) {
				if i, isTip := at[f.place]; isTip {
					order = append(order, placedTip{f.place, i})
				}
				stack = stack[:len(stack)-1]
				continue
			}
			parent := g.places[parents[f.next]]
			if f.next++; !seen[parent] {
				seen[parent] = true
				stack = append(stack, frame{place: parent})
			}
		}
	}
	return order, nil
}

// claim gives what a commit reaches and nobody has, in the order of git rev-list.
func (g *graph) claim(tip int32, owned []bool) []commitparse.Commit {
	commits := []commitparse.Commit{}
	var q queue
	count := int32(0)
	add := func(i int32) {
		if !owned[i] {
			owned[i] = true
			q.push(queued{g.repo.nodes.list[g.commits[i].number].when, count, i})
			count++
		}
	}
	for add(tip); len(q) > 0; {
		i := q.pop().node
		commits = append(commits, g.commit(i))
		for _, number := range g.parents(i) {
			add(g.places[number])
		}
	}
	return commits
}
