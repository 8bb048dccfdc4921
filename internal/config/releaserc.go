package config

import (
	"slices"
	"strings"

	"github.com/semcut/semcut/changelog"
	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/release"
)

// releasercSources are semantic-release 25's places, in its order (spec §6.1). Those without apply
// are modules that hold code.
var releasercSources = []source{
	{file: "package.json", key: "release", dialect: "semantic-release", apply: applyReleaserc},
	{file: ".releaserc", dialect: "semantic-release", apply: applyReleaserc},
	{file: ".releaserc.json", dialect: "semantic-release", apply: applyReleaserc},
	{file: ".releaserc.yaml", dialect: "semantic-release", apply: applyReleaserc},
	{file: ".releaserc.yml", dialect: "semantic-release", apply: applyReleaserc},
	{file: ".releaserc.js"}, {file: ".releaserc.ts"}, {file: ".releaserc.cjs"}, {file: ".releaserc.mjs"},
	{file: ".config/releaserc", dialect: "semantic-release", apply: applyReleaserc},
	{file: ".config/releaserc.json", dialect: "semantic-release", apply: applyReleaserc},
	{file: ".config/releaserc.yaml", dialect: "semantic-release", apply: applyReleaserc},
	{file: ".config/releaserc.yml", dialect: "semantic-release", apply: applyReleaserc},
	{file: ".config/releaserc.js"}, {file: ".config/releaserc.ts"}, {file: ".config/releaserc.cjs"}, {file: ".config/releaserc.mjs"},
	{file: "release.config.js"}, {file: "release.config.ts"}, {file: "release.config.cjs"}, {file: "release.config.mjs"},
}

// defaultPlugins are semantic-release's, where its configuration names none.
var defaultPlugins = []string{
	"@semantic-release/commit-analyzer", "@semantic-release/release-notes-generator",
	"@semantic-release/npm", "@semantic-release/github",
}

// applyReleaserc reads a semantic-release configuration. Without settings of its own it means what
// semantic-release does: preset angular, lightweight tags, its bot as author, no release commit.
func applyReleaserc(c *Config, t tree) error {
	if err := t.want(mapNode); err != nil {
		return err
	}
	c.Format = commitparse.Angular
	c.Notes = changelog.Options{Layout: "angular"}
	c.Changelog = release.ChangelogOptions{}
	c.TagAnnotated = false
	c.Policy = release.Policy{}
	c.Author = "semantic-release-bot <semantic-release-bot@martynus.net>"
	c.Branches = releasercBranches()
	r := &releaserc{Config: c}
	for _, e := range t.root.entries {
		if err := r.key(t, e); err != nil {
			return err
		}
	}
	if r.plugins == nil {
		return r.defaults(t)
	}
	return r.each(*r.plugins)
}

// releasercBranches is semantic-release's default list.
func releasercBranches() []release.BranchSetting {
	return []release.BranchSetting{
		{Name: release.MaintenanceNames}, {Name: "master"}, {Name: "main"}, {Name: "next"}, {Name: "next-major"},
		{Name: "beta", Prerelease: "true"}, {Name: "alpha", Prerelease: "true"},
	}
}

// releaserc carries the reading of one configuration.
type releaserc struct {
	*Config
	plugins *tree
}

func (r *releaserc) key(parent tree, e entry) (err error) {
	t := parent.at(e)
	if t.root.kind == nullNode {
		return nil
	}
	switch e.key {
	case "$schema":
	case "branches":
		err = setBranches(r.Config, t)
	case "tagFormat":
		err = setTagFormat(r.Config, t)
	case "repositoryUrl":
		r.RepositoryURL, err = t.str()
	case "preset":
		if err = r.analyzerPreset(t); err == nil {
			err = r.notesPreset(t)
		}
	case "presetConfig", "host", "commit", "issue", "linkCompare", "linkReferences":
		err = r.notesOption(parent, e)
	case "plugins":
		err = t.want(listNode)
		r.plugins = &t
	default:
		err = t.notYet()
	}
	return err
}

// defaults judges the plugins that are in force without a list of them.
func (r *releaserc) defaults(t tree) error {
	r.block(t, "@semantic-release/npm", "the default plugins publish to npm, which is not supported yet; write out \"plugins\" without it")
	return nil
}

// block notes why "release" can't obey; the first reason stands.
func (r *releaserc) block(t tree, plugin, why string) {
	if r.Blocked == nil {
		r.Blocked = release.Errorf(release.CodeNotYet, "take it out, or wait for a semcut that supports it",
			"reading %s: plugin %q: %s", place(t.file, t.root.line, t.root.col), plugin, why)
	}
}

// each reads the list of plugins. Of those that are named, analyzer and generator are ours; github
// without options is, too; what the others would do is only refused when a release is asked for.
func (r *releaserc) each(list tree) error {
	github := false
	for i := range list.root.items {
		t := list.item(i)
		name, options, err := t.plugin()
		if err != nil {
			return err
		}
		switch name {
		case "@semantic-release/commit-analyzer":
			err = r.options(options, r.analyzerOption)
		case "@semantic-release/release-notes-generator":
			err = r.options(options, r.notesOption)
		case "@semantic-release/github":
			github = true
			r.GitHub.Explicit = true
			if options != nil && len(options.root.entries) > 0 {
				r.block(*options, name, "its options are not supported yet")
			}
		case "@semantic-release/changelog":
			err = r.options(options, r.changelogOption)
			r.block(t, name, "it is not supported yet")
		default:
			if !slices.Contains(knownPlugins, name) {
				return t.errorf("semcut runs no plugins; these parts are built in: "+strings.Join(append(defaultPlugins[:2:2], "@semantic-release/github"), ", "), "plugin %q is not known", name)
			}
			r.block(t, name, "it is not supported yet")
		}
		if err != nil {
			return err
		}
	}
	r.GitHub.Off = !github
	return nil
}

// knownPlugins are official plugins whose work a later semcut does.
var knownPlugins = []string{
	"@semantic-release/npm", "@semantic-release/git", "@semantic-release/exec", "@semantic-release/gitlab", "@semantic-release/error",
}

// plugin reads "name", ["name"], ["name", {…}] or {path: name, …}.
func (t tree) plugin() (name string, options *tree, err error) {
	switch t.root.kind {
	case textNode:
		return t.root.text, nil, nil
	case listNode:
		if n := len(t.root.items); n == 1 || n == 2 {
			if name, err = t.item(0).str(); err != nil || n == 1 {
				return name, nil, err
			}
			o := t.item(1)
			return name, &o, o.want(mapNode)
		}
	case mapNode:
		if e, ok := t.root.get("path"); ok {
			o := t
			o.root.entries = slices.DeleteFunc(slices.Clone(t.root.entries), func(e entry) bool { return e.key == "path" })
			name, err = t.at(e).str()
			return name, &o, err
		}
	}
	return "", nil, t.errorf(`write it like ["@semantic-release/github", {}]`, "it is no plugin")
}

func (r *releaserc) options(t *tree, read func(parent tree, e entry) error) error {
	if t == nil {
		return nil
	}
	for _, e := range t.root.entries {
		if e.value.kind == nullNode {
			continue
		}
		if err := read(*t, e); err != nil {
			return err
		}
	}
	return nil
}

func (r *releaserc) analyzerOption(parent tree, e entry) error {
	t := parent.at(e)
	switch e.key {
	case "preset":
		return r.analyzerPreset(t)
	case "presetConfig":
		return t.want(mapNode) // the analyzer uses the preset's parser only
	case "releaseRules":
		return r.releaseRules(t)
	}
	return t.notYet()
}

func (r *releaserc) analyzerPreset(t tree) error {
	name, err := t.presetName()
	if err == nil {
		r.Format, _ = commitparse.FormatByName(name)
	}
	return err
}

func (r *releaserc) notesPreset(t tree) (err error) {
	r.Notes.Layout, err = t.presetName()
	return err
}

func (t tree) presetName() (string, error) {
	name, err := t.str()
	if err != nil {
		return "", err
	}
	switch name := strings.ToLower(name); name {
	case "angular", "conventionalcommits":
		return name, nil
	case "atom", "codemirror", "ember", "eslint", "express", "jquery", "jshint":
		return "", t.notYet()
	}
	return "", t.errorf("write one of: angular, conventionalcommits", "preset %q is not known", name)
}

func (r *releaserc) changelogOption(parent tree, e entry) error {
	t := parent.at(e)
	switch e.key {
	case "changelogFile":
		return setChangelogFile(r.Config, t)
	case "changelogTitle":
		return setChangelogTitle(r.Config, t)
	}
	return t.notYet()
}

func (r *releaserc) notesOption(parent tree, e entry) (err error) {
	t := parent.at(e)
	links := &r.Notes.Links
	switch e.key {
	case "preset":
		return r.notesPreset(t)
	case "host":
		links.Host, err = t.str()
	case "commit":
		links.Commit, err = t.str()
	case "issue":
		links.Issue, err = t.str()
	case "linkCompare":
		r.Notes.LinkCompare, err = t.flag()
	case "linkReferences":
		r.Notes.LinkReferences, err = t.flag()
	case "presetConfig":
		err = r.presetConfig(t)
	default:
		err = t.notYet()
	}
	return err
}

func (t tree) flag() (*bool, error) {
	on, err := t.boolean()
	return &on, err
}

// presetConfig reads conventional-changelog-conventionalcommits' options.
func (r *releaserc) presetConfig(t tree) error {
	if err := t.want(mapNode); err != nil {
		return err
	}
	for _, e := range t.root.entries {
		if err := r.presetKey(t, e); err != nil {
			return err
		}
	}
	return nil
}

func (r *releaserc) presetKey(parent tree, e entry) (err error) {
	t, p := parent.at(e), &r.Notes.Preset
	switch e.key {
	case "types":
		p.Types, err = t.types()
	case "issuePrefixes":
		p.IssuePrefixes, err = t.texts()
	case "issueUrlFormat":
		p.IssueURLFormat, err = t.str()
	case "commitUrlFormat":
		p.CommitURLFormat, err = t.str()
	case "compareUrlFormat":
		p.CompareURLFormat, err = t.str()
	case "userUrlFormat":
		p.UserURLFormat, err = t.str()
	case "scope":
		p.Scope, err = t.scopes()
	case "scopeOnly":
		p.ScopeOnly, err = t.boolean()
	case "ignoreCommits":
		p.IgnoreCommits, err = t.str()
	case "preMajor", "bumpStrict": // these touch the preset's own bump only, which nobody asks
	default:
		err = t.notYet()
	}
	return err
}

func (t tree) scopes() ([]string, error) {
	switch {
	case t.root.kind == textNode && t.root.text == "":
		return nil, nil // no filter
	case t.root.kind == textNode:
		return []string{t.root.text}, nil
	}
	return t.texts()
}

func (t tree) types() ([]changelog.Type, error) {
	if err := t.want(listNode); err != nil {
		return nil, err
	}
	types := []changelog.Type{}
	for i := range t.root.items {
		item := t.item(i)
		if err := item.want(mapNode); err != nil {
			return nil, err
		}
		var typ changelog.Type
		for _, e := range item.root.entries {
			if err := item.at(e).typeKey(&typ, item, e); err != nil {
				return nil, err
			}
		}
		types = append(types, typ)
	}
	return types, nil
}

func (t tree) typeKey(typ *changelog.Type, parent tree, e entry) (err error) {
	switch e.key {
	case "type":
		typ.Type, err = t.str()
	case "section":
		typ.Section, err = t.str()
	case "scope":
		typ.Scope, err = t.str()
	case "hidden":
		typ.Hidden, err = t.boolean()
	default:
		err = parent.unknown(e, []string{"type", "section", "scope", "hidden"})
	}
	return err
}
