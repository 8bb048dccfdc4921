package lint

var headerCaseRule = Rule{
	Name:      "header-case",
	Doc:       "The header is written in one of the given cases, or with never in none of them. It is only looked at where it begins with a letter from a to z.",
	Mend:      "write the header in that case",
	MendNever: "write the header in another case",
	Good:      []string{"feat: add a lid", "feat: read `README` first", "1 Lid"},
	Bad:       []string{"feat: Add a lid"},
	Default:   Setting{Level: Error, Value: "lower-case"},
	value:     casesValue,
	check: func(m *Message, s Setting) *finding {
		if !startsWithLetter(m.Header) {
			return nil
		}
		return judgeCase(s, "header", []string{m.Header}, m.wholeHeader())
	},
}

func startsWithLetter(s string) bool { return s != "" && isLetter(s[0]) }
