package lint

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/semcut/semcut/internal/lazyregexp"
)

var (
	// lead is what a line of a paragraph, a list's item or a quotation begins with.
	lead = lazyregexp.New(`^\s{0,3}(?:(?:[-*+•]|\d+[.)])\s+|(?:>\s?)+)?`)
	word = lazyregexp.New(`\S+`)
	// token begins a footer.
	token = lazyregexp.New(`^(?i:BREAKING CHANGE|[\w-]+)(?::\s|\s+#)`)
	// unlikeText is what a line must not begin with that goes on with a sentence: it would be a comment, an issue without the
	// word before it, a heading, an item of a list, a quotation, a table, a fence, a signature's line.
	unlikeText = lazyregexp.New("^(?:[#;>|]|[-*+=•]+(?:\\s|$)|\\d+[.)](?:\\s|$)|```|~~~|---|gpg:|\\S*#\\d)")
)

// Wrap breaks lines that are longer than the width, in UTF-16 units as rules count, between words; words are never cut.
// Other lines stay as they are, and so do code, fenced or indented, and tables. What follows hangs below the text of its
// list item or quotation. No line is made to begin like a footer, since the body would end there, nor like anything else
// that isn't text.
func Wrap(text string, width int) string {
	if width <= 0 {
		return text
	}
	var out []string
	for _, broken := range wrapLines(strings.Split(text, "\n"), width, verbatim) {
		out = append(out, broken...)
	}
	return strings.Join(out, "\n")
}

// wrapLines gives for each line what becomes of it. What is too much for a line begins the next one where that goes on
// with the sentence. Lines that keep says so of stay.
func wrapLines(lines []string, width int, keep func(line string) bool) [][]string {
	out := make([][]string, len(lines))
	fence, over := "", ""
	for i, line := range lines {
		out[i] = []string{line}
		inside := fence != ""
		fence = fenced(line, fence)
		if over != "" {
			line, over = over+" "+line[len(lead.FindString(line)):], ""
			out[i] = []string{line}
		}
		if inside || fence != "" || width <= 0 || Length(line) <= width || keep(line) {
			continue
		}
		out[i] = wrapLine(line, width)
		if n := len(out[i]) - 1; n > 0 && i+1 < len(lines) && !keep(lines[i+1]) && goesOn(out[i][n], lines[i+1]) {
			out[i], over = out[i][:n], out[i][n]
		}
	}
	return out
}

// goesOn says whether a line goes on in the middle of the sentence that the one before broke off: it is as far in, and
// begins with a small letter.
func goesOn(before, line string) bool {
	indent := lead.FindString(line)
	first, _ := utf8.DecodeRuneInString(line[len(indent):])
	return unicode.IsLower(first) && !token.MatchString(line[len(indent):]) && indent == lead.FindString(before) && strings.TrimLeft(indent, " >") == ""
}

// fenced follows the fences of code: it gives the one that is open after the line.
func fenced(line, open string) string {
	line = strings.TrimSpace(line)
	for _, mark := range []string{"```", "~~~"} {
		switch {
		case !strings.HasPrefix(line, mark):
		case open == "":
			return mark
		case open == mark:
			return ""
		}
	}
	return open
}

// verbatim says whether line breaks mean something in a line: indented code, and rows of tables.
func verbatim(line string) bool {
	return strings.HasPrefix(line, "    ") || strings.HasPrefix(line, "\t") || strings.HasPrefix(strings.TrimSpace(line), "|")
}

func wrapLine(line string, width int) []string {
	first := lead.FindString(line)
	rest := strings.Repeat(" ", Length(first))
	if strings.Contains(first, ">") {
		rest = first
	}
	text := line[len(first):]
	words := word.FindAllStringIndex(text, -1)
	var out []string
	for indent := first; len(words) > 0; indent = rest {
		n := breakAt(text, words, width-Length(indent), strings.TrimSpace(rest) == "")
		out = append(out, indent+text[words[0][0]:words[n-1][1]])
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
