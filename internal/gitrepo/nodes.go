package gitrepo

import (
	"github.com/go-git/go-git/v5/plumbing"

	"github.com/semcut/semcut/internal/gitpack"
)

// nodes are the commits that walks have met, by number. They hold no pointers, so that a large history costs the garbage
// collector nothing.
type nodes struct {
	list    chunks[node]
	parents []int32              // of all
	numbers map[gitpack.ID]int32 // of those that the commit-graph doesn't have

	graph   *gitpack.Graph // nil for none
	placed  []int32        // the number, and one, of the commit at each of its places
	scratch []uint32

	waiting queue   // scratch
	found   []int32 // by newestFirst, the last time
}

// node is what walks need of a commit. One that was met as a parent is not read yet.
type node struct {
	name  gitpack.ID // see nodes.id
	named bool
	read  bool
	cut   bool   // its parents were not fetched
	place uint32 // in the commit-graph, and one; 0 for none
	first int32  // place of its parents
	count int32  // how many they are
	when  int64  // committer time, seconds
}

// newNodes begins with no commit. A graph spares reading those that it has; nil for none.
func newNodes(graph *gitpack.Graph) *nodes {
	n := &nodes{numbers: make(map[gitpack.ID]int32, 256), graph: graph}
	if graph != nil {
		n.placed = make([]int32, graph.Count())
	}
	return n
}

// number gives the number of a commit, a new one where it has none yet.
func (n *nodes) number(id gitpack.ID) int32 {
	if place, ok := n.place(id); ok {
		return n.at(place)
	}
	i, ok := n.numbers[id]
	if !ok {
		var c *node
		c, i = n.list.add()
		c.name, c.named = id, true
		n.numbers[id] = i
	}
	return i
}

// known gives the number that a commit has.
func (n *nodes) known(id gitpack.ID) (i int32, ok bool) {
	if place, ok := n.place(id); ok {
		i = n.placed[place] - 1
		return i, i >= 0
	}
	i, ok = n.numbers[id]
	return i, ok
}

// place finds a commit in the commit-graph.
func (n *nodes) place(id gitpack.ID) (place uint32, ok bool) {
	if n.graph == nil {
		return 0, false
	}
	return n.graph.Place(id)
}

// at gives the number of the commit at a place of the commit-graph.
func (n *nodes) at(place uint32) int32 {
	if n.placed[place] == 0 {
		c, i := n.list.add()
		c.place, n.placed[place] = place+1, i+1
	}
	return n.placed[place] - 1
}

// id gives the name of a commit.
func (n *nodes) id(i int32) gitpack.ID {
	c := n.list.at(i)
	if !c.named {
		c.name, c.named = n.graph.Name(c.place - 1)
	}
	return c.name
}

// of gives the parents of a commit that was read.
func (n *nodes) of(i int32) []int32 {
	c := n.list.at(i)
	return n.parents[c.first : c.first+c.count]
}

// fill notes what a commit says.
func (n *nodes) fill(i int32, parents []gitpack.ID, when int64, cut bool) {
	first := int32(len(n.parents))
	if cut {
		parents = nil
	}
	for _, p := range parents {
		n.parents = append(n.parents, n.number(p))
	}
	n.list.at(i).fill(first, len(parents), when, cut)
}

func (c *node) fill(first int32, count int, when int64, cut bool) {
	c.read, c.cut, c.first, c.count, c.when = true, cut, first, int32(count), min(max(when, -farAway), farAway)
}

// lookUp notes what the commit-graph tells of a commit, and says whether it does.
func (n *nodes) lookUp(i int32) bool {
	c := n.list.at(i)
	if c.place == 0 {
		return false
	}
	p, ok := n.graph.At(c.place-1, n.scratch)
	if !ok {
		return false
	}
	n.scratch = p.Parents
	first := int32(len(n.parents))
	for _, parent := range p.Parents {
		n.parents = append(n.parents, n.at(parent))
	}
	c.fill(first, len(p.Parents), p.When, false)
	return true
}

// newestFirst lists commits in the order of git rev-list: the first one, and what take takes of their parents, each once. The list
// is the caller's until the next one is made.
func (n *nodes) newestFirst(first int32, take func(i int32) bool) []int32 {
	q, found := n.waiting[:0], n.found[:0]
	add := func(i int32) {
		if take(i) {
			q.push(queued{n.list.at(i).when, int32(len(found) + len(q)), i})
		}
	}
	for add(first); len(q) > 0; {
		i := q.pop().node
		found = append(found, i)
		for _, parent := range n.of(i) {
			add(parent)
		}
	}
	n.waiting, n.found = q, found
	return found
}

// reached finds what a commit reaches, by number. Each commit is read before its parents are looked at.
func (n *nodes) reached(first int32, read func(i int32) error) (func(i int32) bool, error) {
	seen := make([]bool, n.list.count)
	seen[first] = true
	for stack := []int32{first}; len(stack) > 0; {
		i := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if err := read(i); err != nil {
			return nil, err
		}
		if more := n.list.count - len(seen); more > 0 {
			seen = append(seen, make([]bool, more)...)
		}
		for _, parent := range n.of(i) {
			if !seen[parent] {
				seen[parent] = true
				stack = append(stack, parent)
			}
		}
	}
	return func(i int32) bool { return int(i) < len(seen) && seen[i] }, nil
}

// farAway bounds the times that walks reckon with, so that no sum of them overflows.
const farAway = 1 << 60

// numberOf gives the number of a commit by its name.
func (r *Repo) numberOf(hash string) (int32, error) {
	id, err := idOf(hash)
	if err != nil {
		return 0, err
	}
	return r.met().number(id), nil
}

// met gives the commits that walks have met.
func (r *Repo) met() *nodes {
	if r.nodes == nil {
		var graph *gitpack.Graph
		if len(r.shallow) == 0 && len(r.replaced) == 0 && r.deep == nil { // it knows nothing of these
			graph = r.store.graph()
		}
		r.nodes = newNodes(graph)
	}
	return r.nodes
}

// idOf reads the name of an object. What can't be one, no clone has.
func idOf(hash string) (gitpack.ID, error) {
	id, ok := gitpack.ParseID(hash)
	if !ok {
		return id, unreadable("object", hash, plumbing.ErrObjectNotFound)
	}
	return id, nil
}

// node reads the parents and the time of a commit, as far as they are not known: the one seam through which walks read
// objects. see is shown what is read of it, where anything is.
func (r *Repo) node(i int32, see func(h *commitHead)) error {
	if r.nodes.list.at(i).read {
		return nil
	}
	if r.nodes.lookUp(i) {
		return nil
	}
	return r.readNode(i, see)
}

// readNode reads a commit, whatever is known of it.
func (r *Repo) readNode(i int32, see func(h *commitHead)) error {
	return r.viewCommit(r.nodes.id(i), see != nil, r.noting.begin(r, i, see))
}

// noting is the commit whose parents are being noted.
type noting struct {
	number int32
	see    func(h *commitHead)
	note   func(h *commitHead) error
}

func (n *noting) begin(r *Repo, i int32, see func(h *commitHead)) func(h *commitHead) error {
	n.number, n.see = i, see
	if n.note == nil {
		n.note = func(h *commitHead) error {
			if c := r.nodes.list.at(n.number); !c.read {
				cut := len(r.shallow) > 0 && len(h.parents) > 0 && r.shallow[r.nodes.id(n.number).String()]
				r.nodes.fill(n.number, h.parents, h.committer.seconds, cut)
			}
			if n.see != nil {
				n.see(h)
			}
			return nil
		}
	}
	return n.note
}

// parentsOf gives the names of a commit's parents; cut says that they were not fetched.
func (r *Repo) parentsOf(hash string) (parents []string, cut bool, err error) {
	r.walking.Lock()
	defer r.walking.Unlock()
	i, err := r.numberOf(hash)
	if err == nil {
		err = r.node(i, nil)
	}
	if err != nil {
		return nil, false, err
	}
	for _, p := range r.nodes.of(i) {
		parents = append(parents, r.nodes.id(p).String())
	}
	return parents, r.nodes.list.at(i).cut, nil
}
