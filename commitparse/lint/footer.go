package lint

import (
	"strings"

	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/commitparse/internal/chars"
)

// isNote matches ^(?:\*\s+)?(KEYWORD): in any case.
func (p *Parser) isNote(line string) bool {
	if rest, ok := strings.CutPrefix(line, "*"); ok {
		if n := chars.SpaceAt(rest); n > 0 {
			line = rest[n:]
		}
	}
	for _, k := range p.NoteKeywords {
		if chars.HasPrefixFold(line, k) && strings.HasPrefix(line[len(k):], ":") {
			return true
		}
	}
	return false
}

// isToken matches ^(?:BREAKING CHANGE|[\w-]+)(?::\s+|\s+(?:PREFIX)).+ in any case: how a footer begins.
func (p *Parser) isToken(line string) bool {
	if chars.HasPrefixFold(line, "BREAKING CHANGE") && p.separated(line[len("BREAKING CHANGE"):]) {
		return true
	}
	n := 0
	for n < len(line) && (chars.IsWord(line[n]) || line[n] == '-') {
		n++
	}
	return n > 0 && p.separated(line[n:])
}

// separated says whether a colon and white space, or white space and an issue's prefix, stand before something more.
func (p *Parser) separated(rest string) bool {
	if after, ok := strings.CutPrefix(rest, ":"); ok {
		return blankThenMore(after)
	}
	n := chars.SpaceAt(rest)
	if n == 0 {
		return false
	}
	for _, prefix := range p.IssuePrefixes {
		if prefix == "" && blankThenMore(rest) {
			return true
		}
		if prefix != "" && chars.HasPrefixFold(rest[n:], prefix) && lineEnd(rest[n+len(prefix):]) > 0 {
			return true
		}
	}
	return false
}

// blankThenMore matches ^\s+.+ and may take the last of the white space for the dot.
func blankThenMore(s string) bool {
	for i, r := range s {
		if i > 0 && !chars.IsLineEnd(r) {
			return true
		}
		if !commitparse.IsSpace(r) {
			return false
		}
	}
	return false
}
