package gitrepo

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// readerPairs is how many pairs of commits both readers are asked about.
const readerPairs = 2000

// TestBothReadersAgree: our reader of objects, with and without a commit-graph, go-git, and git itself give the same ranges and the
// same ancestors, whatever the clocks say.
func TestBothReadersAgree(t *testing.T) {
	rng := rand.New(rand.NewPCG(seed(t), 13))
	repo, dags := generate(t, rng, 500)
	repo.Git("repack", "-q", "-a", "-d", "-f", "--keep-unreachable")
	t.Setenv(readerVariable, "go-git")
	readers := map[string]*Repo{"go-git": open(t, repo.Dir)}
	t.Setenv(readerVariable, "")
	readers["ours"] = open(t, repo.Dir)
	if readers["ours"].store.objects == nil || readers["go-git"].store.objects != nil {
		t.Fatal("the readers are not those that were asked for")
	}
	readers["with a commit-graph"] = withGraph(t, repo, dags)
	readers["with a commit-graph of the older half"] = withGraphOf(t, repo, dags, 0.5)
	readers["with a commit-graph without corrected times"] = withGraphOf(t, repo, dags, 0.7, "-c", "commitGraph.generationVersion=1")
	readers["with a commit-graph that lies"] = withLies(t, repo, dags)
	exact := open(t, repo.Dir)
	exact.BelieveNoClock()
	readers["exact"] = exact
	for i := range readerPairs {
		d := dags[i%len(dags)]
		from, to := d.place(rng), d.place(rng)
		want := d.between(to, from)
		for name, r := range readers {
			commits, err := r.Commits(t.Context(), d.hashes[from], d.hashes[to])
			if got := hashesOf(commits); err != nil || !slices.Equal(got, want) {
				t.Fatalf("%s: %v\n%d..%d gives %v, %v, want %v", name, d, from, to, got, err, want)
			}
			reached, err := r.IsAncestor(t.Context(), d.hashes[from], d.hashes[to])
			if err != nil || reached != d.reaches[to][from] {
				t.Fatalf("%s: %v\n%d is an ancestor of %d: %v, %v", name, d, from, to, reached, err)
			}
		}
		if i < len(dags) {
			d.sameReached(t, readers["ours"], to)
		}
	}
	d := dags[0]
	whole, err := readers["ours"].Commits(t.Context(), "", d.hashes[len(d.hashes)-1])
	if git := strings.Fields(repo.Git("rev-list", d.hashes[len(d.hashes)-1])); err != nil || len(whole) != len(git) {
		t.Errorf("all of a history is %d commits, git says %d: %v", len(whole), len(git), err)
	}
}

// sameReached compares what a commit reaches.
func (d *dag) sameReached(t *testing.T, r *Repo, head int) {
	t.Helper()
	reached, err := r.Reached(t.Context(), d.hashes[head])
	if err != nil {
		t.Fatal(err)
	}
	for i, hash := range d.hashes {
		if reached(hash) != d.reaches[head][i] {
			t.Fatalf("%v\n%d reaches %d: %v", d, head, i, reached(hash))
		}
	}
}
