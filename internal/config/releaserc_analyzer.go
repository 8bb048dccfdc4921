package config

import (
	"strings"

	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/release"
)

var analyzerOptions = []string{"preset", "config", "parserOpts", "presetConfig", "releaseRules"}

// analyzer reads @semantic-release/commit-analyzer's options (spec §3.1).
func (r *releaserc) analyzer(uses []use) error {
	if err := once(uses); err != nil {
		return err
	}
	preset := false
	return r.each(uses[0], analyzerOptions, func(o option) (err error) {
		switch o.key {
		case "preset":
			preset = true
			r.Format, err = o.format()
		case "config":
			if !preset {
				r.Format, err = o.format()
			}
		case "parserOpts":
			err = o.parserOptions(&r.Format)
		case "presetConfig":
			err = o.want(mapNode) // the analyzer uses the preset's parser only
		case "releaseRules":
			err = r.releaseRules(o.tree)
		}
		return err
	})
}

// format reads the name of a preset, or of the package that it is.
func (t tree) format() (commitparse.Format, error) {
	name, err := t.presetName()
	f, _ := commitparse.FormatByName(name)
	return f, err
}

func (t tree) presetName() (string, error) {
	name, err := t.str()
	if err != nil {
		return "", err
	}
	switch name := strings.TrimPrefix(strings.ToLower(name), "conventional-changelog-"); name {
	case "angular", "conventionalcommits":
		return name, nil
	case "atom", "codemirror", "ember", "eslint", "express", "jquery", "jshint":
		return "", t.notYet()
	}
	return "", t.errorf("write one of: angular, conventionalcommits", "preset %q is not known", name)
}

// parserOptions reads options of conventional-commits-parser that change a format.
func (t tree) parserOptions(f *commitparse.Format) error {
	if err := t.want(mapNode); err != nil {
		return err
	}
	known := []string{"noteKeywords", "issuePrefixes", "referenceActions"}
	for _, e := range t.root.entries {
		o := t.at(e)
		var list *[]string
		switch e.key {
		case "noteKeywords":
			list = &f.NoteKeywords
		case "issuePrefixes":
			list = &f.IssuePrefixes
		case "referenceActions":
			list = &f.ReferenceActions
		case "headerPattern", "headerCorrespondence", "mergePattern", "mergeCorrespondence", "revertPattern", "revertCorrespondence",
			"fieldPattern", "notesPattern", "breakingHeaderPattern", "mentionsPattern", "issuePrefixesCaseSensitive", "commentChar", "warn", "issuePattern":
			return o.notYet()
		default:
			return t.unknown(e, known)
		}
		names, err := o.nameList()
		if err != nil {
			return err
		}
		*list = names
	}
	return nil
}

// releaseRules reads commit-analyzer's list: {type: docs, scope: README, release: patch}, or the module that holds it.
func (r *releaserc) releaseRules(t tree) error {
	if t.root.kind == textNode {
		var err error
		if t, err = r.rulesModule(t); err != nil {
			return err
		}
	}
	if t.root.kind == codeNode {
		return t.computed()
	}
	list, err := t.rules(analyzerRule)
	r.Rules = release.Rules{List: list}
	return err
}

// rulesModule reads a list of rules that stands in a file of its own.
func (r *releaserc) rulesModule(t tree) (tree, error) {
	if r.root == nil {
		return t, t.errorf("run it in the repository", "%q can't be found without one", t.root.text)
	}
	loader := inRepository(r.root)
	file := loader.resolve(t.root.text, loader.start)
	if file == "" {
		return t, t.errorf("give a path in the repository, or write the rules themselves", "the module %q is not found", t.root.text)
	}
	return loader.load(file)
}
