package config

import (
	"github.com/semcut/semcut/changelog"
	"github.com/semcut/semcut/internal/lazyregexp"
)

// cogNames are what cocogitto's hooks name.
var cogNames = []commandName{{"{{version}}", "SEMCUT_VERSION"}, {"{{version_tag}}", "SEMCUT_TAG"}, {"{{latest}}", "SEMCUT_PREVIOUS_VERSION"},
	{"{{latest_tag}}", "SEMCUT_PREVIOUS_TAG"}}

var cogOther = lazyregexp.New(`\{\{[^}]*\}\}`)

// cogTypes are cocogitto's own types and their titles: all of them stand in its changelog.
var cogTypes = []changelog.Type{
	{Type: "feat", Section: "Features"}, {Type: "fix", Section: "Bug Fixes"}, {Type: "perf", Section: "Performance Improvements"},
	{Type: "revert", Section: "Revert"},
	{Type: "docs", Section: "Documentation"}, {Type: "test", Section: "Tests"}, {Type: "build", Section: "Build system"},
	{Type: "ci", Section: "Continuous Integration"},
	{Type: "refactor", Section: "Refactoring"}, {Type: "chore", Section: "Miscellaneous Chores"}, {Type: "style", Section: "Style"},
}

// cocogitto carries the reading of one cog.toml.
type cocogitto struct {
	*translator
	types []changelog.Type
	bumps map[string]string
	from  string
}

// fromCocogitto translates a configuration of cocogitto 6.
func fromCocogitto(x *translator, trees []tree) error {
	const usual = "cocogitto's default"
	c := &cocogitto{translator: x, types: append([]changelog.Type{}, cogTypes...), bumps: map[string]string{"perf": "none"}, from: usual}
	x.set("tagFormat", "${version}", usual)
	x.set("initialVersion", "0.1.0", usual)
	x.set("zeroVersion.breaking", "minor", usual)
	x.set("changelog.file", "CHANGELOG.md", usual)
	x.set("commit.message", "chore(version): ${tag}", usual)
	err := x.each(trees[0], c.keys())
	if err == nil {
		x.rules(bumps{types: c.bumps}, c.from)
		for _, t := range c.types {
			x.section(t, c.from)
		}
	}
	return err
}

func (c *cocogitto) keys() map[string]reader {
	packages := mustLook("semcut releases the whole repository as one, so far", "wait for a semcut with packages, or release the whole with one version")
	parts := left("this is for several packages", "nothing, without packages")
	return map[string]reader{
		"tag_prefix":       tagPrefix,
		"branch_whitelist": unlessEmpty(releaseBranches), "commit_types": c.commitTypes, "changelog": nested(c.changelogKeys),
		"from_latest_tag": needless, "ignore_merge_commits": needless, "ignore_fixup_commits": needless, "skip_untracked": needless,
		"disable_changelog": when(true, "changelog.file", false),
		"disable_bump_commit": unless(false, left("semcut makes a commit only where a file changes: with a changelog or version files it does",
			"write changelog: false, and no versionFiles")),
		"skip_ci":         unlessEmpty(left("it stood in the commit only with --skip-ci", "write it into commit.message")),
		"pre_bump_hooks":  unlessEmpty(c.hooks("prepare")),
		"post_bump_hooks": unlessEmpty(c.hooks("success")),
		"git_hooks": unlessEmpty(left("semcut installs its own hooks only",
			"semcut hook install checks messages; leave other hooks to a manager of hooks")),
		"bump_profiles": unlessEmpty(left("hooks have no profiles", "write the hooks of one profile")),
		"scopes":        unlessEmpty(c.scopes),
		"packages":      unlessEmpty(packages), "monorepo_version_separator": parts, "generate_mono_repository_global_tag": parts,
		"generate_mono_repository_package_tags": parts, "pre_package_bump_hooks": unlessEmpty(parts), "post_package_bump_hooks": unlessEmpty(parts),
	}
}

// tagPrefix reads what stands before the version in a tag.
func tagPrefix(x *translator, t tree) error {
	prefix, err := t.str()
	if err == nil {
		x.tagPrefix(prefix, origin(t))
	}
	return err
}

// releaseBranches reads the names, or patterns of names, of the branches that releases are made from.
func releaseBranches(x *translator, t tree) error {
	seen := map[string]bool{}
	for _, item := range t.entriesOrSelf() {
		name, err := item.branchName()
		if err != nil {
			return err
		}
		if !seen[name] {
			seen[name] = true
			x.add("branches", origin(t), name)
		}
	}
	return nil
}

// commitTypes reads the types that the project has beside, or instead of, the usual ones.
func (c *cocogitto) commitTypes(x *translator, t tree) error {
	if err := t.want(mapNode); err != nil {
		return err
	}
	c.from = origin(t)
	for _, e := range t.root.entries {
		value := t.at(e)
		if err := value.want(mapNode); err != nil {
			return err
		}
		typ := changelog.Type{Type: e.key}
		if value.empty() {
			typ.Hidden = true // cocogitto then knows no such type
			x.leave(value, "a type that is switched off there is hidden here, and messages with it aren't refused", "name the types in lint.rules: type-enum")
		}
		err := x.each(value, map[string]reader{
			"changelog_title":     func(_ *translator, t tree) (err error) { typ.Section, err = t.str(); return err },
			"omit_from_changelog": flagInto(&typ.Hidden),
			"bump_minor":          c.bumpFor(e.key, "minor"), "bump_patch": c.bumpFor(e.key, "patch"),
			"order": left("groups stand in the order of notes.sections", "put notes.sections into the order that is wanted"),
		})
		if err != nil {
			return err
		}
		c.put(typ)
	}
	return nil
}

func (c *cocogitto) bumpFor(typ, bump string) reader {
	return unless(false, func(*translator, tree) error {
		if c.bumps[typ] != "minor" {
			c.bumps[typ] = bump
		}
		return nil
	})
}

// put sets a type; one that is known stays in its place.
func (c *cocogitto) put(typ changelog.Type) {
	for i, t := range c.types {
		if t.Type == typ.Type {
			if typ.Section == "" {
				typ.Section = t.Section
			}
			c.types[i] = typ
			return
		}
	}
	c.types = append(c.types, typ)
}

func (c *cocogitto) changelogKeys() map[string]reader {
	remote := left("owner and repository are those of git's remote", "nothing, if the remote is the same")
	return map[string]reader{
		"path": changelogFile, "template": unlessText(left("it is a template of Tera, and semcut's layouts are their own",
			"see notes.layout, or write a template of semcut's; docs/notes.md tells how"), "default", "remote", "full_hash"),
		"remote": remote, "owner": remote, "repository": remote,
		"package_template": left("this is for several packages", "nothing, without packages"),
		"authors":          unlessEmpty(left("semcut knows people by their addresses", "write .semcut/people.yaml: ADDRESS: LOGIN")),
	}
}

func (c *cocogitto) hooks(point string) reader {
	return func(x *translator, t tree) error {
		if point == "prepare" {
			x.leave(t, "cocogitto commits whatever these commands change; semcut commits the files that it is told of",
				"name them: versionFiles for files with a version, commit.files for others")
		}
		return x.commands(t, point, cogNames, cogOther)
	}
}

// scopes reads the scopes that messages may have.
func (c *cocogitto) scopes(x *translator, t tree) error {
	texts, err := t.texts()
	if err == nil {
		x.lintEnum("scope-enum", texts, t)
	}
	return err
}

// lintEnum says which words messages may have, unless commitlint's own settings do.
func (x *translator) lintEnum(rule string, words []string, t tree) {
	for _, file := range lintPlaces() {
		s := spot{file: file}
		if file == "package.json" || file == "package.yaml" {
			s.key = "commitlint"
		}
		if s.there(x.root) {
			x.leave(t, "the rules for messages stand in "+file+", which stays in force", "write it there: "+rule)
			return
		}
	}
	x.set("lint.rules."+rule, []any{2, "always", textList(words)}, origin(t))
}
