package lint

import (
	"strings"
	"unicode/utf8"

	"github.com/semcut/semcut/commitparse/internal/chars"
)

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// lineEnd gives the length of what JavaScript's .* matches of s: all up to the first line end.
func lineEnd(s string) int {
	for i := range len(s) {
		switch c := s[i]; {
		case c == '\n', c == '\r', c == 0xe2 && chars.IsLineEndAt(s[i:]):
			return i
		}
	}
	return len(s)
}

// trimStart and trimEnd take off white space as JavaScript's functions of like names do.
func trimStart(s string) string { return strings.TrimLeftFunc(s, chars.IsSpace) }
func trimEnd(s string) string   { return strings.TrimRightFunc(s, chars.IsSpace) }

// Length is the length of a text in UTF-16 units, JavaScript's, in which rules count.
func Length(s string) int {
	n := 0
	for i := range len(s) {
		switch b := s[i]; {
		case b >= 0xf0:
			n += 2
		case b < 0x80 || b >= 0xc0:
			n++
		}
	}
	return n
}

// cutUnits gives the bytes of the first n UTF-16 units of a text, whole characters only.
func cutUnits(s string, n int) int {
	for i, r := range s {
		if n -= 1 + btoi(r > 0xffff); n < 0 {
			return i
		}
	}
	return len(s)
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// endsWith says whether the last UTF-16 unit of a text is all of stop. One of more characters never is, nor half of an
// astral one.
func endsWith(s, stop string) bool { return Length(stop) == 1 && strings.HasSuffix(s, stop) }

// splitLines parts a text at LF and CRLF.
func splitLines(s string) []string {
	lines := strings.Split(s, "\n")
	for i := range len(lines) - 1 {
		lines[i] = strings.TrimSuffix(lines[i], "\r")
	}
	return lines
}

func trimNewlines(s string) string { return strings.Trim(s, "\r\n") }

// lastSize gives the bytes of the last character.
func lastSize(s string) int {
	_, n := utf8.DecodeLastRuneInString(s)
	return n
}
