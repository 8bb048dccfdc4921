package config

import "strings"

// The keys of semcut's that a semantic-release configuration decides, by what decides them there. They are only asked where
// somebody wants to know; what is read is up to the readers of the plugins.

// coreDecides are the keys of semantic-release itself.
var coreDecides = map[string][]string{"branches": {"branches"}, "tagFormat": {"tagFormat"}, "plugins": {"github", "changelog.file"}}

// pluginDecides says for each plugin what its options decide; "" is that it is named at all.
var pluginDecides = map[string]map[string][]string{
	"commit-analyzer": {"preset": {"preset"}, "config": {"preset"}, "parserOpts": {"preset"}, "releaseRules": {"rules"}},
	"release-notes-generator": {
		"preset": {"notes.layout"}, "config": {"notes.layout"},
		"types": {"notes.sections"}, "issuePrefixes": {"notes.issuePrefixes"}, "ignoreCommits": {"notes.ignore"},
		"commitUrlFormat": {"notes.links"}, "compareUrlFormat": {"notes.links"}, "issueUrlFormat": {"notes.links"}, "userUrlFormat": {"notes.links"},
	},
	"changelog": {"": {"changelog.file"}, "changelogFile": {"changelog.file"}, "changelogTitle": {"changelog.title"}},
	"git":       {"": {"commit.files", "commit.message"}, "assets": {"commit.files"}, "message": {"commit.message"}},
	"npm":       {"": {"npm", "npm.tag", "versionFiles"}, "npmPublish": {"npm"}, "pkgRoot": {"npm.dir", "versionFiles"}, "tarballDir": {"npm.tarballDir"}},
	"github": {
		"": {"github", "github.failureIssue"}, "githubUrl": {"github.url"}, "githubApiUrl": {"github.api"}, "githubApiPathPrefix": {"github.api"},
		"assets": {"github.assets"}, "draftRelease": {"github.draft"}, "releaseNameTemplate": {"github.title"}, "releaseBodyTemplate": {"github.body"},
		"discussionCategoryName": {"github.discussion"}, "addReleases": {"github.addReleases"}, "successComment": {"github.comments", "github.labels"},
		"successCommentCondition": {"github.comments", "github.labels"}, "releasedLabels": {"github.labels"}, "failTitle": {"github.failureIssue"},
		"failComment": {"github.failureIssue"}, "failCommentCondition": {"github.failureIssue"}, "labels": {"github.failureIssue"}, "assignees": {"github.failureIssue"},
	},
}

func (u use) decides(option string) []string {
	return pluginDecides[strings.TrimPrefix(u.name, "@semantic-release/")][option]
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
		if _, known := r.origins[key]; elsewhere || o.key == "config" && known { // a preset goes before
			continue
		}
		r.wrote(o.tree, key)
	}
}
