package config

import (
	"path"
	"slices"
	"strings"

	"github.com/semcut/semcut/changelog"
	"github.com/semcut/semcut/internal/lazyregexp"
)

// versionrcFiles are the files of standard-version and of its successor alike.
var versionrcFiles = []spot{{file: ".versionrc"}, {file: ".versionrc.json"}, {file: ".versionrc.js"}, {file: ".versionrc.cjs"}}

var (
	standardVersionSpots = append(slices.Clone(versionrcFiles), spot{file: "package.json", key: "standard-version"})
	commitAndTagSpots    = []spot{{file: "package.json", key: "commit-and-tag-version"}, {file: ".versionrc"}, {file: ".versionrc.json"},
		{file: ".versionrc.cjs"}, {file: ".versionrc.js"}}
)

// fromStandardVersion translates a configuration of standard-version 9 or commit-and-tag-version 12: one release whenever it is
// run, a patch at least.
func fromStandardVersion(x *translator, trees []tree) error {
	usual := x.tool + "'s default"
	x.set("changelog.file", "CHANGELOG.md", usual)
	x.set("zeroVersion.breaking", "minor", usual)
	x.set("zeroVersion.feature", "patch", usual)
	x.set("commit.message", "chore(release): ${version}", usual)
	x.atLeastPatch(trees[0], usual)
	s := &standardVersion{translator: x, files: []tree{}}
	if err := x.each(trees[0], s.keys()); err != nil {
		return err
	}
	return s.bumpFiles(trees[0], usual)
}

// standardVersion carries the reading of one configuration.
type standardVersion struct {
	*translator
	files  []tree // bumpFiles and packageFiles
	typed  bool
	listed bool
}

func (s *standardVersion) keys() map[string]reader {
	once := mustLook("it is meant for one release", "give it that release: semcut release --as VERSION, or --first-release")
	whole := unlessEmpty(allCommitsCount)
	return map[string]reader{
		"types":  func(x *translator, t tree) error { s.typed = true; return x.presetTypes(t) },
		"infile": changelogFile, "header": changelogTitle, "changelogHeader": changelogTitle, "tagPrefix": tagPrefix,
		"releaseCommitMessageFormat": func(x *translator, t tree) error {
			return x.template(t, "commit.message", []commandName{{"{{currentTag}}", "version"}}, cogOther)
		},
		"commitUrlFormat": link("commit"), "compareUrlFormat": link("compare"), "issueUrlFormat": link("issue"), "userUrlFormat": link("user"),
		"issuePrefixes": issuePrefixes, "packageFiles": s.list, "bumpFiles": s.list,
		"sign": unless(false, func(x *translator, t tree) error {
			x.set("commit.sign", "openpgp", origin(t))
			x.set("tag.sign", "openpgp", origin(t))
			return nil
		}),
		"signoff": unless(false, left("the release commit isn't signed off", "write it into commit.message: Signed-off-by: NAME <ADDRESS>")),
		"skip":    nested(s.skipKeys), "scripts": nested(s.scriptKeys),
		"releaseAs": once, "firstRelease": unless(false, once),
		"prerelease": branchesMakePrereleases,
		"path":       whole, "lernaPackage": whole,
		"preset":    s.preset,
		"commitAll": unless(false, left("semcut commits what it changes, and the files that it is told of", "name them under commit.files")),
		"tagForce":  unless(false, left("no tag is ever moved", "nothing")),
		"preMajor":  needless, // set anyway while the version is 0.x
		"noVerify":  needless, "silent": needless, "verbose": needless, "dryRun": needless, "gitTagFallback": needless, "releaseCount": needless,
		"npmPublishHint": needless,
		"parserOpts":     unlessEmpty(mustLook("messages are read by the conventions only", "see preset")),
		"writerOpts":     unlessEmpty(left("notes have a look of their own", "see notes.layout and notes.template")),
	}
}

func (s *standardVersion) preset(x *translator, t tree) error {
	if t.root.kind == mapNode {
		return x.each(t, map[string]reader{
			"name": s.preset, "types": func(x *translator, t tree) error { s.typed = true; return x.presetTypes(t) }, "issuePrefixes": issuePrefixes,
			"commitUrlFormat": link("commit"), "compareUrlFormat": link("compare"), "issueUrlFormat": link("issue"), "userUrlFormat": link("user"),
			"preMajor": needless,
		})
	}
	name, err := t.str()
	if err == nil {
		x.preset(t, name)
	}
	return err
}

// preset says how messages are read.
func (x *translator) preset(t tree, name string) {
	if _, bare, ok := strings.Cut(name, "conventional-changelog-"); ok {
		name = bare
	}
	switch name {
	case "conventionalcommits":
	case "angular":
		x.set("preset", "angular", origin(t))
		x.set("notes.layout", "angular", origin(t))
	default:
		x.must(t, "messages are read by the conventions conventionalcommits and angular only", "see preset")
	}
}

func (s *standardVersion) list(_ *translator, t tree) error {
	if err := t.want(listNode); err != nil {
		return err
	}
	s.files, s.listed = append(s.files, t), s.listed || strings.HasSuffix(t.path, "bumpFiles")
	return nil
}

// bumpFiles says the version files: those that are named, else the usual ones that are there.
func (s *standardVersion) bumpFiles(top tree, usual string) error {
	if !s.typed {
		s.notesSections([]changelog.Type{{Type: "feat", Section: "Features"}, {Type: "fix", Section: "Bug Fixes"}}, usual)
	}
	seen := map[string]bool{}
	for _, list := range s.files {
		items, err := list.items()
		if err != nil {
			return err
		}
		for _, item := range items {
			if err := s.bumpFile(item, seen); err != nil {
				return err
			}
		}
	}
	if s.listed {
		return nil
	}
	for _, name := range []string{"package.json", "bower.json", "manifest.json", "package-lock.json", "npm-shrinkwrap.json"} {
		if !s.there(name) || seen[name] {
			continue
		}
		if name == "bower.json" || name == "manifest.json" {
			s.add("versionFiles", usual, Pairs{{"path", name}, {"key", "version"}})
		} else {
			s.add("versionFiles", usual, name)
		}
	}
	return nil
}

func (s *standardVersion) bumpFile(t tree, seen map[string]bool) error {
	at, kind := t, ""
	if t.root.kind == mapNode {
		name, ok := t.child("filename")
		if !ok {
			return t.errorf("give it a filename", "a file needs a name")
		}
		if u, ok := t.child("updater"); ok {
			s.leave(u, "it is a program, which semcut doesn't run", "say where the version stands: versionFiles with key, marker, pattern or xpath")
			return nil
		}
		if k, ok := t.child("type"); ok {
			var err error
			if kind, err = k.str(); err != nil {
				return err
			}
		}
		at = name
	}
	file, ok, err := s.path(at)
	if err != nil || !ok || seen[file] {
		return err
	}
	seen[file] = true
	if !s.there(file) {
		s.leave(t, "there is no such file", "nothing, or name the right one under versionFiles")
		return nil
	}
	s.add("versionFiles", origin(t), versionFileOf(file, kind))
	return nil
}

// knownFiles are the names of files whose version semcut finds by itself.
var knownFiles = []string{"package.json", "package-lock.json", "npm-shrinkwrap.json", "Cargo.toml", "pyproject.toml", "setup.cfg", "setup.py",
	"__init__.py", "_version.py",
	"Chart.yaml", "pubspec.yaml", "composer.json", "deno.json", "jsr.json", "pom.xml", "mix.exs", "version.rb", "build.gradle",
	"build.gradle.kts", "gradle.properties", "version.go",
	"VERSION", "version.txt"}

// versionFileOf says where the version stands in a file that another tool knows by its kind.
func versionFileOf(file, kind string) any {
	base := path.Base(file)
	switch {
	case slices.Contains(knownFiles, base) && kind != "plain-text", strings.HasSuffix(base, ".csproj"), strings.HasSuffix(base, ".gemspec"):
		return file
	case kind == "plain-text" && slices.Contains([]string{"VERSION", "VERSION.txt", "version.txt"}, base):
		return file
	case kind == "plain-text":
		return Pairs{{"path", file}, {"pattern", `^\s*(?P<version>\S+)`}}
	case kind == "openapi":
		return Pairs{{"path", file}, {"key", "info.version"}}
	}
	switch path.Ext(base) {
	case ".json", ".yaml", ".yml", ".toml":
		return Pairs{{"path", file}, {"key", "version"}}
	}
	return Pairs{{"path", file}, {"marker", true}}
}

func (s *standardVersion) skipKeys() map[string]reader {
	return map[string]reader{
		"changelog": when(true, "changelog.file", false),
		"tag":       unless(false, mustLook("a release is a tag with semcut", "use semcut next and semcut changelog, which make none")),
		"bump":      unless(false, mustLook("each release has a version of its own", "give it a release: semcut release --as VERSION")),
		"commit":    unless(false, left("a changed file is committed by the release", "write changelog: false, and no versionFiles")),
	}
}

var noNames = lazyregexp.New(`\x00`)

func (s *standardVersion) scriptKeys() map[string]reader {
	at := func(point string) reader {
		return unlessEmpty(func(x *translator, t tree) error { return x.commands(t, point, nil, noNames) })
	}
	between := unlessEmpty(left("nothing runs between commit, tag and push", "see hooks.prepare and hooks.publish"))
	return map[string]reader{
		"prerelease": at("verify"), "prebump": unlessEmpty(mustLook("what it prints was the version", "see hooks.version")),
		"postbump": at("prepare"), "prechangelog": at("prepare"), "postchangelog": at("prepare"), "precommit": at("prepare"),
		"postcommit": between, "pretag": between, "posttag": at("publish"),
	}
}
