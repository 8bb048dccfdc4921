package lint

var footerEmptyRule = Rule{
	Name:      "footer-empty",
	Doc:       "The footer is empty, or with never it is not. Blanks are not empty.",
	Mend:      "take the footer out",
	MendNever: "write a footer below a blank line, such as \"Refs: #1\"",
	Good:      []string{"feat: a\n\nThe lid turns."},
	Bad:       []string{"feat: a\n\nRefs: #1"},
	Default:   Setting{Level: Error},
	check: func(m *Message, s Setting) *finding {
		return judge(s, m.Footer == "", "footer must be empty", "footer may not be empty", m.wholeFooter())
	},
}
