package changelog

import (
	"strings"

	"github.com/semcut/semcut/internal/lazyregexp"
)

// hiddenLines says which lines of a Markdown file hold no headings whatever they look like: front matter, fenced
// code, comments. One that is opened and never closed hides nothing: a new section would otherwise end up in it.
func hiddenLines(lines []string) []bool {
	hidden := make([]bool, len(lines))
	fences := fencesOf(lines)
	commentEnds := true // there may be another --> below
	end := frontMatter(lines)
	for i := range lines {
		switch {
		case i < end:
		case fences[i].opens:
			end = fenceEnd(lines, fences, i)
		case commentEnds && beginsComment(lines[i]):
			end = commentEnd(lines, i)
			commentEnds = end > i
		}
		hidden[i] = i < end
	}
	return hidden
}

// frontMatter gives the number of lines between two lines --- that a file begins with.
func frontMatter(lines []string) int {
	if len(lines) < 3 || strings.TrimRight(lines[0], " \t\r\n") != "---" || strings.TrimSpace(lines[1]) == "" {
		return 0
	}
	for i, line := range lines[1:] {
		if line = strings.TrimRight(line, " \t\r\n"); line == "---" || line == "..." {
			return i + 2
		}
	}
	return 0
}

// commentEnd gives the line behind the comment that begins at line i; i where nothing ends it.
func commentEnd(lines []string, i int) int {
	for k := i; k < len(lines); k++ {
		if strings.Contains(lines[k], "-->") {
			return k + 1
		}
	}
	return i
}

func beginsComment(line string) bool {
	indent, text := indentOf(line)
	return indent < 4 && strings.HasPrefix(text, "<!--")
}

// fence is a line of three or more ` or ~ that begins or ends fenced code.
type fence struct {
	indent, size int
	mark         byte
	opens        bool
	closes       bool
}

// fencesOf finds the lines that may be fences. One that would begin code opens nothing if no line below can end it.
func fencesOf(lines []string) []fence {
	fences := make([]fence, len(lines))
	largest := map[byte]int{} // of the fences below, by mark
	for i := len(lines) - 1; i >= 0; i-- {
		f := fenceOf(lines[i])
		f.opens = f.opens && (f.indent >= 4 || largest[f.mark] >= f.size)
		if f.closes && f.indent < 4 {
			largest[f.mark] = max(largest[f.mark], f.size)
		}
		fences[i] = f
	}
	return fences
}

// bullet begins an item of a list.
var bullet = lazyregexp.New(`^(?:[-*+]|\d{1,9}[.)])[ \t]+`)

// fenceOf reads a line as a fence. One behind a bullet stands as deep in the list as one that is indented.
func fenceOf(line string) fence {
	indent, text := indentOf(line)
	item := bullet.FindString(text)
	if text = text[len(item):]; item != "" {
		indent += 4
	}
	if !strings.HasPrefix(text, "```") && !strings.HasPrefix(text, "~~~") {
		return fence{}
	}
	info := strings.TrimLeft(text, text[:1])
	return fence{
		indent: indent, size: len(text) - len(info), mark: text[0],
		opens:  text[0] == '~' || !strings.Contains(info, "`"), // a second run of ` makes it code within a line
		closes: item == "" && strings.TrimSpace(info) == "",
	}
}

// fenceEnd gives the line behind the code that the fence at line i opens. What is indented by four and more is code
// in a list, and ends with the list at the latest.
func fenceEnd(lines []string, fences []fence, i int) int {
	open := fences[i]
	for k := i + 1; k < len(lines); k++ {
		if f := fences[k]; f.closes && f.mark == open.mark && f.size >= open.size && (f.indent < 4 || open.indent >= 4) {
			return k + 1
		}
		if indent, text := indentOf(lines[k]); open.indent >= 4 && indent < 2 && strings.TrimSpace(text) != "" {
			return k
		}
	}
	return len(lines)
}

// indentOf gives the columns of white space that a line begins with, and the rest.
func indentOf(line string) (int, string) {
	columns := 0
	for i := range len(line) {
		switch line[i] {
		case ' ':
			columns++
		case '\t':
			columns += 4 - columns%4
		default:
			return columns, line[i:]
		}
	}
	return columns, ""
}
