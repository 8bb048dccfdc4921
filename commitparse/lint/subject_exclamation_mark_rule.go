package lint

var subjectExclamationMarkRule = Rule{
	Name:      "subject-exclamation-mark",
	Doc:       "A \"!\" before the colon announces a breaking change, or with never it may not stand there.",
	Mend:      "write \"!\" before the colon",
	MendNever: "take the \"!\" out, and announce a breaking change by a footer \"BREAKING CHANGE: …\"",
	Good:      []string{"feat: a"},
	Bad:       []string{"feat!: a", "feat(lid)!: a"},
	Default:   Setting{Level: Error, Never: true},
	check: func(m *Message, s Setting) *finding {
		if m.Header == "" {
			return nil
		}
		const end = "have an exclamation mark in the subject to identify a breaking change"
		return judge(s, marked(m.Header), "subject must "+end, "subject must not "+end, m.atType())
	},
}
