package lint

var bodyEmptyRule = Rule{
	Name:      "body-empty",
	Doc:       "The body is empty, or with never it is not. Blanks are not empty.",
	Mend:      "take the body out",
	MendNever: "write a body below a blank line",
	Good:      []string{"feat: a", "feat: a\n\nRefs: #1"},
	Bad:       []string{"feat: a\n\nThe lid turns."},
	Default:   Setting{Level: Error},
	check: func(m *Message, s Setting) *finding {
		return judge(s, m.Body == "", "body must be empty", "body may not be empty", m.wholeBody())
	},
}
