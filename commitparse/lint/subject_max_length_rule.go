package lint

var subjectMaxLengthRule = Rule{
	Name:    "subject-max-length",
	Doc:     "The subject has at most the given number of characters. One that is empty passes.",
	Mend:    "shorten the subject",
	Good:    []string{"feat: a", "feat"},
	Bad:     []string{"feat: add a small lid"},
	Default: Setting{Level: Error, Value: 10.0},
	value:   numberValue,
	check: func(m *Message, s Setting) *finding {
		return judgeLength(s, "subject", m.Subject, maximum, m.atSubject())
	},
}
