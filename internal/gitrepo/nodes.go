package gitrepo

import (
	"github.com/go-git/go-git/v5/plumbing"

	"github.com/semcut/semcut/internal/gitpack"
)

// nodes are the commits that walks have met, by number. They hold no pointers, so that a large history costs the garbage
// collector nothing.
type nodes struct {
	numbers map[gitpack.ID]int32
	list    []node
	parents []int32 // of all
	scratch []gitpack.ID
}

// node is what walks need of a commit. One that was met as a parent is not read yet.
type node struct {
	id    gitpack.ID
	read  bool
	cut   bool  // its parents were not fetched
	first int32 // place of its parents
	count int32 // how many they are
	when  int64 // committer time, seconds
}

func newNodes() *nodes { return &nodes{numbers: make(map[gitpack.ID]int32, 256)} }

// number gives the number of a commit, a new one where it has none yet.
func (n *nodes) number(id gitpack.ID) int32 {
	i, ok := n.numbers[id]
	if !ok {
		i = int32(len(n.list))
		n.numbers[id] = i
		n.list = append(n.list, node{id: id})
	}
	return i
}

// of gives the parents of a commit that was read.
func (n *nodes) of(i int32) []int32 {
	c := &n.list[i]
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
	c := &n.list[i]
	c.read, c.cut, c.first, c.count, c.when = true, cut, first, int32(len(parents)), min(max(when, -farAway), farAway)
}

// farAway bounds the times that walks reckon with, so that no sum of them overflows.
const farAway = 1 << 60

// numberOf gives the number of a commit by its name.
func (r *Repo) numberOf(hash string) (int32, error) {
	id, err := idOf(hash)
	if err != nil {
		return 0, err
	}
	return r.nodes.number(id), nil
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
	n := &r.nodes.list[i]
	if n.read {
		return nil
	}
	id := n.id
	if len(r.shallow) == 0 && len(r.replaced) == 0 && r.deep == nil { // a graph knows nothing of these
		if parents, when, ok := r.store.parents(r.nodes.scratch[:0], id); ok {
			r.nodes.scratch = parents
			r.nodes.fill(i, parents, when, false)
			return nil
		}
	}
	return r.readNode(i, see)
}

// readNode reads a commit, whatever is known of it.
func (r *Repo) readNode(i int32, see func(h *commitHead)) error {
	return r.viewCommit(r.nodes.list[i].id, see != nil, r.noting.begin(r, i, see))
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
			if c := &r.nodes.list[n.number]; !c.read {
				cut := len(r.shallow) > 0 && len(h.parents) > 0 && r.shallow[c.id.String()]
				_, when, _ := splitSignature(h.committer)
				r.nodes.fill(n.number, h.parents, when, cut)
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
		parents = append(parents, r.nodes.list[p].id.String())
	}
	return parents, r.nodes.list[i].cut, nil
}
