package lint

import (
	"strings"

	"github.com/semcut/semcut/internal/lazyregexp"
)

// fixTrim gives the message with no blanks around its header.
func fixTrim(m *Message, _ Setting) []string {
	return []string{m.replaced(m.wholeHeader(), trimStart(trimEnd(m.Header)))}
}

// fixBodyBlank gives the message with an empty line below its header.
func fixBodyBlank(m *Message, s Setting) []string {
	if next := m.header.line + 1; !s.Never && next < len(m.lines) {
		return []string{m.parted(next)}
	}
	return nil
}

// fixFooterBlank gives the message with an empty line before its footer, if that holds trailers alone: the linter takes
// many a line of prose for the beginning of one.
func fixFooterBlank(m *Message, s Setting) []string {
	if s.Never || len(m.footer) == 0 || m.footer[0].line == 0 {
		return nil
	}
	for _, line := range splitLines(m.Footer) {
		if !trailerLine.MatchString(line) {
			return nil
		}
	}
	return []string{m.parted(m.footer[0].line)}
}

// trailerLine is one line of a footer that can't be prose: a token in capitals or with a dash, issues alone, what goes on
// with the line before, or nothing.
var trailerLine = lazyregexp.New(`^(?:[A-Z][\w-]*|\w+-[\w-]+|BREAKING CHANGE): .|^\w+ #\d+(?:, (?:\w+ )?#\d+)*\.?$|^\s+\S|^\s*$`)

// fixBodyLines gives the message with the long lines of its body broken.
func fixBodyLines(m *Message, s Setting) []string {
	lines := splitLines(m.Body)
	return []string{m.rewrapped(m.body, lines, wrapLines(lines, int(number(s.Value)), ""))}
}

// fixFooterLines gives the message with the long lines of what it says of breaking changes broken; other trailers are for
// machines and stay. git takes what is indented for one with the line above.
func fixFooterLines(m *Message, s Setting) []string {
	lines := splitLines(m.Footer)
	broken := wrapLines(lines, int(number(s.Value)), " ")
	tells := false // of a breaking change
	for i, line := range lines {
		switch {
		case announces(line):
			tells = true
		case line == "" || token.MatchString(line):
			tells = false
		}
		if !tells {
			broken[i] = []string{line}
		}
	}
	return []string{m.rewrapped(m.footer, lines, broken)}
}

// rewrapped gives the message with lines of a part of it broken. One with an address may be longer, and is left.
func (m *Message) rewrapped(places []place, lines []string, broken [][]string) string {
	raw := strings.SplitAfter(m.Raw, "\n")
	for i, line := range lines {
		if hasLink(line) {
			continue
		}
		p := places[i]
		old := raw[p.line]
		end := old[len(m.lines[p.line]):]
		breaks := "\n"
		if strings.HasPrefix(end, "\r") {
			breaks = "\r\n"
		}
		raw[p.line] = old[:p.skip] + strings.Join(broken[i], breaks) + end
	}
	return strings.Join(raw, "")
}
