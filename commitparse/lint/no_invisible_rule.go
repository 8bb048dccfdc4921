package lint

var noInvisibleRule = Rule{
	Name:    "no-invisible",
	Doc:     "No character is invisible: of zero width, or a control.",
	Mend:    "take the character out",
	Good:    []string{"feat: a", "feat: \U0001f468\u200d\U0001f469 family"},
	Bad:     []string{"feat: a\u200bb", "feat: a\a", "\ufefffeat: a"},
	Default: Setting{Level: Error},
	Own:     true,
	check:   checkNoInvisible,
}
