package release

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/Masterminds/semver/v3"
)

// lineage is what the tags say about a branch: its last release, and the highest version below HEAD.
type lineage struct {
	last    *versionTag
	highest *semver.Version
	lost    []Candidate // the highest tags that were not taken
}

// releasedAt says whether the last release is that of this very commit. A lower one on the commit is none: semantic-release
// releases a commit again where only an older line's tag stands on it.
func (l *lineage) releasedAt(commit string) bool { return l.last != nil && l.last.Commit == commit }

// Candidate is a version tag that is higher than the last release and was not taken for it.
type Candidate struct {
	Tag    string `json:"tag"`
	Reason string `json:"reason"`
}

// notContained is why a tag of another branch doesn't count.
const notContained = "HEAD doesn't contain it"

// maxLost bounds how many candidates are remembered: enough to see why.
const maxLost = 5

func (l *lineage) lose(t *versionTag, why string) {
	if len(l.lost) < maxLost {
		l.lost = append(l.lost, Candidate{t.Name, why})
	}
}

// readLineage picks the last release of the branch: the highest version tag that HEAD reaches and that
// counts on the branch (spec §2.5). tags are highest first. refuse, where it is given, says why a tag that fits the
// branch doesn't count all the same.
func readLineage(ctx context.Context, h Ancestry, tags iter.Seq[*versionTag], b Branch, head string, refuse func(*versionTag) (string, error)) (lineage, error) {
	var l lineage
	here := reachable{history: h, head: head}
	for t := range tags {
		if l.highest != nil && !b.counts(t.Version) {
			l.lose(t, b.countsNot())
			continue
		}
		ok, err := here.reaches(ctx, t.Commit)
		if err != nil {
			return lineage{}, err
		}
		if !ok {
			l.lose(t, notContained)
			continue
		}
		if l.highest == nil {
			l.highest = t.Version
		}
		if !b.counts(t.Version) {
			l.lose(t, b.countsNot())
			continue
		}
		if refuse != nil {
			why, err := refuse(t)
			if err != nil {
				return lineage{}, err
			}
			if why != "" {
				l.lose(t, why)
				continue
			}
		}
		l.last = t
		break
	}
	return l, nil
}

// countsNot says why a tag doesn't count on the branch.
func (b Branch) countsNot() string {
	if b.Kind == PrereleaseBranch {
		return fmt.Sprintf("a pre-release with another identifier than %q", b.Prerelease)
	}
	return "a pre-release, and the branch makes none"
}

// giveUpAfter is how many single questions about reachability are cheaper than reading all history.
const giveUpAfter = 64

// reachable answers whether head reaches a commit: one by one at first, since the highest tag is
// nearly always the one, and from the set of all ancestors when that has failed too often (an old
// maintenance branch under thousands of higher tags).
type reachable struct {
	history Ancestry
	head    string
	asked   int
	reached func(commit string) bool
}

func (r *reachable) reaches(ctx context.Context, commit string) (_ bool, err error) {
	if r.asked++; r.asked <= giveUpAfter {
		return r.history.IsAncestor(ctx, commit, r.head)
	}
	if r.reached == nil {
		if r.reached, err = r.history.Reached(ctx, r.head); err != nil {
			return false, err
		}
	}
	return r.reached(commit), nil
}

// tagNames gives the names of all tags of a remote.
func tagNames(refs *RemoteRefs) iter.Seq[string] {
	return func(yield func(string) bool) {
		for ref := range refs.Refs {
			if name, ok := cutTagRef(ref); ok && !yield(name) {
				return
			}
		}
	}
}

// cutTagRef gives the name of a tag ref.
func cutTagRef(ref string) (string, bool) { return strings.CutPrefix(ref, "refs/tags/") }

// withRemote adds the tags that only the remote has, and lets it win where both have one: what is released is what
// the remote says. Local tags that differ are named in the second answer, those that the remote lacks in the third.
func withRemote(local []Tag, remote *RemoteRefs, peel func(Tag) (string, error)) (tags []Tag, differing, unpushed []string) {
	if remote == nil {
		return local, nil, nil
	}
	for _, t := range local {
		if _, there := remote.Refs["refs/tags/"+t.Name]; !there {
			unpushed = append(unpushed, t.Name)
		}
	}
	tags = slices.Clone(local)
	at := make(map[string]int, len(tags))
	for i, t := range tags {
		at[t.Name] = i
	}
	for ref, object := range remote.Refs {
		name, ok := cutTagRef(ref)
		if !ok {
			continue
		}
		tag := Tag{Name: name, Object: object, Commit: remote.TagCommit(name)}
		switch i, here := at[name]; {
		case !here:
			tags = append(tags, tag)
		case tags[i].Object == tag.Object:
			tags[i].Commit = tag.Commit
		default:
			if commit, err := peel(tags[i]); err != nil || commit != tag.Commit {
				differing = append(differing, name)
			}
			tags[i] = tag
		}
	}
	slices.Sort(differing)
	return tags, differing, unpushed
}
