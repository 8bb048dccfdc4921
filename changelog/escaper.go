package changelog

import "strings"

// escaper writes some bytes of a text in another way. Most texts have none of them.
type escaper struct {
	is      [256]bool
	replace *strings.Replacer
}

// newEscaper makes one of bytes and what each becomes, by turns.
func newEscaper(pairs ...string) *escaper {
	e := &escaper{replace: strings.NewReplacer(pairs...)}
	for i := 0; i < len(pairs); i += 2 {
		e.is[pairs[i][0]] = true
	}
	return e
}

func (e *escaper) write(text string) string {
	for i := range len(text) {
		if e.is[text[i]] {
			return e.replace.Replace(text)
		}
	}
	return text
}
