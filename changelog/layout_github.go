package changelog

import (
	"fmt"
	"strings"
)

// writeGitHub writes notes that look like those which GitHub generates: what changed, by whom, in which pull request; who
// is new; and the whole comparison.
func writeGitHub(p *pen, n *Notes) (string, error) {
	fmt.Fprintf(p, "## %s (%s)\n", p.link(n.Version, n.URL), n.Date)
	if n.Statistics.Entries > 0 || len(n.Groups) > 0 {
		p.title("What's Changed")
	}
	for _, g := range n.Groups {
		for _, e := range g.Entries {
			p.contribution(e)
		}
	}
	var fresh []Contributor
	for _, c := range n.Contributors {
		if c.First {
			fresh = append(fresh, c)
		}
	}
	if len(fresh) > 0 {
		p.title("New Contributors")
		for _, c := range fresh {
			fmt.Fprintf(p, "* %s made their first contribution%s\n", p.person(c.Person), p.in(c.PullRequest, ""))
		}
	}
	if isPage(n.URL) {
		fmt.Fprintf(p, "\n**Full Changelog**: %s\n", n.URL)
	}
	return p.text(), nil
}

// contribution writes one change with its authors.
func (p *pen) contribution(e Entry) {
	names := make([]string, len(e.Authors))
	for i, who := range e.Authors {
		names[i] = p.person(who)
	}
	by := ""
	if len(names) > 0 {
		by = " by " + strings.Join(names, ", ")
	}
	p.WriteString("* ")
	if len(e.Breaking) > 0 {
		p.WriteString("**Breaking:** ")
	}
	fmt.Fprintf(p, "%s%s%s%s\n", p.scope(e.Scope), p.inliner.inline(e.Text), by, p.in(e.PullRequest, e.URL))
	for _, text := range e.Breaking {
		if text != e.Text {
			p.below(text)
		}
	}
}

// in says where a change came in: a pull request, else a page.
func (p *pen) in(pull *Mention, page string) string {
	switch {
	case pull != nil && isPage(pull.URL):
		return " in " + pull.URL
	case pull != nil:
		return " in " + p.plain(pull.Name)
	case isPage(page):
		return " in " + page
	}
	return ""
}

// isPage says whether a text is an address and nothing else, so that it can stand as it is.
func isPage(url string) bool {
	return isWeb(url) && !strings.ContainsAny(url, " \t\n<>()[]`*\\|!\"")
}

// person names somebody: as a link where the login is known, so that nobody is notified by what stands in a commit.
func (p *pen) person(who Person) string {
	if who.Login == "" {
		return p.plain(who.Name)
	}
	if page := p.options.userPage(who.Login); page != "" {
		return fmt.Sprintf("[@%s](%s)", label(who.Login), page)
	}
	return p.plain(who.Login)
}
