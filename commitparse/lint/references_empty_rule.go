package lint

var referencesEmptyRule = Rule{
	Name:      "references-empty",
	Doc:       "The message names no issue, or with never it names one.",
	Mend:      "take out what names an issue",
	MendNever: "name the issue that the change is about, such as \"Refs: #1\"",
	Good:      []string{"feat: a (#1)", "feat: a\n\nCloses #1"},
	Bad:       []string{"feat: a", "feat: a\n\nhttps://example.com/#1"},
	Default:   Setting{Level: Error, Never: true},
	check: func(m *Message, s Setting) *finding {
		return judge(s, !m.refers, "references must be empty", "references may not be empty", m.wholeHeader())
	},
}
