package commitparse

import (
	"strings"
	"unicode/utf8"

	"github.com/semcut/semcut/commitparse/internal/chars"
)

// references finds the issues that a line names. Where it holds an action word with white space behind it, the
// text from there to the next action word is searched, and what stands before the first is not; else the whole line
// is, without an action.
func (p *parser) references(line string) []Reference {
	if !p.mayRefer(line) {
		return nil
	}
	var found []Reference
	acted := false
	for at := 0; at < len(line); {
		action, from, to, ok := p.nextAction(line, at)
		if !ok {
			break
		}
		acted = true
		found = p.search(found, action, line[from:to])
		at = to
	}
	if acted {
		return found
	}
	for rest := line; rest != ""; {
		part := rest
		if end := chars.LineEnd(rest); end >= 0 {
			_, size := utf8.DecodeRuneInString(rest[end:])
			part, rest = rest[:end], rest[end+size:]
		} else {
			rest = ""
		}
		found = p.search(found, "", part)
	}
	return found
}

// mayRefer says whether a line holds an issue prefix at all; most don't.
func (p *parser) mayRefer(line string) bool {
	for _, prefix := range p.format.IssuePrefixes {
		if prefix != "" && Fold(prefix).In(line) {
			return true
		}
	}
	return false
}

// nextAction matches (ACTION)\s+(.*?)(?=ACTION|$) from at on: an action word, even inside of another word, and the
// text from behind its white space to the next action word or the end.
func (p *parser) nextAction(line string, at int) (action string, from, to int, ok bool) {
	for i := at; i < len(line); i++ {
		if !p.beginsAction(line[i]) {
			continue
		}
		for _, a := range p.format.ReferenceActions {
			if !chars.HasPrefixFold(line[i:], a) {
				continue
			}
			space := chars.SpaceAt(line[i+len(a):])
			if space == 0 {
				continue
			}
			start := i + len(a) + space
			if end, ok := p.actionEnd(line, start); ok {
				return line[i : i+len(a)], start, end, true
			}
		}
	}
	return "", 0, 0, false
}

// actionEnd finds where an action's text ends; ok is false where a line end stands in the way.
func (p *parser) actionEnd(line string, start int) (end int, ok bool) {
	for i := start; i < len(line); i++ {
		if p.actionAt(line[i:]) {
			return i, true
		}
		if c := line[i]; c == '\r' || c == '\n' || c == 0xe2 && chars.IsLineEndAt(line[i:]) {
			return 0, false
		}
	}
	return len(line), true
}

// beginsAction says whether an action word may begin with a byte.
func (p *parser) beginsAction(b byte) bool {
	if !p.begins.known {
		p.begins.known = true
		for _, a := range p.format.ReferenceActions {
			if a == "" {
				continue
			}
			p.begins.byte[chars.Lower(a[0])] = true
		}
	}
	return p.begins.byte[chars.Lower(b)]
}

func (p *parser) actionAt(s string) bool {
	if !p.beginsAction(s[0]) {
		return false
	}
	for _, a := range p.format.ReferenceActions {
		if chars.HasPrefixFold(s, a) {
			return true
		}
	}
	return false
}

// search finds the references of a text, one after the other: owner/repository, prefix, id, and behind it blank,
// end, or one of , ; ) ]. A text with a web address names none.
func (p *parser) search(found []Reference, action, text string) []Reference {
	if chars.HasURL(text) {
		return found
	}
	ids := idRun{text: text}
	begin := 0
	for at := 0; at < len(text); {
		prefix, id := p.issueAt(&ids, at)
		if id == "" {
			at++
			continue
		}
		name := at
		for name > begin && chars.IsRepository(text[name-1]) {
			name--
		}
		end := at + len(prefix) + len(id)
		r := Reference{Action: action, Repository: text[name:at], Prefix: prefix, Issue: id, Raw: text[begin:end]}
		if owner, repository, ok := strings.Cut(r.Repository, "/"); ok {
			r.Owner, r.Repository = owner, repository
		}
		found = append(found, r)
		begin, at = end, end
	}
	return found
}

// issueAt reads a prefix and an id that stand at a place; an id that nothing ends is none.
func (p *parser) issueAt(ids *idRun, at int) (prefix, id string) {
	text := ids.text
	for _, f := range p.format.IssuePrefixes {
		if f == "" || !chars.HasPrefixFold(text[at:], f) {
			continue
		}
		start := at + len(f)
		if end := ids.endFrom(start); end > start && endsID(text[end:]) {
			return text[at:start], text[start:end]
		}
	}
	return "", ""
}

// endsID says whether an id may stand before rest.
func endsID(rest string) bool {
	if rest == "" || strings.IndexByte(",;)]", rest[0]) >= 0 {
		return true
	}
	r, _ := utf8.DecodeRuneInString(rest)
	return chars.IsSpace(r)
}

// idRun finds where runs of an id's characters end. It remembers the last run: a prefix like "gh-" is made of such
// characters itself, so that every part of one long run may have to be looked at.
type idRun struct {
	text       string
	start, end int
}

func (r *idRun) endFrom(at int) int {
	if at >= r.start && at < r.end {
		return r.end
	}
	end := at
	for end < len(r.text) && (chars.IsWord(r.text[end]) || r.text[end] == '-') {
		end++
	}
	r.start, r.end = at, end
	return end
}
