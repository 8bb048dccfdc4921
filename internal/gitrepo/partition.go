package gitrepo

import (
	"context"

	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/release"
)

// Partition assigns every commit to the first tip that contains it, in one pass however many tips there are: tips are taken
// parents first, and from each the walk stops at commits that have their tip. Of tips on one commit only the first is told.
func (g *graph) Partition(ctx context.Context, tips []string, each func(tip int, commits []commitparse.Commit) error) error {
	order, err := g.parentsFirst(tips)
	if err != nil {
		return err
	}
	owned := make([]bool, len(g.places))
	for _, t := range order {
		if err := ctx.Err(); err != nil {
			return err
		}
		g.repo.walking.Lock()
		commits := g.claim(t.number, owned)
		g.repo.walking.Unlock()
		if err := each(t.tip, commits); err != nil {
			return err
		}
	}
	return nil
}

type numberedTip struct {
	number int32
	tip    int
}

// parentsFirst puts tips into an order in which none comes before one that it reaches, and leaves them in theirs otherwise.
func (g *graph) parentsFirst(tips []string) ([]numberedTip, error) {
	g.repo.walking.Lock()
	defer g.repo.walking.Unlock()
	at := make(map[int32]int, len(tips))
	numbers := make([]int32, len(tips))
	for i, hash := range tips {
		number, ok := g.number(hash)
		if !ok {
			return nil, release.Errorf(release.CodeRevision, "", "reading the commits up to %s: what was read of history has no such commit", short(hash))
		}
		numbers[i] = number
		if _, twice := at[number]; !twice {
			at[number] = i
		}
	}
	order := make([]numberedTip, 0, len(at))
	seen := make([]bool, len(g.places))
	type frame struct {
		number int32
		next   int // of its parents
	}
	var stack []frame
	for _, tip := range numbers {
		if seen[tip] {
			continue
		}
		seen[tip] = true
		for stack = append(stack, frame{number: tip}); len(stack) > 0; {
			f := &stack[len(stack)-1]
			parents := g.parents(f.number)
			if f.next == len(parents) {
				if i, isTip := at[f.number]; isTip {
					order = append(order, numberedTip{f.number, i})
				}
				stack = stack[:len(stack)-1]
				continue
			}
			parent := parents[f.next]
			if f.next++; !seen[parent] {
				seen[parent] = true
				stack = append(stack, frame{number: parent})
			}
		}
	}
	return order, nil
}

// claim gives what a commit reaches and nobody has, in the order of git rev-list.
func (g *graph) claim(tip int32, owned []bool) []commitparse.Commit {
	found := g.nodes.newestFirst(tip, func(i int32) bool {
		free := !owned[i]
		owned[i] = true
		return free
	})
	return g.lend(found)
}
