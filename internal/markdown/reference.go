package markdown

import (
	"html"
	"strings"

	"github.com/semcut/semcut/internal/lazyregexp"
)

// reference is what a label stands for.
type reference struct{ url, title string }

// define takes the definitions of references off the beginning of a paragraph.
func (p *blockParser) define(b *openBlock) {
	if len(b.raw) == 0 || !strings.HasPrefix(b.raw[0], "[") {
		return
	}
	text := strings.Join(b.raw, "\n")
	for strings.HasPrefix(text, "[") {
		label, rest := labelAt(text)
		if label == "" || !strings.HasPrefix(rest, ":") {
			break
		}
		url, rest, ok := destinationAt(skipBlanks(rest[1:]))
		if !ok {
			break
		}
		title, after, ok := definedTitle(rest)
		if !ok {
			break
		}
		if _, known := p.references[label]; !known {
			p.references[label] = reference{url, title}
		}
		text = strings.TrimLeft(after, " \t\n")
	}
	b.raw = nil
	if text != "" {
		b.raw = strings.Split(text, "\n")
	}
}

// definedTitle reads the title of a definition, which ends its line. What is no title may stand in the next line.
func definedTitle(text string) (title, rest string, ok bool) {
	if title, rest, ok = titleAt(text); ok {
		if line, after, _ := strings.Cut(rest, "\n"); strings.Trim(line, " \t") == "" {
			return title, after, true
		}
	}
	line, after, _ := strings.Cut(text, "\n")
	return "", after, strings.Trim(line, " \t") == ""
}

// labelAt reads [a label], in the form that labels are compared in; "" if there is none.
func labelAt(text string) (label, rest string) {
	const longest = 999
	for i := 1; i < len(text) && i <= longest+1; i++ {
		switch text[i] {
		case '\\':
			i++
		case '[':
			return "", text
		case ']':
			return fold(text[1:i]), text[i+1:]
		}
	}
	return "", text
}

// fold makes labels alike that differ in case and blanks only.
func fold(label string) string {
	return strings.ToLower(strings.ToUpper(strings.Join(strings.Fields(label), " ")))
}

// destinationAt reads an address, <in angles> or without blanks, and gives what stands behind it.
func destinationAt(text string) (url, rest string, ok bool) {
	if strings.HasPrefix(text, "<") {
		for i := 1; i < len(text); i++ {
			switch text[i] {
			case '\\':
				i++
			case '<', '\n':
				return "", text, false
			case '>':
				return unescape(text[1:i]), text[i+1:], true
			}
		}
		return "", text, false
	}
	const deepest = 32
	open, i := 0, 0
loop:
	for ; i < len(text) && text[i] > ' ' && text[i] != 0x7f; i++ {
		switch text[i] {
		case '\\':
			if i+1 < len(text) && isPunctuation(text[i+1]) {
				i++
			}
		case '(':
			if open++; open > deepest {
				return "", text, false
			}
		case ')':
			if open == 0 {
				break loop
			}
			open--
		}
	}
	return unescape(text[:i]), text[i:], i > 0 && open == 0
}

// titleAt reads a title with the blanks before it: in quotes of both kinds or in brackets.
func titleAt(text string) (title, rest string, ok bool) {
	begin := skipBlanks(text)
	if begin == "" || begin == text {
		return "", text, false
	}
	end := begin[0]
	switch end {
	case '"', '\'':
	case '(':
		end = ')'
	default:
		return "", text, false
	}
	for i := 1; i < len(begin); i++ {
		switch begin[i] {
		case '\\':
			i++
		case end:
			return unescape(begin[1:i]), begin[i+1:], true
		case '(':
			if end == ')' {
				return "", text, false
			}
		}
	}
	return "", text, false
}

// skipBlanks takes blanks off the beginning, and one line end at most.
func skipBlanks(text string) string {
	text = strings.TrimLeft(text, " \t")
	if after, ok := strings.CutPrefix(text, "\n"); ok {
		text = strings.TrimLeft(after, " \t")
	}
	return text
}

// escaped is what stands for another character.
var escaped = lazyregexp.New("\\\\[!-/:-@\\[-`{-~]|" + entity)

const entity = `&(?:#[0-9]{1,7}|#[Xx][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});`

// unescape resolves escapes and references.
func unescape(text string) string {
	if !strings.ContainsAny(text, `\&`) {
		return text
	}
	return escaped.ReplaceAllStringFunc(text, func(s string) string {
		if s[0] == '\\' {
			return s[1:]
		}
		return character(s)
	})
}

// character gives what a reference stands for, itself if it stands for nothing.
func character(entity string) string {
	s := html.UnescapeString(entity)
	if len(s) > 1 && strings.HasSuffix(s, ";") {
		return entity // only its beginning is a name, which HTML lets stand without its end
	}
	return s
}

func isPunctuation(b byte) bool {
	return b >= '!' && b <= '/' || b >= ':' && b <= '@' || b >= '[' && b <= '`' || b >= '{' && b <= '~'
}
