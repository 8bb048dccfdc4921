package release

import (
	"slices"

	"github.com/Masterminds/semver/v3"
)

// Cause is a likely reason why a release was made otherwise than its commits ask for.
type Cause string

// The causes, in the order in which they are looked for.
const (
	CauseNone         Cause = ""
	CauseFirst        Cause = "the first version was chosen"
	CauseNothingNew   Cause = "no commit since the release before: a second tag, or one that was moved"
	CauseConventions  Cause = "no message is a conventional commit"
	CauseNothingAsked Cause = "released although no commit asks for it"
	CauseLess         Cause = "released as less than the commits ask for"
	CauseMore         Cause = "released as more than the commits ask for"
	CausePrerelease   Cause = "pre-releases were counted otherwise"
	CauseSkipped      Cause = "a version was skipped or chosen"
)

// causeOf looks for the reason why a past release doesn't agree.
func causeOf(p Past, last *semver.Version, decisions []Decision) Cause {
	switch {
	case last == nil:
		return CauseFirst
	case len(decisions) == 0:
		return CauseNothingNew
	case p.Bump == None && !slices.ContainsFunc(decisions, func(d Decision) bool { return d.Reason != notConventional }):
		return CauseConventions
	case p.Bump == None:
		return CauseNothingAsked
	case p.Actual.Prerelease() != "":
		return CausePrerelease
	}
	for _, b := range []Bump{Patch, Minor, Major} {
		if b.Apply(last).Equal(p.Actual) {
			if b < p.Bump {
				return CauseLess
			}
			return CauseMore
		}
	}
	return CauseSkipped
}

// maxAsking is how many commits are shown for a difference.
const maxAsking = 5

func asking(b Bump, decisions []Decision) []Decision {
	var found []Decision
	for _, d := range decisions {
		if d.Bump == b && len(found) < maxAsking {
			found = append(found, d)
		}
	}
	return found
}
