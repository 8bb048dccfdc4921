package changelog

import (
	"time"

	"github.com/semcut/semcut/commitparse"
)

// Notes are the release notes of one version, before they are written down.
type Notes struct {
	Version     string
	Tag         string
	PreviousTag string
	Date        time.Time
	CompareURL  string // "" where there is nothing to compare or nowhere to look
	Groups      []Group
	Breaking    []Entry
}

// Group is the entries under one heading.
type Group struct {
	Title   string // "" for the untitled list
	Entries []Entry
}

// Entry is one line of the notes.
type Entry struct {
	Commit commitparse.Commit
	Scope  string
	Text   string // description with its links, or the text of a breaking note
	Closes []commitparse.Reference
}

// Options say what notes look like. The zero value makes notes in the layout angular without links.
type Options struct {
	Layout      string // a name from Layouts; "" means angular
	Version     string // "1.3.0"
	Tag         string // "v1.3.0"
	PreviousTag string // "" for a first release
	Date        time.Time
	Links       Links

	// The options of release-notes-generator 14 (spec §4.1); nil means its default.
	LinkCompare    *bool
	LinkReferences *bool
	Preset         PresetConfig
}
