package lint

var typeEmptyRule = Rule{
	Name:      "type-empty",
	Doc:       "The type is empty, or with never it is not. Blanks are not empty.",
	Mend:      "take the type out",
	MendNever: "begin with a type and a colon, such as feat: add a lid",
	Good:      []string{"feat: a"},
	Bad:       []string{": a", "add a lid"},
	Default:   Setting{Level: Error, Never: true},
	check: func(m *Message, s Setting) *finding {
		return judge(s, m.Type == "", "type must be empty", "type may not be empty", m.atType())
	},
}
