package commitparse

import "github.com/semcut/semcut/commitparse/internal/chars"

// Cancelled finds the pairs of commits of which the newer takes the older back, as conventional-commits-filter 5
// does: going from new to old, a revert is held until a commit comes whose header and full hash it names; both are
// then out. So the revert of a revert cancels the revert, and the change itself counts again. commits are newest
// first. The answer says for each commit that is out which other one it went with.
func Cancelled(commits []Commit) map[int]int {
	out := map[int]int{}
	held := map[Revert][]int{} // reverts, by what they take back
	for i, c := range commits {
		name := Revert{Header: chars.TrimSpace(c.Header), Hash: chars.TrimSpace(c.Hash)}
		if by := held[name]; len(by) > 0 {
			out[i], out[by[0]] = by[0], i
			held[name] = by[1:]
			continue
		}
		if c.Revert != nil {
			taken := Revert{Header: chars.TrimSpace(c.Revert.Header), Hash: chars.TrimSpace(c.Revert.Hash)}
			held[taken] = append(held[taken], i)
		}
	}
	return out
}
