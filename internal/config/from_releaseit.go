package config

import (
	"slices"
	"strings"

	"github.com/semcut/semcut/internal/lazyregexp"
)

var releaseItSpots = []spot{
	{file: ".release-it.json"}, {file: ".release-it.js"}, {file: ".release-it.ts"}, {file: ".release-it.cjs"}, {file: ".release-it.mjs"},
	{file: ".release-it.yaml"}, {file: ".release-it.yml"}, {file: ".release-it.toml"}, {file: "package.json", key: "release-it"},
}

const conventionalPlugin = "@release-it/conventional-changelog"

// releaseItNames are what release-it's commands name, releaseItWords what its templates do.
var (
	releaseItNames = []commandName{{"${version}", "SEMCUT_VERSION"}, {"${tagName}", "SEMCUT_TAG"},
		{"${latestVersion}", "SEMCUT_PREVIOUS_VERSION"}, {"${latestTag}", "SEMCUT_PREVIOUS_TAG"}}
	releaseItWords = []commandName{{"${version}", "version"}, {"${tagName}", "tag"}, {"${changelog}", "notes"}, {"${branchName}", "branch"}}
	releaseItOther = lazyregexp.New(`\$\{[A-Za-z][\w.]*\}`)
)

// releaseItText reads a template that sets a key.
func releaseItText(key string) reader {
	return unlessEmpty(func(x *translator, t tree) error { return x.template(t, key, releaseItWords, releaseItOther) })
}

// releaseIt carries the reading of one configuration.
type releaseIt struct {
	*translator
	published bool // on GitHub
	bumped    bool // the conventional plugin decides the version
	npm       bool // package.json gets the version
}

// fromReleaseIt translates a configuration of release-it 20 with its conventional plugin.
func fromReleaseIt(x *translator, trees []tree) error {
	const usual = "release-it's default"
	x.tagsTell = true
	r := &releaseIt{translator: x, npm: true}
	x.set("commit.message", "Release ${version}", usual)
	x.set("tag.message", "Release ${version}", usual)
	x.set("changelog.file", false, usual)
	err := x.each(trees[0], map[string]reader{
		"git": nested(r.gitKeys), "github": r.github, "npm": r.npmKeys, "plugins": nested(r.plugins), "hooks": r.hooks,
		"gitlab":       unlessEmpty(r.gitlab),
		"increment":    unlessEmpty(mustLook("the bump follows from the commits", "give it a release: semcut release --bump KIND")),
		"preRelease":   unlessEmpty(branchesMakePrereleases),
		"preReleaseId": unlessEmpty(branchesMakePrereleases),
		"extends":      left("a configuration that is fetched from elsewhere isn't read", "copy its settings here, and init again"),
		"quiet":        needless, "ci": needless, "dry-run": needless, "verbose": needless, "debug": needless,
	})
	if err != nil {
		return err
	}
	if !r.bumped {
		x.must(trees[0], "release-it asks a person, or a flag, for the bump; semcut reads it from the commits", "see the replay, and write rules")
	}
	if !r.published {
		x.set("github", false, usual)
	}
	if _, said := trees[0].child("npm"); !said && r.publishes() {
		x.leave(tree{file: trees[0].file, root: trees[0].root, path: "npm"}, "release-it publishes a package that isn't private, and this doesn't",
			"see npm in docs/configuration.md, or publish in hooks.publish: npm publish")
	}
	if r.npm {
		x.addThere(usual, npmVersions...)
	}
	return nil
}

// publishes says whether there is a package that isn't private.
func (r *releaseIt) publishes() bool {
	data, err := readPlain(r.root, "package.json")
	if err != nil {
		return false
	}
	t, err := parse("package.json", data)
	private, _ := t.child("private")
	return err == nil && private.root.text != "true"
}

func (r *releaseIt) gitKeys() map[string]reader {
	which := unlessEmpty(mustLook("which tags are releases is said by tagFormat", "see tagFormat and changelog.ignoreTags"))
	guard := left("semcut has guards of its own", "nothing; docs/release.md lists them")
	return map[string]reader{
		"tagName": unlessEmpty(r.tagName), "commitMessage": releaseItText("commit.message"), "tagAnnotation": releaseItText("tag.message"),
		"requireBranch": unlessEmpty(releaseBranches), "commitArgs": unlessEmpty(signArgs("commit.sign", "-S", "--gpg-sign")),
		"tagArgs": unlessEmpty(signArgs("tag.sign", "-s", "--sign")),
		"tag":     unless(true, mustLook("a release is a tag with semcut", "use semcut next and semcut changelog, which make none")),
		"commit":  unless(true, left("a changed file is committed by the release", "write changelog: false, and no versionFiles")),
		"push":    unless(true, left("a release is pushed", "give it --no-push")), "pushArgs": needless,
		"pushRepo": unlessEmpty(left("releases go to the remote origin", "make that the remote")),
		"tagMatch": which, "tagExclude": which,
		"getLatestTagFromAllRefs": unless(false, mustLook("those tags count that the branch contains", "see the replay")),
		"changelog":               unlessEmpty(left("notes are made of the commits", "see notes.layout")),
		"addUntrackedFiles":       unless(false, left("semcut commits the files that it is told of", "name them under commit.files")),
		"requireCleanWorkingDir":  needless, "requireUpstream": needless, "requireCommits": needless, "requireCommitsFail": needless,
		"commitsPath": unlessEmpty(allCommitsCount), "isUpdate": guard,
	}
}

func (r *releaseIt) tagName(x *translator, t tree) error {
	text, err := t.str()
	if err != nil {
		return err
	}
	prefix, suffix, found := strings.Cut(text, "${version}")
	if !found || strings.Contains(prefix+suffix, "${") {
		x.must(t, "semcut's tags hold the version, and what is the same for all of them", "write tagFormat")
		return nil
	}
	x.tagsTell = false
	x.tagFormat(text, origin(t))
	return nil
}

// signArgs reads further arguments of git: those that sign are a setting.
func signArgs(key string, flags ...string) reader {
	return func(x *translator, t tree) error {
		args, err := t.nameList()
		if err != nil {
			return err
		}
		for _, a := range args {
			if slices.Contains(flags, a) {
				x.set(key, "openpgp", origin(t))
			} else {
				x.leave(t, "no arguments are handed to git", "see commit and tag in docs/configuration.md")
			}
		}
		return nil
	}
}

func (r *releaseIt) github(x *translator, t tree) error {
	if t.root.kind == boolNode {
		return nil
	}
	if on, ok := t.child("release"); ok {
		yes, err := on.boolean()
		if err != nil {
			return err
		}
		r.published = yes
	}
	if !r.published {
		return t.want(mapNode)
	}
	x.set("github.comments", false, "release-it's default")
	x.set("github.labels", false, "release-it's default")
	x.set("github.title", "Release ${version}", "release-it's default")
	return x.each(t, map[string]reader{
		"release": needless, "releaseName": releaseItText("github.title"), "draft": when(true, "github.draft", true), "assets": unlessEmpty(assetList),
		"releaseNotes": unlessEmpty(left("notes are made of the commits", "see notes.layout and github.body")),
		"preRelease":   unless(false, branchesMakePrereleases),
		"comments":     r.comments, "host": unlessEmpty(r.host), "tokenRef": unlessText(left("the token comes from GITHUB_TOKEN or GH_TOKEN", "give it by that name"), "GITHUB_TOKEN", "GH_TOKEN"),
		"autoGenerate": unless(false, left("notes are made of the commits", "notes.layout: github looks alike")),
		"proxy":        unlessEmpty(left("proxies come from the environment", "set HTTPS_PROXY")), "timeout": needless, "skipChecks": needless,
		"web": needless,
		"discussionCategoryName": unlessEmpty(func(x *translator, t tree) error {
			name, err := t.str()
			if err == nil {
				x.set("github.discussion", name, origin(t))
			}
			return err
		}),
	})
}

// assetList reads patterns of files.
func assetList(x *translator, t tree) error {
	names, err := t.nameList()
	if err != nil {
		return err
	}
	for _, name := range names {
		item := tree{file: t.file, path: t.path, root: node{kind: textNode, line: t.root.line, col: t.root.col, text: name}}
		ours, ok := message(name, releaseItWords, releaseItOther)
		if ok {
			item.root.text = ours
			ours, err = Default().workPath(item)
		}
		if !ok || err != nil {
			x.leave(item, "semcut can't upload files of such a name", "write github.assets")
			continue
		}
		x.add("github.assets", origin(t), ours)
	}
	return nil
}

func (r *releaseIt) comments(x *translator, t tree) error {
	if t.root.kind == boolNode {
		return nil
	}
	return x.each(t, map[string]reader{
		"submit": when(true, "github.comments", true),
		"issue":  left("comments have one text for all", "write github.comments"), "pr": left("comments have one text for all", "write github.comments"),
	})
}

func (r *releaseIt) host(x *translator, t tree) error {
	host, err := t.str()
	if err == nil && host != "github.com" {
		x.set("github.url", "https://"+strings.TrimPrefix(host, "https://"), origin(t))
	}
	return err
}

func (r *releaseIt) gitlab(x *translator, t tree) error {
	if on, ok := t.child("release"); ok && on.root.text == "true" {
		x.leave(t, "releases on GitLab aren't made yet", "branch and tag are pushed; make the page in a job")
	}
	return nil
}

// npmKeys reads what is published to npm.
func (r *releaseIt) npmKeys(x *translator, t tree) error {
	if t.root.kind == boolNode {
		r.npm = t.root.text == "true"
		return nil
	}
	publish := true
	err := x.each(t, map[string]reader{
		"publish":       flagInto(&publish),
		"ignoreVersion": unless(false, func(*translator, tree) error { r.npm = false; return nil }),
		"publishPath":   needless, "publishArgs": needless, "tag": needless, "otp": needless, "skipChecks": needless, "timeout": needless,
		"versionArgs":      needless,
		"allowSameVersion": needless, "publishPackageManager": needless, "stage": needless,
	})
	if err == nil && publish {
		x.leave(t, "the package isn't published by this", "see npm in docs/configuration.md, or publish in hooks.publish: npm publish")
	}
	return err
}

func (r *releaseIt) hooks(x *translator, t tree) error {
	if err := t.want(mapNode); err != nil {
		return err
	}
	points := map[string]string{
		"before:init": "verify", "after:init": "verify", "before:bump": "verify", "after:bump": "prepare", "before:git:release": "prepare",
		"before:release":  "prepare",
		"before:git:bump": "verify", "before:npm:bump": "verify", "after:npm:bump": "prepare", "after:git:release": "publish",
		"before:github:release": "publish",
		"after:github:release":  "success", "after:npm:release": "success", "after:release": "success",
	}
	for _, e := range t.root.entries {
		child := t.at(e)
		point, known := points[e.key]
		if !known {
			x.leave(child, "semcut has no such point", "see hooks in docs/configuration.md")
			continue
		}
		if err := x.commands(child, point, releaseItNames, releaseItOther); err != nil {
			return err
		}
	}
	return nil
}

func (r *releaseIt) plugins() map[string]reader {
	return map[string]reader{
		conventionalPlugin:   r.conventional,
		"@release-it/bumper": r.bumper,
		"@release-it/keep-a-changelog": left("notes are made of the commits, not of a section that somebody wrote",
			"notes.layout: keepachangelog looks alike"),
		"release-it-changelogen-plugin": mustLook("semcut runs no plugins", "see rules and notes.sections"),
	}
}

// conventional reads the plugin that decides by the commits. Its presets make a patch of anything.
func (r *releaseIt) conventional(x *translator, t tree) error {
	r.bumped = true
	x.set("changelog.file", false, origin(t))
	strict := false
	preset := func(x *translator, p tree) error {
		if p.root.kind == textNode {
			x.preset(p, p.root.text)
			return nil
		}
		return x.each(p, map[string]reader{
			"name": func(x *translator, n tree) error {
				name, err := n.str()
				if err == nil {
					x.preset(n, name)
				}
				return err
			},
			"types": (*translator).presetTypes, "issuePrefixes": issuePrefixes, "bumpStrict": flagInto(&strict),
			"preMajor":        when(true, "zeroVersion.breaking", "minor"),
			"commitUrlFormat": link("commit"), "compareUrlFormat": link("compare"), "issueUrlFormat": link("issue"), "userUrlFormat": link("user"),
		})
	}
	look := left("notes have a look of their own", "see notes.layout and notes.template")
	read := mustLook("messages are read by the conventions only", "see preset and rules")
	err := x.each(t, map[string]reader{
		"preset": preset, "infile": unlessEmpty(changelogFile), "header": changelogTitle, "context": look, "writerOpts": look, "tagOpts": look,
		"ignoreRecommendedBump": unless(false, func(*translator, tree) error { r.bumped = false; return nil }),
		"strictSemVer":          needless, "whatBump": mustLook("which commits move the version is said by rules", "write rules"),
		"commitsOpts": read, "gitRawCommitsOpts": read, "parserOpts": read, "tagPrefix": tagPrefix,
	})
	if err != nil || strict {
		return err
	}
	x.atLeastPatch(t, origin(t))
	return nil
}

// bumper reads the plugin that writes the version into files.
func (r *releaseIt) bumper(x *translator, t tree) error {
	return x.each(t, map[string]reader{
		"in": left("the version that holds is that of the last tag", "nothing, if the tags are right"),
		"out": func(x *translator, t tree) error {
			for _, item := range t.entriesOrSelf() {
				if err := r.bumperFile(item); err != nil {
					return err
				}
			}
			return nil
		},
	})
}

func (r *releaseIt) bumperFile(t tree) error {
	at, key := t, ""
	if t.root.kind == mapNode {
		for _, name := range []string{"file", "path", "type"} {
			c, ok := t.child(name)
			if !ok {
				continue
			}
			text, err := c.str()
			switch {
			case err != nil:
				return err
			case name == "file":
				at = c
			case name == "path":
				key = text
			}
		}
	}
	file, ok, err := r.path(at)
	if err != nil || !ok {
		return err
	}
	if key != "" {
		r.add("versionFiles", origin(t), Pairs{{"path", file}, {"key", key}})
		return nil
	}
	r.add("versionFiles", origin(t), versionFileOf(file, ""))
	return nil
}
