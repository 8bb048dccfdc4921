package lint

var bodyMaxLineLengthRule = Rule{
	Name:    "body-max-line-length",
	Doc:     "No line of the body has more than the given number of characters. A line with a web address may be as long as it likes.",
	Mend:    "break the line",
	Good:    []string{"feat: a\n\nThe lid.", "feat: a\n\nhttps://example.com/a/long/way/to/the/lid"},
	Bad:     []string{"feat: a\n\nThe lid turns to the left and to the right."},
	Default: Setting{Level: Error, Value: 20.0},
	value:   numberValue,
	fix:     fixBodyLines,
	check: func(m *Message, s Setting) *finding {
		return judgeLines(s, "body", m, m.Body, m.body)
	},
}
