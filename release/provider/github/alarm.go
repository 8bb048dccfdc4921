package github

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/semcut/semcut/release"
)

var _ release.Alarm = (*Provider)(nil)

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
	if p.Alarm.When != "" {
		if text, err := f.Fill(p.Alarm.When); err != nil || !release.Holds(text) {
			return "", err
		}
	}
	body, err := p.alarmBody(f)
	if err != nil {
		return "", err
	}
	open, err := p.alarms(ctx, f.Branch)
	if err != nil {
		return "", err
	}
	if len(open) == 0 {
		return p.openAlarm(ctx, f, body)
	}
	issue := open[0]
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
