package github

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/semcut/semcut/internal/httpx"
	"github.com/semcut/semcut/release"
)

// alarmIssue is an issue that tells of a release that fails.
type alarmIssue struct {
	Number          int
	URL             string
	Body            string
	ViewerDidAuthor bool
}

// alarmPages is how many pages of open issues are searched.
const alarmPages = 10

// alarms are the open issues of our own that tell of failures of one of the branches, newest first. What somebody else
// wrote is none, whatever stands in it.
func (p *Provider) alarms(ctx context.Context, branches ...string) (found []alarmIssue, err error) {
	var answer struct {
		Repository *struct {
			Issues struct {
				Nodes    []alarmIssue
				PageInfo pageInfo
			}
		}
	}
	labels, after := p.alarmLabels(), any(nil)
	if len(labels) == 0 {
		labels = nil
	}
	for range alarmPages {
		err := p.insist(ctx, func() error {
			return p.question(ctx, "query($owner:String!,$name:String!,$labels:[String!],$after:String){repository(owner:$owner,name:$name){"+
				"issues(first:50,after:$after,states:[OPEN],labels:$labels,orderBy:{field:CREATED_AT,direction:DESC}){"+
				"nodes{number url body viewerDidAuthor} pageInfo{hasNextPage endCursor}}}}", map[string]any{"labels": labels, "after": after}, &answer)
		})
		if err != nil {
			return nil, err
		}
		if answer.Repository == nil {
			return nil, errNotAsked
		}
		for _, issue := range answer.Repository.Issues.Nodes {
			if issue.ViewerDidAuthor && slices.ContainsFunc(branches, func(b string) bool { return endsWith(issue.Body, alarmMark(b)) }) {
				found = append(found, issue)
			}
		}
		if !answer.Repository.Issues.PageInfo.HasNextPage {
			break
		}
		after = answer.Repository.Issues.PageInfo.EndCursor
		answer.Repository = nil
	}
	return found, nil
}

func (p *Provider) alarmLabels() []string {
	if p.Alarm.Labels == nil {
		return []string{"semcut"}
	}
	return p.Alarm.Labels
}

// openAlarm opens the issue. People who can't be assigned are no reason not to.
func (p *Provider) openAlarm(ctx context.Context, f release.Failure, body string) (string, error) {
	title := strings.Join(strings.Fields(p.Alarm.Title), " ")
	if title == "" {
		title = "The automated release is failing"
	}
	input := map[string]any{"title": title, "body": body}
	if labels := p.alarmLabels(); len(labels) > 0 {
		input["labels"] = labels
	}
	if len(p.Alarm.Assignees) > 0 {
		input["assignees"] = p.Alarm.Assignees
	}
	for try := 1; ; try++ {
		url, err := p.openIssue(ctx, input)
		if input["assignees"] != nil && statusOf(err) == http.StatusUnprocessableEntity {
			p.Log.Warn(fmt.Sprintf("the issue about the failure is assigned to nobody: one of %q can't be", p.Alarm.Assignees))
			delete(input, "assignees")
			url, err = p.openIssue(ctx, input)
		}
		if err == nil || !maybeDone(err) || try == httpx.WriteTries {
			return url, err
		}
		if err := httpx.Pause(ctx, p.Wait, try); err != nil {
			return "", err
		}
		open, err := p.alarms(ctx, f.Branch)
		if err != nil {
			return "", err
		}
		if len(open) > 0 {
			return open[0].URL, nil
		}
	}
}

func (p *Provider) openIssue(ctx context.Context, input map[string]any) (string, error) {
	if err := p.pacer.wait(ctx); err != nil {
		return "", err
	}
	var made struct {
		URL string `json:"html_url"`
	}
	_, err := p.do(ctx, http.MethodPost, []string{"issues"}, input, &made)
	return made.URL, err
}

func (p *Provider) editIssue(ctx context.Context, number int, change map[string]any) error {
	return p.insist(ctx, func() error {
		_, err := p.do(ctx, http.MethodPatch, []string{"issues", fmt.Sprint(number)}, change, nil)
		return err
	})
}

// remark comments on an issue of our own. A lost answer is left at that: twice is worse than not.
func (p *Provider) remark(ctx context.Context, number int, text string) error {
	if err := p.pacer.wait(ctx); err != nil {
		return err
	}
	_, err := p.do(ctx, http.MethodPost, []string{"issues", fmt.Sprint(number), "comments"}, map[string]string{"body": text}, nil)
	if err != nil && maybeDone(err) && !errors.Is(err, context.DeadlineExceeded) {
		p.Log.Debug(fmt.Sprintf("commenting on #%d: %s", number, err))
		return nil
	}
	return err
}
