package lint

var bodyCaseRule = Rule{
	Name:      "body-case",
	Doc:       "The body is written in one of the given cases, or with never in none of them.",
	Mend:      "write the body in that case",
	MendNever: "write the body in another case",
	Good:      []string{"feat: a\n\nThe lid turns.", "feat: a"},
	Bad:       []string{"feat: a\n\nthe lid turns."},
	Default:   Setting{Level: Error, Value: "sentence-case"},
	value:     casesValue,
	check: func(m *Message, s Setting) *finding {
		if m.Body == "" {
			return nil
		}
		return judgeCase(s, "body", []string{m.Body}, m.wholeBody())
	},
}
