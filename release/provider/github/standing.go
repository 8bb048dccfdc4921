package github

import (
	"context"
	"fmt"
	"net/http"

	"github.com/semcut/semcut/release"
)

var _ release.Commenter = (*Provider)(nil)

// standing is a comment of ours that is kept up to date.
type standing struct {
	DatabaseID      int64
	URL             string
	Body            string
	ViewerDidAuthor bool
}

// Comment writes a comment under a pull request, or writes the one that we wrote before anew. One that says the same already
// stays.
func (p *Provider) Comment(ctx context.Context, number int, key, text string) (string, error) {
	doing := fmt.Sprintf("commenting on #%d", number)
	body := marked(muted(text), "<!-- semcut:"+escapedMark(key)+" -->")
	was, err := p.findStanding(ctx, number, "<!-- semcut:"+escapedMark(key)+" -->")
	if err != nil {
		return "", p.explainFor(doing, err, discussing)
	}
	if was != nil && was.Body == body {
		return was.URL, nil
	}
	method, path := http.MethodPost, []string{"issues", fmt.Sprint(number), "comments"}
	if was != nil {
		method, path = http.MethodPatch, []string{"issues", "comments", fmt.Sprint(was.DatabaseID)}
	}
	var answer struct {
		URL string `json:"html_url"`
	}
	send := func() error {
		_, err := p.do(ctx, method, path, map[string]string{"body": body}, &answer)
		return err
	}
	if was != nil { // which can be done twice
		err = p.insist(ctx, send)
	} else {
		err = send()
	}
	if err != nil {
		return "", p.explainFor(doing, err, discussing)
	}
	return answer.URL, nil
}

// standingPages is how many pages of a hundred comments are searched.
const standingPages = 30

// findStanding finds the comment of ours that ends with the mark; nil where there is none. What somebody else wrote is none,
// whatever stands in it.
func (p *Provider) findStanding(ctx context.Context, number int, mark string) (*standing, error) {
	after := any(nil)
	for range standingPages {
		var answer struct {
			Repository *struct {
				PullRequest *struct {
					Comments struct {
						Nodes    []standing
						PageInfo pageInfo
					}
				}
			}
		}
		err := p.insist(ctx, func() error {
			return p.question(ctx, "query($owner:String!,$name:String!,$number:Int!,$after:String){repository(owner:$owner,name:$name){pullRequest(number:$number){"+
				"comments(first:100,after:$after){nodes{databaseId url body viewerDidAuthor} pageInfo{hasNextPage endCursor}}}}}",
				map[string]any{"number": number, "after": after}, &answer)
		})
		if err != nil {
			return nil, err
		}
		if answer.Repository == nil || answer.Repository.PullRequest == nil {
			return nil, errNotAsked
		}
		comments := answer.Repository.PullRequest.Comments
		for _, c := range comments.Nodes {
			if c.ViewerDidAuthor && endsWith(c.Body, mark) {
				return &c, nil
			}
		}
		if !comments.PageInfo.HasNextPage {
			return nil, nil
		}
		after = comments.PageInfo.EndCursor
	}
	return nil, nil
}
