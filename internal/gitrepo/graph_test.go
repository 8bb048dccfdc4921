package gitrepo

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/release"
)

// partition gathers the parts of tips that are the heads of a graph.
func partition(t *testing.T, r *Repo, tips []string) (parts [][]commitparse.Commit, err error) {
	t.Helper()
	parts = make([][]commitparse.Commit, len(tips))
	g, err := r.Graph(t.Context(), tips)
	if err == nil {
		err = g.Partition(t.Context(), tips, func(tip int, commits []commitparse.Commit) error {
			parts[tip] = slices.Clone(commits)
			return nil
		})
	}
	return parts, err
}

func TestPartitionGivesEachCommitToTheFirstTip(t *testing.T) {
	rng := rand.New(rand.NewPCG(seed(t), 6))
	repo, dags := generate(t, rng, 1600)
	r := open(t, repo.Dir)
	for _, d := range dags {
		var tips []int
		for i := range d.Nodes { // a tip comes before those that reach it
			if rng.IntN(4) == 0 {
				tips = append(tips, i)
			}
		}
		names := []string{}
		for _, tip := range tips {
			names = append(names, d.hashes[tip])
		}
		parts, err := partition(t, r, names)
		if err != nil || len(parts) != len(tips) {
			t.Fatalf("%v\ntips %v give %d parts: %v", d, tips, len(parts), err)
		}
		for i, tip := range tips {
			if got, want := hashesOf(parts[i]), d.between(tip, tips[:i]...); !slices.Equal(got, want) {
				t.Fatalf("%v\ntips %v: part %d is %v, want %v", d, tips, i, got, want)
			}
		}
	}
}

// The brute force of the tests above means what git means.
func TestPartitionIsThatOfRevList(t *testing.T) {
	rng := rand.New(rand.NewPCG(seed(t), 7))
	repo, dags := generate(t, rng, 16)
	for _, d := range dags {
		if !d.Shape.Believable() {
			continue
		}
		args := []string{"rev-list", d.hashes[len(d.hashes)-1], "--not", d.hashes[d.place(rng)], d.hashes[d.place(rng)]}
		got := d.between(len(d.hashes)-1, d.index[args[3]], d.index[args[4]])
		if want := strings.Fields(repo.Git(args...)); !slices.Equal(got, want) {
			t.Errorf("%v\n%v is %v, this test says %v", d, args, want, got)
		}
	}
}

func TestPartitionOfOneTipTwiceOwnsItOnce(t *testing.T) {
	rng := rand.New(rand.NewPCG(seed(t), 8))
	repo, dags := generate(t, rng, 1)
	tip := dags[0].hashes[len(dags[0].hashes)-1]
	parts, err := partition(t, open(t, repo.Dir), []string{tip, tip})
	if err != nil || len(parts) != 2 || len(parts[0]) == 0 || len(parts[1]) != 0 {
		t.Errorf("parts %v, %v", parts, err)
	}
}

func TestPartitionOfAShallowCloneIsRefusedWhereHistoryIsHidden(t *testing.T) {
	rng := rand.New(rand.NewPCG(seed(t), 9))
	repo, dags := generate(t, rng, 200)
	r := open(t, repo.Dir)
	r.shallow = map[string]bool{}
	for _, d := range dags {
		r.shallow[d.hashes[d.place(rng)]] = true
	}
	for _, d := range dags {
		tip := len(d.Nodes) - 1
		parts, err := partition(t, r, []string{d.hashes[tip]})
		if d.meetsBoundary(r.shallow, tip) {
			wantError(t, err, release.CodeShallow, "shallow")
		} else if err != nil || !slices.Equal(hashesOf(parts[0]), d.between(tip)) {
			t.Errorf("%v\n%d gives %v, %v", d, tip, parts, err)
		}
	}
}

// TestGraphIsTheHistory asks graphs of histories with all kinds of clocks what can be asked, and compares with the truth.
func TestGraphIsTheHistory(t *testing.T) {
	rng := rand.New(rand.NewPCG(seed(t), 12))
	repo, dags := generate(t, rng, 400)
	r := open(t, repo.Dir)
	for _, d := range dags {
		head := d.place(rng)
		g, err := r.Graph(t.Context(), []string{d.hashes[head]})
		if err != nil {
			t.Fatal(err)
		}
		var inside []int
		for i, hash := range d.hashes {
			if g.Contains(hash) != d.reaches[head][i] {
				t.Fatalf("%v\nthe graph of %d contains %d: %v", d, head, i, !d.reaches[head][i])
			}
			if d.reaches[head][i] {
				inside = append(inside, i)
			}
		}
		for range 20 {
			from, to := inside[rng.IntN(len(inside))], inside[rng.IntN(len(inside))]
			reached, err := g.IsAncestor(t.Context(), d.hashes[from], d.hashes[to])
			if err != nil || reached != d.reaches[to][from] {
				t.Fatalf("%v\n%d is an ancestor of %d: %v, %v", d, from, to, reached, err)
			}
			d.sameCommits(t, g, from, to)
		}
		if _, err := g.Commits(t.Context(), "", "supposed"); err == nil {
			t.Fatal("a graph tells of what it doesn't contain")
		}
	}
}

// sameCommits holds a graph's answer against that of the repository, as sets: the order is that of the whole history.
func (d *dag) sameCommits(t *testing.T, g release.Graph, from, to int) {
	t.Helper()
	commits, err := g.Commits(t.Context(), d.hashes[from], d.hashes[to])
	lent, lentErr := g.Glance(t.Context(), d.hashes[from], d.hashes[to])
	if !slices.Equal(hashesOf(lent), hashesOf(commits)) || (lentErr == nil) != (err == nil) {
		t.Fatalf("%v\n%d..%d lends %v, %v, gives %v, %v", d, from, to, hashesOf(lent), lentErr, hashesOf(commits), err)
	}
	got, want := hashesOf(commits), d.between(to, from)
	slices.Sort(got)
	slices.Sort(want)
	if err != nil || !slices.Equal(got, want) {
		t.Fatalf("%v\n%d..%d gives %v, %v, want %v", d, from, to, got, err, want)
	}
}
