package changelog

import (
	"fmt"
	"slices"
	"strings"

	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/internal/lazyregexp"
)

// angularTitles are the groups of the preset angular. The first four are always shown, the others only where
// the commit has a breaking note.
var angularTitles = map[string]string{
	"feat": "Features", "fix": "Bug Fixes", "perf": "Performance Improvements", "revert": "Reverts",
	"docs": "Documentation", "style": "Styles", "refactor": "Code Refactoring", "test": "Tests",
	"build": "Build System", "ci": "Continuous Integration",
}

var angularShown = []string{"feat", "fix", "perf", "revert"}

// angularEntry is the transform of conventional-changelog-angular 8.3.1 (spec §4.2).
func angularEntry(o *Options, c commitparse.Commit) (exactEntry, string, bool) {
	typ := c.Type
	if c.Revert != nil && !slices.Contains(angularShown, typ) {
		typ = "revert"
	}
	if !slices.Contains(angularShown, typ) && len(c.Notes) == 0 {
		return exactEntry{}, "", false
	}
	title, known := angularTitles[typ]
	if !known {
		title = typ
	}
	e := exactEntry{Commit: c, Scope: c.Scope, Text: c.Header}
	if e.Scope == "*" {
		e.Scope = ""
	}
	linked := map[string]bool{}
	if c.Description != "" {
		e.Text = c.Description
		if page := o.Links.repository(); page != "" {
			e.Text = linkIssues(e.Text, []string{"#"}, isDigit, func(prefix, id string) string {
				linked[id] = true
				return fmt.Sprintf("[%s%s](%s/issues/%s)", prefix, id, page, id)
			})
		}
		if o.Links.Host != "" {
			e.Text = linkUsers(e.Text, func(name string) string {
				return fmt.Sprintf("[@%s](%s/%s)", name, o.Links.Host, name)
			})
		}
	}
	for _, r := range c.References {
		if !linked[r.Issue] {
			e.Closes = append(e.Closes, r)
		}
	}
	return e, title, true
}

// renderAngular writes what the templates of conventional-changelog-angular 8.3.1 write.
func renderAngular(o *Options, n exactNotes) string {
	var b strings.Builder
	heading := "#"
	if patchVersion.MatchString(n.Version) {
		heading = "##"
	}
	writeHeading(&b, heading, n)
	b.WriteString("\n")
	for _, g := range n.Groups {
		b.WriteString("\n")
		if g.Title != "" {
			fmt.Fprintf(&b, "### %s\n\n", g.Title)
		}
		for _, e := range g.Entries {
			angularLine(&b, o, e)
		}
		b.WriteString("\n")
	}
	if len(n.Breaking) > 0 {
		b.WriteString("\n### BREAKING CHANGES\n\n")
		writeBreaking(&b, n.Breaking)
	}
	return b.String()
}

func writeHeading(b *strings.Builder, heading string, n exactNotes) {
	version := n.Version
	if n.CompareURL != "" {
		version = fmt.Sprintf("[%s](%s)", n.Version, n.CompareURL)
	}
	fmt.Fprintf(b, "%s %s (%s)\n", heading, version, n.Date.UTC().Format("2006-01-02"))
}

func writeBreaking(b *strings.Builder, notes []exactEntry) {
	for _, e := range notes {
		b.WriteString("* ")
		if e.Scope != "" {
			fmt.Fprintf(b, "**%s:** ", e.Scope)
		}
		b.WriteString(e.Text + "\n")
	}
}

// patchVersion is a version whose third number is not zero; its notes get the smaller heading.
var patchVersion = lazyregexp.New(`^=?v?\d+\.\d+\.\d*[1-9]\d*(?:[-+].*)?$`)

// writeEntryHead writes the line up to the commit.
func writeEntryHead(b *strings.Builder, e exactEntry) {
	b.WriteString("*")
	if e.Scope != "" {
		fmt.Fprintf(b, " **%s:**", e.Scope)
	}
	b.WriteString(" " + e.Text + " ")
}

func angularLine(b *strings.Builder, o *Options, e exactEntry) {
	writeEntryHead(b, e)
	linked, page := o.linksReferences(), o.Links.repository()
	if short := e.Commit.Hash[:min(7, len(e.Commit.Hash))]; linked {
		fmt.Fprintf(b, "([%s](%s))", short, joinURL(page, o.Links.Commit, e.Commit.Hash))
	} else {
		b.WriteString(short)
	}
	if len(e.Closes) > 0 {
		b.WriteString(", closes")
	}
	for _, r := range e.Closes {
		name := referenceName(r) + "#" + r.Issue
		if !linked {
			b.WriteString(" " + name)
			continue
		}
		home := page
		if r.Repository != "" {
			home = joinURL(o.Links.Host, r.Owner, r.Repository)
		}
		fmt.Fprintf(b, " [%s](%s)", name, joinURL(home, o.Links.Issue, r.Issue))
	}
	b.WriteString("\n")
}

// referenceName is owner/repository of a reference to elsewhere.
func referenceName(r commitparse.Reference) string {
	if r.Owner != "" {
		return r.Owner + "/" + r.Repository
	}
	return r.Repository
}
