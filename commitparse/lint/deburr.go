package lint

import "strings"

// deburred are the letters from U+00C0 to U+017F without their accents, as lodash writes them.
const deburred = "A A A A A A Ae C E E E E I I I I D N O O O O O × O U U U U Y Th ss " +
	"a a a a a a ae c e e e e i i i i d n o o o o o ÷ o u u u u y th y " +
	"A a A a A a C c C c C c C c D d D d E e E e E e E e E e G g G g G g G g H h H h I i I i I i I i I i IJ ij J j K k k " +
	"L l L l L l L l L l N n N n N n 'n N n O o O o O o Oe oe R r R r R r S s S s S s S s T t T t T t " +
	"U u U u U u U u U u U u W w Y y Y Z z Z z Z z s"

// deburr takes accents off Latin letters, and combining marks out.
func deburr(text string) string {
	if isASCII(text) {
		return text
	}
	letters := strings.Split(deburred, " ")
	var b strings.Builder
	for _, r := range text {
		switch {
		case r >= 0xc0 && r <= 0x17f:
			b.WriteString(letters[r-0xc0])
		case r >= 0x300 && r <= 0x36f, r >= 0x20d0 && r <= 0x20ff, r >= 0xfe20 && r <= 0xfe2f:
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
