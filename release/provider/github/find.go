package github

import (
	"context"
	"errors"
	"fmt"
	"net/http"
)

// listPages is how many pages of releases are searched for a draft, which can't be asked for by tag.
const listPages = 10

// find looks for the tag's release, public or draft; nil where there is none.
func (p *Provider) find(ctx context.Context, tag string) (*releasePage, error) {
	var public releasePage
	_, err := p.do(ctx, http.MethodGet, []string{"releases", "tags", tag}, nil, &public)
	if err == nil {
		return &public, isOf(tag, &public)
	}
	if statusOf(err) != http.StatusNotFound {
		return nil, err
	}
	return p.findListed(ctx, tag)
}

// findListed looks for the tag's release in the list. Where two runs made a draft each it takes the older one, so that
// both take the same.
func (p *Provider) findListed(ctx context.Context, tag string) (*releasePage, error) {
	var found []releasePage
	err := pages(ctx, p, []string{"releases"}, "", listPages, func(list []releasePage) bool {
		for _, r := range list {
			if r.Tag == tag {
				found = append(found, r)
			}
		}
		return len(found) > 0
	})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	oldest := &found[0]
	for i := range found {
		if found[i].Draft == oldest.Draft && found[i].ID < oldest.ID || oldest.Draft && !found[i].Draft {
			oldest = &found[i]
		}
	}
	if len(found) > 1 {
		p.Log.Warn(fmt.Sprintf("there are %d releases of %s, most of them drafts: delete all but %s", len(found), tag, oldest.HTMLURL))
	}
	return oldest, nil
}

// errNotAsked says that an answer is about nothing that was asked for.
var errNotAsked = errors.New("the answer is something else than was asked for")

// isOf says whether an answer is about the release that was asked for.
func isOf(tag string, r *releasePage) error {
	if r.Tag == tag {
		return nil
	}
	return fmt.Errorf("the answer is about the release %.60q", r.Tag)
}
