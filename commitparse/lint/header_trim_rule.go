package lint

var headerTrimRule = Rule{
	Name:    "header-trim",
	Doc:     "The header neither begins nor ends with white space.",
	Mend:    "take the white space off",
	Good:    []string{"feat: a"},
	Bad:     []string{"feat: a ", " feat: a", "\tfeat: a "},
	Default: Setting{Level: Error},
	fix:     fixTrim,
	check: func(m *Message, s Setting) *finding {
		start, end := len(m.Header)-len(trimStart(m.Header)), len(trimEnd(m.Header))
		switch {
		case start > 0 && end < len(m.Header):
			return &finding{"header must not be surrounded by whitespace", m.atHeader(0, start)}
		case start > 0:
			return &finding{"header must not start with whitespace", m.atHeader(0, start)}
		case end < len(m.Header):
			return &finding{"header must not end with whitespace", m.atHeader(end, len(m.Header))}
		}
		return nil
	},
}
