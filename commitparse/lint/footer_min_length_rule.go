package lint

var footerMinLengthRule = Rule{
	Name:    "footer-min-length",
	Doc:     "The footer has at least the given number of characters. One that is empty passes.",
	Mend:    "say more in the footer",
	Good:    []string{"feat: a\n\nRefs: #1, #2 and #3", "feat"},
	Bad:     []string{"feat: a\n\nR: #1"},
	Default: Setting{Level: Error, Value: 10.0},
	value:   numberValue,
	check: func(m *Message, s Setting) *finding {
		return judgeLength(s, "footer", m.Footer, minimum, m.wholeFooter())
	},
}
