package gitrepo

import (
	"context"
	"slices"

	"github.com/semcut/semcut/commitparse"
)

// Partition assigns every commit to the first tip that contains it, in one pass over the history however many tips
// there are: tips are taken parents first, and from each the walk stops at commits that have their tip.
func (r *Repo) Partition(ctx context.Context, tips []string) ([][]commitparse.Commit, error) {
	order, err := r.topological(ctx, tips)
	if err != nil {
		return nil, err
	}
	owner := make(map[string]int, len(order))
	first := map[string]int{}
	for i := len(tips) - 1; i >= 0; i-- {
		first[tips[i]] = i
	}
	parts := make([][]commitparse.Commit, len(tips))
	for _, hash := range order { // parents first
		i, isTip := first[hash]
		if !isTip {
			continue
		}
		owned, err := r.claim(ctx, hash, i, owner)
		if err != nil {
			return nil, err
		}
		for _, c := range owned {
			commit, err := r.commit(c)
			if err != nil {
				return nil, err
			}
			parts[i] = append(parts[i], commit)
		}
	}
	return parts, nil
}

// topological lists all that the tips reach, parents before children.
func (r *Repo) topological(ctx context.Context, tips []string) ([]string, error) {
	type frame struct {
		n    *node
		next int
	}
	var order []string
	seen := map[string]bool{}
	for _, tip := range tips {
		if seen[tip] {
			continue
		}
		n, err := r.node(tip)
		if err != nil {
			return nil, err
		}
		seen[tip] = true
		stack := []frame{{n: n}}
		for len(stack) > 0 {
			f := &stack[len(stack)-1]
			if f.n.cut {
				return nil, hidden("", tip)
			}
			if f.next == len(f.n.parents) {
				order = append(order, f.n.hash)
				stack = stack[:len(stack)-1]
				continue
			}
			parent := f.n.parents[f.next]
			f.next++
			if seen[parent] {
				continue
			}
			seen[parent] = true
			if len(seen)%1024 == 0 && ctx.Err() != nil {
				return nil, ctx.Err()
			}
			pn, err := r.node(parent)
			if err != nil {
				return nil, err
			}
			stack = append(stack, frame{n: pn})
		}
	}
	return order, nil
}

// claim gives tip everything that it reaches and that nobody has, in the order of git rev-list.
func (r *Repo) claim(ctx context.Context, tip string, i int, owner map[string]int) ([]string, error) {
	p := r.newPainter()
	if _, taken := owner[tip]; taken {
		return nil, nil
	}
	if err := p.add(tip, wanted); err != nil {
		return nil, err
	}
	var owned []string
	for len(p.queue) > 0 {
		if len(owned)%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		m := popMark(&p.queue)
		m.expanded = true
		owner[m.hash] = i
		owned = append(owned, m.hash)
		for _, parent := range m.parents {
			if _, taken := owner[parent]; taken {
				continue
			}
			if err := p.add(parent, wanted); err != nil {
				return nil, err
			}
		}
	}
	return slices.Clip(owned), nil
}
