package lint

var footerMaxLineLengthRule = Rule{
	Name:    "footer-max-line-length",
	Doc:     "No line of the footer has more than the given number of characters. A line with a web address may be as long as it likes.",
	Mend:    "break the line",
	Good:    []string{"feat: a\n\nRefs: The lid.", "feat: a\n\nRefs: https://example.com/a/long/way/to/the/lid"},
	Bad:     []string{"feat: a\n\nRefs: The lid turns to the left and to the right."},
	Default: Setting{Level: Error, Value: 20.0},
	value:   numberValue,
	fix:     fixFooterLines,
	check: func(m *Message, s Setting) *finding {
		return judgeLines(s, "footer", m, m.Footer, m.footer)
	},
}
