package lint

var scopeCaseRule = Rule{
	Name:      "scope-case",
	Doc:       "Each part of the scope is written in one of the given cases, or with never in none of them. Parts stand between \"/\", \"\\\" and \",\", or the delimiters of {cases, delimiters}.",
	Mend:      "write the scope in that case",
	MendNever: "write the scope in another case",
	Good:      []string{"feat(lid): a", "feat(lid/hinge): a", "feat: a"},
	Bad:       []string{"feat(Lid): a", "feat(lid,Hinge): a"},
	Default:   Setting{Level: Error, Value: "lower-case"},
	value:     scopeCases,
	fix:       fixScope,
	check: func(m *Message, s Setting) *finding {
		if m.Scope == "" {
			return nil
		}
		value, delimiters := scopeSetting(s.Value, "cases")
		s.Value = value
		return judgeCase(s, "scope", segments(m.Scope, delimiters), m.atScope())
	},
}
