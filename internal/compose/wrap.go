package compose

import (
	"strings"

	"github.com/semcut/semcut/commitparse/lint"
	"github.com/semcut/semcut/internal/lazyregexp"
)

var (
	lead  = lazyregexp.New(`^\s{0,3}(?:(?:[-*+•]|\d+[.)])\s+|(?:>\s?)+)?`)
	token = lazyregexp.New(`^(?:BREAKING CHANGE|[\w-]+)(?::\s|\s+#)`)
)

// Wrap breaks lines that are longer than the width between words; words are never cut. Other lines stay as they are, and so
// do code, fenced or indented, and tables. What follows hangs below the text of its list item or quotation. No line is made
// to begin like a footer, since the body would end there.
func Wrap(text string, width int) string {
	if width <= 0 {
		return text
	}
	lines := strings.Split(text, "\n")
	fence := ""
	for i, line := range lines {
		inside := fence != ""
		fence = fenced(line, fence)
		if inside || fence != "" || lint.Length(line) <= width || verbatim(line) {
			continue
		}
		lines[i] = wrapLine(line, width)
	}
	return strings.Join(lines, "\n")
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

func wrapLine(line string, width int) string {
	first := lead.FindString(line)
	rest := strings.Repeat(" ", lint.Length(first))
	if strings.Contains(first, ">") {
		rest = first
	}
	words := strings.Fields(line[len(first):])
	var out []string
	for indent := first; len(words) > 0; indent = rest {
		n, length := 1, lint.Length(indent)+lint.Length(words[0])
		for n < len(words) && length+1+lint.Length(words[n]) <= width {
			length += 1 + lint.Length(words[n])
			n++
		}
		for n > 1 && n < len(words) && strings.TrimSpace(rest) == "" && token.MatchString(strings.Join(words[n:], " ")) {
			n--
		}
		out = append(out, indent+strings.Join(words[:n], " "))
		words = words[n:]
	}
	return strings.Join(out, "\n")
}
