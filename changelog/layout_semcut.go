package changelog

import (
	"bytes"
	"strings"
)

// pen writes the layouts that are ours.
type pen struct {
	bytes.Buffer
	options *Options
	inliner inliner
}

func newPen(o *Options) *pen {
	return &pen{options: o, inliner: inliner{
		prefixes: o.prefixes(),
		issue:    func(prefix, id string) string { return o.issuePage("", "", prefix, id) },
		user: func(name string) string {
			if o.site().home == "" {
				return ""
			}
			return o.userPage(name)
		},
	}}
}

// text gives what was written, and begins anew.
func (p *pen) text() string {
	text := p.String()
	p.Reset()
	return text
}

// writeSemcut writes the layout semcut: the shape of conventionalcommits with its defects mended.
func writeSemcut(p *pen, n *Notes) (string, error) {
	p.write("## ")
	p.mention(Mention{n.Version, n.URL})
	p.write(" (", n.Date, ")\n")
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
		for i := range g.Entries {
			p.entry("*", &g.Entries[i])
		}
	}
	return p.text(), nil
}

func (p *pen) title(text string) { p.write("\n### ", text, "\n\n") }

func (p *pen) write(texts ...string) {
	for _, text := range texts {
		p.WriteString(text)
	}
}

// plain is text without links.
func (p *pen) plain(text string) string {
	if areWords(text) {
		return text
	}
	return plain.inline(text)
}

// areWords says whether a text is of ASCII letters and digits alone, with single blanks between them: they mean nothing else
// anywhere.
func areWords(text string) bool {
	blank := true
	for i := range len(text) {
		if text[i] == ' ' && blank || text[i] != ' ' && !isLetterOrDigit(text[i]) {
			return false
		}
		blank = text[i] == ' '
	}
	return !blank || text == ""
}

// item writes one item of a list, of as many paragraphs as the text has.
func (p *pen) item(bullet, scope, text string) {
	body := p.inliner.block(text)
	if scope != "" {
		body = p.paragraphs(text)
	}
	p.WriteString(strings.TrimRight(bullet+" "+p.scope(scope), " ")) // the blank comes with the text
	if !strings.HasPrefix(body, "\n") {
		p.WriteString(" ")
	}
	for i, line := range strings.Split(body, "\n") {
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
	return "**" + p.plain(scope) + ":** "
}

// entry writes one change in one line.
func (p *pen) entry(bullet string, e *Entry) {
	p.write(bullet, " ", p.scope(e.Scope))
	p.inline(e.Text)
	if e.PullRequest != nil {
		p.write(" (")
		p.mention(*e.PullRequest)
		p.write(")")
	}
	if e.Hash != "" {
		p.write(" (")
		p.mention(Mention{e.Hash[:min(7, len(e.Hash))], e.URL})
		p.write(")")
	}
	p.issues(", closes ", e.Issues, true)
	p.issues(", references ", e.Issues, false)
	p.WriteByte('\n')
}

// inline writes one line of a text.
func (p *pen) inline(text string) { p.Write(p.inliner.appendInline(p.AvailableBuffer(), text)) }

func (p *pen) issues(words string, issues []Issue, closes bool) {
	for _, i := range issues {
		if i.Closes == closes {
			p.write(words)
			p.mention(i.Mention)
			words = " "
		}
	}
}

// mention links to a page, or only names it. What is no page is no link.
func (p *pen) mention(m Mention) {
	if isWeb(m.URL) {
		p.write("[", label(m.Name), "](", destination.write(m.URL), ")")
	} else {
		p.write(p.plain(m.Name))
	}
}

func isWeb(url string) bool {
	return strings.HasPrefix(url, "https://") || strings.HasPrefix(url, "http://")
}

// link gives what mention writes.
func (p *pen) link(name, url string) string {
	inner := pen{options: p.options, inliner: p.inliner}
	inner.mention(Mention{name, url})
	return inner.String()
}

// marks are what would mean something in the name of a link.
var marks = newEscaper("\\", `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, "&", `\&`, "|", `\|`, "~", `\~`, "@", "@&#8203;")

// label is the name of a link.
func label(text string) string {
	if areWords(text) {
		return text
	}
	return marks.write(strings.TrimSpace(strings.ReplaceAll(clean(text), "\n", " ")))
}

// paragraphs is a text that may stand behind another one in the same line: code and lists, which need a line of their own,
// get one.
func (p *pen) paragraphs(text string) string {
	body := p.inliner.block(text)
	if fenceMark.MatchString(body) || itemMarker.MatchString(body) {
		return "\n\n" + body
	}
	return body
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
