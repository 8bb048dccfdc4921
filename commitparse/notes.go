package commitparse

import "strings"

// note reads a breaking note: its line and those that follow, up to the next note, a field, or a line with a
// reference, which belongs to it no more. It says whether there was one.
func (p *parser) note() bool {
	if !p.ok {
		return false
	}
	title, text, ok := splitNote(p.line, p.format.NoteKeywords)
	if !ok {
		return false
	}
	at := len(p.message.Notes)
	p.message.Notes = append(p.message.Notes, Note{Title: title})
	p.next()
	var more strings.Builder
	more.WriteString(text)
	for p.ok {
		if p.field() || p.note() {
			break
		}
		if !p.ok {
			break
		}
		found := p.references(p.line)
		p.message.References = append(p.message.References, found...)
		if len(found) == 0 {
			appendLine(&more, p.line)
		}
		p.next()
		if len(found) > 0 {
			break
		}
	}
	p.message.Notes[at].Text = more.String()
	return true
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
		trimmed := strings.TrimLeft(rest[spaceAt(rest):], "|*")
		if len(trimmed) == len(rest) {
			break
		}
		rest = trimmed
	}
	for _, k := range keywords {
		if !hasPrefixFold(rest, k) {
			continue
		}
		after := rest[len(k):]
		n := 0
		for {
			more := spaceAt(after[n:])
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
		if end := strings.IndexFunc(text, isLineEnd); end >= 0 {
			text = text[:end]
		}
		return rest[:len(k)], text, true
	}
	return "", "", false
}
