package lint

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/semcut/semcut/internal/lazyregexp"
)

// recased gives a name, such as a type, in each of the cases that it may be in, as far as its letters stay the same.
func recased(name string, s Setting) []string {
	checks := caseChecks(s.Value)
	if s.Never { // of the cases that it may not be in none helps
		checks = []caseCheck{{name: "lower-case"}, {name: "kebab-case"}}
	}
	var found []string
	for _, c := range checks {
		if to := toCase(name, c.name); !c.never && strings.EqualFold(lettersOf(to), lettersOf(name)) {
			found = append(found, to)
		}
	}
	return found
}

// lettersOf leaves out what parts the words of a name.
func lettersOf(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			return r
		}
		return -1
	}, name)
}

// fixType gives the header with the type in another case.
func fixType(m *Message, s Setting) []string {
	var found []string
	for _, to := range recased(m.Type, s) {
		found = append(found, m.replaced(m.atType(), to))
	}
	return found
}

// fixScope gives the header with all parts of the scope in another case, the same for all.
func fixScope(m *Message, s Setting) []string {
	value, delimiters := scopeSetting(s.Value, "cases")
	var found []string
	for _, c := range caseChecks(value) {
		one := Setting{Never: s.Never, Value: []any{c.name}}
		found = append(found, m.replaced(m.atScope(), eachSegment(m.Scope, delimiters, func(part string) string {
			if to := recased(part, one); len(to) > 0 {
				return to[0]
			}
			return part
		})))
	}
	return found
}

// ordinary is a word whose first letter says nothing but where it stands: no abbreviation, no name in mixed case, no code.
var ordinary = lazyregexp.New(`^\p{L}[\p{Ll}\p{Lo}\p{Lm}\p{M}'’-]*[,;:]?$`)

// fixSubject gives the header with the subject's first letter in the other case, if the first word is an ordinary one. A name
// in first place can't be told from another word: rules that want no capital there want none of names.
func fixSubject(m *Message, _ Setting) []string {
	first, _, _ := strings.Cut(m.Subject, " ")
	if !ordinary.MatchString(first) || singular(first) {
		return nil
	}
	at := m.atSubject()
	at.to = at.from + len(first)
	letter, n := utf8.DecodeRuneInString(first)
	to := unicode.ToLower(letter)
	if to == letter {
		to = unicode.ToUpper(letter)
	}
	if unicode.ToUpper(to) != unicode.ToUpper(letter) || unicode.ToLower(to) != unicode.ToLower(letter) { // ß, İ: another letter
		return nil
	}
	return []string{m.replaced(at, string(to)+first[n:])}
}

// singular is a word that is always written with its capital, as far as that can be known: "I", and the names of languages, units
// and axes.
func singular(word string) bool {
	bare := strings.TrimRight(word, ",;:")
	return utf8.RuneCountInString(bare) == 1 && bare != "A" && unicode.IsUpper([]rune(bare)[0]) ||
		strings.HasPrefix(word, "I'") || strings.HasPrefix(word, "I’")
}
