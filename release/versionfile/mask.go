package versionfile

import (
	"bytes"
	"strings"
)

// A language says what of a source file is comment and what is text, as far as it takes to skip them.
type language struct {
	line   []string    // what begins a comment that ends with the line
	block  [][2]string // beginnings and ends of comments and of texts of several lines
	quotes string      // what texts of one line are between; a backslash escapes there
	nested bool        // what is between brackets is skipped, too
}

// mask gives a copy of a source file with spaces for everything that is to be skipped; line ends stay.
func (l language) mask(text []byte) []byte {
	out := bytes.Clone(text)
	depth := 0
	for i := 0; i < len(text); {
		end, skip := l.token(text, i)
		if l.nested && end == i+1 {
			if strings.IndexByte(")]}", text[i]) >= 0 {
				depth = max(0, depth-1)
			} else if strings.IndexByte("([{", text[i]) >= 0 {
				depth++
			}
		}
		if skip || depth > 0 {
			blank(out[i:end])
		}
		i = end
	}
	return out
}

// token says where a comment, a text or else a single byte ends that begins at i, and whether it is to be skipped.
func (l language) token(text []byte, i int) (end int, skip bool) {
	rest := text[i:]
	for _, b := range l.block {
		if body, ok := bytes.CutPrefix(rest, []byte(b[0])); ok {
			if n := bytes.Index(body, []byte(b[1])); n >= 0 {
				return i + len(b[0]) + n + len(b[1]), true
			}
			return len(text), true
		}
	}
	for _, prefix := range l.line {
		if bytes.HasPrefix(rest, []byte(prefix)) {
			if n := bytes.IndexAny(rest, "\r\n"); n >= 0 {
				return i + n, true
			}
			return len(text), true
		}
	}
	if strings.IndexByte(l.quotes, rest[0]) >= 0 {
		return i + quotedLen(rest), false
	}
	return i + 1, false
}

// quotedLen is how long a text in quotes is; one that isn't closed ends before the line does.
func quotedLen(text []byte) int {
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case text[0]:
			return i + 1
		case '\r', '\n':
			return i
		case '\\':
			if i+1 < len(text) && text[i+1] != '\r' && text[i+1] != '\n' {
				i++
			}
		}
	}
	return len(text)
}

func blank(text []byte) {
	for i, c := range text {
		if c != '\n' && c != '\r' {
			text[i] = ' '
		}
	}
}
