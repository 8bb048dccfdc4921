package compose

import (
	"slices"
	"strings"

	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/commitparse/lint"
)

// Parts are what a message is made of.
type Parts struct {
	Type, Scope, Description string
	Body                     string
	Breaking                 bool
	BreakingText             string   // what breaks; "" where the description says it
	Issues                   []string // as Issues gives them
	Footers                  []string // "Token: value"
	SignedOffBy              string   // "Name <address>", "" for nobody
}

// Header is the first line.
func (s Style) Header(p Parts) string {
	description := oneLine(p.Description)
	if p.Type == "" {
		return description
	}
	head := oneLine(p.Type)
	if scope := oneLine(p.Scope); scope != "" {
		head += "(" + scope + ")"
	}
	if p.Breaking && s.Bang {
		head += "!"
	}
	return head + ": " + description
}

// Message is the whole text, with a newline at its end. Paragraphs stand a blank line apart, trailers in the last one.
func (s Style) Message(p Parts) string {
	paragraphs := []string{s.Header(p)}
	add := func(text string) {
		if text = strings.Trim(text, "\n"); text != "" {
			paragraphs = append(paragraphs, text)
		}
	}
	add(lint.Wrap(trimmed(p.Body), s.BodyWidth))
	if note := oneLine(p.BreakingText); p.Breaking && (note != "" || s.NoteNeeded) {
		if note == "" {
			note = oneLine(p.Description)
		}
		add(lint.Wrap("BREAKING CHANGE: "+note, s.FooterWidth))
	}
	trailers := append([]string(nil), p.Issues...)
	for _, footer := range p.Footers {
		trailers = append(trailers, strings.TrimSpace(footer))
	}
	if signed := "Signed-off-by: " + p.SignedOffBy; p.SignedOffBy != "" && !slices.Contains(trailers, signed) {
		trailers = append(trailers, signed)
	}
	add(strings.Join(trailers, "\n"))
	return strings.Join(paragraphs, "\n\n") + "\n"
}

// oneLine folds a text into one line.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// trimmed takes blanks off the ends of lines, blank lines off the ends of the text, and lets lines end as git has them.
func trimmed(text string) string {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " \t\r")
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

// PartsOf takes a message apart again, so that it can be changed. One that isn't conventional is description and body.
func PartsOf(text string) Parts {
	m := commitparse.Parse(text, commitparse.ConventionalCommits)
	if !m.Conventional {
		header, body, _ := strings.Cut(strings.TrimLeft(text, "\n"), "\n")
		return Parts{Description: strings.TrimSpace(header), Body: trimmed(body)}
	}
	p := Parts{Type: m.Type, Scope: m.Scope, Description: strings.TrimSpace(m.Description), Body: trimmed(m.Body), Breaking: m.Breaking}
	for _, f := range m.Footers {
		switch {
		case f.Token == "BREAKING CHANGE" || f.Token == "BREAKING-CHANGE":
			p.BreakingText = f.Value
		case strings.HasPrefix(f.Value, "#"):
			p.Footers = append(p.Footers, f.Token+" "+f.Value)
		default:
			p.Footers = append(p.Footers, f.Token+": "+f.Value)
		}
	}
	return p
}
