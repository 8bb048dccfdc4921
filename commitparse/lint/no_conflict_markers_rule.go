package lint

var noConflictMarkersRule = Rule{
	Name:    "no-conflict-markers",
	Doc:     "No line is a mark that git leaves in a file with conflicts.",
	Mend:    "take the marks out",
	Good:    []string{"feat: a\n\nTitle\n======="},
	Bad:     []string{"feat: a\n\n<<<<<<< HEAD", "feat: a\n\n>>>>>>> main"},
	Default: Setting{Level: Error},
	Own:     true,
	check:   checkNoConflictMarkers,
}
