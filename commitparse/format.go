package commitparse

// Format says how messages are read. It is plain data: copy one and change it.
type Format struct {
	Name string
	// Bang lets "!" before the colon announce a breaking change.
	Bang bool
	// NoteKeywords begin a breaking note, in any case.
	NoteKeywords []string
	// IssuePrefixes stand before the number of an issue, in any case: "#".
	IssuePrefixes []string
	// ReferenceActions close an issue, in any case: "closes".
	ReferenceActions []string
	// Revert is the form of the sentence that names a reverted commit.
	Revert RevertForm
}

// RevertForm is how the hash behind "This reverts commit" must look.
type RevertForm int

// The forms: 7 to 40 word characters, or any number of them before a full stop.
const (
	RevertHash RevertForm = iota
	RevertFullStop
)

var defaultActions = []string{"close", "closes", "closed", "fix", "fixes", "fixed", "resolve", "resolves", "resolved"}

// Angular is conventional-changelog-angular 8.3.1's format: it knows no "!".
var Angular = Format{
	Name: "angular", NoteKeywords: []string{"BREAKING CHANGE"}, IssuePrefixes: []string{"#"}, ReferenceActions: defaultActions, Revert: RevertHash,
}

// ConventionalCommits is conventional-changelog-conventionalcommits 9.3.1's format, and the default.
var ConventionalCommits = Format{
	Name: "conventionalcommits", Bang: true, NoteKeywords: []string{"BREAKING CHANGE", "BREAKING-CHANGE"},
	IssuePrefixes: []string{"#"}, ReferenceActions: defaultActions, Revert: RevertFullStop,
}

// FormatByName gives the format of that name.
func FormatByName(name string) (Format, bool) {
	for _, f := range []Format{ConventionalCommits, Angular} {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}
