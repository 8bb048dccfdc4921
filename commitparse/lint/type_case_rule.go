package lint

var typeCaseRule = Rule{
	Name:      "type-case",
	Doc:       "The type is written in one of the given cases, or with never in none of them.",
	Mend:      "write the type in that case, such as feat",
	MendNever: "write the type in another case",
	Good:      []string{"feat: add a lid", "no type at all"},
	Bad:       []string{"Feat: add a lid", "FEAT: add a lid"},
	Default:   Setting{Level: Error, Value: "lower-case"},
	value:     casesValue,
	fix:       fixType,
	check: func(m *Message, s Setting) *finding {
		if m.Type == "" {
			return nil
		}
		return judgeCase(s, "type", []string{m.Type}, m.atType())
	},
}
