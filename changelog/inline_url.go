package changelog

import (
	"strings"
	"unicode"

	"github.com/semcut/semcut/internal/lazyregexp"
)

// url writes the URL at i, if there is one. GitHub makes a link of it, with all up to the next space: a backslash
// would become a part of it. So it stays as it is where that is harmless even to a parser that makes no link of it or
// a shorter one; otherwise it gets angle brackets, which all parsers agree on, or becomes text.
func (w *lineWriter) url(i int) int {
	head := w.urlHead(i)
	if head == 0 {
		return 0
	}
	if i < w.noURL {
		return w.noLink(i, head)
	}
	whole := w.text[i : i+urlSize(w.text[i:])]
	url, rest := trimURL(whole), w.text[i+len(whole):]
	if isHarmless(url, whole, w.atBlank(i)) {
		if rest == "" || rest[0] == ' ' {
			w.out = append(w.out, whole...)
			return len(whole)
		}
		if inAngles(w.text[:i], rest) { // > would belong to the URL; an entity at its end doesn't
			w.out = append(w.out, whole+"&gt;"...)
			return len(whole) + 1
		}
	}
	if len(url) > head && url[0] != 'w' && !entityWithin.MatchString(url) {
		if i > 0 && w.text[i-1] == '\\' {
			w.out = append(w.out, '\\')
		}
		w.out = append(w.out, "<"+url+">"...)
		return len(url)
	}
	w.noURL = i + len(whole)
	return w.noLink(i, head)
}

// noLink makes text of what a URL at i begins with: https\:// and www\. are no URLs.
func (w *lineWriter) noLink(i, head int) int {
	text := w.text[i : i+head]
	at := strings.IndexAny(text, ":.")
	w.out = append(w.out, text[:at]+`\`+text[at:]...)
	return head
}

// urlHead gives the size of what a URL at i begins with, wherever one of the parsers might look for a URL.
func (w *lineWriter) urlHead(i int) int {
	if strings.IndexByte("hHfFw", w.text[i]) < 0 || i > 0 && isLetterOrDigit(w.text[i-1]) && (!isDigit(w.text[i-1]) || w.text[i] == 'w') {
		return 0
	}
	if strings.HasPrefix(w.text[i:], "www.") {
		return len("www.")
	}
	for _, scheme := range schemes {
		if len(w.text)-i >= len(scheme) && w.text[i+len(scheme)-1] == '/' && strings.EqualFold(w.text[i:i+len(scheme)], scheme) {
			return len(scheme)
		}
	}
	return 0
}

var schemes = []string{"https://", "http://", "ftp://"}

// atBlank says whether a URL at i stands where all parsers look for one.
func (w *lineWriter) atBlank(i int) bool {
	return i == 0 || w.text[i-1] == ' ' || w.text[i-1] == '('
}

// inAngles says whether a URL between the two is in angle brackets and nothing but punctuation follows up to a space.
func inAngles(before, after string) bool {
	rest, ok := strings.CutPrefix(after, ">")
	rest = strings.TrimLeft(rest[:min(len(rest), 8)], calm)
	return ok && strings.HasSuffix(before, "<") && (rest == "" || rest[0] == ' ')
}

// urlSize measures what might belong to the URL at the start of text. Brackets do in pairs.
func urlSize(text string) int {
	open := 0
	for i, r := range text {
		switch {
		case unicode.IsSpace(r) || strings.ContainsRune("<>`|\\", r) || r == ']' && open == 0:
			return i
		case r == '[':
			open++
		case r == ']':
			open--
		}
	}
	return len(text)
}

// calm is punctuation that may follow a URL and means nothing in Markdown.
const calm = `?!.,:;'")`

// trimURL takes the end of a sentence off a URL, and parentheses that were opened before it.
func trimURL(url string) string {
	surplus := strings.Count(url, ")") - strings.Count(url, "(")
	for n := len(url); n > 0; n-- {
		switch c := url[n-1]; {
		case c == ')' && surplus > 0:
			surplus--
		case c == ')' || strings.IndexByte(calm+"*_~", c) < 0:
			return url[:n]
		}
	}
	return ""
}

// linked is a URL that is a link as a whole to all parsers.
var linked = lazyregexp.New(`^(?:(?:https?|ftp)://(?:[A-Za-z0-9-]{1,60}\.){1,4}[a-z]+(?::\d+)?|www\.(?:[A-Za-z0-9-]{1,60}\.){1,4}[a-z]+)(?:[/?][-A-Za-z0-9@:%_+.~#!?&/=();,'^{}]*)?$`)

// isHarmless says whether a URL can stay as it is, with the punctuation behind it.
func isHarmless(url, whole string, atBlank bool) bool {
	tail := whole[len(url):]
	switch {
	case strings.Trim(tail, calm) != "" || strings.HasPrefix(tail, ";") && entityOpen.MatchString(url):
		return false
	case atBlank && linked.MatchString(url):
		return true
	case strings.ContainsAny(url, "*~[]@") || entityWithin.MatchString(url):
		return false
	}
	for i := range len(url) {
		if url[i] == '_' && !isWithin(url[:i], url[i+1:]) {
			return false
		}
	}
	return true
}

// entityWithin is an entity anywhere in a text, entityOpen the end of one that lacks the semicolon.
var (
	entityWithin = lazyregexp.New(entity.String()[1:])
	entityOpen   = lazyregexp.New(`&#?[0-9A-Za-z]+$`)
)
