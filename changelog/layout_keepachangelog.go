package changelog

import (
	"fmt"
	"slices"
)

// kinds of change are keepachangelog.com's headings, in its order, with the types that stand below each. What breaks
// without being one of them is a change.
var kinds = []struct {
	title string
	types []string
}{
	{"Added", []string{"feat", "feature", "add", "added"}},
	{"Changed", []string{"perf", "change", "changed"}},
	{"Deprecated", []string{"deprecate", "deprecated"}},
	{"Removed", []string{"revert", "remove", "removed"}},
	{"Fixed", []string{"fix", "fixed"}},
	{"Security", []string{"security"}},
}

// writeKeepAChangelog writes the layout of keepachangelog.com 1.1.0. The version's address stands below; Insert moves it
// to those of the file.
func writeKeepAChangelog(p *pen, n *Notes) (string, error) {
	o, name := p.options, p.plain(n.Version)
	n.URL = n.addressed()
	switch {
	case n.URL != "" && o.unreleased():
		fmt.Fprintf(p, "## [%s]\n", name)
	case n.URL != "":
		fmt.Fprintf(p, "## [%s] - %s\n", name, n.Date)
	case o.unreleased():
		fmt.Fprintf(p, "## %s\n", name)
	default:
		fmt.Fprintf(p, "## %s - %s\n", name, n.Date)
	}
	for i, k := range kinds {
		entries := kindOf(n, i)
		if len(entries) == 0 {
			continue
		}
		p.title(k.title)
		for _, e := range entries {
			p.change(e)
		}
	}
	if n.URL != "" {
		fmt.Fprintf(p, "\n[%s]: %s\n", name, n.URL)
	}
	return p.text(), nil
}

// addressed is where the versions are compared, if that can stand as an address below the text.
func (n Notes) addressed() string {
	if isPage(n.URL) {
		return n.URL
	}
	return ""
}

// unreleased says whether the notes are of what is no version yet.
func (o *Options) unreleased() bool { return o.Version == "Unreleased" }

// kindOf gives the entries of one heading.
func kindOf(n *Notes, kind int) []Entry {
	var entries []Entry
	for _, g := range n.Groups {
		for _, e := range g.Entries {
			at := slices.IndexFunc(kinds, func(k struct {
				title string
				types []string
			}) bool {
				return slices.Contains(k.types, e.Type) || k.title == g.Title
			})
			if e.Scope == "security" && e.Type == "fix" {
				at = len(kinds) - 1
			}
			if at < 0 {
				at = 1
			}
			if at == kind {
				entries = append(entries, e)
			}
		}
	}
	return entries
}

// change writes an entry and what breaks by it.
func (p *pen) change(e Entry) {
	if len(e.Breaking) > 0 {
		e.Scope = "Breaking" + scopeIn(e.Scope)
	}
	p.entry("-", &e)
	for _, text := range e.Breaking {
		if text != e.Text {
			p.below(text)
		}
	}
}

func scopeIn(scope string) string {
	if scope == "" {
		return ""
	}
	return " (" + scope + ")"
}
