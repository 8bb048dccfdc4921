package lint

var footerMaxLengthRule = Rule{
	Name:    "footer-max-length",
	Doc:     "The footer has at most the given number of characters. One that is empty passes.",
	Mend:    "shorten the footer",
	Good:    []string{"feat: a\n\nR: #1", "feat"},
	Bad:     []string{"feat: a\n\nRefs: #1, #2 and #3"},
	Default: Setting{Level: Error, Value: 10.0},
	value:   numberValue,
	check: func(m *Message, s Setting) *finding {
		return judgeLength(s, "footer", m.Footer, maximum, m.wholeFooter())
	},
}
