package release

import "github.com/semcut/semcut/commitparse"

// cancelReverts says why commits decide nothing because a revert took them back; "" for the others. Those with
// skip take no part.
func cancelReverts(commits []commitparse.Commit, skip []bool) []string {
	reasons := make([]string, len(commits))
	asked := make([]commitparse.Commit, 0, len(commits))
	at := make([]int, 0, len(commits))
	for i, c := range commits {
		if !skip[i] {
			asked, at = append(asked, c), append(at, i)
		}
	}
	for i, by := range commitparse.Cancelled(asked) {
		other := short(asked[by].Hash)
		if by < i {
			reasons[at[i]] = "reverted by " + other
		} else {
			reasons[at[i]] = "reverts " + other + ", which is released nowhere"
		}
	}
	return reasons
}

// short abbreviates a hash for people.
func short(hash string) string { return hash[:min(7, len(hash))] }
