package github

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/semcut/semcut/release"
)

var _ release.Alarm = (*Provider)(nil)

// alarmIssue is an issue that tells of a release that fails.
type alarmIssue struct {
	Number          int
	URL             string
	Body            string
	ViewerDidAuthor bool
}

// issuing is the right to open issues.
var issuing = needs{{"issues", "write"}}

// Raise tells of a failure in an issue. There is one for a branch: while the same goes on failing it only gets the link to
// the newest run, and when something else does, a comment that says so.
func (p *Provider) Raise(ctx context.Context, f release.Failure) (string, error) {
	doing := fmt.Sprintf("telling on GitHub that a release of the branch %q fails", f.Branch)
	url, err := p.raise(ctx, f)
	if statusOf(err) == http.StatusGone {
		return "", release.Errorf(release.CodeForge, "turn issues on in the repository's settings, or set github.failureIssue to false", "%s: the repository has its issues turned off", doing)
	}
	if err != nil {
		return "", p.explainFor(doing, err, issuing)
	}
	return url, nil
}

func (p *Provider) raise(ctx context.Context, f release.Failure) (string, error) {
	open, err := p.alarms(ctx, f.Branch)
	if err != nil {
		return "", err
	}
	if len(open) == 0 {
		return p.openAlarm(ctx, f)
	}
	issue, body := open[0], alarmBody(f)
	if issue.Body == body {
		return issue.URL, nil
	}
	if err := p.editIssue(ctx, issue.Number, map[string]any{"body": body}); err != nil {
		return "", err
	}
	if strings.Contains(issue.Body, causeOf(f)) {
		return issue.URL, nil
	}
	return issue.URL, p.remark(ctx, issue.Number, "Now it fails for another reason.\n\n"+reportOf(f))
}

// Clear closes the branch's issue, and one of a time when the branch wasn't known. Only issues of our own are touched.
func (p *Provider) Clear(ctx context.Context, branch string) error {
	doing := fmt.Sprintf("closing on GitHub the issue that releases of the branch %q fail", branch)
	open, err := p.alarms(ctx, branch, "")
	if statusOf(err) == http.StatusGone {
		return nil
	}
	if err != nil {
		return p.explainFor(doing, err, issuing)
	}
	for _, issue := range open {
		if err := p.editIssue(ctx, issue.Number, map[string]any{"state": "closed", "state_reason": "completed"}); err != nil {
			return p.explainFor(doing, err, issuing)
		}
		if err := p.remark(ctx, issue.Number, "Releases work again."); err != nil {
			return p.explainFor(doing, err, issuing)
		}
	}
	return nil
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
func (p *Provider) openAlarm(ctx context.Context, f release.Failure) (string, error) {
	title := strings.Join(strings.Fields(p.Alarm.Title), " ")
	if title == "" {
		title = "The automated release is failing"
	}
	input := map[string]any{"title": title, "body": alarmBody(f)}
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
		if err == nil || !maybeDone(err) || try == tries {
			return url, err
		}
		if err := pause(ctx, p.Wait, try); err != nil {
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

// alarmBody is what the issue says. Its last lines are hidden: what fails, and on which branch.
func alarmBody(f release.Failure) string {
	where := "A release failed"
	if f.Branch != "" {
		where = "A release of the branch " + plainText(f.Branch) + " failed"
	}
	return where + ".\n\n" + reportOf(f) + "\n\nThis issue is closed as soon as a release works again.\n\n" + causeOf(f) + "\n" + alarmMark(f.Branch)
}

// reportOf says what failed, what mends it, and where to read on.
func reportOf(f release.Failure) string {
	text := fenced(oneLine(f.Message))
	if f.Hint != "" {
		text += "\n\nWhat to do about it:\n\n" + fenced(oneLine(f.Hint))
	}
	if run := link("The run", f.Run); run != "The run" {
		text += "\n\n" + run + " tells more."
	}
	return text
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// moment is a time in a message, which makes the same failure look like another one.
var moment = regexp.MustCompile(`\d{4}-\d\d-\d\d[T ][\d:.]+(?:Z|[+-][\d:]+)?`)

// causeOf tells one failure from another.
func causeOf(f release.Failure) string {
	sum := sha256.Sum256([]byte(string(f.Code) + "\n" + moment.ReplaceAllString(f.Message, "")))
	return fmt.Sprintf("<!-- semcut:cause %x -->", sum[:8])
}

// alarmMark is what the issue of a branch ends with.
func alarmMark(branch string) string {
	if branch == "" {
		return "<!-- semcut:failure -->"
	}
	return "<!-- semcut:failure " + escapedMark(branch) + " -->"
}
