package lint

var bodyMaxLengthRule = Rule{
	Name:    "body-max-length",
	Doc:     "The body has at most the given number of characters. One that is empty passes.",
	Mend:    "shorten the body",
	Good:    []string{"feat: a\n\nThe lid.", "feat"},
	Bad:     []string{"feat: a\n\nThe lid turns to the left."},
	Default: Setting{Level: Error, Value: 20.0},
	value:   numberValue,
	check: func(m *Message, s Setting) *finding {
		return judgeLength(s, "body", m.Body, maximum, m.wholeBody())
	},
}
