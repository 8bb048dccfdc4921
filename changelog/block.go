package changelog

import (
	"strings"

	"github.com/semcut/semcut/internal/lazyregexp"
)

// block keeps the paragraphs, lists and fenced code of a text; all else is shown as the text that it is. Lines
// behind the first are for the caller to indent.
func (l *inliner) block(text string) string {
	w := blockWriter{inliner: l}
	lines := strings.Split(clean(text), "\n")
	for i := 0; i < len(lines); {
		i += w.next(lines[i:])
	}
	return strings.Join(w.out, "\n")
}

// blockWriter writes a text line by line.
type blockWriter struct {
	*inliner
	out   []string
	items []listItem // the one that the next line may belong to, below those around it
	blank bool       // whether an empty line is due before the next
}

// listItem is an item of a list: the columns that its bullet stands at in the text, and those that its content is
// indented by in what is written.
type listItem struct{ from, indent int }

// maxDepth is how deep lists are nested; items below become neighbours.
const maxDepth = 6

// next writes the block or line that lines begin with, and says how many of them it was.
func (w *blockWriter) next(lines []string) int {
	column, text := indentOf(lines[0])
	if text = strings.TrimSpace(text); text == "" {
		w.blank = len(w.out) > 0
		return 1
	}
	if mark := fenceMark.FindString(text); mark != "" && (mark[0] == '~' || !strings.Contains(text[len(mark):], "`")) {
		w.leave(column)
		return w.fenced(lines, column, mark, text[len(mark):])
	}
	if marker, content := w.itemOf(column, text); marker != "" {
		w.item(column, marker, content)
		return 1
	}
	if w.blank { // without an empty line, it goes on with the paragraph of the item
		w.leave(column)
	}
	w.write(w.line(text))
	return 1
}

// write adds a line to the item that is open.
func (w *blockWriter) write(line string) {
	if w.blank {
		w.out = append(w.out, "")
	}
	w.blank = false
	if line != "" {
		line = strings.Repeat(" ", w.indent()) + line
	}
	w.out = append(w.out, line)
}

func (w *blockWriter) indent() int {
	if len(w.items) == 0 {
		return 0
	}
	return w.items[len(w.items)-1].indent
}

// leave closes the items that a block at the column does not belong to.
func (w *blockWriter) leave(column int) {
	for len(w.items) > 0 && column <= w.items[len(w.items)-1].from {
		w.items = w.items[:len(w.items)-1]
	}
}

var (
	fenceMark  = lazyregexp.New("^(?:`{3,}|~{3,})")
	itemMarker = lazyregexp.New(`^([-*+]|[0-9]{1,9}[.)])[ \t]+`)
	rule       = lazyregexp.New(`^(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,})$`)
)

// itemOf reads a line as an item of a list. What is nothing but marks is none. As in Markdown, a number in the middle
// of a paragraph begins a list only if it is 1: a sentence may be broken before a number.
func (w *blockWriter) itemOf(column int, text string) (marker, content string) {
	found := itemMarker.FindStringSubmatch(text)
	if found == nil || rule.MatchString(text) {
		return "", ""
	}
	content = w.line(text[len(found[0]):])
	marker = found[1]
	if strings.IndexByte("-*+", marker[0]) >= 0 {
		return "-", content
	}
	sibling := len(w.items) > 0 && column <= w.items[len(w.items)-1].from
	if !sibling && !w.blank && len(w.out) > 0 && marker[:len(marker)-1] != "1" {
		return "", ""
	}
	return marker, content
}

// item writes an item, below the one that is open if its bullet stands further to the right.
func (w *blockWriter) item(column int, marker, content string) {
	w.leave(column)
	if len(w.items) == maxDepth {
		w.items = w.items[:maxDepth-1]
	}
	w.write(marker + " " + content)
	w.items = append(w.items, listItem{from: column, indent: w.indent() + len(marker) + 1})
}

// fenced writes code as it is, between fences that no line of it can be taken for, and says how many lines of the
// text it was. Code that nothing ends goes to the end of the text.
func (w *blockWriter) fenced(lines []string, column int, mark, info string) int {
	size, end := len(mark), 1
	for ; end < len(lines) && !endsFence(lines[end], mark); end++ {
		size = max(size, longestRun(lines[end], mark[0])+1)
	}
	fence := strings.Repeat(mark[:1], size)
	w.write(fence + info)
	for _, line := range lines[1:end] {
		w.write(unindent(line, column))
	}
	w.write(fence)
	return min(end+1, len(lines))
}

func endsFence(line, mark string) bool {
	line = strings.TrimSpace(line)
	return len(line) >= len(mark) && strings.Trim(line, mark[:1]) == ""
}

func longestRun(line string, mark byte) int {
	longest, n := 0, 0
	for i := range len(line) {
		if n++; line[i] != mark {
			n = 0
		}
		longest = max(longest, n)
	}
	return longest
}

// unindent takes up to so many columns of white space off a line.
func unindent(line string, columns int) string {
	n := 0
	for n < len(line) && n < columns && line[n] == ' ' {
		n++
	}
	return line[n:]
}
