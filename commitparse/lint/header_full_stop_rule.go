package lint

var headerFullStopRule = Rule{
	Name:      "header-full-stop",
	Doc:       "The header ends with the given character, or with never it does not.",
	Mend:      "end the header with that character",
	MendNever: "take the character at the end of the header out",
	Good:      []string{"feat: add a lid"},
	Bad:       []string{"feat: add a lid."},
	Default:   Setting{Level: Error, Never: true, Value: "."},
	value:     textValue,
	fix:       fixHeaderStop,
	check: func(m *Message, s Setting) *finding {
		at := m.atHeader(len(m.Header)-lastSize(m.Header), len(m.Header))
		return judge(s, endsWith(m.Header, textOr(s.Value, ".")), "header must end with full stop", "header may not end with full stop", at)
	},
}
