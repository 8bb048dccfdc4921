package lint

import (
	"strings"

	"github.com/semcut/semcut/commitparse/internal/chars"
)

// scissors ends a message where git shows what is committed below it.
const scissors = " ------------------------ >8 ------------------------"

// parse takes a message apart as conventional-commits-parser 7.1 does under commitlint, which reads no custom fields.
func parse(text string, p *Parser) *Message {
	m := &Message{Raw: text, lines: splitLines(text)}
	s := splitter{parser: p, message: m}
	s.readLines()
	s.header()
	s.sections()
	s.cleanUp()
	return m
}

// line is one line with its place in the raw text.
type line struct {
	text string
	place
}

// splitter goes over a message once, line by line.
type splitter struct {
	parser  *Parser
	message *Message
	lines   []line
	at      int

	body, footer part
}

// part collects the lines of body or footer.
type part struct {
	lines []line
	there bool
}

// add puts a line behind the others. Blank lines before any text leave nothing behind.
func (p *part) add(l line) {
	if p.there = true; len(p.lines) > 0 || l.text != "" {
		p.lines = append(p.lines, l)
	}
}

// readLines takes the lines between the newlines at both ends, without those that are no part of the message.
func (s *splitter) readLines() {
	raw := s.message.Raw
	trimmed := strings.TrimLeft(raw, "\r\n")
	cut := raw[:len(raw)-len(trimmed)]
	first := strings.Count(cut, "\n")
	skip := len(cut) - (strings.LastIndexByte(cut, '\n') + 1)
	comment := s.parser.CommentChar
	for i, text := range splitLines(strings.TrimRight(trimmed, "\r\n")) {
		l := line{text, place{first + i, skip}}
		skip = 0
		if comment != "" && text == comment+scissors {
			break
		}
		if comment != "" && strings.HasPrefix(text, comment) || strings.HasPrefix(trimStart(text), "gpg:") {
			continue
		}
		s.lines = append(s.lines, l)
	}
}

// header reads the header, and before it the line of a merge.
func (s *splitter) header() {
	m, p := s.message, s.parser
	if p.MergePattern != nil && len(s.lines) > 0 && s.lines[0].text != "" {
		if h, ok := matched(p.MergePattern, p.MergeCorrespondence, s.lines[0].text); ok {
			s.take(s.lines[0].text, h)
			for s.at = 1; s.at < len(s.lines) && chars.TrimSpace(s.lines[s.at].text) == ""; {
				s.at++
			}
		}
	}
	if s.at >= len(s.lines) {
		return
	}
	l := s.lines[s.at]
	s.at++
	if l.text == "" {
		m.header = l.place
		return
	}
	m.Header, m.header = l.text, l.place
	if h, ok := p.parts(l.text); ok {
		s.take(l.text, h)
	}
	m.refers = p.refer(l.text, false)
}

func (s *splitter) take(text string, h headerParts) {
	m := s.message
	m.Type, m.Scope, m.Subject = text[h.typ[0]:h.typ[1]], text[h.scope[0]:h.scope[1]], text[h.subject[0]:h.subject[1]]
	m.scope, m.subj = h.scope[0], h.subject[0]
}

// sections parts the rest into body and footer: a note or a footer's token ends the body. After the block of a note, one
// line is taken that isn't looked at for a note.
func (s *splitter) sections() {
	inBody := true
	for s.at < len(s.lines) {
		if s.notes() {
			inBody = false
		}
		if s.at == len(s.lines) {
			return
		}
		l := s.lines[s.at]
		s.at++
		token := s.parser.isToken(l.text)
		s.refer(l.text, token)
		if inBody = inBody && !token; inBody {
			s.body.add(l)
		} else {
			s.footer.add(l)
		}
	}
}

// notes takes a note and the lines that belong to it, up to a footer's token, which is taken, too.
func (s *splitter) notes() bool {
	if !s.parser.isNote(s.lines[s.at].text) {
		return false
	}
	for s.at < len(s.lines) {
		l := s.lines[s.at]
		s.footer.add(l)
		s.at++
		if s.parser.isNote(l.text) {
			continue
		}
		token := s.parser.isToken(l.text)
		s.refer(l.text, token)
		if token {
			break
		}
	}
	return true
}

func (s *splitter) refer(text string, token bool) {
	if !s.message.refers {
		s.message.refers = s.parser.refer(text, token)
	}
}

// cleanUp puts body and footer together, without the newlines at their ends.
func (s *splitter) cleanUp() {
	m := s.message
	m.Body, m.body, m.bodyThere = s.body.text()
	m.Footer, m.footer, m.footerThere = s.footer.text()
}

func (p *part) text() (string, []place, bool) {
	lines := p.lines
	for len(lines) > 0 && strings.Trim(lines[len(lines)-1].text, "\r") == "" {
		lines = lines[:len(lines)-1]
	}
	for len(lines) > 0 && strings.Trim(lines[0].text, "\r") == "" {
		lines = lines[1:]
	}
	var b strings.Builder
	places := make([]place, len(lines))
	for i, l := range lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(l.text)
		places[i] = l.place
	}
	text := b.String()
	if trimmed := strings.TrimLeft(text, "\r"); len(trimmed) < len(text) {
		places[0].skip += len(text) - len(trimmed)
	}
	return trimNewlines(text), places, p.there
}
