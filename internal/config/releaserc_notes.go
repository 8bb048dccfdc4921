package config

import (
	"slices"
	"strings"

	"github.com/semcut/semcut/changelog"
	"github.com/semcut/semcut/commitparse"
)

var generatorOptions = []string{
	"preset", "config", "parserOpts", "writerOpts", "presetConfig", "host", "linkCompare", "linkReferences", "commit", "issue",
}

// generator reads @semantic-release/release-notes-generator's options (spec §4.1).
func (r *releaserc) generator(uses []use) error {
	if err := once(uses); err != nil {
		return err
	}
	if uses[0].order > 0 {
		return uses[0].options.errorf("name it before the others of the step generateNotes", "plugin %q comes after another one that makes notes, and semcut's notes come first", uses[0].name)
	}
	preset := false
	return r.each(uses[0], generatorOptions, func(o option) error {
		preset = preset || o.key == "preset"
		if o.key == "config" && preset {
			return nil
		}
		return r.notesOption(o)
	})
}

func (r *releaserc) notesOption(o option) (err error) {
	links := &r.Notes.Links
	switch o.key {
	case "preset", "config":
		r.Notes.Layout, err = o.presetName()
	case "host":
		links.Host, err = o.str()
	case "commit":
		links.Commit, err = o.str()
	case "issue":
		links.Issue, err = o.str()
	case "linkCompare":
		r.Notes.LinkCompare, err = o.flag()
	case "linkReferences":
		r.Notes.LinkReferences, err = o.flag()
	case "presetConfig":
		err = r.presetConfig(o.tree)
	case "parserOpts":
		err = r.notesParser(o.tree)
	case "writerOpts":
		err = r.writerOptions(o.tree)
	}
	return err
}

// notesParser reads the generator's parserOpts.
func (r *releaserc) notesParser(t tree) error {
	format := commitparse.Format{}
	err := t.parserOptions(&format)
	r.Notes.Parser = changelog.ParserOptions{NoteKeywords: format.NoteKeywords, IssuePrefixes: format.IssuePrefixes, ReferenceActions: format.ReferenceActions}
	return err
}

// writerOptions reads those of conventional-changelog-writer's options that are data and that semcut knows.
func (r *releaserc) writerOptions(t tree) error {
	if err := t.want(mapNode); err != nil {
		return err
	}
	for _, e := range t.root.entries {
		o := t.at(e)
		if err := o.anyCode(); err != nil {
			return err
		}
		switch {
		case e.key == "groupBy" && o.root.text == "type", e.value.kind == nullNode: // as it is anyway
		case e.key == "commitsSort":
			fields, err := o.nameList()
			if err != nil {
				return err
			}
			for _, f := range fields {
				if !slices.Contains(changelog.SortFields, f) {
					return o.errorf("name some of: "+strings.Join(changelog.SortFields, ", "), "semcut can't sort by %q", f)
				}
			}
			r.Notes.CommitsSort = fields
		default:
			return o.notYet()
		}
	}
	return nil
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
		if e.value.kind == codeNode {
			return t.at(e).computed()
		}
		if err := r.presetKey(t, e); err != nil {
			return err
		}
		r.wrote(t.at(e), decides()["release-notes-generator"][e.key]...)
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
