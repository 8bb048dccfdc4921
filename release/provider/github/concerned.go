package github

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/semcut/semcut/internal/lazyregexp"
)

// releasedPulls are the pull requests that commits of the release came in by, newest first.
func (t *announcement) releasedPulls(ctx context.Context) (numbers []int, err error) {
	hashes := make([]string, len(t.Commits))
	for i, c := range t.Commits {
		hashes[i] = c.Hash
	}
	var known map[string]*commitAnswer
	err = t.insist(ctx, func() error {
		known, err = t.Provider.commits(ctx, hashes, func(*commitAnswer) bool { return false })
		return err
	})
	for _, hash := range hashes {
		if c := known[hash]; c != nil {
			numbers = appendNew(numbers, c.allMerged(t.fullName())...)
		}
	}
	return numbers, err
}

// resolvedIssues are the issues that the release's pull requests and commit messages close, without those that are among
// the pull requests.
func (t *announcement) resolvedIssues(pulls []*target) (numbers []int) {
	for _, p := range pulls {
		numbers = appendNew(numbers, p.closes...)
	}
	for _, c := range t.Commits {
		numbers = appendNew(numbers, t.closedBy(c.Raw)...)
	}
	return slices.DeleteFunc(numbers, func(n int) bool {
		return slices.ContainsFunc(pulls, func(p *target) bool { return p.number == n })
	})
}

// closing is how a message closes an issue on GitHub: a keyword right before each. What a parser of conventional commits
// takes for closed is more, the second issue of "closes #1, see #2" too; nobody should be told that by mistake.
var closing = lazyregexp.New(`(?i)(?:^|[^\w-])(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?[ \t]+(?:([\w.-]+/[\w.-]+)#|#|gh-|(https?://[^\s/]+(?:/[\w.-]+)+)/issues/)(\d+)\b`)

// closedBy are the issues of the repository that a message closes.
func (p *Provider) closedBy(message string) (numbers []int) {
	for _, m := range closing.FindAllStringSubmatch(message, -1) {
		here := m[1] == "" && m[2] == "" || m[1] != "" && p.isHere(m[1]) || strings.EqualFold(m[2], p.page())
		if n, err := strconv.Atoi(m[3]); err == nil && n > 0 && here {
			numbers = append(numbers, n)
		}
	}
	return numbers
}

// isHere says whether a name is the repository's, the old one or the new one.
func (p *Provider) isHere(fullName string) bool {
	return strings.EqualFold(fullName, p.fullName()) || strings.EqualFold(fullName, p.Owner+"/"+p.Repo)
}

func appendNew(numbers []int, more ...int) []int {
	for _, n := range more {
		if !slices.Contains(numbers, n) {
			numbers = append(numbers, n)
		}
	}
	return numbers
}
