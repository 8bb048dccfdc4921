package lint

var scopeEmptyRule = Rule{
	Name:      "scope-empty",
	Doc:       "The scope is empty, or with never it is not. Blanks are not empty.",
	Mend:      "take the scope out",
	MendNever: "write a scope, such as feat(lid): …",
	Good:      []string{"feat: a"},
	Bad:       []string{"feat(lid): a"},
	Default:   Setting{Level: Error},
	check: func(m *Message, s Setting) *finding {
		return judge(s, m.Scope == "", "scope must be empty", "scope may not be empty", m.atScope())
	},
}
