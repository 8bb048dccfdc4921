package lint

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"

	"github.com/semcut/semcut/commitparse/internal/chars"
)

// caseNames are the cases that a rule can ask for.
var caseNames = [...]string{
	"lower-case", "upper-case", "camel-case", "kebab-case", "pascal-case", "sentence-case", "snake-case", "start-case",
	"lowercase", "lowerCase", "uppercase", "sentencecase",
}

func isCase(name string) bool { return slices.Contains(caseNames[:], name) }

// inCase says whether a text is in a case: it equals what the case makes of it. What stands in quotes is left out, and
// what then begins with a digit, or has nothing to convert, is in every case.
func inCase(text, name string) bool {
	text = chars.TrimSpace(withoutQuoted(text))
	if cannotBe(text, name) {
		return false
	}
	converted := toCase(text, name)
	return converted == "" || isDigit(converted[0]) || converted == text
}

// cannotBe knows texts that begin with an ASCII letter and that a look tells not to be in a case, so that no long one is
// converted for nothing.
func cannotBe(text, name string) bool {
	if text == "" || !isLetter(text[0]) {
		return false
	}
	switch name {
	case "sentence-case", "sentencecase", "upper-case", "uppercase", "start-case":
		return isLower(text[0])
	case "pascal-case":
		return isLower(text[0]) || strings.Contains(text, " ")
	case "camel-case", "kebab-case", "snake-case":
		return isUpper(text[0]) || strings.Contains(text, " ")
	}
	return isUpper(text[0])
}

// toCase converts a text as commitlint does.
func toCase(text, name string) string {
	switch name {
	case "lower-case", "lowercase", "lowerCase":
		return toLower(text)
	case "upper-case", "uppercase":
		return toUpper(text)
	case "sentence-case", "sentencecase":
		return capitalized(text)
	case "camel-case":
		return camelCase(text)
	case "pascal-case":
		return upperFirst(camelCase(text))
	case "kebab-case":
		return toLower(strings.Join(words(text), "-"))
	case "snake-case":
		return toLower(strings.Join(words(text), "_"))
	case "start-case":
		parts := words(text)
		for i, w := range parts {
			parts[i] = capitalized(w)
		}
		return strings.Join(parts, " ")
	}
	return text
}

func camelCase(text string) string {
	parts := words(text)
	for i, w := range parts {
		if parts[i] = toLower(w); i > 0 {
			_, n := utf8.DecodeRuneInString(w)
			parts[i] = upperFirst(w[:n]) + toLower(w[n:])
		}
	}
	return strings.Join(parts, "")
}

// capitalized sets the first character in upper case.
func capitalized(text string) string {
	_, n := utf8.DecodeRuneInString(text)
	return toUpper(text[:n]) + text[n:]
}

// upperFirst sets the first UTF-16 unit in upper case, which leaves an astral character as it is.
func upperFirst(text string) string {
	if r, _ := utf8.DecodeRuneInString(text); r > 0xffff {
		return text
	}
	return capitalized(text)
}

// toLower and toUpper convert as Unicode says in full: ß to SS, a final sigma to its own form.
func toLower(text string) string {
	if isASCII(text) {
		return strings.ToLower(text)
	}
	return cases.Lower(language.Und).String(text)
}

func toUpper(text string) string {
	if isASCII(text) {
		return strings.ToUpper(text)
	}
	return cases.Upper(language.Und).String(text)
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// withoutQuoted takes out what stands in backticks, double or single quotes on one line: names have a case of their own.
func withoutQuoted(text string) string {
	if !strings.ContainsAny(text, "`\"'") {
		return text
	}
	var b strings.Builder
	for at := 0; at < len(text); {
		i := strings.IndexAny(text[at:], "`\"'")
		if i < 0 {
			b.WriteString(text[at:])
			break
		}
		b.WriteString(text[at : at+i])
		at += i
		end := strings.IndexByte(text[at+1:], text[at])
		if end < 0 || lineEnd(text[at+1:]) < end {
			b.WriteByte(text[at])
			at++
			continue
		}
		at += 1 + end + 1
	}
	return b.String()
}
