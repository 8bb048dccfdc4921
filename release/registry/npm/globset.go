package npm

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// set reads what stands behind an opening bracket. Without a closing one the bracket is only itself, and nothing was
// read.
func (p *partParser) set() (charSet, bool) {
	s, at, first := charSet{}, p.at, true
	if at < len(p.text) && strings.IndexByte("!^", p.text[at]) >= 0 {
		s.negated, at = true, at+1
	}
	for at < len(p.text) {
		if p.text[at] == ']' && !first {
			p.at = at + 1
			return s, true
		}
		first = false
		if is, size := namedClass(p.text[at:]); is != nil {
			s.classes, at = append(s.classes, is), at+size
			continue
		}
		from, size := setChar(p.text[at:])
		at += size
		to := from
		if rest := p.text[at:]; strings.HasPrefix(rest, "-") && len(rest) > 1 && rest[1] != ']' {
			to, size = setChar(rest[1:])
			at += 1 + size
		}
		if from <= to {
			s.ranges = append(s.ranges, [2]rune{from, to})
		}
	}
	return charSet{}, false
}

// setChar reads one character, which may have a backslash before it.
func setChar(text string) (rune, int) {
	r, size := utf8.DecodeRuneInString(text)
	if r == '\\' && len(text) > 1 {
		escaped, more := utf8.DecodeRuneInString(text[1:])
		return escaped, 1 + more
	}
	return r, size
}

// classes are those that have names in brackets of their own, [[:digit:]].
var classes = []struct {
	name string
	is   func(rune) bool
}{
	{"[:alnum:]", func(r rune) bool { return unicode.In(r, unicode.L, unicode.Nl, unicode.Nd) }},
	{"[:alpha:]", func(r rune) bool { return unicode.In(r, unicode.L, unicode.Nl) }},
	{"[:ascii:]", func(r rune) bool { return r < 0x80 }},
	{"[:blank:]", func(r rune) bool { return r == '\t' || unicode.Is(unicode.Zs, r) }},
	{"[:cntrl:]", func(r rune) bool { return unicode.Is(unicode.Cc, r) }},
	{"[:digit:]", func(r rune) bool { return unicode.Is(unicode.Nd, r) }},
	{"[:graph:]", func(r rune) bool { return !unicode.In(r, unicode.Z, unicode.C) }},
	{"[:lower:]", unicode.IsLower},
	{"[:print:]", func(r rune) bool { return !unicode.Is(unicode.C, r) }},
	{"[:punct:]", unicode.IsPunct},
	{"[:space:]", func(r rune) bool { return unicode.Is(unicode.Z, r) || strings.ContainsRune("\t\r\n\v\f", r) }},
	{"[:upper:]", unicode.IsUpper},
	{"[:word:]", func(r rune) bool { return unicode.In(r, unicode.L, unicode.Nl, unicode.Nd, unicode.Pc) }},
	{"[:xdigit:]", func(r rune) bool { return r < 0x80 && unicode.Is(unicode.Hex_Digit, r) }},
}

func namedClass(text string) (is func(rune) bool, size int) {
	for _, c := range classes {
		if strings.HasPrefix(text, c.name) {
			return c.is, len(c.name)
		}
	}
	return nil, 0
}
