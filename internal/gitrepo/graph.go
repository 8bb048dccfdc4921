package gitrepo

import (
	"bytes"
	"context"
	"slices"

	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/internal/gitpack"
	"github.com/semcut/semcut/release"
)

// graph is what some commits reach, read at once, each commit once. All is by the numbers of the commits.
type graph struct {
	repo    *Repo
	nodes   *nodes // of the repo when the graph was read
	commits chunks[held]
	places  []int32 // in the order of git rev-list; -1 is outside
	depth   []int32 // in this order all children come before their parents
	people  directory
	texts   texts
	see     func(h *commitHead) // keeps the commit that is read
	wrong   error               // why it can't be kept

	colours []uint8              // scratch; zero between two questions
	painted painting             // the last one
	stack   []int32              // scratch
	names   []byte               // scratch
	part    []commitparse.Commit // the last ones that were lent
}

// held is a commit as it is kept: little, without pointers, and told in full when somebody asks.
type held struct {
	raw               text
	author, committer signed
}

const queuedUp = expanded << 1

var _ release.Graph = (*graph)(nil)

// Graph reads all that the heads reach.
func (r *Repo) Graph(ctx context.Context, heads []string) (release.Graph, error) {
	r.walking.Lock()
	defer r.walking.Unlock()
	g := &graph{repo: r, nodes: r.met()}
	var q queue
	order := []int32{}
	for _, head := range heads {
		i, err := r.numberOf(head)
		if err == nil {
			err = g.add(i, &q, len(order))
		}
		if err != nil {
			return nil, err
		}
	}
	for len(q) > 0 {
		if len(order)%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		i := q.pop().node
		n := r.nodes.list.at(i)
		if n.cut {
			return nil, hidden("", heads[len(heads)-1])
		}
		g.places[i] = int32(len(order))
		order = append(order, i)
		for k := range n.count {
			if err := g.add(r.nodes.parents[n.first+k], &q, len(order)); err != nil {
				return nil, err
			}
		}
	}
	g.settle(order)
	return g, nil
}

// add reads a commit, and queues it, if it is new.
func (g *graph) add(i int32, q *queue, before int) error {
	if int(i) < len(g.places) && g.places[i] >= 0 {
		return nil
	}
	if g.see == nil {
		g.see = func(h *commitHead) { g.wrong = g.keep(g.repo.noting.number, h) }
	}
	if err := g.repo.readNode(i, g.see); err != nil {
		return err
	}
	q.push(queued{g.nodes.list.at(i).when, int32(before + len(*q)), i})
	return g.wrong
}

// keep keeps what is told of a commit.
func (g *graph) keep(i int32, h *commitHead) error {
	for g.commits.count < g.nodes.list.count {
		g.commits.add()
		g.places = append(g.places, -1)
	}
	c := g.commits.at(i)
	c.committer = g.people.sign(h.committer)
	if c.author = c.committer; !bytes.Equal(h.author, h.committer.line) { // many commits say the same twice
		c.author = g.people.sign(splitSignature(h.author))
	}
	c.raw = g.texts.keep(h.text())
	g.places[i] = 0 // it gets its own soon
	return h.tooLarge(g.nodes.id(i))
}

// settle puts the commits into an order by ancestry.
func (g *graph) settle(order []int32) {
	children := make([]int32, len(g.places))
	for _, i := range order {
		for _, p := range g.parents(i) {
			children[p]++
		}
	}
	g.depth, g.colours = make([]int32, len(g.places)), make([]uint8, len(g.places))
	var ready []int32
	for _, i := range order {
		if children[i] == 0 {
			ready = append(ready, i)
		}
	}
	for depth := int32(0); len(ready) > 0; depth++ {
		i := ready[len(ready)-1]
		ready = ready[:len(ready)-1]
		g.depth[i] = depth
		for _, p := range g.parents(i) {
			if children[p]--; children[p] == 0 {
				ready = append(ready, p)
			}
		}
	}
}

// parents gives a commit's parents.
func (g *graph) parents(i int32) []int32 { return g.nodes.of(i) }

// number finds a commit by its name.
func (g *graph) number(hash string) (int32, bool) {
	id, ok := gitpack.ParseID(hash)
	if !ok {
		return 0, false
	}
	i, ok := g.nodes.known(id)
	return i, ok && int(i) < len(g.places) && g.places[i] >= 0
}

// Contains says whether the heads reach a commit.
func (g *graph) Contains(hash string) bool {
	g.repo.walking.Lock()
	defer g.repo.walking.Unlock()
	_, ok := g.number(hash)
	return ok
}

// Tags lists the tags that lead to commits of the graph, in the order of their names. What was read as a commit is not looked at
// again.
func (g *graph) Tags(ctx context.Context) ([]release.Tag, error) {
	tags, err := g.repo.TagRefs(ctx)
	if err != nil {
		return nil, err
	}
	kept := tags[:0]
	for _, tag := range tags {
		if len(g.repo.replaced) > 0 || !g.Contains(tag.Commit) {
			if tag.Commit, err = g.repo.PeelTag(tag); err != nil {
				return nil, err
			}
			if tag.Commit == "" || !g.Contains(tag.Commit) {
				continue
			}
		}
		kept = append(kept, tag)
	}
	return kept, ctx.Err()
}

// tell tells commits in full, into room as far as there is enough. What their names and parents take is theirs together.
func (g *graph) tell(numbers []int32, room []commitparse.Commit) []commitparse.Commit {
	parents := 0
	g.names = g.names[:0]
	for _, i := range numbers {
		g.names = g.nodes.id(i).Append(g.names)
		for _, p := range g.parents(i) {
			g.names = g.nodes.id(p).Append(g.names)
			parents++
		}
	}
	const size = 2 * len(gitpack.ID{})
	names, all := string(g.names), make([]string, parents)
	commits := slices.Grow(room, len(numbers))
	for _, i := range numbers {
		h := g.commits.at(i)
		c := commitparse.Commit{Hash: names[:size], Author: g.people.tell(h.author), Committer: g.people.tell(h.committer)}
		c.Raw = g.texts.get(h.raw)
		names = names[size:]
		if n := len(g.parents(i)); n > 0 {
			c.Parents, all = all[:n:n], all[n:]
		}
		for k := range c.Parents {
			c.Parents[k], names = names[:size], names[size:]
		}
		commits = append(commits, c)
	}
	return commits
}

// Reached finds out what head reaches.
func (g *graph) Reached(ctx context.Context, head string) (func(commit string) bool, error) {
	g.repo.walking.Lock()
	defer g.repo.walking.Unlock()
	first, ok := g.number(head)
	if !ok {
		return nil, release.Errorf(release.CodeRevision, "", "looking for what %q reaches: what was read of history has no such commit", head)
	}
	seen, err := g.nodes.reached(first, func(int32) error { return nil }) // all are read
	if err != nil {
		return nil, err
	}
	return func(commit string) bool {
		g.repo.walking.Lock()
		defer g.repo.walking.Unlock()
		i, ok := g.number(commit)
		return ok && seen(i)
	}, ctx.Err()
}

// IsAncestor looks no further down than ancestor.
func (g *graph) IsAncestor(ctx context.Context, ancestor, descendant string) (bool, error) {
	g.repo.walking.Lock()
	from, here := g.number(descendant)
	to, there := g.number(ancestor)
	defer g.repo.walking.Unlock()
	if !here || !there {
		return false, release.Errorf(release.CodeRevision, "", "looking for %q above %q: what was read of history has no such commit", ancestor, descendant)
	}
	reached := false
	touched, stack := append(g.painted.touched[:0], from), append(g.stack[:0], from)
	g.colours[from] = wanted
	for len(stack) > 0 && !reached {
		i := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		reached = i == to
		for _, p := range g.parents(i) {
			if g.colours[p] == 0 && g.depth[p] <= g.depth[to] {
				g.colours[p] = wanted
				touched, stack = append(touched, p), append(stack, p)
			}
		}
	}
	for _, i := range touched {
		g.colours[i] = 0
	}
	g.painted.touched, g.stack = touched, stack
	return reached, ctx.Err()
}

// Commits gives the commits of a range.
func (g *graph) Commits(ctx context.Context, from, to string) ([]commitparse.Commit, error) {
	return g.between(ctx, from, to, func(found []int32) []commitparse.Commit { return g.tell(found, nil) })
}

// Glance lends the commits of a range.
func (g *graph) Glance(ctx context.Context, from, to string) ([]commitparse.Commit, error) {
	return g.between(ctx, from, to, g.lend)
}

// lend tells commits in full where the last ones that were lent are told.
func (g *graph) lend(numbers []int32) []commitparse.Commit {
	clear(g.part)
	g.part = g.tell(numbers, g.part[:0])
	return g.part
}

// between paints down from both ends, children before parents, until nothing is left that only to reaches, and tells what it found.
func (g *graph) between(ctx context.Context, from, to string, tell func(found []int32) []commitparse.Commit) ([]commitparse.Commit, error) {
	g.repo.walking.Lock()
	defer g.repo.walking.Unlock()
	end, ok := g.number(to)
	start, known := g.number(from)
	if !ok || from != "" && !known {
		return nil, release.Errorf(release.CodeRevision, "", "reading the commits %s..%s: what was read of history has no such commit", short(from), short(to))
	}
	p := &g.painted
	p.begin(g)
	p.paint(end, wanted)
	if from != "" {
		p.paint(start, unwanted)
	}
	found := p.run()
	slices.SortFunc(found, func(a, b int32) int { return int(g.places[a]) - int(g.places[b]) })
	return tell(found), ctx.Err()
}
