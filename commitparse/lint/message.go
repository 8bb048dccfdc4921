package lint

import "unicode/utf8"

// Message is a commit message as the rules see it. A part that isn't there is empty.
type Message struct {
	Raw                  string
	Header               string
	Type, Scope, Subject string
	Body, Footer         string
	Paths                []string // that the commit changes, where they are known

	lines  []string // of Raw
	header place
	scope  int // where scope and subject begin in the header, in bytes
	subj   int
	body   []place // of each line of the body
	footer []place

	bodyThere, footerThere bool // maybe without any text
	refers                 bool // to an issue
}

// place is where a line of the message's parts stands in the raw text.
type place struct {
	line int // from 0
	skip int // bytes of the raw line before it
}

// spot is where a problem is: a line and bytes in it.
type spot struct {
	line     int // from 0
	from, to int
}

func (m *Message) atHeader(from, to int) spot {
	return spot{m.header.line, m.header.skip + from, m.header.skip + to}
}

func (m *Message) wholeHeader() spot { return m.atHeader(0, len(m.Header)) }

func (m *Message) atType() spot { return m.atHeader(0, len(m.Type)) }

func (m *Message) atScope() spot { return m.atHeader(m.scope, m.scope+len(m.Scope)) }

// atSubject is where the subject stands, or should.
func (m *Message) atSubject() spot {
	if m.Subject == "" {
		return m.atHeader(len(m.Header), len(m.Header))
	}
	return m.atHeader(m.subj, m.subj+len(m.Subject))
}

// atLine is part of a line of body or footer; without that line, the end of the header.
func (m *Message) atLine(places []place, n, from, to int) spot {
	if n >= len(places) {
		return m.atHeader(len(m.Header), len(m.Header))
	}
	p := places[n]
	return spot{p.line, p.skip + from, p.skip + to}
}

// atPart is the first line of body or footer.
func (m *Message) atPart(text string, places []place) spot {
	return m.atLine(places, 0, 0, len(firstLine(text)))
}

// atEnd is the last character of body or footer.
func (m *Message) atEnd(text string, places []place) spot {
	if len(places) == 0 {
		return m.atPart(text, places)
	}
	last := splitLines(text)
	line := last[len(last)-1]
	return m.atLine(places, len(places)-1, len(line)-lastSize(line), len(line))
}

func (m *Message) wholeBody() spot   { return m.atPart(m.Body, m.body) }
func (m *Message) wholeFooter() spot { return m.atPart(m.Footer, m.footer) }

func firstLine(text string) string { return splitLines(text)[0] }

// resolve turns a spot into line, column and width in characters, from 1.
func (m *Message) resolve(at spot) (line, col, width int) {
	if at.line >= len(m.lines) {
		return max(1, len(m.lines)), 1, 0
	}
	text := m.lines[at.line]
	from := min(at.from, len(text))
	to := max(from, min(at.to, len(text)))
	return at.line + 1, utf8.RuneCountInString(text[:from]) + 1, utf8.RuneCountInString(text[from:to])
}
