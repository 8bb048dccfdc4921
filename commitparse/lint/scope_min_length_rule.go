package lint

var scopeMinLengthRule = Rule{
	Name:    "scope-min-length",
	Doc:     "The scope has at least the given number of characters. One that is empty passes.",
	Mend:    "say more in the scope",
	Good:    []string{"feat(lids): a", "feat"},
	Bad:     []string{"feat(a): a"},
	Default: Setting{Level: Error, Value: 3.0},
	value:   numberValue,
	check: func(m *Message, s Setting) *finding {
		return judgeLength(s, "scope", m.Scope, minimum, m.atScope())
	},
}
