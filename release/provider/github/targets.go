package github

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/semcut/semcut/release"
)

// target is a pull request or an issue that a release concerns.
type target struct {
	number int
	pull   bool
	locked bool
	labels []string
	closes []int // issues of the repository that a pull request closes
	told   bool  // we told it of the release already

	moreLabels, moreComments, moreCloses list
}

func (t *target) labelled(label string) bool {
	return slices.ContainsFunc(t.labels, func(have string) bool { return strings.EqualFold(have, label) })
}

// lodash is a target as templates of semantic-release see one.
func (t *target) lodash() map[string]any {
	labels := make([]any, len(t.labels))
	for i, name := range t.labels {
		labels[i] = map[string]any{"name": name}
	}
	issue := map[string]any{"number": float64(t.number), "labels": labels, "locked": t.locked}
	if t.pull {
		issue["pull_request"] = map[string]any{}
	}
	return map[string]any{"issue": issue}
}

// list is one of a target's lists, of which as much is known as was asked for.
type list struct {
	after string
	done  bool
}

// ask is the question for the next part of a list; "" where there is none.
func (l *list) ask(name, fields string) string {
	if l.done {
		return ""
	}
	after := ""
	if l.after != "" {
		after = ",after:" + quoted(l.after)
	}
	return fmt.Sprintf(" %s(first:100%s){nodes{%s} pageInfo{hasNextPage endCursor}}", name, after, fields)
}

func (l *list) told(info pageInfo) { l.after, l.done = info.EndCursor, !info.HasNextPage }

// targetBatch is how many targets one question asks about: each may have a hundred long comments.
const targetBatch = 25

// targetAnswer is what GitHub knows of a target. Of the lists there are those that were asked for.
type targetAnswer struct {
	Typename string `json:"__typename"`
	Locked   bool
	Labels   *struct {
		Nodes    []struct{ Name string }
		PageInfo pageInfo
	}
	Comments *struct {
		Nodes []struct {
			Body            string
			ViewerDidAuthor bool
		}
		PageInfo pageInfo
	}
	ClosingIssuesReferences *struct {
		Nodes []struct {
			Number     int
			Repository *repositoryAnswer
		}
		PageInfo pageInfo
	}
}

// about asks what there is to know of pull requests and issues, and leaves out those that don't exist. marker is what a
// comment of ours ends with if it tells of the release.
func (p *Provider) about(ctx context.Context, numbers []int, marker string) (known []*target, err error) {
	for batch := range slices.Chunk(numbers, targetBatch) {
		var open []*target
		for _, n := range batch {
			open = append(open, &target{number: n})
		}
		for first := true; len(open) > 0; first = false {
			found, err := p.askTargets(ctx, open, marker)
			if err != nil {
				return known, err
			}
			if first {
				known = append(known, found...)
			}
			open = slices.DeleteFunc(slices.Clone(found), func(t *target) bool {
				return t.moreLabels.done && (t.told || t.moreComments.done) && (!t.pull || t.moreCloses.done)
			})
		}
	}
	return known, nil
}

// askTargets asks one question, for the next part of each list of each target, and gives back the targets that exist.
func (p *Provider) askTargets(ctx context.Context, targets []*target, marker string) (found []*target, err error) {
	var query strings.Builder
	query.WriteString("query($owner:String!,$name:String!){repository(owner:$owner,name:$name){")
	for _, t := range targets {
		both := "locked" + t.moreLabels.ask("labels", "name") + t.moreComments.ask("comments", "body viewerDidAuthor")
		closes := t.moreCloses.ask("closingIssuesReferences", "number repository{nameWithOwner}")
		fmt.Fprintf(&query, "t%d:issueOrPullRequest(number:%d){__typename ...on PullRequest{%s%s} ...on Issue{%s}}", t.number, t.number, both, closes, both)
	}
	query.WriteString("}}")
	var answer struct{ Repository map[string]*targetAnswer }
	err = p.insist(ctx, func() error { return p.question(ctx, query.String(), nil, &answer) })
	if e, partly := errors.AsType[*graphError](err); err != nil && !(partly && answer.Repository != nil && e.is("NOT_FOUND")) {
		return nil, err
	}
	for _, t := range targets {
		if a := answer.Repository[fmt.Sprint("t", t.number)]; a != nil {
			t.learn(a, p.fullName(), marker)
			found = append(found, t)
		}
	}
	return found, nil
}

func (t *target) learn(a *targetAnswer, fullName, marker string) {
	t.pull, t.locked = a.Typename == "PullRequest", a.Locked
	if a.Labels != nil {
		for _, l := range a.Labels.Nodes {
			t.labels = append(t.labels, l.Name)
		}
		t.moreLabels.told(a.Labels.PageInfo)
	}
	if a.Comments != nil {
		for _, c := range a.Comments.Nodes {
			t.told = t.told || c.ViewerDidAuthor && endsWith(c.Body, marker)
		}
		t.moreComments.told(a.Comments.PageInfo)
	}
	if a.ClosingIssuesReferences != nil {
		for _, i := range a.ClosingIssuesReferences.Nodes {
			if i.Repository.is(fullName) {
				t.closes = append(t.closes, i.Number)
			}
		}
		t.moreCloses.told(a.ClosingIssuesReferences.PageInfo)
	}
}

// endsWith says whether the marker is a comment's last line: only there we put it, and what stands elsewhere may be
// somebody's text that we quoted.
func endsWith(body, marker string) bool {
	body = strings.TrimRight(body, " \t\r\n")
	return body == marker || strings.HasSuffix(body, "\n"+marker)
}

// markerOf is what a comment on a release ends with. A release that comes to a channel later is told there, too.
func markerOf(r release.Release) string {
	name := escapedMark(r.Tag)
	if r.Channel != "" {
		name += "@" + escapedMark(r.Channel)
	}
	return "<!-- semcut:released " + name + " -->"
}
