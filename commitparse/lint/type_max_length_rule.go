package lint

var typeMaxLengthRule = Rule{
	Name:    "type-max-length",
	Doc:     "The type has at most the given number of characters. One that is empty passes.",
	Mend:    "shorten the type",
	Good:    []string{"fix: a", "add a lid"},
	Bad:     []string{"chore: a"},
	Default: Setting{Level: Error, Value: 4.0},
	value:   numberValue,
	check: func(m *Message, s Setting) *finding {
		return judgeLength(s, "type", m.Type, maximum, m.atType())
	},
}
