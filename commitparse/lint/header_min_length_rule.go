package lint

var headerMinLengthRule = Rule{
	Name:    "header-min-length",
	Doc:     "The header has at least the given number of characters.",
	Mend:    "say more in the header",
	Good:    []string{"feat: add a lid that turns"},
	Bad:     []string{"feat: a"},
	Default: Setting{Level: Error, Value: 10.0},
	value:   numberValue,
	check: func(m *Message, s Setting) *finding {
		return judgeHeaderLength(s, m, minimum)
	},
}
