package main

import (
	"fmt"
	"strings"

	"github.com/semcut/semcut/internal/lazyregexp"
)

// page is Markdown for people on a forge. Credentials are hidden before a text is escaped, and before it is cut: afterwards
// nobody knows them again.
type page struct {
	strings.Builder
	hide func(string) string
}

// say writes a line, and its line end.
func (p *page) say(format string, args ...any) { fmt.Fprintf(p, format+"\n", args...) }

// plain is a text that Markdown shows as it is, in one line.
func (p *page) plain(text string) string { return p.short(text, 1000) }

// short is plain with at most n characters.
func (p *page) short(text string, n int) string {
	return markup.ReplaceAllString(shorten(oneLine(p.hide(text)), n), `\$0`)
}

var heading = lazyregexp.New(`(?m)^(#{1,4}) `)

// deeper puts the headings of notes below ours.
func deeper(notes string) string { return heading.ReplaceAllString(notes, "##$1 ") }

// markup is what Markdown takes for more than text.
var markup = lazyregexp.New("[\\\\`*_{}\\[\\]#|~]")
