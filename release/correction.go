package release

import (
	"slices"
	"strings"

	"github.com/semcut/semcut/commitparse"
)

// Correction says how a commit is to be read whose message went wrong and can't be changed any more. What is empty
// stays as it is.
type Correction struct {
	Hash        string // whole or abbreviated, lower case
	Type        string
	Scope       *string // "" takes the scope away
	Description string
	Breaking    bool   // it announces a breaking change
	Message     string // in the place of the whole message
	Bump        *Bump  // what it asks for, whatever the message and the rules say
	Hide        bool   // it stands in no notes
	Place       string // where it is written: file, line and column
}

// correction finds that of a commit; nil where there is none.
func (o Options) correction(hash string) *Correction {
	for i := range o.Corrections {
		if strings.HasPrefix(hash, o.Corrections[i].Hash) {
			return &o.Corrections[i]
		}
	}
	return nil
}

// parse reads the messages of commits as they are meant under the format. The list is parse's from then on.
func (o Options) parse(commits []commitparse.Commit) []commitparse.Commit {
	return parseHere(o.meant(commits), o.Format)
}

// meant gives commits with the messages that they are meant to have: corrected, and each as many as a squash made one of.
func (o Options) meant(commits []commitparse.Commit) []commitparse.Commit {
	if len(o.Corrections) > 0 {
		corrected := make([]commitparse.Commit, len(commits))
		for i, c := range commits {
			if correct := o.correction(c.Hash); correct != nil {
				c.Raw = correct.text(c.Raw, o.Format)
			}
			corrected[i] = c
		}
		commits = corrected
	}
	if o.Policy.Squash {
		commits = unsquashed(commits, o.Format)
	}
	return commits
}

// unsquashed makes of each commit as many as its body says.
func unsquashed(commits []commitparse.Commit, f commitparse.Format) []commitparse.Commit {
	all := make([]commitparse.Commit, 0, len(commits))
	for _, c := range commits {
		for _, text := range commitparse.Unsquash(c.Raw, f) {
			c.Raw = text
			all = append(all, c)
		}
	}
	return all
}

// shown leaves out the commits that are to stand in no notes.
func (o Options) shown(commits []commitparse.Commit) []commitparse.Commit {
	if len(o.Corrections) == 0 && len(o.Unnoted) == 0 {
		return commits
	}
	var shown []commitparse.Commit
	for _, c := range commits {
		correct := o.correction(c.Hash)
		unnoted := slices.ContainsFunc(o.Unnoted, func(hash string) bool { return strings.HasPrefix(c.Hash, hash) })
		if !unnoted && (correct == nil || !correct.Hide) {
			shown = append(shown, c)
		}
	}
	return shown
}

// text gives the message as it should have been: with another header, and the rest of it.
func (c *Correction) text(raw string, f commitparse.Format) string {
	if c.Message != "" {
		return c.Message
	}
	m := commitparse.Parse(TrimMessage(raw), f)
	typ, scope, description := m.Type, m.Scope, m.Description
	if !m.Conventional {
		description = m.Header
	}
	if c.Type != "" {
		typ = c.Type
	}
	if c.Scope != nil {
		scope = *c.Scope
	}
	if c.Description != "" {
		description = c.Description
	}
	if typ == m.Type && scope == m.Scope && description == m.Description && !c.Breaking {
		return raw
	}
	if scope != "" {
		scope = "(" + scope + ")"
	}
	_, rest, _ := strings.Cut(TrimMessage(raw), "\n")
	header := typ + scope + ": " + description
	if c.Breaking && !m.Breaking {
		// A footer and no "!", which not every format knows.
		rest = strings.TrimRight(rest, "\n") + "\n\nBREAKING CHANGE: " + description
	}
	return header + "\n" + rest
}
