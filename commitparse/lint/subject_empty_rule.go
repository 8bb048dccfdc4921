package lint

var subjectEmptyRule = Rule{
	Name:      "subject-empty",
	Doc:       "The subject is empty, or with never it is not. Blanks are not empty.",
	Mend:      "take the subject out",
	MendNever: "write what the change does behind the colon and a blank, such as feat: add a lid",
	Good:      []string{"feat: a"},
	Bad:       []string{"feat: ", "feat"},
	Default:   Setting{Level: Error, Never: true},
	check: func(m *Message, s Setting) *finding {
		return judge(s, m.Subject == "", "subject must be empty", "subject may not be empty", m.atSubject())
	},
}
