package lint

var noBidiRule = Rule{
	Name:    "no-bidi",
	Doc:     "No character turns the direction of the text around it, so that it shows other than it is.",
	Mend:    "take the character out",
	Good:    []string{"feat: שלום"},
	Bad:     []string{"feat: a \u202eb", "feat: a \u2066b"},
	Default: Setting{Level: Error},
	Own:     true,
	check:   checkNoBidi,
}
