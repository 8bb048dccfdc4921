package lint

var breakingMisspeltRule = Rule{
	Name:    "breaking-misspelt",
	Doc:     "No line looks like \"BREAKING CHANGE:\", but is spelt so that no tool reads it.",
	Mend:    "write \"BREAKING CHANGE: \" at the beginning of a line, in capitals and with a colon",
	Good:    []string{"feat: a\n\nBREAKING CHANGE: b", "feat: a\n\nThis is no breaking change."},
	Bad:     []string{"feat: a\n\nBREAKING CHANGES: b", "feat: a\n\nBreaking Change: b", "feat: a\n\nBREAKING: b", "feat: a\n\n**BREAKING CHANGE** b"},
	Default: Setting{Level: Error},
	Own:     true,
	check:   checkBreakingMisspelt,
}
