package lint

var headerMaxLengthRule = Rule{
	Name:    "header-max-length",
	Doc:     "The header has at most the given number of characters.",
	Mend:    "shorten the header: details belong in the body",
	Good:    []string{"feat: a"},
	Bad:     []string{"feat: add a lid that turns"},
	Default: Setting{Level: Error, Value: 10.0},
	value:   numberValue,
	check: func(m *Message, s Setting) *finding {
		return judgeHeaderLength(s, m, maximum)
	},
}
