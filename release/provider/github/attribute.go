package github

import (
	"context"
	"strconv"
	"time"

	"github.com/semcut/semcut/release"
)

var _ release.Attributor = (*Provider)(nil)

// patience is how long all the questions may take: notes can do without.
const patience = 20 * time.Second

// Attribute asks in GraphQL, since REST would take two requests a commit.
func (p *Provider) Attribute(ctx context.Context, hashes []string) (map[string]release.Attribution, error) {
	found := map[string]release.Attribution{}
	if p.Token == "" { // GraphQL answers nobody without one
		return found, nil
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	commits, err := p.commits(ctx, hashes, func(c *commitAnswer) bool { return c.merged(p.fullName()) > 0 })
	for hash, c := range commits {
		a := release.Attribution{}
		if c.Author.User != nil {
			a.Login = c.Author.User.Login
		}
		if n := c.merged(p.fullName()); n > 0 {
			a.PullRequest = strconv.Itoa(n)
		}
		found[hash] = a
	}
	if err != nil {
		return found, p.explain("asking GitHub who made the commits", err)
	}
	return found, nil
}
