package changelog

import (
	"fmt"
	"strings"
)

// pen writes the layouts that are ours.
type pen struct {
	strings.Builder
	options Options
	inliner inliner
}

func newPen(o Options) *pen {
	p := &pen{options: o}
	p.inliner = inliner{
		prefixes: o.prefixes(),
		issue:    func(prefix, id string) string { return o.issuePage("", "", prefix, id) },
		user: func(name string) string {
			if o.Links.repository() == "" {
				return ""
			}
			return o.userPage(name)
		},
	}
	return p
}

// writeSemcut writes the layout semcut: the shape of conventionalcommits with its defects mended.
func writeSemcut(o Options, n Notes) (string, error) {
	p := newPen(o)
	fmt.Fprintf(p, "## %s (%s)\n", p.version(n), n.Date)
	if breaking := n.breaking(); len(breaking) > 0 {
		p.title("⚠ BREAKING CHANGES")
		for _, e := range breaking {
			for _, text := range e.Breaking {
				p.item("*", e.Scope, text)
			}
		}
	}
	for _, g := range n.Groups {
		if len(g.Entries) == 0 {
			continue
		}
		p.title(p.plain(g.Title))
		for _, e := range g.Entries {
			p.entry("*", e)
		}
	}
	return p.String(), nil
}

// version is the heading's version, a link where the versions can be compared.
func (p *pen) version(n Notes) string {
	version := p.plain(n.Version)
	if n.URL == "" {
		return version
	}
	return fmt.Sprintf("[%s](%s)", version, n.URL)
}

func (p *pen) title(text string) { fmt.Fprintf(p, "\n### %s\n\n", text) }

// plain is text without links.
func (p *pen) plain(text string) string { return inliner{}.inline(text) }

// item writes one item of a list, of as many paragraphs as the text has.
func (p *pen) item(bullet, scope, text string) {
	p.WriteString(bullet + " " + p.scope(scope))
	for i, line := range strings.Split(p.inliner.block(text), "\n") {
		if i > 0 {
			p.WriteString("\n")
		}
		if i > 0 && line != "" {
			p.WriteString("  ")
		}
		p.WriteString(line)
	}
	p.WriteString("\n")
}

func (p *pen) scope(scope string) string {
	if scope == "" {
		return ""
	}
	return fmt.Sprintf("**%s:** ", p.plain(scope))
}

// entry writes one change in one line.
func (p *pen) entry(bullet string, e Entry) {
	p.WriteString(bullet + " " + p.scope(e.Scope) + p.inliner.inline(e.Text))
	if e.PullRequest != nil {
		fmt.Fprintf(p, " (%s)", p.mention(*e.PullRequest))
	}
	if e.Hash != "" {
		fmt.Fprintf(p, " (%s)", p.mention(Mention{e.Hash[:min(7, len(e.Hash))], e.URL}))
	}
	p.issues(", closes", e.Issues, true)
	p.issues(", references", e.Issues, false)
	p.WriteString("\n")
}

func (p *pen) issues(words string, issues []Issue, closes bool) {
	for _, i := range issues {
		if i.Closes == closes {
			p.WriteString(words + " " + p.mention(i.Mention))
			words = ""
		}
	}
}

// mention links to a page, or only names it.
func (p *pen) mention(m Mention) string {
	if m.URL == "" {
		return p.plain(m.Name)
	}
	return fmt.Sprintf("[%s](%s)", p.plain(m.Name), m.URL)
}

// below writes more paragraphs of the item above.
func (p *pen) below(text string) {
	p.WriteString("\n")
	for line := range strings.Lines(p.inliner.block(text) + "\n") {
		if strings.TrimSpace(line) != "" {
			p.WriteString("  ")
		}
		p.WriteString(line)
	}
}
