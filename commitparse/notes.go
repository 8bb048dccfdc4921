package commitparse

import (
	"strings"

	"github.com/semcut/semcut/commitparse/internal/chars"
)

// note reads a breaking note and those that end it, where there is one at the current line. It is a loop since a
// message may be made of nothing but notes.
func (p *parser) note() {
	if !p.ok {
		return
	}
	title, text, ok := splitNote(p.line, p.format.NoteKeywords)
	for ok {
		title, text, ok = p.readNote(title, text)
	}
}

// readNote reads the lines of a note up to the next note, a field, or a line with a reference, which belongs to it
// no more. A note that ends it is given back.
func (p *parser) readNote(title, text string) (nextTitle, nextText string, ended bool) {
	var more strings.Builder
	more.WriteString(text)
	p.footer.add(p)
	p.next()
	for p.ok && !p.field() && p.ok {
		if nextTitle, nextText, ended = splitNote(p.line, p.format.NoteKeywords); ended {
			break
		}
		line := p.line
		found := p.references(line)
		p.footer.add(p)
		p.next()
		if len(found) > 0 {
			p.message.References = append(p.message.References, found...)
			break
		}
		appendLine(&more, line)
	}
	p.message.Notes = append(p.message.Notes, Note{Title: title, Text: more.String()})
	return nextTitle, nextText, ended
}

// appendLine adds a line to a text; to an empty text it adds no line end.
func appendLine(b *strings.Builder, line string) {
	if b.Len() > 0 {
		b.WriteByte('\n')
	}
	b.WriteString(line)
}

// splitNote matches ^[\s|*]*(KEYWORD)[:\s]+(.*) in any case.
func splitNote(line string, keywords []string) (title, text string, ok bool) {
	rest := line
	for {
		trimmed := strings.TrimLeft(rest[chars.SpaceAt(rest):], "|*")
		if len(trimmed) == len(rest) {
			break
		}
		rest = trimmed
	}
	for _, k := range keywords {
		if !chars.HasPrefixFold(rest, k) {
			continue
		}
		after := rest[len(k):]
		n := 0
		for {
			more := chars.SpaceAt(after[n:])
			for n+more < len(after) && after[n+more] == ':' {
				more++
			}
			if more == 0 {
				break
			}
			n += more
		}
		if n == 0 {
			continue
		}
		text = after[n:]
		if end := chars.LineEnd(text); end >= 0 {
			text = text[:end]
		}
		return rest[:len(k)], text, true
	}
	return "", "", false
}
