package changelog

import (
	"slices"
	"time"
)

// Notes are the release notes of one version as data, before they are written down: what Describe tells, and what people
// may edit between "notes --json" and "--from-json". Every text in them is plain, no Markdown.
type Notes struct {
	Version      string        `json:"version"`
	Tag          string        `json:"tag"`
	PreviousTag  string        `json:"previousTag"` // "" for a first release
	Date         string        `json:"date"`        // 2026-11-22, in UTC
	URL          string        `json:"url"`         // where the versions are compared; "" where that is nowhere
	Groups       []Group       `json:"groups"`
	Contributors []Contributor `json:"contributors"` // by their first commit
	Statistics   Statistics    `json:"statistics"`
}

// Group is the entries under one heading.
type Group struct {
	Title   string  `json:"title"`
	Entries []Entry `json:"entries"`
}

// Entry is one change.
type Entry struct {
	Hash        string   `json:"hash"`
	URL         string   `json:"url"`
	Type        string   `json:"type"`
	Scope       string   `json:"scope"`
	Text        string   `json:"text"`
	Breaking    []string `json:"breaking"`    // what breaks; empty where nothing does
	Authors     []Person `json:"authors"`     // the author first, then co-authors
	PullRequest *Mention `json:"pullRequest"` // that the change came in by; null where nobody says
	Issues      []Issue  `json:"issues"`      // that the message names
}

// Mention names a page.
type Mention struct {
	Name string `json:"name"` // "#12"
	URL  string `json:"url"`
}

// Issue is an issue that a message names.
type Issue struct {
	Mention
	Closes bool `json:"closes"` // the message says that it is closed, and doesn't only mention it
}

// Contributor is somebody who took part in a release.
type Contributor struct {
	Person
	URL         string   `json:"url"`
	First       bool     `json:"first"`       // in no release before
	PullRequest *Mention `json:"pullRequest"` // of the first change
}

// Statistics count a release.
type Statistics struct {
	Commits      int `json:"commits"` // of the release, also those that stand in no group
	Entries      int `json:"entries"`
	Breaking     int `json:"breaking"`
	Contributors int `json:"contributors"`
	Days         int `json:"days"` // from the oldest commit to the newest
}

// group gives the group of a title, a new one where there is none.
func (n *Notes) group(title string) *Group {
	i := slices.IndexFunc(n.Groups, func(g Group) bool { return g.Title == title })
	if i < 0 {
		i = len(n.Groups)
		n.Groups = slices.Grow(n.Groups, 1)[:i+1] // what stood there before was cleared
		n.Groups[i].Title = title
	}
	return &n.Groups[i]
}

// cleared gives the groups without all that they held, to be filled again: the entries of each keep their place.
func (n *Notes) cleared() []Group {
	if n.Groups == nil {
		return []Group{}
	}
	for i := range n.Groups {
		g := &n.Groups[i]
		clear(g.Entries)
		g.Entries = g.Entries[:0]
	}
	return n.Groups[:0]
}

// breaking gives the entries that break something.
func (n *Notes) breaking() []*Entry {
	var found []*Entry
	for _, g := range n.Groups {
		for i := range g.Entries {
			if e := &g.Entries[i]; len(e.Breaking) > 0 {
				found = append(found, e)
			}
		}
	}
	return found
}

// into gives options that speak of these notes.
func (n Notes) into(o Options) Options {
	o.Version, o.Tag, o.PreviousTag = n.Version, n.Tag, n.PreviousTag
	if day, err := time.Parse(time.DateOnly, n.Date); err == nil {
		o.Date = day
	}
	return o
}
