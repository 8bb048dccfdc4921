package lint

var scopeMaxLengthRule = Rule{
	Name:    "scope-max-length",
	Doc:     "The scope has at most the given number of characters. One that is empty passes.",
	Mend:    "shorten the scope",
	Good:    []string{"feat(a): a", "feat"},
	Bad:     []string{"feat(lids): a"},
	Default: Setting{Level: Error, Value: 3.0},
	value:   numberValue,
	check: func(m *Message, s Setting) *finding {
		return judgeLength(s, "scope", m.Scope, maximum, m.atScope())
	},
}
