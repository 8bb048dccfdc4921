package lint

import (
	"unicode"
	"unicode/utf8"
)

var subjectCaseRule = Rule{
	Name:      "subject-case",
	Doc:       "The subject is written in one of the given cases, or with never in none of them. It is only looked at where it begins with a letter that has a case.",
	Mend:      "write the subject in that case",
	MendNever: "write the subject in another case: mostly that is to begin it with a small letter",
	Good:      []string{"feat: add a lid", "feat: über alles", "feat: 2 lids"},
	Bad:       []string{"feat: Add a lid", "feat: ADD A LID", "feat: AddLid"},
	Default:   Setting{Level: Error, Never: true, Value: []any{"sentence-case", "start-case", "pascal-case", "upper-case"}},
	value:     casesValue,
	fix:       fixSubject,
	check: func(m *Message, s Setting) *finding {
		if !startsCased(m.Subject) {
			return nil
		}
		return judgeCase(s, "subject", []string{m.Subject}, m.atSubject())
	},
}

// startsCased says whether a text begins with a letter that has a case.
func startsCased(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.In(r, unicode.Ll, unicode.Lu, unicode.Lt) || r == 0x345 // a mark that is the letter iota in upper case
}
