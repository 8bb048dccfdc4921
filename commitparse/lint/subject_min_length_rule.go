package lint

var subjectMinLengthRule = Rule{
	Name:    "subject-min-length",
	Doc:     "The subject has at least the given number of characters. One that is empty passes.",
	Mend:    "say more in the subject",
	Good:    []string{"feat: add a small lid", "feat"},
	Bad:     []string{"feat: a"},
	Default: Setting{Level: Error, Value: 10.0},
	value:   numberValue,
	check: func(m *Message, s Setting) *finding {
		return judgeLength(s, "subject", m.Subject, minimum, m.atSubject())
	},
}
