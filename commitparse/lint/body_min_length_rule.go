package lint

var bodyMinLengthRule = Rule{
	Name:    "body-min-length",
	Doc:     "The body has at least the given number of characters. One that is empty passes.",
	Mend:    "say more in the body",
	Good:    []string{"feat: a\n\nThe lid turns to the left.", "feat"},
	Bad:     []string{"feat: a\n\nThe lid."},
	Default: Setting{Level: Error, Value: 20.0},
	value:   numberValue,
	check: func(m *Message, s Setting) *finding {
		return judgeLength(s, "body", m.Body, minimum, m.wholeBody())
	},
}
