package changelog

import (
	"strings"

	"github.com/semcut/semcut/commitparse"
)

// layout is one way to write notes: either one of the two that are semantic-release's to the byte, which read messages
// their own way, or one that writes what Describe tells.
type layout struct {
	name  string
	exact *exactLayout
	write func(o *Options, n *Notes) (string, error)
	// people says that the layout tells who made the changes.
	people bool
}

// layouts are all layouts, one row each.
var layouts = []layout{
	{name: "semcut", write: writeSemcut},
	{name: "angular", exact: &exactLayout{angularEntry, sortByTitle, renderAngular}},
	{name: "conventionalcommits", exact: &exactLayout{conventionalEntry, sortBySection, renderConventional}},
	{name: "keepachangelog", write: writeKeepAChangelog},
	{name: "github", write: writeGitHub, people: true},
	{name: "template", write: writeTemplate, people: true},
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
func layoutOf(o *Options) layout {
	for _, l := range layouts {
		if l.name == o.Layout {
			return l
		}
	}
	return layout{name: "angular", exact: &exactLayout{angularEntry, sortByTitle, renderAngular}}
}

// Render makes the notes of commits, newest first, as Markdown: one heading, then the groups; they end with one newline.
// Only a template can fail.
func Render(commits []commitparse.Commit, o Options) (string, error) {
	l := layoutOf(&o)
	if l.exact != nil {
		return l.exact.write(&o, commits), nil
	}
	n := describeFor(commits, &o, l.people)
	return l.finish(&o, &n)
}

// RenderNotes writes notes that were described before, and maybe edited since. The layouts of semantic-release know less
// than Describe tells: they read the entries as commits again, so that edited titles of groups are lost there.
func RenderNotes(n Notes, o Options) (string, error) {
	o = n.into(o)
	l := layoutOf(&o)
	if l.exact != nil {
		return l.exact.write(&o, n.commits()), nil
	}
	return l.finish(&o, &n)
}

func (l layout) finish(o *Options, n *Notes) (string, error) {
	text, err := l.write(o, n)
	if err != nil {
		return "", err
	}
	trimmed := strings.TrimFunc(text, commitparse.IsSpace)
	if strings.HasPrefix(text, trimmed) && strings.HasPrefix(text[len(trimmed):], "\n") {
		return text[:len(trimmed)+1], nil
	}
	return trimmed + "\n", nil
}
