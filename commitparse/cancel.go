package commitparse

import "strings"

// Cancelled finds the pairs of commits of which the newer takes the older back, as conventional-commits-filter 5
// does: going from new to old, a revert is held until a commit comes whose header and full hash it names; both are
// then out. So the revert of a revert cancels the revert, and the change itself counts again. commits are newest
// first. The answer says for each commit that is out which other one it went with.
func Cancelled(commits []Commit) map[int]int {
	out := map[int]int{}
	held := map[string][]int{} // reverts, by the hash that they take back
	for i, c := range commits {
		if by, ok := takeRevert(held, commits, c); ok {
			out[i], out[by] = by, i
			continue
		}
		if c.Revert != nil {
			hash := strings.TrimSpace(c.Revert.Hash)
			held[hash] = append(held[hash], i)
		}
	}
	return out
}

func takeRevert(held map[string][]int, commits []Commit, c Commit) (int, bool) {
	for k, i := range held[c.Hash] {
		if strings.TrimSpace(commits[i].Revert.Header) == strings.TrimSpace(c.Header) {
			held[c.Hash] = append(held[c.Hash][:k:k], held[c.Hash][k+1:]...)
			return i, true
		}
	}
	return 0, false
}
