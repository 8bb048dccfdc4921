package lint

import (
	"strings"
	"unicode/utf16"

	"github.com/semcut/semcut/commitparse/internal/chars"
)

// words parts a text as lodash does, on which commitlint's conversions rest. It works on UTF-16 units, as lodash's
// patterns do: accents are taken off first, and apostrophes out.
func words(text string) []string {
	text = deburr(text)
	text = strings.NewReplacer("'", "", "\u2019", "").Replace(text)
	if isPlain(text) {
		return strings.Fields(text)
	}
	s := wordScanner(utf16.Encode([]rune(text)))
	var found []string
	for i := 0; i < len(s); {
		n := s.word(i)
		if n == i {
			i++
			continue
		}
		found = append(found, string(utf16.Decode(s[i:n])))
		i = n
	}
	return found
}

// isPlain says whether a text is nothing but ASCII letters, digits and blanks where blanks alone part words.
func isPlain(s string) bool {
	for i := range len(s) {
		c := s[i]
		if c != ' ' && (c == '_' || !chars.IsWord(c)) {
			return false
		}
		if i == 0 {
			continue
		}
		b := s[i-1]
		switch {
		case isLower(b) && isUpper(c), isDigit(b) && isLetter(c), isLetter(b) && isDigit(c):
			return false
		case i > 1 && isUpper(s[i-2]) && isUpper(b) && isLower(c):
			return false
		}
	}
	return true
}

func isLower(b byte) bool  { return b >= 'a' && b <= 'z' }
func isUpper(b byte) bool  { return b >= 'A' && b <= 'Z' }
func isLetter(b byte) bool { return isLower(b) || isUpper(b) }

// wordScanner holds the UTF-16 units of a text.
type wordScanner []uint16

// word gives the end of the word that begins at i, or i where none does: the first of lodash's alternatives that fits.
func (s wordScanner) word(i int) int {
	for _, try := range [...]func(wordScanner, int) int{
		wordScanner.lowerWord, wordScanner.upperWord, wordScanner.mixedWord, wordScanner.capitals,
		wordScanner.ordinal, wordScanner.digits, wordScanner.emoji,
	} {
		if n := try(s, i); n > i {
			return n
		}
	}
	return i
}

func (s wordScanner) run(i int, is func(uint16) bool) int {
	for i < len(s) && is(s[i]) {
		i++
	}
	return i
}

// lowerWord is an optional capital and lower-case letters up to a break, a capital or the end.
func (s wordScanner) lowerWord(i int) int {
	start := i
	if upperUnit(s[i]) {
		start++
	}
	end := s.run(start, lowerUnit)
	if end > start && (end == len(s) || breakUnit(s[end]) || upperUnit(s[end])) {
		return end
	}
	return i
}

// upperWord is capitals and other letters up to a break, a capitalized word or the end.
func (s wordScanner) upperWord(i int) int {
	for end := s.run(i, upperOrMisc); end > i; end-- {
		if end == len(s) || breakUnit(s[end]) || upperUnit(s[end]) && end+1 < len(s) && lowerOrMisc(s[end+1]) {
			return end
		}
	}
	return i
}

func (s wordScanner) mixedWord(i int) int {
	start := i
	if upperUnit(s[i]) {
		start++
	}
	if end := s.run(start, lowerOrMisc); end > start {
		return end
	}
	return i
}

func (s wordScanner) capitals(i int) int { return s.run(i, upperUnit) }
func (s wordScanner) digits(i int) int   { return s.run(i, digitUnit) }

// ordinal is a number like 21ST or 4th.
func (s wordScanner) ordinal(i int) int {
	last := s.digits(i) - 1
	if last < i || last+2 >= len(s) {
		return i
	}
	letters := string([]byte{byte(s[last+1] & 0x7f), byte(s[last+2] & 0x7f)})
	if s[last+1] > 0x7f || s[last+2] > 0x7f {
		return i
	}
	suffix := "th"
	switch s[last] {
	case '1':
		suffix = "st"
	case '2':
		suffix = "nd"
	case '3':
		suffix = "rd"
	}
	end := last + 3
	goesOn := func(is func(byte) bool) bool { // a letter of the same case, or a digit, goes on with it
		return end < len(s) && s[end] < 0x80 && (isDigit(byte(s[end])) || is(byte(s[end])))
	}
	if letters == suffix && !goesOn(isLower) || letters == strings.ToUpper(suffix) && !goesOn(isUpper) {
		return end
	}
	return i
}

// emoji is a pictogram, a flag or another pair of surrogates, with what varies it and what is joined to it.
func (s wordScanner) emoji(i int) int {
	n := s.regional(i)
	switch {
	case dingbatUnit(s[i]):
		n = i + 1
	case n > i:
	case s.pair(i):
		n = i + 2
	default:
		return i
	}
	n = s.skinTone(s.variation(n))
	for n+1 < len(s) && s[n] == 0x200d {
		next := n + 1
		switch {
		case !surrogate(s[next]):
			next++
		case s.regional(next) > next:
			next = s.regional(next)
		case s.pair(next):
			next += 2
		default:
			return n
		}
		n = s.skinTone(s.variation(next))
	}
	return n
}

func (s wordScanner) variation(i int) int {
	if i < len(s) && (s[i] == 0xfe0e || s[i] == 0xfe0f) {
		return i + 1
	}
	return i
}

func (s wordScanner) skinTone(i int) int {
	if i+1 < len(s) && s[i] == 0xd83c && s[i+1] >= 0xdffb && s[i+1] <= 0xdfff {
		return i + 2
	}
	return i
}

// regional gives the end of a flag, which is two regional letters.
func (s wordScanner) regional(i int) int {
	letter := func(i int) bool { return i+1 < len(s) && s[i] == 0xd83c && s[i+1] >= 0xdde6 && s[i+1] <= 0xddff }
	if letter(i) && letter(i+2) {
		return i + 4
	}
	return i
}

func (s wordScanner) pair(i int) bool {
	return i+1 < len(s) && s[i] >= 0xd800 && s[i] < 0xdc00 && s[i+1] >= 0xdc00 && s[i+1] < 0xe000
}

func surrogate(u uint16) bool   { return u >= 0xd800 && u < 0xe000 }
func dingbatUnit(u uint16) bool { return u >= 0x2700 && u <= 0x27bf }
func digitUnit(u uint16) bool   { return u >= '0' && u <= '9' }

func lowerUnit(u uint16) bool {
	return u >= 'a' && u <= 'z' || u >= 0xdf && u <= 0xff && u != 0xf7
}

func upperUnit(u uint16) bool {
	return u >= 'A' && u <= 'Z' || u >= 0xc0 && u <= 0xde && u != 0xd7
}

// breakUnit is what parts words: ASCII punctuation, white space, and the blocks of other punctuation.
func breakUnit(u uint16) bool {
	switch {
	case u <= 0x2f, u >= 0x3a && u <= 0x40, u >= 0x5b && u <= 0x60, u >= 0x7b && u <= 0xbf, u >= 0x2000 && u <= 0x206f:
		return true
	}
	switch u {
	case 0xd7, 0xf7, 0xfeff, 0x1680, 0x180e, 0x3000:
		return true
	}
	return false
}

// miscUnit is a letter of any other kind.
func miscUnit(u uint16) bool {
	return !surrogate(u) && !breakUnit(u) && !digitUnit(u) && !dingbatUnit(u) && !lowerUnit(u) && !upperUnit(u)
}

func upperOrMisc(u uint16) bool { return upperUnit(u) || miscUnit(u) }
func lowerOrMisc(u uint16) bool { return lowerUnit(u) || miscUnit(u) }
