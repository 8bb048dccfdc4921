package fakegithub

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// Issue is an issue or a pull request.
type Issue struct {
	Number      int // 0 lets the forge choose
	Title, Body string
	Author      string // "" is somebody
	State       string // "" is "open"
	Reason      string // why it is closed
	Labels      []string
	Assignees   []string
	Comments    []Comment
	Locked      bool
	Deleted     bool  // it was there once
	Pull        *Pull // what makes it a pull request; nil for an issue
}

// Pull is what a pull request has beyond an issue.
type Pull struct {
	Merged  bool
	Base    string   // the repository that it is for, "owner/name"; "" is this one
	Commits []string // hashes
	Closes  []int    // issues
	// ClosesElsewhere names other repositories; of each it closes the issue #1.
	ClosesElsewhere []string
}

// Comment is one comment on an issue.
type Comment struct {
	ID     int64
	Author string
	Body   string
}

// AddIssue puts an issue there that somebody opened, and gives its number.
func (f *Forge) AddIssue(i Issue) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.addIssue(i)
}

// AddPull puts a pull request there.
func (f *Forge) AddPull(i Issue, p Pull) int {
	i.Pull = &p
	return f.AddIssue(i)
}

func (f *Forge) addIssue(i Issue) int {
	if i.Number == 0 {
		i.Number = 1
		for _, other := range f.issues {
			i.Number = max(i.Number, other.Number+1)
		}
	}
	if i.State == "" {
		i.State = "open"
	}
	if i.Author == "" {
		i.Author = "somebody"
	}
	f.issues = append(f.issues, &i)
	return i.Number
}

// Issues gives the issues and pull requests, oldest first.
func (f *Forge) Issues() []Issue {
	f.mu.Lock()
	defer f.mu.Unlock()
	out := make([]Issue, 0, len(f.issues))
	for _, i := range f.issues {
		out = append(out, *i)
	}
	return out
}

// Issue gives one of them.
func (f *Forge) Issue(number int) Issue {
	f.mu.Lock()
	defer f.mu.Unlock()
	if i := f.issue(number); i != nil {
		return *i
	}
	f.t.Errorf("fakegithub: there is no issue #%d", number)
	return Issue{}
}

func (f *Forge) issue(number int) *Issue {
	for _, i := range f.issues {
		if i.Number == number {
			return i
		}
	}
	return nil
}

// issueInput is the body of a request that opens or edits an issue; nil means not given.
type issueInput struct {
	Title       *string  `json:"title"`
	Body        *string  `json:"body"`
	State       *string  `json:"state"`
	StateReason *string  `json:"state_reason"`
	Labels      []string `json:"labels"`
	Assignees   []string `json:"assignees"`
}

func (f *Forge) openIssue(w http.ResponseWriter, repo string, body []byte) {
	var in issueInput
	switch err := json.Unmarshal(body, &in); {
	case f.NoIssues:
		problem(w, http.StatusGone, "Issues has been disabled in this repository.")
		return
	case err != nil || in.Title == nil:
		invalid(w, "Issue", "title", "missing_field")
		return
	case slices.Contains(in.Assignees, "nobody"):
		invalid(w, "Issue", "assignees", "invalid")
		return
	}
	i := Issue{Title: *in.Title, Author: f.Viewer, Labels: in.Labels, Assignees: in.Assignees}
	if in.Body != nil {
		i.Body = *in.Body
	}
	send(w, http.StatusCreated, f.issueJSON(repo, f.issue(f.addIssue(i))))
}

func (f *Forge) editIssue(w http.ResponseWriter, repo string, i *Issue, body []byte) {
	var in issueInput
	if json.Unmarshal(body, &in) != nil {
		problem(w, http.StatusBadRequest, "Problems parsing JSON")
		return
	}
	for to, from := range map[*string]*string{&i.Title: in.Title, &i.Body: in.Body, &i.State: in.State, &i.Reason: in.StateReason} {
		if from != nil {
			*to = *from
		}
	}
	if in.Labels != nil {
		i.Labels = in.Labels
	}
	send(w, http.StatusOK, f.issueJSON(repo, i))
}

// maxComment is how long a comment may be.
const maxComment = 65536

func (f *Forge) comment(w http.ResponseWriter, repo string, i *Issue, body []byte) {
	var in struct{ Body string }
	switch err := json.Unmarshal(body, &in); {
	case err != nil || in.Body == "" || len([]rune(in.Body)) > maxComment:
		invalid(w, "IssueComment", "body", "invalid")
		return
	case i.Locked:
		problem(w, http.StatusForbidden, "Unable to create comment because issue is locked.")
		return
	}
	f.nextID++
	c := Comment{ID: f.nextID, Author: f.Viewer, Body: in.Body}
	i.Comments = append(i.Comments, c)
	send(w, http.StatusCreated, f.commentJSON(repo, i, c))
}

// editComment changes a comment of the viewer's own.
func (f *Forge) editComment(w http.ResponseWriter, repo string, id int64, body []byte) {
	var in struct{ Body string }
	for _, i := range f.issues {
		for k := range i.Comments {
			c := &i.Comments[k]
			if c.ID != id {
				continue
			}
			switch err := json.Unmarshal(body, &in); {
			case err != nil || in.Body == "" || len([]rune(in.Body)) > maxComment:
				invalid(w, "IssueComment", "body", "invalid")
			case c.Author != f.Viewer:
				problem(w, http.StatusForbidden, "Resource not accessible by integration")
			default:
				c.Body = in.Body
				send(w, http.StatusOK, f.commentJSON(repo, i, *c))
			}
			return
		}
	}
	problem(w, http.StatusNotFound, "Not Found")
}

func (f *Forge) commentJSON(repo string, i *Issue, c Comment) map[string]any {
	api := fmt.Sprintf("%s/repos/%s/issues", f.URL, repo)
	return map[string]any{
		"id": c.ID, "node_id": "IC_1", "url": fmt.Sprintf("%s/comments/%d", api, c.ID), "issue_url": fmt.Sprintf("%s/%d", api, i.Number),
		"html_url": fmt.Sprintf("%s#issuecomment-%d", pageOf(repo, i), c.ID), "user": f.userJSON(c.Author), "body": c.Body, "created_at": when, "updated_at": when,
		"author_association": "NONE",
	}
}

func (f *Forge) label(w http.ResponseWriter, repo string, i *Issue, body []byte) {
	var in struct{ Labels []string }
	if json.Unmarshal(body, &in) != nil || len(in.Labels) == 0 {
		invalid(w, "Label", "name", "invalid")
		return
	}
	for _, l := range in.Labels {
		if !slices.ContainsFunc(i.Labels, func(have string) bool { return strings.EqualFold(have, l) }) {
			i.Labels = append(i.Labels, l)
		}
	}
	send(w, http.StatusOK, f.labelsJSON(repo, i))
}

func (f *Forge) labelsJSON(repo string, i *Issue) []any {
	labels := []any{}
	for n, l := range i.Labels {
		labels = append(labels, map[string]any{
			"id": n + 1, "node_id": "L_1", "url": fmt.Sprintf("%s/repos/%s/labels/%d", f.URL, repo, n+1), "name": l, "description": nil, "color": "ededed", "default": false,
		})
	}
	return labels
}

func (f *Forge) issueJSON(repo string, i *Issue) map[string]any {
	api := fmt.Sprintf("%s/repos/%s/issues/%d", f.URL, repo, i.Number)
	assignees, closed := []any{}, any(nil)
	for _, a := range i.Assignees {
		assignees = append(assignees, f.userJSON(a))
	}
	if i.State == "closed" {
		closed = when
	}
	return map[string]any{
		"id": i.Number, "node_id": "I_1", "number": i.Number, "title": i.Title, "body": i.Body, "state": i.State, "locked": i.Locked, "url": api,
		"repository_url": f.URL + "/repos/" + repo, "labels_url": api + "/labels{/name}", "comments_url": api + "/comments", "events_url": api + "/events",
		"html_url": pageOf(repo, i), "user": f.userJSON(i.Author), "labels": f.labelsJSON(repo, i), "assignee": nil, "assignees": assignees, "milestone": nil,
		"comments": len(i.Comments), "closed_at": closed, "created_at": when, "updated_at": when, "author_association": "NONE",
	}
}

// pageOf is where people see an issue.
func pageOf(repo string, i *Issue) string {
	kind := "issues"
	if i.Pull != nil {
		kind = "pull"
	}
	return fmt.Sprintf("https://github.com/%s/%s/%d", repo, kind, i.Number)
}

// Replace puts an issue in the place of the one with its number.
func (f *Forge) Replace(i Issue) {
	f.mu.Lock()
	defer f.mu.Unlock()
	*f.issue(i.Number) = i
}
