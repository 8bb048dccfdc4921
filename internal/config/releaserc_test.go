package config

import (
	"fmt"
	"testing"
	"testing/fstest"

	"github.com/semcut/semcut/internal/lodash"
	"github.com/semcut/semcut/release"
)

const analyzer, generator = `"@semantic-release/commit-analyzer"`, `"@semantic-release/release-notes-generator"`

func TestReleaserc(t *testing.T) {
	tests := []struct {
		name, text string
		got        func(*Config) any
		want       string
	}{
		{"its defaults", `{}`, func(c *Config) any {
			return fmt.Sprint(c.Format.Name, " ", c.Notes.Layout, " ", c.TagAnnotated, " ", c.Changelog.File == "", " ", c.Author)
		}, "angular angular false true semantic-release-bot <semantic-release-bot@martynus.net>"},
		{"its branches", `{}`, branchNames, "+([0-9])?(.{+([0-9]),x}).x master main next next-major beta~true alpha~true"},
		{"a preset for both", `{"preset": "conventionalcommits"}`, func(c *Config) any { return c.Format.Name + " " + c.Notes.Layout }, "conventionalcommits conventionalcommits"},
		{"a preset for the analyzer", `{"plugins": [[` + analyzer + `, {"preset": "ConventionalCommits"}]]}`, func(c *Config) any { return c.Format.Name + " " + c.Notes.Layout }, "conventionalcommits angular"},
		{"a preset for the notes", `{"plugins": [[` + generator + `, {"preset": "conventionalcommits"}]]}`, func(c *Config) any { return c.Format.Name + " " + c.Notes.Layout }, "angular conventionalcommits"},
		{"a plugin by its path", `{"plugins": [{"path": ` + generator + `, "host": "https://h"}]}`, func(c *Config) any { return c.Notes.Links.Host }, "https://h"},
		{"links", `{"plugins": [[` + generator + `, {"linkCompare": false, "linkReferences": false, "commit": "c", "issue": "i"}]]}`, func(c *Config) any {
			return fmt.Sprint(*c.Notes.LinkCompare, *c.Notes.LinkReferences, c.Notes.Links.Commit, c.Notes.Links.Issue)
		}, "false falseci"},
		{"sections", `{"plugins": [[` + generator + `, {"presetConfig": {"types": [{"type": "docs", "section": "Docs", "hidden": false}], "issuePrefixes": ["X-"], "scope": "a"}}]]}`,
			func(c *Config) any {
				return c.Notes.Preset.Types[0].Section + fmt.Sprint(c.Notes.Preset.IssuePrefixes, c.Notes.Preset.Scope)
			}, "Docs[X-] [a]"},
		{"tag format and URL", `{"tagFormat": "${version}", "repositoryUrl": "https://github.com/a/b"}`, func(c *Config) any { return c.TagFormat.String() + " " + c.RepositoryURL }, "${version} https://github.com/a/b"},
		{"github alone publishes there", `{"plugins": [` + analyzer + `, "@semantic-release/github"]}`, func(c *Config) any { return fmt.Sprint(c.GitHub.Off, c.GitHub.Explicit, c.Blocked) }, "false true <nil>"},
		{"without github there is no release page", `{"plugins": [` + analyzer + `]}`, func(c *Config) any { return fmt.Sprint(c.GitHub.Off, c.Blocked) }, "true <nil>"},
		{"null is the default", `{"tagFormat": null, "plugins": [[` + analyzer + `, {"preset": null}]]}`, func(c *Config) any { return c.TagFormat.String() + c.Format.Name }, "v${version}angular"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, err := load(".releaserc.json", tt.text, nil)
			if err != nil {
				t.Fatal(err)
			}
			if got := fmt.Sprint(tt.got(c)); got != tt.want || c.Dialect != "semantic-release" {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

// TestPlugins: what the official plugins and their options turn into.
func TestPlugins(t *testing.T) {
	both := analyzer + ", " + generator
	hooks := func(p release.Point) func(*Config) any {
		return func(c *Config) any {
			text := ""
			for _, h := range c.Hooks[p] {
				text += lodash.Shown(h.Line) + "|" + h.Dir + "|" + h.Shell + "|" + h.After + ";"
			}
			return text
		}
	}
	prepare := func(c *Config) any { return c.Prepare }
	tests := []struct {
		name, text string
		got        func(*Config) any
		want       string
	}{
		{"changelog", `{"plugins": ["@semantic-release/changelog"]}`, func(c *Config) any { return c.Changelog }, "{CHANGELOG.md  true false [] []}"},
		{"changelog's options", `{"plugins": [["@semantic-release/changelog", {"changelogFile": "docs/NEWS.md", "changelogTitle": "# News"}]]}`, func(c *Config) any { return c.Changelog }, "{docs/NEWS.md # News true false [] []}"},
		{"an option at top level", `{"changelogTitle": "# All", "plugins": ["@semantic-release/changelog"]}`, func(c *Config) any { return c.Changelog.Title }, "# All"},
		{"its own goes first", `{"changelogTitle": "# All", "plugins": [["@semantic-release/changelog", {"changelogTitle": "# Own"}]]}`, func(c *Config) any { return c.Changelog.Title }, "# Own"},
		{"git", `{"plugins": ["@semantic-release/git"]}`, func(c *Config) any { return fmt.Sprint(paths(c.CommitFiles), c.CommitMessage) }, "[CHANGELOG.md package.json package-lock.json npm-shrinkwrap.json]chore(release): ${version} [skip ci]\n\n${notes}"},
		{"git's assets", `{"plugins": [["@semantic-release/git", {"assets": ["package.json", ["dist/**", "lib/**", "!dist/*.map"], "!alone", {"path": "docs/"}]}]]}`, func(c *Config) any { return fmt.Sprint(paths(c.CommitFiles), c.CommitFiles[1].Not) }, "[package.json dist/** lib/** docs] [dist/*.map]"},
		{"git's assets, the last pattern counts", `{"plugins": [["@semantic-release/git", {"assets": [["dist", "!dist/no/", "dist/no/yes"]]}]]}`, func(c *Config) any {
			return fmt.Sprint(paths(c.CommitFiles), c.CommitFiles[0].Not, c.CommitFiles[1].Not, c.CommitFiles[0].Dot)
		}, "[dist dist/no/yes] [dist/no] [] true"},
		{"git without assets", `{"plugins": [["@semantic-release/git", {"assets": false}]]}`, func(c *Config) any { return len(c.CommitFiles) }, "0"},
		{"git's message", `{"plugins": [["@semantic-release/git", {"message": "release: <%= nextRelease.version %> on ${branch} ${lastRelease.version || 'none'}"}]]}`, func(c *Config) any { return lodash.Shown(c.CommitMessage) }, "release: ${version} on ${branch} <%= lastRelease.version || 'none' %>"},
		{"the order", `{"plugins": [["@semantic-release/exec", {"prepareCmd": "a"}], "@semantic-release/npm", ["@semantic-release/exec", {"prepareCmd": "b"}], "@semantic-release/git", "@semantic-release/changelog"]}`, prepare, "[{hook 0} {versions 0} {pack 0} {hook 1} {files 0} {changelog 0}]"},
		{"npm", `{"plugins": ["@semantic-release/npm"]}`, func(c *Config) any { return fmt.Sprint(c.NPM, versions(c), c.Publishers) }, "{true true true   latest  false  } [package.json package-lock.json npm-shrinkwrap.json] [npm]"},
		{"npm's options", `{"plugins": [["@semantic-release/npm", {"npmPublish": false, "pkgRoot": "./pkg/", "tarballDir": "dist"}]]}`, func(c *Config) any { return fmt.Sprint(c.NPM, versions(c)) }, "{true true false pkg  latest  false  dist} [pkg/package.json pkg/package-lock.json pkg/npm-shrinkwrap.json]"},
		{"exec", `{"plugins": [["@semantic-release/exec", {"verifyReleaseCmd": "v ${nextRelease.version}", "publishCmd": "p", "shell": "/bin/bash", "execCwd": "tools"}], "@semantic-release/github", ["@semantic-release/exec", {"publishCmd": "q", "shell": true}]]}`, hooks(release.AtPublish), "p|tools|/bin/bash|;q|||github;"},
		{"exec's other steps", `{"plugins": [["@semantic-release/exec", {"verifyConditionsCmd": "a", "verifyReleaseCmd": "b ${nextRelease.version}"}]]}`, hooks(release.AtVerify), "a|||;b <%= nextRelease.version %>|||;"},
		{"a command for a step", `{"success": [{"path": "@semantic-release/exec", "cmd": "echo ${commits.length}"}]}`, hooks(release.AtSuccess), "echo <%= commits.length %>|||;"},
		{"options of a step", `{"plugins": ["@semantic-release/exec"], "prepare": {"prepareCmd": "x"}}`, hooks(release.AtPrepare), "x|||;"},
		{"steps by name", `{"verifyConditions": ["@semantic-release/github"], "prepare": [], "publish": "@semantic-release/github", "success": false, "fail": false}`, func(c *Config) any {
			return fmt.Sprint(c.GitHub.Off, c.GitHub.Comments.Off, c.GitHub.Labels, c.GitHub.FailureIssue.On, c.Prepare, c.Publishers)
		}, "false true [] false [] [github]"},
		{"github", `{"plugins": [` + both + `, ["@semantic-release/github", {"assets": [{"path": "dist/*.tgz", "label": "App ${nextRelease.gitTag}"}, ["a/**", "!a/b"]], "successComment": "Out", "failTitle": "Broken", "labels": false, "assignees": "ada", "releasedLabels": ["out<%= nextRelease.channel ? '-' + nextRelease.channel : '' %>"], "draftRelease": true, "discussionCategoryName": "News", "addReleases": "bottom", "releaseNameTemplate": "R <%= nextRelease.name %>"}]]}`, func(c *Config) any {
			g := c.GitHub
			return fmt.Sprint(g.Assets[0].Path, " ", g.Assets[0].Label, " ", g.Assets[1].Path, g.Assets[1].Not, g.Comments.Off, g.FailureIssue, lodash.Shown(g.Labels[0]), g.Draft, g.Discussion, g.AddReleases, g.Title)
		}, "dist/*.tgz App ${tag} a/**[a/b] false {true Broken [] [ada]  }out<%= nextRelease.channel ? '-' + nextRelease.channel : '' %>trueNewsbottomR ${tag}"},
		{"github's addresses", `{"plugins": [["@semantic-release/github", {"githubUrl": "https://gh.example", "githubApiPathPrefix": "/api/v3"}]]}`, func(c *Config) any { return c.GitHub.URL + " " + c.GitHub.API }, "https://gh.example https://gh.example/api/v3"},
		{"conditions", `{"plugins": [["@semantic-release/github", {"successCommentCondition": "<% return !issue.pull_request; %>", "failCommentCondition": false}]]}`, func(c *Config) any { return fmt.Sprint(lodash.Shown(c.GitHub.Comments.When), c.GitHub.FailureIssue.On) }, "<%= !issue.pull_request %>false"},
		{"its flags", `{"dryRun": true, "ci": false, "debug": true, "plugins": [` + both + `]}`, func(c *Config) any { return fmt.Sprint(c.DryRun, c.NoCI) }, "true true"},
		{"no generator, no notes", `{"plugins": [` + analyzer + `]}`, func(c *Config) any { return c.NoNotes }, "true"},
		{"a branch's templates", `{"branches": ["main", {"name": "pre/*", "channel": "${name.replace(/^pre\\//, '')}", "prerelease": "${name}"}]}`, func(c *Config) any { return lodash.Shown(*c.Branches[1].Channel) + " " + c.Branches[1].Prerelease }, "<%= name.replace(/^pre\\//, '') %> ${name}"},
		{"the parser's options", `{"plugins": [[` + analyzer + `, {"parserOpts": {"noteKeywords": ["BREAKING"], "issuePrefixes": ["ABC-"]}}]]}`, func(c *Config) any { return fmt.Sprint(c.Format.NoteKeywords, c.Format.IssuePrefixes) }, "[BREAKING] [ABC-]"},
		{"a preset by its package", `{"plugins": [[` + analyzer + `, {"config": "conventional-changelog-conventionalcommits"}]]}`, func(c *Config) any { return c.Format.Name }, "conventionalcommits"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, err := load(".releaserc.json", tt.text, nil)
			if err != nil {
				t.Fatal(err)
			}
			if got := fmt.Sprint(tt.got(c)); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func paths(files []release.FileSpec) (names []string) {
	for _, f := range files {
		names = append(names, f.Path)
	}
	return names
}

func versions(c *Config) (names []string) {
	for _, f := range c.VersionFiles {
		names = append(names, f.Path)
	}
	return names
}

// TestWhereItStands: every place that semantic-release looks at, what is extended and imported, and what goes first.
func TestWhereItStands(t *testing.T) {
	tests := []struct {
		name  string
		files map[string]string
		want  string // the tag format, which tells who spoke last
	}{
		{"a module", map[string]string{"release.config.js": `module.exports = {tagFormat: "js-${version}"}`}, "js-${version}"},
		{"a module of data", map[string]string{"release.config.mjs": "const p = 'm';\nexport default {tagFormat: `${p}-\\${version}`}"}, "m-${version}"},
		{"TypeScript", map[string]string{".releaserc.ts": "import type {Options} from 'semantic-release'\nconst o: Options = {tagFormat: 'ts-${version}'}\nexport default o"}, "ts-${version}"},
		{"below .config", map[string]string{".config/releaserc.yaml": "tagFormat: c-${version}"}, "c-${version}"},
		{"package.json goes first", map[string]string{"package.json": `{"release": {"tagFormat": "p-${version}"}}`, ".releaserc": "tagFormat: r-${version}"}, "p-${version}"},
		{"an empty file is passed over", map[string]string{".releaserc.json": "", ".releaserc.yaml": "tagFormat: y-${version}"}, "y-${version}"},
		{"extends a file", map[string]string{".releaserc": "extends: ./base.json", "base.json": `{"tagFormat": "b-${version}"}`}, "b-${version}"},
		{"the last of several", map[string]string{".releaserc": "extends: [./a.json, ./b.yaml]", "a.json": `{"tagFormat": "a-${version}"}`, "b.yaml": `tagFormat: b-${version}`}, "b-${version}"},
		{"over what it extends", map[string]string{".releaserc": "extends: ./base.json\ntagFormat: o-${version}", "base.json": `{"tagFormat": "b-${version}"}`}, "o-${version}"},
		{"a package", map[string]string{".releaserc": "extends: our-config", "node_modules/our-config/package.json": `{"main": "lib/main.js"}`, "node_modules/our-config/lib/main.js": `module.exports = {tagFormat: "n-${version}"}`}, "n-${version}"},
		{"imports", map[string]string{".releaserc.yaml": "$import: ./more.yaml", "more.yaml": `tagFormat: i-${version}`}, "i-${version}"},
		{"null is not there", map[string]string{".releaserc": "extends: ./base.json\ntagFormat: null", "base.json": `{"tagFormat": "b-${version}"}`}, "v${version}"},
	}
	for _, tt := range tests {
		files := fstest.MapFS{}
		for name, text := range tt.files {
			files[name] = &fstest.MapFile{Data: []byte(text)}
		}
		c, err := Load(Source{Root: files})
		if err != nil || c.TagFormat.String() != tt.want || c.Dialect != "semantic-release" {
			t.Errorf("%s: got %v, %v, want %s", tt.name, c, err, tt.want)
		}
	}
}

// rules makes a configuration of commit-analyzer's rules.
func rules(list string) string {
	return `{"plugins": [[` + analyzer + `, {"releaseRules": ` + list + `}]]}`
}

// TestWhatWeDontHonour: an error that names the place, or for plugins that a release needs a reason not to release.
func TestWhatWeDontHonour(t *testing.T) {
	tests := []struct{ text, want string }{
		{`{"extends": "x"}`, `reading .releaserc.json:1:13: key "extends": "x" is not found`},
		{`{"publish": ["@semantic-release/changelog"]}`, `reading .releaserc.json:1:14: key "publish[0]": plugin "@semantic-release/changelog" has no step "publish"`},
		{`{"plugins": [[` + analyzer + `, {"parserOpts": {"headerPattern": "x"}}]]}`, `reading .releaserc.json:1:85: key "plugins[0][1].parserOpts.headerPattern" is not supported yet`},
		{rules(`"./rules.js"`), `reading .releaserc.json:1:69: key "plugins[0][1].releaseRules": the module "./rules.js" is not found`},
		{rules(`{}`), `reading .releaserc.json:1:69: key "plugins[0][1].releaseRules": it must be a list, not a mapping`},
		{rules(`[{"type": "docs"}]`), `reading .releaserc.json:1:70: key "plugins[0][1].releaseRules[0]": it has no key "release"`},
		{rules(`[{"release": "huge"}]`), `reading .releaserc.json:1:82: key "plugins[0][1].releaseRules[0].release": "huge" is not known`},
		{rules(`[{"release": "prepatch"}]`), `reading .releaserc.json:1:82: key "plugins[0][1].releaseRules[0].release": semantic-release, too, refuses "prepatch" in the end`},
		{rules(`[{"typ": "docs", "release": "patch"}]`), `reading .releaserc.json:1:71: unknown key "typ" in "plugins[0][1].releaseRules[0]"`},
		{rules(`[{"notes": [], "release": "patch"}]`), `reading .releaserc.json:1:80: key "plugins[0][1].releaseRules[0].notes" is not supported yet`},
		{rules(`[{"type": "", "release": "patch"}]`), `reading .releaserc.json:1:79: key "plugins[0][1].releaseRules[0].type": "" is no pattern: it is empty`},
		{`{"plugins": [[` + generator + `, {"writerOpts": {"groupBy": "x"}}]]}`, `reading .releaserc.json:1:87: key "plugins[0][1].writerOpts.groupBy" is not supported yet`},
		{`{"preset": "atom"}`, `reading .releaserc.json:1:12: key "preset" is not supported yet`},
		{`{"preset": "nope"}`, `reading .releaserc.json:1:12: key "preset": preset "nope" is not known`},
		{`{"tagformat": "x"}`, `reading .releaserc.json:1:2: unknown key "tagformat"`},
		{`{"plugins": ["semantic-release-slack"]}`, `reading .releaserc.json:1:14: key "plugins[0]": plugin "semantic-release-slack" is not known`},
		{`{"plugins": [7]}`, `reading .releaserc.json:1:14: key "plugins[0]": it is no plugin`},
		{`{"plugins": ["@semantic-release/gitlab"]}`, `reading .releaserc.json:1:14: plugin "@semantic-release/gitlab": releases on GitLab are not supported yet`},
		{`{"plugins": [["@semantic-release/github", {"asets": []}]]}`, `reading .releaserc.json:1:44: unknown key "asets" in "plugins[0][1]"`},
		{`{"plugins": [["@semantic-release/github", {"proxy": "http://p"}]]}`, `reading .releaserc.json:1:53: key "plugins[0][1].proxy": semcut takes no proxy from the configuration`},
		{`{"plugins": ["@semantic-release/git", "@semantic-release/git"]}`, `reading .releaserc.json:1:39: key "plugins[1]": plugin "@semantic-release/git" takes part in the step "prepare" twice`},
		{`{"plugins": [["@semantic-release/exec", {"prepareCmd": "x ${commits.map(c => c.hash)}"}]]}`, `reading .releaserc.json:1:56: key "plugins[0][1].prepareCmd": "c => c.hash" is more than semcut evaluates`},
		{`{"plugins": [["@semantic-release/exec", {"prepareCmd": "x ${HOME}"}]]}`, `reading .releaserc.json:1:56: key "plugins[0][1].prepareCmd": "HOME" is not known here; known are branch, commits, lastRelease, nextRelease`},
		{`{"plugins": [["@semantic-release/changelog", {"changelogFile": "../x"}]]}`, `reading .releaserc.json:1:64: key "plugins[0][1].changelogFile": "../x" is no path inside the repository`},
		{`{"success": "@semantic-release/github", "publish": []}`, `reading .releaserc.json:1:13: key "success": plugin "@semantic-release/github" tells people of releases that it doesn't publish, which semcut can't do`},
	}
	for _, tt := range tests {
		c, err := load(".releaserc.json", tt.text, nil)
		if err == nil {
			err = c.Blocked
		}
		if err == nil || err.Error() != tt.want {
			t.Errorf("%s\ngot  %v\nwant %s", tt.text, err, tt.want)
			continue
		}
		if code := release.CodeOf(err); code != release.CodeConfig && code != release.CodeNotYet {
			t.Errorf("%s: code %s", tt.text, code)
		}
	}
}

// TestComputedModules: what only running the module could tell is named with its place.
func TestComputedModules(t *testing.T) {
	for text, want := range map[string]string{
		"module.exports = make(1)":                             `reading release.config.js:1:18: it is computed by code (make(1)), and semcut runs none`,
		"module.exports = {\n  tagFormat: process.env.TAG,\n}": `reading release.config.js:2:14: key "tagFormat" is computed by code (process.env.TAG), and semcut runs none`,
		"module.exports = {\n  plugins: [['@semantic-release/release-notes-generator', {writerOpts: {transform: (c) => c}}]],\n}": `reading release.config.js:2:84: key "plugins[0][1].writerOpts.transform" is computed by code ((c) => c), and semcut runs none`,
	} {
		_, err := load("release.config.js", text, nil)
		if err == nil || err.Error() != want {
			t.Errorf("%s\ngot  %v\nwant %s", text, err, want)
		}
	}
}

func TestPluginsBesideRelease(t *testing.T) {
	text := `{"release": {"branches": ["main"]},
 "plugins": ["@semantic-release/git"]}`
	c, err := load("package.json", text, nil)
	want := `package.json:2:2: "plugins" at top level is read by nobody; move it into "release", or the default plugins run`
	if err != nil || len(c.Warnings) != 1 || c.Warnings[0] != want {
		t.Errorf("got %v, %v", c, err)
	}
	if len(c.CommitFiles) != 0 || !c.NPM.On || c.NPM.Explicit {
		t.Errorf("the default plugins aren't in force: %+v", c)
	}
}

func TestAPluginIsLeftOut(t *testing.T) {
	files := fstest.MapFS{".releaserc": &fstest.MapFile{Data: []byte("plugins: [semantic-release-slack]\nslackWebhook: x\n")}}
	c, err := Load(Source{Root: files, Ignore: []string{"semantic-release-slack"}})
	if err != nil || len(c.Warnings) != 1 {
		t.Errorf("got %v, %v", c, err)
	}
}
