package release

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/semcut/semcut/commitparse"
)

// listed is a history that only lists.
type listed struct {
	History
	commits []commitparse.Commit
}

func (l listed) Commits(context.Context, string, string) ([]commitparse.Commit, error) {
	return l.commits, nil
}

// TestGraphIsTheHistory asks a graph of random histories everything that can be asked, and compares with sets of ancestors.
func TestGraphIsTheHistory(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 1))
		n := 2 + r.IntN(14)
		l := listed{commits: make([]commitparse.Commit, n)}
		above := make([]map[int]bool, n) // what each commit reaches
		for i := n - 1; i >= 0; i-- {
			l.commits[i].Hash, above[i] = fmt.Sprint(i), map[int]bool{i: true}
			for range min(r.IntN(3)+1, n-1-i) {
				p := i + 1 + r.IntN(n-1-i)
				l.commits[i].Parents = append(l.commits[i].Parents, fmt.Sprint(p))
				for a := range above[p] {
					above[i][a] = true
				}
			}
		}
		g, err := readGraph(t.Context(), l, "0")
		if err != nil {
			t.Fatal(err)
		}
		for to := range n {
			for from := -1; from < n; from++ {
				checkGraph(t, g, seed, above, from, to)
			}
		}
	}
}

func checkGraph(t *testing.T, g *graph, seed uint64, above []map[int]bool, from, to int) {
	t.Helper()
	name, want := "", []string{}
	if from >= 0 {
		name = fmt.Sprint(from)
		if got, err := g.IsAncestor(t.Context(), name, fmt.Sprint(to)); err != nil || got != above[to][from] {
			t.Fatalf("seed %d: %d reaches %d: %v, %v", seed, to, from, got, err)
		}
	}
	for i := range above {
		if above[to][i] && (from < 0 || !above[from][i]) {
			want = append(want, fmt.Sprint(i))
		}
	}
	got := []string{}
	commits, err := g.Commits(t.Context(), name, fmt.Sprint(to))
	for _, c := range commits {
		got = append(got, c.Hash)
	}
	if err != nil || !slices.Equal(got, want) {
		t.Fatalf("seed %d: %d..%d is %v, %v, want %v", seed, from, to, got, err, want)
	}
}
