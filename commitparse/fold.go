package commitparse

import (
	"strings"

	"github.com/semcut/semcut/commitparse/internal/chars"
)

// Folded is a text of ASCII characters that is looked for in any case.
type Folded struct {
	text string
	rare int // the place of the byte of it that messages have the fewest of
}

// Fold gets ready to look for a text.
func Fold(text string) Folded {
	f := Folded{text: text}
	for i := range len(text) {
		if common[text[i]] < common[text[f.rare]] {
			f.rare = i
		}
	}
	return f
}

// In says whether a text holds it.
func (f Folded) In(s string) bool { return f.text == "" || f.index(s) >= 0 }

// index gives where it stands first, -1 where it doesn't. It is not empty.
func (f Folded) index(s string) int {
	small, large := chars.Lower(f.text[f.rare]), chars.Upper(f.text[f.rare])
	nextSmall, nextLarge := nextByte(s, small, f.rare), len(s)
	if large != small {
		nextLarge = nextByte(s, large, f.rare)
	}
	for {
		at := min(nextSmall, nextLarge)
		switch {
		case at == len(s):
			return -1
		case chars.HasPrefixFold(s[at-f.rare:], f.text):
			return at - f.rare
		case at == nextSmall:
			nextSmall = nextByte(s, small, at+1)
		default:
			nextLarge = nextByte(s, large, at+1)
		}
	}
}

// nextByte finds a byte from a place on; the end of the text where there is none.
func nextByte(s string, b byte, from int) int {
	if from < len(s) {
		if i := strings.IndexByte(s[from:], b); i >= 0 {
			return from + i
		}
	}
	return len(s)
}

// common puts bytes into an order by how many of them messages have. Of signs and digits there are few.
var common = [256]uint8{
	'z': 1, 'q': 2, 'j': 3, 'x': 4, 'k': 5, 'v': 6, 'b': 7, 'y': 8, 'w': 9, 'g': 10, 'p': 11, 'f': 12, 'm': 13,
	'u': 14, 'c': 15, 'd': 16, 'l': 17, 'h': 18, 'r': 19, 's': 20, 'n': 21, 'i': 22, 'o': 23, 'a': 24, 't': 25, 'e': 26,
	'Z': 1, 'Q': 2, 'J': 3, 'X': 4, 'K': 5, 'V': 6, 'B': 7, 'Y': 8, 'W': 9, 'G': 10, 'P': 11, 'F': 12, 'M': 13,
	'U': 14, 'C': 15, 'D': 16, 'L': 17, 'H': 18, 'R': 19, 'S': 20, 'N': 21, 'I': 22, 'O': 23, 'A': 24, 'T': 25, 'E': 26,
	' ': 27,
}
