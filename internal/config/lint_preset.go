package config

import (
	"regexp"
	"strings"

	"github.com/semcut/semcut/commitparse/lint"
)

// presetNode is a parser's options that are known by the name of their preset.
const presetNode nodeKind = "a preset"

// The patterns of headers that need no regular expression.
const (
	plainHeader  = `^(\w*)(?:\((.*)\))?: (.*)$`
	looseHeader  = `^(\w*)(?:\((.*)\))?!?: (.*)$`
	markedHeader = `^(\w*)(?:\((.*)\))?!: (.*)$`
)

// presetValue is what commitlint makes of the name of a preset.
func presetValue(name, file string) node {
	return node{kind: mapNode, file: file, entries: []entry{
		{key: "name", value: node{kind: textNode, text: name, file: file}},
		{key: "parserOpts", value: node{kind: presetNode, text: name, file: file}},
	}}
}

// presetParser gives the parser of a preset that is known by name.
func presetParser(name string) (lint.Parser, bool) {
	switch strings.TrimPrefix(name, "conventional-changelog-") {
	case "conventionalcommits":
		return lint.ConventionalParser(), true
	case "angular":
		return lint.AngularParser(), true
	}
	return lint.Parser{}, false
}

// preset turns a preset's name in a configuration into its options: one that is known, or a module's.
func (l *lintLoader) preset(n *node, t tree) error {
	for i, e := range n.entries {
		if e.key != "parserPreset" || e.value.kind != textNode {
			continue
		}
		child := t.at(e)
		value, err := l.namedPreset(child)
		if err != nil {
			return err
		}
		value.line, value.col = e.value.line, e.value.col
		n.entries[i].value = value
	}
	return nil
}

func (l *lintLoader) namedPreset(t tree) (node, error) {
	name := t.root.text
	if _, ok := presetParser(name); ok {
		return presetValue(name, t.file), nil
	}
	file := l.resolve(name, l.dirOf(t))
	if file == "" {
		return node{}, t.errorf("known without Node are conventional-changelog-conventionalcommits and conventional-changelog-angular; any other must be a file, or installed",
			"the preset %q is not found", name)
	}
	module, err := l.load(file)
	if err != nil {
		return node{}, err
	}
	options := module.root
	for _, key := range []string{"parserOpts", "parser"} {
		if e, ok := options.get(key); ok {
			options = e.value
		}
	}
	return node{kind: mapNode, file: t.file, entries: []entry{
		{key: "name", value: node{kind: textNode, text: name, file: t.file}}, {key: "parserOpts", value: options},
	}}, nil
}

// decodePreset reads parserPreset after all merging.
func decodePreset(t tree, p lint.Parser) (lint.Parser, error) {
	if err := t.want(mapNode); err != nil {
		return p, err
	}
	e, ok := t.root.get("parserOpts")
	if !ok {
		return p, nil
	}
	options := t.at(e)
	for _, key := range []string{"parserOpts", "parser"} { // as a module of one's own may nest them
		if inner, ok := options.root.get(key); ok {
			options.root = inner.value.merge(options.root.without(key), false)
		}
	}
	if options.root.kind == presetNode {
		p, _ = presetParser(options.root.text)
		return p, nil
	}
	if err := options.want(mapNode); err != nil {
		return p, err
	}
	p = lint.AngularParser()
	for _, e := range options.root.entries {
		if err := decodeOption(&p, e.key, options.at(e)); err != nil {
			return p, err
		}
	}
	return p, nil
}

// decodeOption reads one of the parser's options.
func decodeOption(p *lint.Parser, key string, t tree) (err error) {
	switch key {
	case "headerPattern":
		return decodeHeader(p, t)
	case "breakingHeaderPattern":
		if t.source() == markedHeader && p.HeaderPattern == nil {
			p.Header = lint.MarkedHeader
			return nil
		}
		p.BreakingPattern, err = t.pattern()
	case "headerCorrespondence":
		p.Correspondence, err = t.optionTexts()
	case "mergePattern":
		p.MergePattern, err = t.pattern()
	case "mergeCorrespondence":
		p.MergeCorrespondence, err = t.optionTexts()
	case "noteKeywords":
		p.NoteKeywords, err = t.optionTexts()
	case "issuePrefixes":
		p.IssuePrefixes, err = t.optionTexts()
	case "referenceActions":
		p.ReferenceActions, err = t.optionTexts()
	case "issuePrefixesCaseSensitive":
		p.CaseSensitive, err = t.boolean()
	case "commentChar":
		if t.root.kind != nullNode {
			p.CommentChar, err = t.str()
		}
	case "fieldPattern", "notesPattern":
		if t.root.kind != nullNode {
			err = t.notYet()
		}
	}
	return err
}

func decodeHeader(p *lint.Parser, t tree) (err error) {
	marked := p.Header == lint.MarkedHeader
	switch source := t.source(); source {
	case plainHeader, looseHeader:
		p.HeaderPattern = nil
		switch {
		case marked:
		case source == looseHeader:
			p.Header = lint.LooseHeader
		default:
			p.Header = lint.PlainHeader
		}
		return nil
	}
	if p.HeaderPattern, err = t.pattern(); p.HeaderPattern == nil {
		p.HeaderPattern = regexp.MustCompile(`[^\s\S]`) // without a pattern no header is one
	}
	if marked {
		p.BreakingPattern = regexp.MustCompile(markedHeader)
	}
	return err
}

// source is the source of a regular expression without flags.
func (t tree) source() string {
	if t.root.kind == regexpNode {
		return strings.TrimSuffix(strings.TrimPrefix(t.root.text, "/"), "/")
	}
	return t.root.text
}

// optionTexts reads a list of texts, or nothing.
func (t tree) optionTexts() ([]string, error) {
	if t.root.kind == nullNode {
		return nil, nil
	}
	return t.texts()
}
