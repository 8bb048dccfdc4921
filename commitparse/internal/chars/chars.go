package chars

import (
	"strings"
	"unicode/utf8"
)

// TrimSpace takes white space off both ends, as JavaScript's trim does.
func TrimSpace(s string) string { return strings.TrimFunc(s, IsSpace) }

// IsWord says whether a byte is one of JavaScript's \w.
func IsWord(b byte) bool {
	return b == '_' || b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z'
}

// IsSpace says whether a rune is white space in JavaScript: what its \s matches and its trim takes away. Other than
// unicode.IsSpace it takes U+FEFF and leaves U+0085.
func IsSpace(r rune) bool {
	switch r {
	case '\t', '\n', '\v', '\f', '\r', ' ', 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0xfeff:
		return true
	}
	return r >= 0x2000 && r <= 0x200a
}

// IsLineEnd says whether a rune is one that JavaScript's . doesn't match.
func IsLineEnd(r rune) bool { return r == '\n' || r == '\r' || r == 0x2028 || r == 0x2029 }

// LineEnd gives the place of the first line end in a text, -1 where there is none.
func LineEnd(s string) int {
	for i := range len(s) {
		if c := s[i]; c == '\n' || c == '\r' || c == 0xe2 && IsLineEndAt(s[i:]) {
			return i
		}
	}
	return -1
}

// IsLineEndAt says whether a text begins with a line end.
func IsLineEndAt(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return IsLineEnd(r)
}

// SpaceAt gives the length of the white space that s begins with.
func SpaceAt(s string) int {
	n := 0
	for n < len(s) {
		if c := s[n]; c < utf8.RuneSelf {
			if !IsSpace(rune(c)) {
				return n
			}
			n++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[n:])
		if !IsSpace(r) {
			return n
		}
		n += size
	}
	return n
}

// SpaceBefore gives the length of the white space that s ends with.
func SpaceBefore(s string) int {
	end := len(s)
	for end > 0 {
		r, size := utf8.DecodeLastRuneInString(s[:end])
		if !IsSpace(r) {
			break
		}
		end -= size
	}
	return len(s) - end
}

// Lower gives an ASCII letter in lower case: JavaScript's i flag folds no other character to an ASCII one.
func Lower(b byte) byte {
	if b >= 'A' && b <= 'Z' {
		return b + 'a' - 'A'
	}
	return b
}

// Upper gives an ASCII letter in upper case.
func Upper(b byte) byte {
	if b >= 'a' && b <= 'z' {
		return b - 'a' + 'A'
	}
	return b
}

// HasPrefixFold says whether s begins with the ASCII text prefix, in any case.
func HasPrefixFold(s, prefix string) bool {
	if len(s) < len(prefix) {
		return false
	}
	for i := range len(prefix) {
		if Lower(s[i]) != Lower(prefix[i]) {
			return false
		}
	}
	return true
}
