package lint

import (
	"strings"

	"github.com/semcut/semcut/commitparse/internal/chars"
)

// trailers lists the trailers of a message as "git interpret-trailers --parse" does, one "Token: value" each: those of
// the last paragraph if it is made of nothing else, or of a quarter of them with one that git itself writes.
func trailers(raw string) []string {
	if !strings.HasSuffix(raw, "\n") {
		raw += "\n"
	}
	end := messageEnd(raw)
	lines := strings.SplitAfter(raw[:end], "\n")
	if lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	var found []string
	joined := false // the last line was a trailer, which a line that begins with a blank goes on with
	for _, line := range lines[trailerStart(lines):] {
		if joined && gitSpace(line[0]) {
			found[len(found)-1] += line
			continue
		}
		joined = !strings.HasPrefix(line, "#") && separator(line) >= 1
		if joined {
			found = append(found, line)
		}
	}
	for i, t := range found {
		at := separator(t)
		found[i] = trimGit(t[:at]) + ": " + unfold(t[at+1:])
	}
	return found
}

// messageEnd finds where the message ends: at a line "---", at the scissors, at trailing comments.
func messageEnd(raw string) int {
	end := len(raw)
	for at := 0; at < len(raw); at = nextLine(raw, at) {
		if strings.HasPrefix(raw[at:], "---") && at+3 < len(raw) && gitSpace(raw[at+3]) {
			end = at
			break
		}
	}
	cut := end
	if strings.HasPrefix(raw, "#"+scissors+"\n") {
		cut = 0
	} else if i := strings.Index(raw, "\n#"+scissors+"\n"); i >= 0 && i+1 < cut {
		cut = i + 1
	}
	comments, conflicts := 0, false // where the comments at the end begin, 0 for none
	for at := 0; at < cut; at = nextLine(raw, at) {
		switch {
		case raw[at] == '#' || raw[at] == '\n':
			if comments == 0 {
				comments = at
			}
		case strings.HasPrefix(raw[at:], "Conflicts:\n"):
			conflicts = true
			if comments == 0 {
				comments = at
			}
		case conflicts && raw[at] == '\t':
		default:
			comments, conflicts = 0, false
		}
	}
	if comments > 0 {
		return comments
	}
	return cut
}

func nextLine(raw string, at int) int {
	if i := strings.IndexByte(raw[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(raw)
}

// trailerStart gives the number of the first line of the last paragraph if that holds trailers, else of the end. The
// first paragraph is the title and can't.
func trailerStart(lines []string) int {
	title := 0
	for title < len(lines) && (strings.HasPrefix(lines[title], "#") || !blankLine(lines[title])) {
		title++
	}
	var tally trailerTally
	blanks := true
	for i := len(lines) - 1; i >= title; i-- {
		switch line := lines[i]; {
		case strings.HasPrefix(line, "#"):
			tally.flush()
		case blankLine(line) && blanks:
		case blankLine(line):
			tally.flush()
			if tally.enough() {
				return i + 1
			}
			return len(lines)
		default:
			blanks = false
			tally.add(line)
		}
	}
	return len(lines)
}

// trailerTally counts the lines of a paragraph from its end.
type trailerTally struct {
	trailers, others, maybe int
	gits                    bool // one is of those that git itself writes
}

func (t *trailerTally) add(line string) {
	switch {
	case hasAnyPrefix(line, "Signed-off-by: ", "(cherry picked from commit "):
		t.trailers++
		t.maybe, t.gits = 0, true
	case separator(line) >= 1 && !gitSpace(line[0]):
		t.trailers++
		t.maybe = 0
	case gitSpace(line[0]):
		t.maybe++
	default:
		t.others++
		t.flush()
	}
}

// flush counts lines that could have gone on with a trailer, but had none before them.
func (t *trailerTally) flush() {
	t.others += t.maybe
	t.maybe = 0
}

func (t *trailerTally) enough() bool {
	return t.gits && t.trailers*3 >= t.others || t.trailers > 0 && t.others == 0
}

// separator finds the colon behind a token; -1 where there is none.
func separator(line string) int {
	blank := false
	for i := range len(line) {
		c := line[i]
		switch {
		case c == ':':
			return i
		case !blank && (c == '-' || c != '_' && chars.IsWord(c)):
		case i > 0 && (c == ' ' || c == '\t'):
			blank = true
		default:
			return -1
		}
	}
	return -1
}

// unfold makes one line of a value.
func unfold(value string) string {
	var b strings.Builder
	for i := 0; i < len(value); i++ {
		if value[i] != '\n' {
			b.WriteByte(value[i])
			continue
		}
		for i+1 < len(value) && gitSpace(value[i+1]) {
			i++
		}
		b.WriteByte(' ')
	}
	return trimGit(b.String())
}

func gitSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

func trimGit(s string) string { return strings.Trim(s, " \t\n\r") }

func blankLine(line string) bool { return trimGit(line) == "" }
