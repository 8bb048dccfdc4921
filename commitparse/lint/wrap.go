package lint

import (
	"strings"

	"github.com/semcut/semcut/internal/lazyregexp"
)

var (
	// lead is what a line of a paragraph, a list's item or a quotation begins with.
	lead = lazyregexp.New(`^ {0,3}(?:(?:[-*+•]|\d+[.)]|[a-z][.)])[ \t]+|(?:> ?)+)?`)
	// word is what is never cut; code in a line is one.
	word = lazyregexp.New("(?:`[^`]*`|[^ \\t])+")
	// token begins a footer.
	token = lazyregexp.New(`^(?i:BREAKING CHANGE|[\w-]+)(?::\s|\s+#)`)
	// unlikeText is what a line must not begin with that goes on with a sentence: it would be a comment, an issue without the
	// word before it, a heading, an item of a list, a quotation, a table, a fence, a divider, a signature's line.
	unlikeText = lazyregexp.New("^(?:[#;>|]|[-*+=•]+(?:\\s|$)|(?:\\d+|[a-z])[.)](?:\\s|$)|```|~~~|---|gpg:|\\S*#\\d)")
)

// Wrap breaks lines that are longer than the width, in UTF-16 units as rules count, between words; words, and code in
// backticks, are never cut. Other lines stay as they are, and so do code, headings and tables. What follows hangs below the
// text of its list item or quotation. No line is made to begin like a footer, since the body would end there, nor like
// anything else that isn't text.
func Wrap(text string, width int) string {
	if width <= 0 {
		return text
	}
	var out []string
	for _, broken := range wrapLines(strings.Split(text, "\n"), width, "") {
		out = append(out, broken...)
	}
	return strings.Join(out, "\n")
}

// wrapLines gives for each line what becomes of it. Lines that go on with a paragraph begin with the indent.
func wrapLines(lines []string, width int, indent string) [][]string {
	out := make([][]string, len(lines))
	keep := verbatim(lines)
	for i, line := range lines {
		out[i] = []string{line}
		if width > 0 && !keep[i] && Length(line) > width {
			out[i] = wrapLine(line, width, indent)
		}
	}
	return out
}

func wrapLine(line string, width int, indent string) []string {
	first := lead.FindString(line)
	rest := indent + strings.Repeat(" ", Length(first))
	if strings.Contains(first, ">") {
		rest = first
	}
	text := line[len(first):]
	words := word.FindAllStringIndex(text, -1)
	var out []string
	for begin := first; len(words) > 0; begin = rest {
		n := breakAt(text, words, width-Length(begin), strings.TrimSpace(rest) == "")
		out = append(out, begin+text[words[0][0]:words[n-1][1]])
		words = words[n:]
	}
	return out
}

// breakAt says how many of the words of a text stand in a line: as many as fit, fewer where the next line would not begin as
// text, more where there is no better place.
func breakAt(text string, words [][]int, width int, bare bool) int {
	fit, length := 1, Length(text[words[0][0]:words[0][1]])
	for fit < len(words) {
		if length += Length(text[words[fit-1][1]:words[fit][1]]); length > width {
			break
		}
		fit++
	}
	good := func(n int) bool {
		if n == len(words) || !bare {
			return true
		}
		next := text[words[n][0]:words[min(n+2, len(words)-1)][1]]
		return !unlikeText.MatchString(next) && !token.MatchString(next)
	}
	n := fit
	for n > 1 && !good(n) {
		n--
	}
	if good(n) {
		return n
	}
	for n = fit; !good(n); n++ {
	}
	return n
}
