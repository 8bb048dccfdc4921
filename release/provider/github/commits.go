package github

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/semcut/semcut/internal/lazyregexp"
)

// commitBatch is how many commits one question asks about.
const commitBatch = 100

// commitAnswer is what GitHub knows of a commit.
type commitAnswer struct {
	Author struct {
		User *struct{ Login string }
	}
	AssociatedPullRequests struct {
		Nodes    []pullAnswer
		PageInfo pageInfo
	}
}

type pullAnswer struct {
	Number         int
	Merged         bool
	BaseRepository *repositoryAnswer // nil where it was deleted
}

type repositoryAnswer struct{ NameWithOwner string }

func (r *repositoryAnswer) is(fullName string) bool {
	return r != nil && strings.EqualFold(r.NameWithOwner, fullName)
}

// pageInfo says whether a list goes on.
type pageInfo struct {
	HasNextPage bool
	EndCursor   string
}

// fields of a commit, and of one whose pull requests go on.
const (
	pullFields   = "{nodes{number merged baseRepository{nameWithOwner}} pageInfo{hasNextPage endCursor}}"
	commitFields = "author{user{login}} associatedPullRequests(first:20)" + pullFields
)

// merged is the first pull request of the repository that was merged with the commit in it; 0 where there is none.
func (c *commitAnswer) merged(fullName string) int {
	all := c.allMerged(fullName)
	if len(all) == 0 {
		return 0
	}
	return all[0]
}

func (c *commitAnswer) allMerged(fullName string) (numbers []int) {
	for _, pull := range c.AssociatedPullRequests.Nodes {
		if pull.Merged && pull.BaseRepository.is(fullName) {
			numbers = append(numbers, pull.Number)
		}
	}
	return numbers
}

var wholeHash = lazyregexp.New(`^[0-9a-f]{40}([0-9a-f]{24})?$`)

// commits asks about commits. Of those that are in more pull requests than one answer tells it asks on, until enough says
// that it needs no more of them. Where it fails it gives what it has.
func (p *Provider) commits(ctx context.Context, hashes []string, enough func(*commitAnswer) bool) (map[string]*commitAnswer, error) {
	known := map[string]*commitAnswer{}
	asked := slices.DeleteFunc(slices.Clone(hashes), func(h string) bool { return !wholeHash.MatchString(h) })
	for batch := range slices.Chunk(asked, commitBatch) {
		rest := batch
		for len(rest) > 0 {
			answers, err := p.askCommits(ctx, rest, known)
			for hash, c := range answers {
				if before := known[hash]; before != nil {
					c.Author = before.Author
					c.AssociatedPullRequests.Nodes = append(before.AssociatedPullRequests.Nodes, c.AssociatedPullRequests.Nodes...)
				}
				known[hash] = c
			}
			if err != nil {
				return known, err
			}
			rest = slices.DeleteFunc(slices.Clone(rest), func(h string) bool {
				c := answers[h]
				return c == nil || !c.AssociatedPullRequests.PageInfo.HasNextPage || enough(c)
			})
		}
	}
	return known, nil
}

// askCommits asks one question: about commits that nothing is known of yet all, about others the pull requests behind
// those that are known.
func (p *Provider) askCommits(ctx context.Context, hashes []string, known map[string]*commitAnswer) (map[string]*commitAnswer, error) {
	var query strings.Builder
	query.WriteString("query($owner:String!,$name:String!){repository(owner:$owner,name:$name){")
	for i, hash := range hashes {
		fields := commitFields
		if before := known[hash]; before != nil {
			fields = fmt.Sprintf("associatedPullRequests(first:100,after:%s)", quoted(before.AssociatedPullRequests.PageInfo.EndCursor)) + pullFields
		}
		fmt.Fprintf(&query, "c%d:object(oid:%q){...on Commit{%s}}", i, hash, fields)
	}
	query.WriteString("}}")
	var answer struct{ Repository map[string]*commitAnswer }
	err := p.insist(ctx, func() error { return p.question(ctx, query.String(), nil, &answer) })
	found := map[string]*commitAnswer{}
	for i, hash := range hashes {
		if c := answer.Repository["c"+strconv.Itoa(i)]; c != nil {
			found[hash] = c
		}
	}
	if e, partly := errors.AsType[*graphError](err); partly && answer.Repository != nil && !e.forbids() {
		err = nil // one commit that can't be told of doesn't keep the others from it
	}
	return found, err
}
