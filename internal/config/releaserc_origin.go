package config

import (
	"strings"
	"sync"
)

// decides says which keys of semcut's a semantic-release configuration decides: for each plugin, what its options decide, where ""
// is that it is named at all; and below "" what semantic-release's own keys do. What is read is up to the readers of the plugins.
var decides = sync.OnceValue(func() map[string]map[string][]string {
	page, failure, links := []string{"github.comments", "github.labels"}, []string{"github.failureIssue"}, []string{"notes.links"}
	return map[string]map[string][]string{
		"":                {"branches": {"branches"}, "tagFormat": {"tagFormat"}, "plugins": {"github", "changelog.file"}},
		"commit-analyzer": {"preset": {"preset"}, "config": {"preset"}, "parserOpts": {"preset"}, "releaseRules": {"rules"}},
		"release-notes-generator": {
			"preset": {"notes.layout"}, "config": {"notes.layout"},
			"types": {"notes.sections"}, "issuePrefixes": {"notes.issuePrefixes"}, "ignoreCommits": {"notes.ignore"},
			"commitUrlFormat": links, "compareUrlFormat": links, "issueUrlFormat": links, "userUrlFormat": links,
		},
		"changelog": {"": {"changelog.file"}, "changelogFile": {"changelog.file"}, "changelogTitle": {"changelog.title"}},
		"git":       {"": {"commit.files", "commit.message"}, "assets": {"commit.files"}, "message": {"commit.message"}},
		"npm": {
			"": {"npm", "npm.tag", "versionFiles"}, "npmPublish": {"npm"}, "pkgRoot": {"npm.dir", "versionFiles"}, "tarballDir": {"npm.tarballDir"},
		},
		"github": {
			"": {"github", "github.failureIssue"}, "githubUrl": {"github.url"}, "githubApiUrl": {"github.api"}, "githubApiPathPrefix": {"github.api"},
			"assets": {"github.assets"}, "draftRelease": {"github.draft"}, "releaseNameTemplate": {"github.title"},
			"releaseBodyTemplate": {"github.body"}, "discussionCategoryName": {"github.discussion"}, "addReleases": {"github.addReleases"},
			"successComment": page, "successCommentCondition": page, "releasedLabels": {"github.labels"},
			"failTitle": failure, "failComment": failure, "failCommentCondition": failure, "labels": failure, "assignees": failure,
		},
	}
})

func (u use) decides(option string) []string {
	return decides()[strings.TrimPrefix(u.name, "@semantic-release/")][option]
}

// named notes what a plugin decides by being there, where somebody wrote that it is.
func (r *releaserc) named(u use) {
	if !u.byList {
		r.wrote(u.options, u.decides("")...)
	}
}

// decided notes what an option decides.
func (r *releaserc) decided(u use, o option) {
	for _, key := range u.decides(o.key) {
		step := githubOptions[o.key]
		elsewhere := u.name == "@semantic-release/github" && step != "" && step != u.step
		_, known := r.origins[key]
		labelled := key == "github.labels" && o.key != "releasedLabels" && !r.GitHub.Comments.Off // who is told gets them anyway
		if elsewhere || labelled || o.key == "config" && known {                                  // a preset goes before "config"
			continue
		}
		r.wrote(o.tree, key)
	}
}
