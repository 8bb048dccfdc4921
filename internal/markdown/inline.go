package markdown

import (
	"bytes"
	"strings"

	"github.com/semcut/semcut/internal/lazyregexp"
)

// token is a piece of a paragraph. What is emphasized, or linked, stands between tokens that open it and close it.
type token struct {
	*Inline           // nil for none
	opens   []*Inline // begin behind the token, the outermost last
	closes  int       // how many end before it
}

// inlineParser reads a paragraph from left to right. Brackets and runs of stars are kept until what closes them is found.
type inlineParser struct {
	references map[string]reference
	text       string
	at         int
	words      []byte // text that is no token yet
	tokens     []token
	runs       []*run
	brackets   []*bracket
	dead       int             // of so many brackets none begins a link any more, but for images
	noEnd      map[string]bool // what doesn't stand in the rest of the text
}

// inlines reads the texts of all paragraphs and headings.
func (p *blockParser) inlines() {
	for _, b := range p.texts {
		text := strings.TrimRight(strings.Join(b.raw, "\n"), " \t")
		in := &inlineParser{references: p.references, text: text, noEnd: map[string]bool{}}
		b.Text = in.parse()
	}
}

func (p *inlineParser) parse() []*Inline {
	for p.at < len(p.text) {
		n := strings.IndexAny(p.text[p.at:], "\\`*_[!]<&\n")
		if n < 0 {
			n = len(p.text) - p.at
		}
		if n > 0 {
			p.plain(n)
		} else {
			p.special()
		}
	}
	p.flush()
	emphasize(p.tokens, p.runs)
	return tree(p.tokens)
}

// plain takes n bytes of text with the addresses in them, one of which may lead farther.
func (p *inlineParser) plain(n int) {
	for from, end := p.at, p.at+n; p.at < end; {
		k := strings.Index(p.text[from:end], "http")
		if k < 0 {
			p.write(p.text[p.at:end])
			p.at = end
			return
		}
		size := p.addressAt(from + k)
		if size == 0 {
			from += k + len("http")
			continue
		}
		p.write(p.text[p.at : from+k])
		p.at = from + k + size
		p.link(p.text[from+k:p.at], "", true)
		from = p.at
	}
}

func (p *inlineParser) write(text string) { p.words = append(p.words, text...) }

// push adds a token behind the text so far.
func (p *inlineParser) push(t token) {
	p.flush()
	p.tokens = append(p.tokens, t)
}

func (p *inlineParser) flush() {
	if len(p.words) > 0 {
		p.tokens = append(p.tokens, token{Inline: &Inline{Kind: Text, Text: string(p.words)}})
		p.words = p.words[:0]
	}
}

// link adds a link whose text is its address.
func (p *inlineParser) link(address, scheme string, bare bool) {
	p.push(token{Inline: &Inline{Kind: Link, URL: scheme + address, Bare: bare, Inlines: []*Inline{{Kind: Text, Text: address}}}})
}

// special reads what may be more than text.
func (p *inlineParser) special() {
	n := 0
	rest := p.text[p.at:]
	switch rest[0] {
	case '\\':
		n = p.escape(rest)
	case '`':
		n = p.code(rest)
	case '*', '_':
		n = p.run(rest)
	case '[':
		n = p.openBracket(rest[:1])
	case '!':
		if strings.HasPrefix(rest, "![") {
			n = p.openBracket(rest[:2])
		}
	case ']':
		n = p.closeBracket()
	case '<':
		n = p.angle(rest)
	case '&':
		if s := entityHere.FindString(rest); s != "" {
			p.write(character(s))
			n = len(s)
		}
	case '\n':
		n = p.lineEnd(rest)
	}
	if n == 0 {
		p.write(rest[:1])
		n = 1
	}
	p.at += n
}

var entityHere = lazyregexp.New("^" + entity)

func (p *inlineParser) escape(rest string) int {
	switch {
	case len(rest) > 1 && rest[1] == '\n':
		p.push(token{Inline: &Inline{Kind: HardBreak}})
		return 2
	case len(rest) > 1 && isPunctuation(rest[1]):
		p.write(rest[1:2])
		return 2
	}
	return 0
}

// lineEnd breaks the line, for good if two blanks stand before its end.
func (p *inlineParser) lineEnd(rest string) int {
	kind := SoftBreak
	if strings.HasSuffix(p.text[:p.at], "  ") {
		kind = HardBreak
	}
	p.words = bytes.TrimRight(p.words, " \t")
	p.push(token{Inline: &Inline{Kind: kind}})
	return 1 + len(rest[1:]) - len(strings.TrimLeft(rest[1:], " \t"))
}

// code reads a code span; the backticks are text if as many don't follow.
func (p *inlineParser) code(rest string) int {
	size := runOf(rest)
	ticks := rest[:size]
	if !p.noEnd[ticks] {
		for i := size; i < len(rest); {
			k := strings.IndexByte(rest[i:], '`')
			if k < 0 {
				break
			}
			i += k
			n := runOf(rest[i:])
			if n == size {
				p.push(token{Inline: &Inline{Kind: CodeSpan, Text: codeText(rest[size:i])}})
				return i + n
			}
			i += n
		}
		p.noEnd[ticks] = true
	}
	p.write(ticks)
	return size
}

// codeText is what a code span shows: one blank at each end is for backticks in it.
func codeText(text string) string {
	text = strings.ReplaceAll(text, "\n", " ")
	if len(text) > 2 && text[0] == ' ' && text[len(text)-1] == ' ' && strings.Trim(text, " ") != "" {
		return text[1 : len(text)-1]
	}
	return text
}
