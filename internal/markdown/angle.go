package markdown

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/semcut/semcut/internal/lazyregexp"
)

const (
	attribute = `(?:\s+[A-Za-z_:][A-Za-z0-9_.:-]*(?:\s*=\s*(?:[^\s"'=<>` + "`" + `]+|'[^']*'|"[^"]*"))?)`
	openTag   = `<[A-Za-z][A-Za-z0-9-]*` + attribute + `*\s*/?>`
	closeTag  = `</[A-Za-z][A-Za-z0-9-]*\s*>`
)

var (
	addressInAngles = lazyregexp.New(`^<([A-Za-z][A-Za-z0-9.+-]{1,31}:[^\s<>\x00-\x20]*)>`)
	mailInAngles    = lazyregexp.New("^<([A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*)>")
	rawTag          = lazyregexp.New(`^(?:` + openTag + `|` + closeTag + `)`)
)

// angle reads an address in angles or raw HTML.
func (p *inlineParser) angle(rest string) int {
	if m := addressInAngles.FindStringSubmatch(rest); m != nil {
		p.link(m[1], "", false)
		return len(m[0])
	}
	if m := mailInAngles.FindStringSubmatch(rest); m != nil {
		p.link(m[1], "mailto:", false)
		return len(m[0])
	}
	n := p.html(rest)
	if n > 0 {
		p.push(token{Inline: &Inline{Kind: RawHTML, Text: rest[:n]}})
	}
	return n
}

// html gives the size of the raw HTML that a text begins with.
func (p *inlineParser) html(rest string) int {
	switch {
	case strings.HasPrefix(rest, "<!-->"):
		return len("<!-->")
	case strings.HasPrefix(rest, "<!--->"):
		return len("<!--->")
	case strings.HasPrefix(rest, "<!--"):
		return p.upTo(rest, len("<!--"), "-->")
	case strings.HasPrefix(rest, "<?"):
		return p.upTo(rest, len("<?"), "?>")
	case strings.HasPrefix(rest, "<![CDATA["):
		return p.upTo(rest, len("<![CDATA["), "]]>")
	case strings.HasPrefix(rest, "<!") && len(rest) > 2 && isLetter(rest[2]):
		return p.upTo(rest, len("<!"), ">")
	}
	return len(rawTag.FindString(rest))
}

// upTo gives the size up to what ends it. That it isn't there is looked for once.
func (p *inlineParser) upTo(rest string, from int, end string) int {
	if p.noEnd[end] {
		return 0
	}
	n := strings.Index(rest[from:], end)
	if n < 0 {
		p.noEnd[end] = true
		return 0
	}
	return from + n + len(end)
}

// address is a bare one; what ends a sentence, or closes a bracket, is no part of it.
var address = lazyregexp.New("^https?://[^\\s<>`]*[^\\s<>`.,:;!?'*_~()\\[\\]]")

// addressAt gives the size of the bare address at i: it stands at a beginning or behind what may stand before a word.
func (p *inlineParser) addressAt(i int) int {
	if i > 0 && strings.IndexByte(" \n\t(*_~[", p.text[i-1]) < 0 {
		return 0
	}
	found := address.FindString(p.text[i:])
	if before, _, ok := strings.Cut(found, "]"); ok && len(p.brackets) > 0 { // which it closes
		found = address.FindString(before)
	}
	return len(found)
}

// runesAround gives the characters before and behind a place, line ends where there are none.
func runesAround(text string, from, to int) (before, after rune) {
	before, after = '\n', '\n'
	if from > 0 {
		before, _ = utf8.DecodeLastRuneInString(text[:from])
	}
	if to < len(text) {
		after, _ = utf8.DecodeRuneInString(text[to:])
	}
	return before, after
}

func isMark(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }
