package lint

var bodyLeadingBlankRule = Rule{
	Name:      "body-leading-blank",
	Doc:       "A blank line stands between header and body.",
	Mend:      "put an empty line below the header",
	MendNever: "take the empty line below the header out",
	Good:      []string{"feat: a\n\nThe lid turns.", "feat: a"},
	Bad:       []string{"feat: a\nThe lid turns."},
	Default:   Setting{Level: Error},
	fix:       fixBodyBlank,
	check: func(m *Message, s Setting) *finding {
		if m.Body == "" {
			return nil
		}
		next := m.header.line + 1
		blank := next < len(m.lines) && m.lines[next] == ""
		return judge(s, blank, "body must have leading blank line", "body may not have leading blank line", m.wholeBody())
	},
}
