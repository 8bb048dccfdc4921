package commitparse

import (
	"strings"

	"github.com/semcut/semcut/commitparse/internal/chars"
)

// header reads the issues that the first line names, and what Conventional Commits makes of the others.
func (p *parser) header() {
	if !p.ok {
		return
	}
	m := &p.message
	m.References = p.references(p.line)
	m.Body, m.Footers = bodyAndFooters(p.lines.rest)
	p.next()
}

// readHeader takes the first line, "type(scope)!: description", apart, and says whether there is a "!" in it.
func (m *Message) readHeader(line string, f Format) (bang bool) {
	m.Header = line
	h, ok := splitHeader(line, f.Bang)
	if ok {
		m.Conventional = true
		m.Type, m.Scope, m.Description = h.typ, h.scope, h.description
	}
	return h.bang
}

// headerParts are what a header of the format's shape says.
type headerParts struct {
	typ, scope, description string
	bang                    bool
}

// splitHeader matches ^(\w*)(?:\((.*)\))?!?: (.*)$, where the pattern with the "!" is tried first and a scope runs
// to the last ")" that a colon follows; without bang there is no "!".
func splitHeader(line string, bang bool) (headerParts, bool) {
	n := 0
	for n < len(line) && chars.IsWord(line[n]) {
		n++
	}
	if n == len(line) || chars.LineEnd(line) >= 0 {
		return headerParts{}, false
	}
	typ, rest := line[:n], line[n:]
	if bang {
		if scope, description, ok := splitScope(rest, "!: "); ok {
			return headerParts{typ, scope, description, true}, true
		}
	}
	scope, description, ok := splitScope(rest, ": ")
	return headerParts{typ, scope, description, false}, ok
}

// splitScope reads an optional scope in parentheses, the mark and the description.
func splitScope(rest, mark string) (scope, description string, ok bool) {
	if strings.HasPrefix(rest, "(") {
		for end := len(rest); ; {
			if end = strings.LastIndexByte(rest[:end], ')'); end <= 0 {
				return "", "", false
			}
			if description, ok := strings.CutPrefix(rest[end+1:], mark); ok {
				return rest[1:end], description, true
			}
		}
	}
	description, ok = strings.CutPrefix(rest, mark)
	return "", description, ok
}

// breakingHeader makes a note of the header's "!" where the message has no note of its own.
func (p *parser) breakingHeader() {
	if p.message.Breaking && len(p.message.Notes) == 0 {
		p.message.Notes = append(p.message.Notes, Note{Title: "BREAKING CHANGE", Text: p.message.Description})
	}
}
