package lint

var bodyFullStopRule = Rule{
	Name:      "body-full-stop",
	Doc:       "The body ends with the given character, or with never it does not.",
	Mend:      "end the body with that character",
	MendNever: "take the character at the end of the body out",
	Good:      []string{"feat: a\n\nThe lid turns.", "feat: a"},
	Bad:       []string{"feat: a\n\nThe lid turns"},
	Default:   Setting{Level: Error, Value: "."},
	value:     textValue,
	fix:       fixBodyStop,
	check: func(m *Message, s Setting) *finding {
		if m.Body == "" {
			return nil
		}
		return judge(s, endsWith(m.Body, textOr(s.Value, ".")), "body must end with full stop", "body may not end with full stop", m.atEnd(m.Body, m.body))
	},
}
