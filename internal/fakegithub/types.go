package fakegithub

import (
	"fmt"
	"slices"
	"strings"
)

// queryType is where questions begin.
func (f *Forge) queryType() *object {
	return &object{[]string{"Query"}, map[string]any{
		"viewer": f.userType(f.Viewer, "User"),
		"repository": func(a arguments) (any, error) {
			repo := a.text("owner") + "/" + a.text("name")
			if f.Renamed != "" {
				repo = f.Renamed // old names lead there, too
			}
			return f.repositoryType(repo), nil
		},
	}}
}

func (f *Forge) userType(login, kind string) *object {
	return &object{[]string{kind, "Actor"}, map[string]any{"login": login}}
}

func (f *Forge) repositoryType(repo string) *object {
	return &object{[]string{"Repository"}, map[string]any{
		"nameWithOwner": repo,
		"object": func(a arguments) (any, error) {
			hash := a.text("oid")
			if _, known := f.known[hash]; !known && len(f.pullsOf(hash)) == 0 {
				return nil, nil
			}
			return f.commitType(repo, hash), nil
		},
		"ref": func(a arguments) (any, error) { return f.refType(repo, a.text("qualifiedName")) },
		"issueOrPullRequest": func(a arguments) (any, error) {
			n, _ := a.number("number")
			i := f.issue(n)
			if i == nil || i.Deleted {
				return nil, &graphProblem{"NOT_FOUND", fmt.Sprintf("Could not resolve to an issue or pull request with the number of %d.", n)}
			}
			return f.issueType(repo, i), nil
		},
		"pullRequest": func(a arguments) (any, error) {
			n, _ := a.number("number")
			i := f.issue(n)
			if i == nil || i.Deleted || i.Pull == nil {
				return nil, &graphProblem{"NOT_FOUND", fmt.Sprintf("Could not resolve to a PullRequest with the number of %d.", n)}
			}
			return f.issueType(repo, i), nil
		},
		"issues": connection("issues", func(a arguments) []*object { return f.issuesFor(repo, a) }),
	}}
}

// issuesFor are the issues that a question is about: in one of the states, with one of the labels, newest first if that
// was asked for.
func (f *Forge) issuesFor(repo string, a arguments) []*object {
	labels, states := texts(a["labels"]), texts(a["states"])
	var list []*object
	for _, i := range f.issues {
		if i.Pull != nil || i.Deleted || len(states) > 0 && !slices.Contains(states, strings.ToUpper(i.State)) {
			continue
		}
		if len(labels) > 0 && !slices.ContainsFunc(i.Labels, func(l string) bool { return slices.Contains(labels, l) }) {
			continue
		}
		list = append(list, f.issueType(repo, i))
	}
	if order, ok := a["orderBy"].(map[string]any); ok && order["direction"] == "DESC" {
		slices.Reverse(list)
	}
	return list
}

func texts(v any) (list []string) {
	switch v := v.(type) {
	case string: // one stands for a list of one
		return []string{v}
	case []any:
		for _, e := range v {
			if s, ok := e.(string); ok {
				list = append(list, s)
			}
		}
	}
	return list
}

func (f *Forge) commitType(repo, hash string) *object {
	var user *object
	if login := f.known[hash].Login; login != "" {
		user = f.userType(login, "User")
	}
	return &object{[]string{"Commit", "GitObject"}, map[string]any{
		"oid": hash, "author": &object{[]string{"GitActor"}, map[string]any{"user": user}},
		"associatedPullRequests": connection("associatedPullRequests", func(arguments) (list []*object) {
			for _, p := range f.pullsOf(hash) {
				list = append(list, f.issueType(repo, p))
			}
			return list
		}),
	}}
}

// issueType is an issue or a pull request.
func (f *Forge) issueType(repo string, i *Issue) *object {
	fields := map[string]any{
		"number": i.Number, "title": i.Title, "body": i.Body, "url": pageOf(repo, i), "locked": i.Locked, "state": strings.ToUpper(i.State),
		"viewerDidAuthor": i.Author == f.Viewer, "author": f.userType(i.Author, "User"),
		"labels": connection("labels", func(arguments) (list []*object) {
			for _, l := range i.Labels {
				list = append(list, &object{[]string{"Label"}, map[string]any{"name": l}})
			}
			return list
		}),
		"comments": connection("comments", func(arguments) (list []*object) {
			for _, c := range i.Comments {
				list = append(list, &object{[]string{"IssueComment"}, map[string]any{
					"body": c.Body, "databaseId": c.ID, "url": fmt.Sprintf("%s#issuecomment-%d", pageOf(repo, i), c.ID), "viewerDidAuthor": c.Author == f.Viewer, "author": f.userType(c.Author, "User"),
				}})
			}
			return list
		}),
		"repository": func(arguments) (any, error) { return f.repositoryType(repo), nil },
	}
	if i.Pull == nil {
		return &object{[]string{"Issue", "Labelable", "Lockable", "Comment"}, fields}
	}
	fields["merged"] = i.Pull.Merged
	base := repo
	if i.Pull.Base != "" {
		base = i.Pull.Base
	}
	fields["baseRepository"] = func(arguments) (any, error) { return f.repositoryType(base), nil }
	fields["closingIssuesReferences"] = connection("closingIssuesReferences", func(arguments) (list []*object) {
		for _, n := range i.Pull.Closes {
			if closed := f.issue(n); closed != nil {
				list = append(list, f.issueType(repo, closed))
			}
		}
		for _, elsewhere := range i.Pull.ClosesElsewhere {
			list = append(list, f.issueType(elsewhere, &Issue{Number: 1}))
		}
		return list
	})
	return &object{[]string{"PullRequest", "Labelable", "Lockable", "Comment"}, fields}
}
