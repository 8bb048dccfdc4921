package lint

var typeMinLengthRule = Rule{
	Name:    "type-min-length",
	Doc:     "The type has at least the given number of characters. One that is empty passes.",
	Mend:    "say more in the type",
	Good:    []string{"chore: a", "add a lid"},
	Bad:     []string{"fix: a"},
	Default: Setting{Level: Error, Value: 4.0},
	value:   numberValue,
	check: func(m *Message, s Setting) *finding {
		return judgeLength(s, "type", m.Type, minimum, m.atType())
	},
}
