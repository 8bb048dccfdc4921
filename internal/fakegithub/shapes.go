package fakegithub

// when is the fixed time of everything that the forge remembers.
const when = "2026-01-02T03:04:05Z"

// userJSON has what the official description requires of a user.
func (f *Forge) userJSON(login string) map[string]any {
	api := f.URL + "/users/" + login
	return map[string]any{
		"login": login, "id": 1, "node_id": "U_1", "avatar_url": f.URL + "/a", "gravatar_id": "", "url": api,
		"html_url": f.URL + "/" + login, "followers_url": api + "/followers", "following_url": api + "/following",
		"gists_url": api + "/gists", "starred_url": api + "/starred", "subscriptions_url": api + "/subscriptions",
		"organizations_url": api + "/orgs", "repos_url": api + "/repos", "events_url": api + "/events",
		"received_events_url": api + "/received_events", "type": "User", "site_admin": false,
	}
}

// repoURLs are the links that the official description requires of a repository: key and path.
var repoURLs = [][2]string{
	{"archive_url", "/{archive_format}{/ref}"}, {"assignees_url", "/assignees{/user}"}, {"blobs_url", "/git/blobs{/sha}"},
	{"branches_url", "/branches{/branch}"}, {"collaborators_url", "/collaborators{/collaborator}"}, {"comments_url", "/comments{/number}"},
	{"commits_url", "/commits{/sha}"}, {"compare_url", "/compare/{base}...{head}"}, {"contents_url", "/contents/{+path}"},
	{"contributors_url", "/contributors"}, {"deployments_url", "/deployments"}, {"downloads_url", "/downloads"}, {"events_url", "/events"},
	{"forks_url", "/forks"}, {"git_commits_url", "/git/commits{/sha}"}, {"git_refs_url", "/git/refs{/sha}"}, {"git_tags_url", "/git/tags{/sha}"},
	{"hooks_url", "/hooks"}, {"issue_comment_url", "/issues/comments{/number}"}, {"issue_events_url", "/issues/events{/number}"},
	{"issues_url", "/issues{/number}"}, {"keys_url", "/keys{/key_id}"}, {"labels_url", "/labels{/name}"}, {"languages_url", "/languages"},
	{"merges_url", "/merges"}, {"milestones_url", "/milestones{/number}"}, {"notifications_url", "/notifications{?since,all,participating}"},
	{"pulls_url", "/pulls{/number}"}, {"releases_url", "/releases{/id}"}, {"stargazers_url", "/stargazers"}, {"statuses_url", "/statuses/{sha}"},
	{"subscribers_url", "/subscribers"}, {"subscription_url", "/subscription"}, {"tags_url", "/tags"}, {"teams_url", "/teams"},
	{"trees_url", "/git/trees{/sha}"}, {"url", ""},
}

func (f *Forge) repoJSON(repo string, push bool) map[string]any {
	m := map[string]any{
		"id": 1, "node_id": "R_1", "name": repo[1+indexSlash(repo):], "full_name": repo, "owner": f.userJSON(repo[:indexSlash(repo)]),
		"private": false, "html_url": "https://github.com/" + repo, "description": nil, "fork": false, "homepage": nil, "language": nil,
		"forks_count": 0, "forks": 0, "stargazers_count": 0, "watchers_count": 0, "watchers": 0, "size": 1, "default_branch": "main",
		"open_issues_count": 0, "open_issues": 0, "has_issues": true, "has_projects": true, "has_wiki": true, "has_pages": false,
		"has_downloads": true, "has_discussions": false, "archived": f.Archived, "disabled": false, "pushed_at": when, "created_at": when, "updated_at": when,
		"permissions": map[string]bool{"admin": false, "push": push, "pull": true}, "license": nil, "subscribers_count": 0, "network_count": 0,
		"git_url": "git://github.com/" + repo, "ssh_url": "git@github.com:" + repo, "clone_url": "https://github.com/" + repo,
		"svn_url": "https://github.com/" + repo, "mirror_url": nil,
	}
	for _, u := range repoURLs {
		m[u[0]] = f.URL + "/repos/" + repo + u[1]
	}
	return m
}

func indexSlash(repo string) int {
	for i := range repo {
		if repo[i] == '/' {
			return i
		}
	}
	return 0
}
