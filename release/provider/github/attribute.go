package github

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/semcut/semcut/release"
)

var _ release.Attributor = (*Provider)(nil)

const (
	// batch is how many commits one question asks about.
	batch = 50
	// patience is how long all the questions may take: notes can do without.
	patience = 20 * time.Second
)

// Attribute asks in GraphQL, since REST would take two requests a commit.
func (p *Provider) Attribute(ctx context.Context, hashes []string) (map[string]release.Attribution, error) {
	found := map[string]release.Attribution{}
	if p.Token == "" { // GraphQL answers nobody without one
		return found, nil
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for len(hashes) > 0 {
		n := min(batch, len(hashes))
		if err := p.ask(ctx, hashes[:n], found); err != nil {
			return found, p.explain("asking GitHub who made the commits", err)
		}
		hashes = hashes[n:]
	}
	return found, nil
}

// commitAnswer is what GitHub knows of a commit.
type commitAnswer struct {
	Author struct {
		User *struct{ Login string }
	}
	AssociatedPullRequests struct {
		Nodes []struct {
			Number int
			Merged bool
		}
	}
}

var wholeHash = regexp.MustCompile(`^[0-9a-f]{40}$`)

func (p *Provider) ask(ctx context.Context, hashes []string, found map[string]release.Attribution) error {
	var query strings.Builder
	query.WriteString("query($owner:String!,$name:String!){repository(owner:$owner,name:$name){")
	for i, hash := range hashes {
		if wholeHash.MatchString(hash) {
			fmt.Fprintf(&query, "c%d:object(oid:%q){...on Commit{author{user{login}}associatedPullRequests(first:5){nodes{number merged}}}}", i, hash)
		}
	}
	query.WriteString("}}")
	var answer struct{ Repository map[string]*commitAnswer }
	if err := p.question(ctx, query.String(), nil, &answer); err != nil && answer.Repository == nil {
		return err
	}
	for i, hash := range hashes {
		if c := answer.Repository["c"+strconv.Itoa(i)]; c != nil {
			found[hash] = c.attribution()
		}
	}
	return nil
}

// attribution takes of several pull requests the first that was merged.
func (c *commitAnswer) attribution() (a release.Attribution) {
	if c.Author.User != nil {
		a.Login = c.Author.User.Login
	}
	for _, pull := range c.AssociatedPullRequests.Nodes {
		if pull.Merged {
			a.PullRequest = strconv.Itoa(pull.Number)
			break
		}
	}
	return a
}
