package gitrepo

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	"github.com/semcut/semcut/internal/gittest"
)

// seed is that of all generated histories. SEMCUT_SEED sets another.
func seed(t *testing.T) uint64 {
	t.Helper()
	s := uint64(20)
	if text := os.Getenv("SEMCUT_SEED"); text != "" {
		var err error
		if s, err = strconv.ParseUint(text, 10, 64); err != nil {
			t.Fatalf("SEMCUT_SEED: %v", err)
		}
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("the seed was %d: SEMCUT_SEED=%d repeats it", s, s)
		}
	})
	return s
}

// dag is a generated history in a repository, with the truth about it.
type dag struct {
	gittest.DAG
	hashes  []string
	index   map[string]int
	reaches [][]bool // reaches[i][j]: i reaches j
}

func (d *dag) String() string {
	text := d.Shape.Name + ":"
	for i, n := range d.Nodes {
		text += fmt.Sprintf(" %d(%s)@%d<-%v", i, short(d.hashes[i]), n.When-gittest.Epoch, n.Parents)
	}
	return text
}

// generate makes count histories, each apart from the others, in one repository.
func generate(t *testing.T, rng *rand.Rand, count int) (*gittest.Repo, []*dag) {
	t.Helper()
	repo := gittest.New(t)
	var stream gittest.Stream
	var dags []*dag
	var firsts []int
	for i := range count {
		d := &dag{DAG: gittest.Generate(rng, gittest.Shapes[i%len(gittest.Shapes)])}
		firsts = append(firsts, stream.Add(d.DAG))
		dags = append(dags, d)
	}
	hashes := repo.Import(stream.Bytes())
	for i, d := range dags {
		d.hashes = hashes[firsts[i]-1 : firsts[i]-1+len(d.Nodes)]
		d.index = map[string]int{}
		for at, hash := range d.hashes {
			d.index[hash] = at
		}
		d.reach()
	}
	return repo, dags
}

// reach finds out by brute force who reaches whom.
func (d *dag) reach() {
	for i, n := range d.Nodes {
		all := make([]bool, len(d.Nodes))
		all[i] = true
		for _, p := range n.Parents {
			for j, yes := range d.reaches[p] {
				all[j] = all[j] || yes
			}
		}
		d.reaches = append(d.reaches, all)
	}
}

// between gives what to reaches and none of froms does, in the order of git rev-list: newest first, of one second
// the one first that was met first. It is slow and simple, and believes no clock.
func (d *dag) between(to int, froms ...int) []string {
	queue, seen := []int{}, map[int]bool{}
	push := func(i int) {
		if seen[i] {
			return
		}
		seen[i] = true
		at := len(queue)
		for at > 0 && d.Nodes[queue[at-1]].When < d.Nodes[i].When {
			at--
		}
		queue = append(queue[:at], append([]int{i}, queue[at:]...)...)
	}
	hashes := []string{}
	push(to)
	for len(queue) > 0 {
		i := queue[0]
		queue = queue[1:]
		hidden := false
		for _, from := range froms {
			hidden = hidden || d.reaches[from][i]
		}
		if !hidden {
			hashes = append(hashes, d.hashes[i])
		}
		for _, p := range d.Nodes[i].Parents {
			push(p)
		}
	}
	return hashes
}

// place gives any commit of the history.
func (d *dag) place(rng *rand.Rand) int { return rng.IntN(len(d.Nodes)) }
