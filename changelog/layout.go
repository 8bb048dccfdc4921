package changelog

// layout is one way to write notes: either one of the two that are semantic-release's to the byte, which read messages
// their own way, or one that writes what Describe tells.
type layout struct {
	name  string
	exact *exactLayout
	write func(p *pen, n *Notes) (string, error)
	// people says that the layout tells who made the changes.
	people bool
}

// layouts gives all layouts, one row each.
func layouts() []layout {
	return []layout{
		{name: "semcut", write: writeSemcut},
		{name: "angular", exact: &exactLayout{angularEntry, sortByTitle, renderAngular}},
		{name: "conventionalcommits", exact: &exactLayout{conventionalEntry, sortBySection, renderConventional}},
		{name: "keepachangelog", write: writeKeepAChangelog},
		{name: "github", write: writeGitHub, people: true},
		{name: "template", write: writeTemplate, people: true},
	}
}

// Layouts lists the names of the layouts.
func Layouts() []string {
	var names []string
	for _, l := range layouts() {
		names = append(names, l.name)
	}
	return names
}

// layoutOf gives the layout of the options; an unknown name means angular, which is the generator's default.
func layoutOf(o *Options) layout {
	for _, l := range layouts() {
		if l.name == o.Layout {
			return l
		}
	}
	return layout{name: "angular", exact: &exactLayout{angularEntry, sortByTitle, renderAngular}}
}
