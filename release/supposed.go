package release

import (
	"context"
	"slices"

	"github.com/semcut/semcut/commitparse"
)

// Supposed is a history as it would be with commits on top that nobody made: what a pull request would leave behind. Only
// what SupposedHead reaches differs from the history below. It reads, and nothing comes to be of it.
type Supposed struct {
	History
	// Base is the commit that Top is put on.
	Base string
	// Side is a commit that a merge joins with the base, "" where there is none.
	Side string
	// Top are the commits that would be made, newest first. Hash is what notes call each.
	Top []commitparse.Commit
}

// SupposedHead names the commit that would be the newest, in Options.Head and in questions to a Supposed.
const SupposedHead = "supposed"

// Commits is History's.
func (s Supposed) Commits(ctx context.Context, from, to string) ([]commitparse.Commit, error) {
	switch {
	case to != SupposedHead:
		return s.History.Commits(ctx, from, to)
	case from == SupposedHead:
		return nil, nil
	}
	below, err := s.History.Commits(ctx, from, s.Base)
	if err != nil {
		return nil, err
	}
	if s.Side != "" {
		side, err := s.History.Commits(ctx, from, s.Side)
		if err != nil {
			return nil, err
		}
		below = joined(below, side)
	}
	return append(slices.Clone(s.Top), below...), nil
}

// joined puts two lists of commits together as git lists them: of the two that come next the newer one first.
func joined(a, b []commitparse.Commit) []commitparse.Commit {
	seen := map[string]bool{}
	all := make([]commitparse.Commit, 0, len(a)+len(b))
	for len(a)+len(b) > 0 {
		next := &a
		if len(a) == 0 || len(b) > 0 && b[0].Committer.When.After(a[0].Committer.When) {
			next = &b
		}
		if c := (*next)[0]; !seen[c.Hash] {
			seen[c.Hash] = true
			all = append(all, c)
		}
		*next = (*next)[1:]
	}
	return all
}

// IsAncestor is History's.
func (s Supposed) IsAncestor(ctx context.Context, ancestor, descendant string) (bool, error) {
	switch {
	case ancestor == descendant:
		return true, nil
	case ancestor == SupposedHead:
		return false, nil
	case descendant != SupposedHead:
		return s.History.IsAncestor(ctx, ancestor, descendant)
	}
	below, err := s.History.IsAncestor(ctx, ancestor, s.Base)
	if below || err != nil || s.Side == "" {
		return below, err
	}
	return s.History.IsAncestor(ctx, ancestor, s.Side)
}

// Reached is History's.
func (s Supposed) Reached(ctx context.Context, head string) (func(commit string) bool, error) {
	if head != SupposedHead {
		return s.History.Reached(ctx, head)
	}
	below, err := s.History.Reached(ctx, s.Base)
	if err != nil || s.Side == "" {
		return func(commit string) bool { return commit == SupposedHead || below(commit) }, err
	}
	side, err := s.History.Reached(ctx, s.Side)
	return func(commit string) bool { return commit == SupposedHead || below(commit) || side(commit) }, err
}

// Note is History's; there is none on what nobody made.
func (s Supposed) Note(ctx context.Context, ref, object string) ([]byte, error) {
	if object == SupposedHead {
		return nil, nil
	}
	return s.History.Note(ctx, ref, object)
}
