package changelog

import (
	"strings"
	"time"

	"github.com/semcut/semcut/commitparse"
)

// exactNotes are the release notes of one version, before they are written down.
type exactNotes struct {
	Version     string
	Tag         string
	PreviousTag string
	Date        time.Time
	CompareURL  string // "" where there is nothing to compare or nowhere to look
	Groups      []exactGroup
	Breaking    []exactEntry
}

// exactGroup is the entries under one heading.
type exactGroup struct {
	Title   string // "" for the untitled list
	Entries []exactEntry
}

// exactEntry is one line of the notes.
type exactEntry struct {
	Commit commitparse.Commit
	Scope  string
	Text   string // description with its links, or the text of a breaking note
	Closes []commitparse.Reference
}

// exactLayout is a layout that is semantic-release's to the byte: what a commit becomes, how groups are ordered, and the
// text.
type exactLayout struct {
	// entry makes the line of a commit and the title of its group; shown is false for commits that don't
	// belong into the notes.
	entry func(o *Options, c commitparse.Commit) (e exactEntry, title string, shown bool)
	// sort orders the groups.
	sort   func(o *Options, groups []exactGroup)
	render func(o *Options, n exactNotes) string
}

func (l *exactLayout) write(o *Options, commits []commitparse.Commit) string {
	return strings.TrimFunc(l.render(o, l.build(o, commits)), commitparse.IsSpace) + "\n"
}
