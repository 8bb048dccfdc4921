package lint

import (
	"strings"
	"unicode/utf8"

	"github.com/semcut/semcut/commitparse/internal/chars"
)

// refer says whether a line names an issue. Words that close an issue part it into sentences, and a sentence with a web
// address names none.
func (p *Parser) refer(line string, token bool) bool {
	if !p.mayRefer(line) {
		return false
	}
	last := 0
	for at := 0; at < len(line); {
		start, from, end, ok := p.action(line, at, token)
		if !ok {
			break
		}
		if p.names(line[last:start]) || p.names(line[from:end]) {
			return true
		}
		last, at = end, end
	}
	return p.names(line[last:])
}

// mayRefer says whether a line holds an issue prefix at all; most don't.
func (p *Parser) mayRefer(line string) bool {
	for _, prefix := range p.IssuePrefixes {
		if prefix == "" || strings.Contains(line, prefix) {
			return true
		}
		if p.CaseSensitive || strings.ToLower(prefix) == strings.ToUpper(prefix) {
			continue
		}
		for i := 0; i+len(prefix) <= len(line); i++ {
			if chars.HasPrefixFold(line[i:], prefix) {
				return true
			}
		}
	}
	return false
}

func (p *Parser) hasPrefix(s, prefix string) bool {
	if p.CaseSensitive {
		return strings.HasPrefix(s, prefix)
	}
	return chars.HasPrefixFold(s, prefix)
}

// action finds the next closing word from at on, with white space behind it (in a footer's token with a colon before
// that): where it starts, and the sentence from behind the white space to the next closing word or the end.
func (p *Parser) action(line string, at int, token bool) (start, from, end int, ok bool) {
	for i := at; i < len(line); i++ {
		if i > 0 && chars.IsWord(line[i-1]) {
			continue
		}
		for _, word := range p.ReferenceActions {
			if !chars.HasPrefixFold(line[i:], word) {
				continue
			}
			rest := line[i+len(word):]
			if token {
				rest = strings.TrimPrefix(rest, ":")
			}
			space := chars.SpaceAt(rest)
			if space == 0 {
				continue
			}
			from = len(line) - len(rest) + space
			if end, ok := p.sentenceEnd(line, from); ok {
				return i, from, end, true
			}
		}
	}
	return 0, 0, 0, false
}

// sentenceEnd finds where a sentence ends; ok is false where a line end stands in the way.
func (p *Parser) sentenceEnd(line string, from int) (end int, ok bool) {
	for i := from; i < len(line); i++ {
		if !chars.IsWord(line[i-1]) && p.actionAt(line[i:]) {
			return i, true
		}
		if c := line[i]; c == '\r' || c == 0xe2 && chars.IsLineEndAt(line[i:]) {
			return 0, false
		}
	}
	return len(line), true
}

func (p *Parser) actionAt(s string) bool {
	for _, word := range p.ReferenceActions {
		if chars.HasPrefixFold(s, word) && (len(s) == len(word) || !chars.IsWord(s[len(word)])) {
			return true
		}
	}
	return false
}

// names says whether a sentence names an issue: a prefix and an id with a digit in it, at the beginning of a word or
// behind the name of a repository, and behind it blank, end, or one of , ; . ) ]. Of a sentence only the first line counts.
func (p *Parser) names(sentence string) bool {
	if chars.HasURL(sentence) {
		return false
	}
	text := sentence[:lineEnd(sentence)]
	for i := 0; i < len(text); {
		if p.issueAt(sentence, i) {
			return true
		}
		run := i
		for run < len(text) && chars.IsRepository(text[run]) {
			run++
		}
		if run > i && p.issueAt(sentence, run) {
			return true
		}
		i = max(i+1, run)
	}
	return false
}

// issueAt says whether a prefix with an id stands at a place.
func (p *Parser) issueAt(text string, at int) bool {
	for _, prefix := range p.IssuePrefixes {
		if !p.hasPrefix(text[at:], prefix) {
			continue
		}
		end, digit := at+len(prefix), false
		for end < len(text) && (chars.IsWord(text[end]) || text[end] == '-') {
			digit = digit || isDigit(text[end])
			end++
		}
		if digit && endsID(text[end:]) {
			return true
		}
	}
	return false
}

// endsID says whether an id may stand before rest.
func endsID(rest string) bool {
	if rest == "" || strings.IndexByte(",;.)]", rest[0]) >= 0 {
		return true
	}
	r, _ := utf8.DecodeRuneInString(rest)
	return chars.IsSpace(r)
}
