package lint

import (
	"strings"
	"unicode/utf8"

	"github.com/semcut/semcut/commitparse"
)

// isWord says whether a byte is one of JavaScript's \w.
func isWord(b byte) bool {
	return b == '_' || b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z'
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// isLineEnd says whether a rune is one that JavaScript's . doesn't match.
func isLineEnd(r rune) bool { return r == '\n' || r == '\r' || r == 0x2028 || r == 0x2029 }

// lineEnd gives the length of what JavaScript's .* matches of s: all up to the first line end.
func lineEnd(s string) int {
	for i := range len(s) {
		switch c := s[i]; {
		case c == '\n', c == '\r', c == 0xe2 && isLineEndAt(s[i:]):
			return i
		}
	}
	return len(s)
}

// isLineEndAt says whether a text begins with a line end.
func isLineEndAt(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return isLineEnd(r)
}

// trimSpace, trimStart and trimEnd take off white space as JavaScript's functions of like names do.
func trimSpace(s string) string { return strings.TrimFunc(s, commitparse.IsSpace) }
func trimStart(s string) string { return strings.TrimLeftFunc(s, commitparse.IsSpace) }
func trimEnd(s string) string   { return strings.TrimRightFunc(s, commitparse.IsSpace) }

// spaceAt gives the length of the white space that s begins with.
func spaceAt(s string) int { return len(s) - len(trimStart(s)) }

// units is the length of a text in UTF-16 units, JavaScript's length.
func units(s string) int {
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
func endsWith(s, stop string) bool { return units(stop) == 1 && strings.HasSuffix(s, stop) }

// hasPrefixFold says whether s begins with a prefix, ASCII letters in any case.
func hasPrefixFold(s, prefix string) bool {
	if len(s) < len(prefix) {
		return false
	}
	for i := range len(prefix) {
		if lower(s[i]) != lower(prefix[i]) {
			return false
		}
	}
	return true
}

func lower(b byte) byte {
	if b >= 'A' && b <= 'Z' {
		return b + 'a' - 'A'
	}
	return b
}

// splitLines parts a text at LF and CRLF.
func splitLines(s string) []string {
	lines := strings.Split(s, "\n")
	for i := range len(lines) - 1 {
		lines[i] = strings.TrimSuffix(lines[i], "\r")
	}
	return lines
}

func trimNewlines(s string) string { return strings.Trim(s, "\r\n") }

func runes(s string) int { return utf8.RuneCountInString(s) }

// lastSize gives the bytes of the last character.
func lastSize(s string) int {
	_, n := utf8.DecodeLastRuneInString(s)
	return n
}
