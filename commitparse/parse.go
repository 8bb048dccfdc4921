package commitparse

import (
	"strings"
	"unicode/utf8"

	"github.com/semcut/semcut/commitparse/internal/chars"
)

// Parse takes a message apart. It always answers: of a text that has nothing to tell, with empty fields.
func Parse(text string, f Format) Message {
	m, _ := ParseIf(text, f, nil)
	return m
}

// ParseIf takes a message apart if it is wanted, which costs many times of what it takes to read its header. wanted, nil for all, is
// asked with what the first line alone says: Header, Conventional, Type, Scope and Description, and Breaking where a "!" does.
func ParseIf(text string, f Format, wanted func(header Message) bool) (m Message, ok bool) {
	if !utf8.ValidString(text) {
		text = strings.ToValidUTF8(text, "\uFFFD")
	}
	body := trimNewlines(text)
	p := parser{format: f, message: Message{Raw: text}, text: body, lines: lines{rest: body}}
	if p.next(); p.ok {
		p.message.Breaking = p.message.readHeader(p.line, f)
	}
	if wanted != nil && !wanted(p.message) {
		return m, false
	}
	return p.parse(), true
}

// parse goes on behind the header.
func (p *parser) parse() Message {
	p.header()
	p.sections()
	p.breakingHeader()
	p.cleanUp()
	m := &p.message
	m.Mentions = mentions(m.Raw)
	m.Revert = revert(m.Raw, p.format.Revert)
	m.Merge = isMerge(m.Header)
	if m.Breaking = len(m.Notes) > 0; m.Breaking {
		m.BreakingText = m.Notes[0].Text
	}
	return *m
}

// trimNewlines takes CR and LF, and nothing else, off both ends.
func trimNewlines(text string) string { return strings.Trim(text, "\r\n") }

// lines hands out the lines of a text, which end with LF or CRLF.
type lines struct {
	rest string
	done bool
}

func (l *lines) next() (line string, ok bool) {
	if l.done {
		return "", false
	}
	line, rest, more := strings.Cut(l.rest, "\n")
	l.rest, l.done = rest, !more
	if more {
		line = strings.TrimSuffix(line, "\r")
	}
	return line, true
}

// parser goes over a message once, line by line, as conventional-commits-parser 6.4 does.
type parser struct {
	format  Format
	message Message
	lines   lines
	text    string // that the lines are of
	line    string // the current line
	at      int    // where in the text it begins
	ok      bool   // there is one

	body, footer part // as the parser that we copy parts them

	begins struct { // what action words begin with, in small letters
		known bool
		byte  [256]bool
	}
}

// part is lines of a message; one without lines is not there. It is a piece of the message as long as its lines stand there one
// after the other, with nothing but a line feed between them.
type part struct {
	there    bool
	from, to int
	joined   *strings.Builder // nil while it is a piece
}

// add adds the parser's current line.
func (p *part) add(of *parser) {
	end := of.at + len(of.line)
	switch {
	case p.joined != nil:
		appendLine(p.joined, of.line)
	case p.from == p.to:
		p.from, p.to = of.at, end
	case p.to+1 == of.at:
		p.to = end
	default:
		p.joined = &strings.Builder{}
		p.joined.WriteString(of.text[p.from:p.to])
		appendLine(p.joined, of.line)
	}
	p.there = true
}

func (p *part) read(of *parser) Part {
	text := of.text[p.from:p.to]
	if p.joined != nil {
		text = p.joined.String()
	}
	return Part{p.there, trimNewlines(text)}
}

// next takes the next line, passing over those that git puts there for a signature.
func (p *parser) next() {
	for {
		p.at = len(p.text) - len(p.lines.rest)
		p.line, p.ok = p.lines.next()
		if !p.ok || !strings.HasPrefix(p.line[chars.SpaceAt(p.line):], "gpg:") {
			return
		}
	}
}

// sections goes over what follows the header. Of a line that starts a note, the block is taken and then one line
// more, which is not looked at for a note: that is how the parser that we copy works. The first note or reference
// ends the body.
func (p *parser) sections() {
	m, at := &p.message, &p.body
	for p.ok {
		p.field()
		if p.note(); len(m.Notes) > 0 {
			at = &p.footer
		}
		if !p.ok {
			return
		}
		if found := p.references(p.line); len(found) > 0 {
			m.References = append(m.References, found...)
			at = &p.footer
		}
		at.add(p)
		p.next()
	}
}

// field passes over a custom field: from a line like -name- (or ---) to the end of the message. A line -- is
// passed over alone.
func (p *parser) field() bool {
	name, swallowed := "", false
	for p.ok {
		if found, isField := fieldName(p.line); isField {
			name = found
			p.next()
			continue
		}
		if name == "" {
			break
		}
		swallowed = true
		p.next()
	}
	return swallowed
}

// fieldName matches ^-(.*?)-$.
func fieldName(line string) (string, bool) {
	if len(line) < 2 || line[0] != '-' || line[len(line)-1] != '-' || chars.LineEnd(line) >= 0 {
		return "", false
	}
	return line[1 : len(line)-1], true
}

// cleanUp trims the notes and drops references that say the same again.
func (p *parser) cleanUp() {
	m := &p.message
	m.ParserBody, m.ParserFooter = p.body.read(p), p.footer.read(p)
	for i := range m.Notes {
		m.Notes[i].Text = trimNewlines(m.Notes[i].Text)
	}
	if len(m.References) < 2 {
		return
	}
	seen := make(map[string]bool, len(m.References))
	kept := m.References[:0]
	for _, r := range m.References {
		if id := strings.ToLower(r.Action + " " + r.Raw); !seen[id] {
			seen[id] = true
			kept = append(kept, r)
		}
	}
	m.References = kept
}

// mentions finds every @name of the text, e-mail hosts included.
func mentions(text string) []string {
	var found []string
	for i := strings.IndexByte(text, '@'); i >= 0; {
		start := i + 1
		end := start
		for end < len(text) && (chars.IsWord(text[end]) || text[end] == '-') {
			end++
		}
		if end > start {
			found = append(found, text[start:end])
		}
		next := strings.IndexByte(text[end:], '@')
		if next < 0 {
			break
		}
		i = end + next
	}
	return found
}

// mergeHeaders begin the headers that git and forges write for merge commits.
var mergeHeaders = []string{"Merge branch ", "Merge branches ", "Merge pull request ", "Merge remote-tracking branch ", "Merge tag ", "Merge commit "}

func isMerge(header string) bool {
	for _, h := range mergeHeaders {
		if strings.HasPrefix(header, h) {
			return true
		}
	}
	return false
}
