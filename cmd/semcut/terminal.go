package main

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/semcut/semcut/internal/markdown"
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
func onTerminal(source string, width int, coloured bool) string {
	s := &screen{coloured: coloured}
	s.blocks(markdown.Parse(source).Blocks, width, "", false)
	return strings.TrimRight(s.out.String(), "\n") + "\n"
}

type screen struct {
	out      strings.Builder
	coloured bool
}

// blocks lays out blocks, each line behind the indent; close together where they are in a list that is.
func (s *screen) blocks(blocks []*markdown.Block, width int, indent string, tight bool) {
	for _, b := range blocks {
		switch b.Kind {
		case markdown.Heading:
			s.lines(s.look(headingLook, s.inline(b.Text)), width, indent)
		case markdown.List:
			s.list(b, width, indent)
		case markdown.Quote:
			s.blocks(b.Blocks, width, indent+"│ ", false)
			continue
		case markdown.Code, markdown.HTML:
			s.verbatim(b.Lines, indent)
		case markdown.Rule:
			s.lines(strings.Repeat("─", max(1, width-len(indent))), width, indent)
		default:
			s.lines(s.inline(b.Text), width, indent)
		}
		if b.Kind != markdown.Paragraph || !tight {
			s.out.WriteString("\n")
		}
	}
}

// list lays out items; what is in them stands under their text.
func (s *screen) list(l *markdown.Block, width int, indent string) {
	for _, item := range l.Blocks {
		inner := &screen{coloured: s.coloured}
		inner.blocks(item.Blocks, width, indent+"  ", l.Tight)
		body := strings.TrimRight(inner.out.String(), "\n")
		s.out.WriteString(indent + "• " + strings.TrimPrefix(body, indent+"  ") + "\n")
	}
}

// lines writes a text wrapped to the width.
func (s *screen) lines(body string, width int, indent string) {
	room := max(20, width-ansi.StringWidth(indent))
	for line := range strings.SplitSeq(ansi.Wordwrap(body, room, ""), "\n") {
		s.out.WriteString(strings.TrimRight(indent+line, " ") + "\n")
	}
}

func (s *screen) verbatim(lines []string, indent string) {
	for _, line := range lines {
		s.out.WriteString(indent + "  " + s.look(codeLook, harmless(line)) + "\n")
	}
}

func (s *screen) look(look, body string) string {
	if !s.coloured || body == "" {
		return body
	}
	return look + strings.ReplaceAll(body, noLook, noLook+look) + noLook
}

// inline gives a text as it is shown. What a reference like &#27; stands for is made harmless once more.
func (s *screen) inline(text []*markdown.Inline) string {
	var b strings.Builder
	for _, i := range text {
		switch i.Kind {
		case markdown.SoftBreak:
			b.WriteString(" ")
		case markdown.HardBreak:
			b.WriteString("\n")
		case markdown.CodeSpan:
			b.WriteString(s.look(codeLook, harmless(i.Text)))
		case markdown.Emphasis:
			b.WriteString(s.look(italicLook, s.inline(i.Inlines)))
		case markdown.Strong:
			b.WriteString(s.look(strongLook, s.inline(i.Inlines)))
		case markdown.Link, markdown.Image:
			b.WriteString(s.link(i))
		default:
			b.WriteString(harmless(strings.ReplaceAll(i.Text, "\u200b", "")))
		}
	}
	return b.String()
}

func (s *screen) link(i *markdown.Inline) string {
	name, url := s.inline(i.Inlines), harmless(i.URL)
	switch {
	case s.coloured && i.Bare:
		return s.look(linkLook, url)
	case s.coloured:
		return ansi.SetHyperlink(url) + s.look(linkLook, name) + ansi.ResetHyperlink()
	case name == "" || name == url || url == "mailto:"+name:
		return url
	}
	return name + " <" + url + ">"
}
