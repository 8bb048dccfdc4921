package release

import (
	"slices"
	"strings"

	"github.com/semcut/semcut/commitparse"
)

// cancelReverts says why commits decide nothing because a revert took them back, as semantic-release 25 pairs them;
// "" for the others. Those with skip take no part.
func cancelReverts(commits []commitparse.Commit, skip []bool) []string {
	reasons := make([]string, len(commits))
	if !slices.ContainsFunc(commits, func(c commitparse.Commit) bool { return c.Revert != nil }) {
		return reasons
	}
	asked := make([]commitparse.Commit, 0, len(commits))
	at := make([]int, 0, len(commits))
	for i, c := range commits {
		if !skip[i] {
			asked, at = append(asked, c), append(at, i)
		}
	}
	for i, by := range commitparse.Cancelled(asked) {
		if by < i {
			reasons[at[i]] = revertedBy(asked[by])
		} else {
			reasons[at[i]] = revertsUnreleased(asked[by])
		}
	}
	return reasons
}

func revertedBy(c commitparse.Commit) string { return "reverted by " + short(c.Hash) }

func revertsUnreleased(c commitparse.Commit) string {
	return "reverts " + short(c.Hash) + ", which is released nowhere"
}

// cancelByHash does the same by what the messages say of hashes, whole or abbreviated and whatever stands around them:
// going from new to old, a revert that was not taken back itself takes back what it names. It counts only if some of
// that is not among the commits, so that it takes back what is released.
func cancelByHash(commits []commitparse.Commit, skip []bool) []string {
	reasons := make([]string, len(commits))
	var within map[string][]int // by the shortest abbreviation; nil until a message takes something back
	for i := range commits {
		if skip[i] || reasons[i] != "" {
			continue
		}
		c := &commits[i]
		hashes := commitparse.TakesBack(c.Raw)
		if within == nil && len(hashes) > 0 {
			within = map[string][]int{}
			for i := range commits {
				short := abbreviation(commits[i].Hash)
				within[short] = append(within[short], i)
			}
		}
		unreleased, last := len(hashes) > 0, 0
		for _, hash := range hashes {
			target, ok := find(commits, within[abbreviation(hash)], i, hash)
			if !ok || skip[target] || reasons[target] != "" {
				unreleased = false
				continue
			}
			reasons[target], last = revertedBy(*c), target
		}
		if unreleased {
			reasons[i] = revertsUnreleased(commits[last])
		}
	}
	return reasons
}

const shortestHash = 7

func abbreviation(hash string) string { return strings.ToLower(hash[:min(shortestHash, len(hash))]) }

// find gives the one commit, older than number i, whose hash begins so.
func find(commits []commitparse.Commit, candidates []int, i int, hash string) (found int, ok bool) {
	for _, k := range candidates {
		if k > i && strings.HasPrefix(commits[k].Hash, strings.ToLower(hash)) {
			if ok {
				return 0, false // it could be either
			}
			found, ok = k, true
		}
	}
	return found, ok
}

// decideRevert gives the bump of a commit that takes back what is released and that the rules see nothing in: a
// reapplied change counts as that change, at least as a patch.
func decideRevert(c *commitparse.Commit, f commitparse.Format) (Bump, string) {
	if header, ok := strings.CutPrefix(c.Header, `Reapply "`); ok {
		bump, _ := Decide(commitparse.Parse(strings.TrimSuffix(header, `"`), f))
		return max(bump, Patch), "reapplied"
	}
	return Patch, "revert"
}

// short abbreviates a hash for people.
func short(hash string) string { return hash[:min(7, len(hash))] }
