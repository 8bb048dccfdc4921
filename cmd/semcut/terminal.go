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

// inline gives a text as it is shown.
func (s *screen) inline(text []*markdown.Inline) string {
	var b strings.Builder
	s.write(&b, text, "")
	return b.String()
}

// write writes a text that stands within something that has looks already, which are set anew behind whatever ends its own. What a
// reference like &#27; stands for is made harmless once more.
func (s *screen) write(b *strings.Builder, text []*markdown.Inline, looks string) {
	for _, i := range text {
		switch i.Kind {
		case markdown.SoftBreak:
			b.WriteString(" ")
		case markdown.HardBreak:
			b.WriteString("\n")
		case markdown.CodeSpan:
			s.within(b, looks, codeLook, func(string) { b.WriteString(harmless(i.Text)) })
		case markdown.Emphasis:
			s.within(b, looks, italicLook, func(looks string) { s.write(b, i.Inlines, looks) })
		case markdown.Strong:
			s.within(b, looks, strongLook, func(looks string) { s.write(b, i.Inlines, looks) })
		case markdown.Link, markdown.Image:
			s.link(b, i, looks)
		default:
			b.WriteString(harmless(strings.ReplaceAll(i.Text, "\u200b", "")))
		}
	}
}

// within writes something with one look more, if it hasn't that yet.
func (s *screen) within(b *strings.Builder, looks, look string, write func(looks string)) {
	if !s.coloured || strings.Contains(looks, look) {
		write(looks)
		return
	}
	b.WriteString(look)
	write(looks + look)
	b.WriteString(noLook + looks)
}

func (s *screen) link(b *strings.Builder, i *markdown.Inline, looks string) {
	url := oneLine(i.URL)
	if s.coloured {
		begin, end := ansi.SetHyperlink(url), ansi.ResetHyperlink()
		if i.Bare { // a terminal finds those itself
			begin, end = "", ""
		}
		b.WriteString(begin)
		s.within(b, looks, linkLook, func(looks string) { s.write(b, i.Inlines, looks) })
		b.WriteString(end)
		return
	}
	before := b.Len()
	s.write(b, i.Inlines, looks)
	switch name := b.String()[before:]; {
	case name == "":
		b.WriteString(url)
	case name != url && url != "mailto:"+name:
		b.WriteString(" <" + url + ">")
	}
}
