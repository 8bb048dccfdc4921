package markdown

import "strings"

// bracket is a [ that may begin a link.
type bracket struct {
	token  int
	behind int // where its text begins
	runs   int // how many runs stand before it
	image  bool
	nested bool // another bracket stands in it
}

func (p *inlineParser) openBracket(mark string) int {
	if n := len(p.brackets); n > 0 {
		p.brackets[n-1].nested = true
	}
	p.push(token{Inline: &Inline{Kind: Text, Text: mark}})
	p.brackets = append(p.brackets, &bracket{token: len(p.tokens) - 1, behind: p.at + len(mark), runs: len(p.runs), image: len(mark) == 2})
	return len(mark)
}

// closeBracket makes a link of what stands since the last open bracket, if an address or a known label belongs to it.
func (p *inlineParser) closeBracket() int {
	last := len(p.brackets) - 1
	if last < 0 {
		return 0
	}
	b := p.brackets[last]
	dead := !b.image && last < p.dead // it would be a link that holds a link
	p.brackets, p.dead = p.brackets[:last], min(p.dead, last)
	if dead {
		return 0
	}
	to, size, ok := p.target(b)
	if !ok {
		return 0
	}
	kind := Link
	if b.image {
		kind = Image
	}
	p.flush()
	emphasize(p.tokens, p.runs[b.runs:])
	p.runs = p.runs[:b.runs]
	p.tokens[b.token] = token{opens: []*Inline{{Kind: kind, URL: to.url, Title: to.title}}}
	p.push(token{closes: 1})
	if !b.image {
		p.noLinksIn(b)
	}
	return size
}

// noLinksIn keeps links from standing in a link.
func (p *inlineParser) noLinksIn(b *bracket) {
	for _, t := range p.tokens[b.token:] {
		if t.Inline != nil && t.Bare {
			*t.Inline = Inline{Kind: Text, Text: t.URL}
		}
	}
	p.dead = len(p.brackets)
}

// target reads where a link leads to, with the size of that and the bracket before it.
func (p *inlineParser) target(b *bracket) (to reference, size int, ok bool) {
	rest := p.text[p.at+1:]
	if to, n, ok := inlineTarget(rest); ok {
		return to, 1 + n, true
	}
	if label, after := labelAt(rest); strings.HasPrefix(rest, "[") && len(rest)-len(after) > 2 {
		to, ok = p.references[label]
		return to, 1 + len(rest) - len(after), ok && label != ""
	}
	const longest = 999
	if b.nested || p.at-b.behind > longest {
		return reference{}, 0, false
	}
	size = 1
	if strings.HasPrefix(rest, "[]") {
		size = 3
	}
	to, ok = p.references[fold(p.text[b.behind:p.at])]
	return to, size, ok
}

// inlineTarget reads (address "title").
func inlineTarget(text string) (to reference, size int, ok bool) {
	if !strings.HasPrefix(text, "(") {
		return to, 0, false
	}
	rest := skipBlanks(text[1:])
	if !strings.HasPrefix(rest, ")") {
		if to.url, rest, ok = destinationAt(rest); !ok {
			return to, 0, false
		}
		if title, after, ok := titleAt(rest); ok {
			to.title, rest = title, after
		}
		rest = skipBlanks(rest)
	}
	if !strings.HasPrefix(rest, ")") {
		return to, 0, false
	}
	return to, len(text) - len(rest) + 1, true
}
