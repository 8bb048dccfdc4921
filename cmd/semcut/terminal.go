package main

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// The looks of the parts of a text on a terminal.
const (
	headingLook = "\x1b[1;36m"
	strongLook  = "\x1b[1m"
	italicLook  = "\x1b[3m"
	codeLook    = "\x1b[33m"
	linkLook    = "\x1b[4m"
	noLook      = "\x1b[0m"
)

// onTerminal lays Markdown out for a terminal of that width. Links are such that a terminal can follow, where colours are
// allowed; elsewhere their addresses stand behind them.
func onTerminal(markdown string, width int, coloured bool) string {
	source := []byte(markdown)
	doc := markdownParser().Parse(text.NewReader(source))
	s := &screen{source: source, coloured: coloured}
	s.blocks(doc, width, "")
	return strings.TrimRight(s.out.String(), "\n") + "\n"
}

type screen struct {
	out      strings.Builder
	source   []byte
	coloured bool
}

// blocks lays out what is in a block, each line behind the indent.
func (s *screen) blocks(parent ast.Node, width int, indent string) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Heading:
			s.lines(s.look(headingLook, s.inline(n)), width, indent, indent)
		case *ast.List:
			s.list(n, width, indent)
		case *ast.Blockquote:
			s.blocks(n, width, indent+"│ ")
			continue
		case *ast.FencedCodeBlock, *ast.CodeBlock, *ast.HTMLBlock:
			s.verbatim(n, indent)
		case *ast.ThematicBreak:
			s.lines(strings.Repeat("─", max(1, width-len(indent))), width, indent, indent)
		default:
			s.lines(s.inline(n), width, indent, indent)
		}
		if _, tight := n.(*ast.TextBlock); !tight {
			s.out.WriteString("\n")
		}
	}
}

// list lays out items; what is in them stands under their text.
func (s *screen) list(l *ast.List, width int, indent string) {
	for item := l.FirstChild(); item != nil; item = item.NextSibling() {
		inner := &screen{source: s.source, coloured: s.coloured}
		inner.blocks(item, width, indent+"  ")
		body := strings.TrimRight(inner.out.String(), "\n")
		s.out.WriteString(indent + "• " + strings.TrimPrefix(body, indent+"  ") + "\n")
	}
}

// lines writes a text wrapped to the width.
func (s *screen) lines(body string, width int, first, rest string) {
	room := max(20, width-ansi.StringWidth(rest))
	for i, line := range strings.Split(ansi.Wordwrap(body, room, ""), "\n") {
		if i > 0 {
			first = rest
		}
		s.out.WriteString(strings.TrimRight(first+line, " ") + "\n")
	}
}

func (s *screen) verbatim(n ast.Node, indent string) {
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		s.out.WriteString(indent + "  " + s.look(codeLook, strings.TrimRight(string(line.Value(s.source)), "\n")) + "\n")
	}
}

func (s *screen) look(look, body string) string {
	if !s.coloured || body == "" {
		return body
	}
	return look + strings.ReplaceAll(body, noLook, noLook+look) + noLook
}

// inline gives the text of a block.
func (s *screen) inline(parent ast.Node) string {
	var b strings.Builder
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			b.WriteString(unescape(n, s.source))
			if n.SoftLineBreak() {
				b.WriteString(" ")
			}
			if n.HardLineBreak() {
				b.WriteString("\n")
			}
		case *ast.CodeSpan:
			b.WriteString(s.look(codeLook, s.inline(n)))
		case *ast.Emphasis:
			look := italicLook
			if n.Level > 1 {
				look = strongLook
			}
			b.WriteString(s.look(look, s.inline(n)))
		case *ast.Link:
			b.WriteString(s.link(string(n.Destination), s.inline(n)))
		case *ast.Image:
			b.WriteString(s.link(string(n.Destination), s.inline(n)))
		case *ast.AutoLink:
			b.WriteString(s.look(linkLook, string(n.URL(s.source))))
		case *ast.RawHTML:
			for i := range n.Segments.Len() {
				segment := n.Segments.At(i)
				b.Write(segment.Value(s.source))
			}
		default:
			b.WriteString(s.inline(n))
		}
	}
	return b.String()
}

func (s *screen) link(url, name string) string {
	switch {
	case s.coloured:
		return ansi.SetHyperlink(harmless(url)) + s.look(linkLook, name) + ansi.ResetHyperlink()
	case name == "" || name == url:
		return harmless(url)
	}
	return name + " <" + harmless(url) + ">"
}

// unescape gives the characters that a text shows. What a reference like &#27; stands for is made harmless once more.
func unescape(n *ast.Text, source []byte) string {
	value := n.Segment.Value(source)
	if !n.IsRaw() {
		value = util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(value)))
	}
	return harmless(strings.ReplaceAll(string(value), "\u200b", ""))
}
