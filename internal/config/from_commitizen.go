package config

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/semcut/semcut/changelog"
	"github.com/semcut/semcut/internal/lazyregexp"
)

// commitizenSpots are those of the program in Python, then those of the one for Node, which asks for messages only.
var commitizenSpots = []spot{
	{file: "pyproject.toml", key: "tool.commitizen"}, {file: ".cz.toml", key: "tool.commitizen"}, {file: ".cz.json", key: "commitizen"},
	{file: "cz.json", key: "commitizen"}, {file: ".cz.yaml", key: "commitizen"}, {file: "cz.yaml", key: "commitizen"},
	{file: "cz.toml", key: "tool.commitizen"},
	{file: ".czrc", messages: true}, {file: "package.json", key: "config.commitizen", messages: true},
	{file: ".cz-config.js", messages: true}, {file: ".cz-config.cjs", messages: true},
}

// fromCommitizen translates a configuration of commitizen 4 (Python), of commitizen for Node, or of cz-customizable.
func fromCommitizen(x *translator, trees []tree) error {
	python := false
	for _, t := range trees {
		var err error
		switch {
		case t.file == ".czrc" || t.file == "package.json":
			err = x.each(t, map[string]reader{"path": czAdapter, "defaultType": needless, "defaultScope": needless, "types": czTypes})
		case strings.HasPrefix(t.file, ".cz-config"):
			err = x.each(t, czCustomizable())
		case python:
			x.leave(t, "commitizen reads the first of its files only", "nothing")
		default:
			python = true
			err = (&commitizen{translator: x}).read(t)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// czAdapter reads which questions are asked.
func czAdapter(x *translator, t tree) error {
	name, err := t.str()
	if err == nil && !strings.Contains(name, "cz-conventional-changelog") && !strings.Contains(name,
		"cz-customizable") && !strings.Contains(name, "@commitlint/") {
		x.leave(t, "semcut commit asks for the parts of a conventional message, and runs no adapter", "see docs/lint.md for what can be asked")
	}
	return err
}

// czTypes reads the types of .czrc: a mapping.
func czTypes(x *translator, t tree) error {
	if err := t.want(mapNode); err != nil {
		return err
	}
	var names []string
	for _, e := range t.root.entries {
		names = append(names, e.key)
	}
	x.lintEnum("type-enum", names, t)
	return nil
}

func czCustomizable() map[string]reader {
	asks := left("semcut commit asks its own questions", "see docs/lint.md for what can be asked")
	shape := unlessEmpty(mustLook("semcut's headers are those of the conventions: type(scope): description", "see preset"))
	return map[string]reader{
		"types":  func(x *translator, t tree) error { return czNames(x, t, "type-enum", "value") },
		"scopes": unlessEmpty(func(x *translator, t tree) error { return czNames(x, t, "scope-enum", "name") }),
		"subjectLimit": func(x *translator, t tree) error {
			if err := t.want(numberNode); err != nil {
				return err
			}
			x.set("lint.rules.subject-max-length", []any{2, "always", number(t.root.text)}, origin(t))
			return nil
		},
		"subjectSeparator": unlessText(shape, ": "), "typePrefix": shape, "typeSuffix": shape, "breakingPrefix": asks, "footerPrefix": asks,
		"messages": asks, "additionalQuestions": asks, "scopeOverrides": asks,
		"allowCustomScopes":    unless(false, left("scope-enum allows no others", "take it out of lint.rules")),
		"allowBreakingChanges": asks, "skipQuestions": asks, "skipEmptyScopes": needless,
		"upperCaseSubject":  unless(false, left("a description that begins with a capital is refused by the usual rules", "see subject-case")),
		"allowTicketNumber": unless(false, asks), "isTicketNumberRequired": unless(false, asks), "ticketNumberPrefix": asks,
		"ticketNumberSuffix": asks, "ticketNumberRegExp": asks, "fallbackTicketNumber": asks,
		"breaklineChar": needless, "askForBreakingChangeFirst": needless, "usePreparedCommit": needless, "appendBranchNameToCommitMessage": asks,
	}
}

// number is a number as it is written.
type number string

// MarshalJSON writes it without quotes.
func (n number) MarshalJSON() ([]byte, error) { return []byte(n), nil }

// czNames reads a list of names, or of mappings that have them below a key.
func czNames(x *translator, t tree, rule, key string) error {
	items, err := t.items()
	if err != nil {
		return err
	}
	var names []string
	for _, item := range items {
		if item.root.kind == mapNode {
			named, ok := item.child(key)
			if !ok {
				return item.errorf("give it a "+key, "it has no %s", key)
			}
			item = named
		}
		name, err := item.str()
		if err != nil {
			return err
		}
		names = append(names, name)
	}
	x.lintEnum(rule, names, t)
	return nil
}

// commitizen carries the reading of the Python program's settings.
type commitizen struct {
	*translator
	changelog bool
	file      any
	fileFrom  string
}

const commitizenUsual = "commitizen's default"

func (c *commitizen) read(t tree) error {
	c.file, c.fileFrom = "CHANGELOG.md", commitizenUsual
	c.set("tagFormat", "${version}", commitizenUsual)
	c.set("commit.message", "bump: version ${version}", commitizenUsual)
	c.set("tag.annotated", false, commitizenUsual)
	c.set("github", false, commitizenUsual)
	if _, own := t.child("customize"); !own {
		c.rules(bumps{types: map[string]string{"feat*": "minor", "fix*": "patch", "perf*": "patch", "refactor*": "patch"}}, commitizenUsual)
		for _, s := range []changelog.Type{{Type: "feat", Section: "Feat"}, {Type: "fix", Section: "Fix"}, {Type: "refactor", Section: "Refactor"},
			{Type: "perf", Section: "Perf"}, {Type: "revert", Hidden: true}} {
			c.section(s, commitizenUsual)
		}
	}
	if err := c.each(t, c.keys()); err != nil {
		return err
	}
	if !c.changelog {
		c.file, c.fileFrom = false, commitizenUsual
	}
	c.set("changelog.file", c.file, c.fileFrom)
	return nil
}

func (c *commitizen) keys() map[string]reader {
	lint := left("semcut lint has rules of its own", "see docs/lint.md")
	asks := left("semcut commit asks its own questions", "see docs/lint.md for what can be asked")
	scheme := unlessText(left("versions are semantic ones: pre-releases look like 1.0.0-rc.1, and not like 1.0.0rc1", "nothing, without pre-releases"),
		"semver", "semver2")
	old := unlessEmpty(left("semcut follows one format of tags", "see the replay: releases with other tags don't count"))
	return map[string]reader{
		"name": unlessText(mustLook("these rules are a program of their own, which semcut doesn't run", "write rules, and see the replay"),
			"cz_conventional_commits", "cz_customize"),
		"version":       unlessText(left("the version that holds is that of the last tag", "take the key out")),
		"version_files": c.versionFiles, "version_provider": c.provider, "version_scheme": scheme, "version_type": scheme,
		"tag_format": c.tagFormat, "legacy_tag_formats": old, "ignored_tag_formats": old,
		"update_changelog_on_bump": flagInto(&c.changelog),
		"changelog_file": func(x *translator, t tree) error {
			file, ok, err := x.path(t)
			if ok {
				c.file, c.fileFrom = file, origin(t)
			}
			return err
		},
		"annotated_tag": when(true, "tag.annotated", true),
		"gpg_sign": unless(false, func(x *translator, t tree) error {
			x.set("tag.annotated", true, origin(t))
			x.set("tag.sign", "openpgp", origin(t))
			return nil
		}),
		"bump_message": func(x *translator, t tree) error {
			return x.template(t, "commit.message", []commandName{{"$new_version", "version"}, {"${new_version}", "version"}}, pythonName)
		},
		"major_version_zero": when(true, "zeroVersion.breaking", "minor"),
		"pre_bump_hooks":     unlessEmpty(c.hooks("prepare")), "post_bump_hooks": unlessEmpty(c.hooks("success")),
		"customize":         c.customize,
		"prerelease_offset": left("pre-releases are counted from 1", "nothing, unless the counter matters"),
		"template": unlessEmpty(left("it is a template of Jinja, and semcut's layouts are their own",
			"see notes.layout, or write a template of semcut's; docs/notes.md tells how")),
		"extras":           unlessEmpty(left("templates get no values of yours", "see docs/notes.md")),
		"changelog_format": unlessText(left("a changelog is Markdown", "nothing, or keep the other tool for it"), "markdown"), "changelog_incremental": needless,
		"changelog_start_rev":        left("semcut begins at the first commit", "nothing, since releases only add to the file"),
		"changelog_merge_prerelease": needless, "allow_abort": lint, "allowed_prefixes": lint, "message_length_limit": lint,
		"breaking_change_exclamation_in_title": needless, "retry_after_failure": needless, "use_shortcuts": needless, "style": needless,
		"encoding": needless, "always_signoff": asks,
	}
}

var pythonName = lazyregexp.New(`\$\{?[a-z]`)

// versionFiles reads paths, each maybe with an expression for the line after a colon.
func (c *commitizen) versionFiles(x *translator, t tree) error {
	items, err := t.items()
	if err != nil {
		return err
	}
	for _, item := range items {
		text, err := item.str()
		if err != nil {
			return err
		}
		file, line, narrowed := strings.Cut(text, ":")
		item.root.text = file
		file, ok, err := x.path(item)
		if err != nil || !ok {
			return err
		}
		switch {
		case slices.Contains(knownFiles, path.Base(file)) && (!narrowed || strings.Trim(line, "^_ ") == "version") && x.holdsVersion(file):
			x.add("versionFiles", origin(t), file)
		case narrowed && simpleLine.MatchString(line):
			x.add("versionFiles", origin(t), Pairs{{"path", file}, {"pattern", lineWith(line)}})
		case narrowed:
			x.leave(item, "the lines are told by a regular expression that can't be joined with the version",
				"write {path: "+file+", pattern: '… (?P<version>\\S+)'}")
		default:
			x.add("versionFiles", origin(t), Pairs{{"path", file}, {"pattern", lineWith("")}})
		}
	}
	return nil
}

// holdsVersion says whether a pyproject.toml has its version where semcut finds it; other files it finds by their kind.
func (x *translator) holdsVersion(file string) bool {
	if path.Base(file) != "pyproject.toml" {
		return true
	}
	for _, key := range []string{"project.version", "tool.poetry.version"} {
		if (spot{file: file, key: key}).there(x.root) {
			return true
		}
	}
	return false
}

var simpleLine = lazyregexp.New(`^[\w ._-]+$`)

// lineWith is an expression for the version in lines that hold a text.
func lineWith(text string) string {
	before := ""
	if text != "" {
		before = `^.*` + regexp.QuoteMeta(text) + `.*?`
	}
	return `(?m)` + before + `(?P<version>\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)`
}

// provider says which file keeps the version.
func (c *commitizen) provider(x *translator, t tree) error {
	name, err := t.str()
	if err != nil {
		return err
	}
	files := map[string][]string{"pep621": {"pyproject.toml"}, "poetry": {"pyproject.toml"}, "uv": {"pyproject.toml"}, "cargo": {"Cargo.toml"},
		"npm": npmVersions, "composer": {"composer.json"}, "commitizen": {}, "scm": {}}
	list, known := files[name]
	if !known {
		x.leave(t, "which file it keeps the version in isn't known here", "name it under versionFiles")
	}
	if name == "uv" || name == "cargo" {
		x.leave(t, "a lock file needs the name of the package",
			"write versionFiles: [{path: Cargo.lock, key: NAME}], or let hooks.prepare and commit.files do it")
	}
	x.addThere(origin(t), list...)
	return nil
}

var czTag = strings.NewReplacer("${version}", "${version}", "$version", "${version}", "${major}.${minor}.${patch}${prerelease}", "${version}",
	"$major.$minor.$patch$prerelease", "${version}", "$major.$minor.$patch", "${version}", "${major}.${minor}.${patch}", "${version}")

func (c *commitizen) tagFormat(x *translator, t tree) error {
	text, err := t.str()
	if err != nil {
		return err
	}
	ours := czTag.Replace(text)
	if err := setTagFormat(Default(), tree{root: node{kind: textNode, text: ours}}); err != nil || strings.Contains(strings.ReplaceAll(ours,
		"${version}", ""), "$") {
		x.must(t, "semcut's tags hold the whole version, and what is the same for all of them", "write tagFormat")
		return nil
	}
	x.tagFormat(ours, origin(t))
	return nil
}

func (c *commitizen) hooks(point string) reader {
	return func(x *translator, t tree) error {
		x.leave(t, "these commands find the version in CZ_PRE_* and CZ_POST_*, which semcut doesn't set",
			"let them read SEMCUT_VERSION, SEMCUT_TAG, SEMCUT_PREVIOUS_VERSION")
		return x.commands(t, point, nil, noNames)
	}
}

// customize reads rules that the configuration makes of its own.
func (c *commitizen) customize(x *translator, t tree) error {
	asks := left("semcut commit asks its own questions", "see docs/lint.md for what can be asked")
	return x.each(t, map[string]reader{
		"bump_map": c.bumpMap, "bump_map_major_version_zero": needless, "bump_pattern": c.bumpPattern,
		"change_type_map": c.changeTypes, "change_type_order": left("groups stand in the order of notes.sections",
			"put notes.sections into the order that is wanted"),
		"changelog_pattern": left("what stands in the notes is said by types", "see notes.sections"),
		"commit_parser":     left("messages are read by the conventions only", "see preset"),
		"questions":         asks, "example": needless, "schema": needless, "schema_pattern": left("semcut lint has rules of its own", "see docs/lint.md"),
		"info": needless, "info_path": needless, "message_template": asks,
	})
}

var bumpKey = lazyregexp.New(`^\^?\(?([A-Za-z]\w*(?:\|[A-Za-z]\w*)*)\)?$`)

// bumpMap reads which beginnings of a header move the version; nothing else does.
func (c *commitizen) bumpMap(x *translator, t tree) error {
	if err := t.want(mapNode); err != nil {
		return err
	}
	b := bumps{all: "none", types: map[string]string{}}
	for _, e := range t.root.entries {
		child := t.at(e)
		how, err := child.oneOf("MAJOR", "MINOR", "PATCH")
		if err != nil {
			return err
		}
		if strings.Contains(e.key, "BREAKING") || strings.Contains(e.key, "!") && how == "MAJOR" {
			continue // a breaking change is one here, too
		}
		m := bumpKey.FindStringSubmatch(e.key)
		if m == nil {
			x.must(child, "semcut's rules know types by name or pattern, and not by regular expressions", "write rules: [{type: NAME, bump: minor}]")
			continue
		}
		for word := range strings.SplitSeq(m[1], "|") {
			b.types[word+"*"] = strings.ToLower(how)
		}
	}
	x.rules(b, origin(t))
	x.add("rules", origin(t), Pairs{{"breaking", true}, {"bump", "major"}})
	return nil
}

func (c *commitizen) bumpPattern(x *translator, t tree) error {
	text, err := t.str()
	if err == nil && !bumpWords.MatchString(text) {
		x.must(t, "which part of a message decides is said by the conventions", "write rules, and see the replay")
	}
	return err
}

var bumpWords = lazyregexp.New(`^\^\(*[\w|\\[\] -]+\)*(\(.*)?:?$`)

// changeTypes reads the titles of types.
func (c *commitizen) changeTypes(x *translator, t tree) error {
	if err := t.want(mapNode); err != nil {
		return err
	}
	for _, e := range t.root.entries {
		title, err := t.at(e).str()
		if err != nil {
			return err
		}
		x.section(changelog.Type{Type: e.key, Section: title}, origin(t))
	}
	return nil
}
