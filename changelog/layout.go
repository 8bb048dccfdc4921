package changelog

import (
	"strings"

	"github.com/semcut/semcut/commitparse"
)

// layout is one way to write notes: what a commit becomes, how groups are ordered, and the text.
type layout struct {
	name string
	// entry makes the line of a commit and the title of its group; shown is false for commits that don't
	// belong into the notes.
	entry func(o Options, c commitparse.Commit) (e Entry, title string, shown bool)
	// sort orders the groups.
	sort   func(o Options, groups []Group)
	render func(o Options, n Notes) string
}

// layouts are all layouts, one row each.
var layouts = []layout{
	{"angular", angularEntry, sortByTitle, renderAngular},
	{"conventionalcommits", conventionalEntry, sortBySection, renderConventional},
}

// Layouts lists the names of the layouts.
func Layouts() []string {
	names := make([]string, len(layouts))
	for i, l := range layouts {
		names[i] = l.name
	}
	return names
}

// layoutOf gives the layout of the options; an unknown name means angular, which is the generator's default.
func layoutOf(o Options) layout {
	for _, l := range layouts {
		if l.name == o.Layout {
			return l
		}
	}
	return layouts[0]
}

// Render writes notes as Markdown: one heading, then the groups; it ends with one newline.
func Render(n Notes, o Options) string {
	return strings.TrimFunc(layoutOf(o).render(o, n), commitparse.IsSpace) + "\n"
}
