package lint

import (
	"strings"

	"github.com/semcut/semcut/internal/lazyregexp"
)

var (
	// asWritten are lines in which each blank and each break means something: indented code, headings, rows of tables, lines of
	// a patch.
	asWritten = lazyregexp.New(`^(?: {0,3}> ?)*(?: {4}|\t| {0,3}#{1,6}[ \t]|[ \t]*\||[-+][^ \t]|@@ )`)
	// fenceMark opens a block of code, or ends one.
	fenceMark = lazyregexp.New("^(?: {0,3}> ?)* {0,3}(`{3,}|~{3,})(.*)$")
	underline = lazyregexp.New(`^ {0,3}(?:=+|-+)[ \t]*$`)
	tableRule = lazyregexp.New(`^[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+$`)
)

// verbatim says of each line whether it must stay as it is: code, fenced or indented, headings in both forms, tables, patches.
func verbatim(lines []string) []bool {
	keep := make([]bool, len(lines))
	fence := ""
	for i, line := range lines {
		inside := fence != ""
		fence = fenced(line, fence)
		keep[i] = keep[i] || inside || fence != "" || asWritten.MatchString(line)
		if inside {
			continue
		}
		if i > 0 && underline.MatchString(line) {
			keep[i-1] = true
		}
		if tableRule.MatchString(line) {
			keepTable(lines, keep, i)
		}
	}
	return keep
}

// keepTable keeps the rows of the table whose headings are parted from the rest in that line.
func keepTable(lines []string, keep []bool, rule int) {
	if rule > 0 {
		keep[rule-1] = true
	}
	for i := rule; i < len(lines) && strings.Contains(lines[i], "|"); i++ {
		keep[i] = true
	}
}

// fenced follows the fences of code: it gives the one that is open after the line. One ends with the same character, as often
// or more often, and nothing behind it.
func fenced(line, open string) string {
	found := fenceMark.FindStringSubmatch(line)
	switch {
	case found == nil:
	case open == "" && !(found[1][0] == '`' && strings.Contains(found[2], "`")):
		return found[1]
	case open != "" && found[1][0] == open[0] && len(found[1]) >= len(open) && strings.Trim(found[2], " \t") == "":
		return ""
	}
	return open
}
