package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/semcut/semcut/internal/lazyregexp"
	"github.com/semcut/semcut/release"
)

// renderPlan prints a plan with every reason, for people.
func renderPlan(w io.Writer, plan *release.Plan) error {
	out := bufio.NewWriter(w)
	for _, c := range plan.Changes {
		renderChange(out, plan, c)
	}
	return out.Flush()
}

func renderChange(out io.Writer, plan *release.Plan, c release.Change) {
	renderDecision(out, plan, c)
	if len(plan.Steps) > 0 {
		fmt.Fprintf(out, "\nSteps:\n")
	}
	for i, s := range plan.Steps {
		fmt.Fprintf(out, "  %d. %s\n", i+1, oneLine(s.Summary))
	}
	if c.Next == nil {
		return
	}
	fmt.Fprintf(out, "\nNotes:\n\n%s", indent(harmless(c.Next.Notes)))
}

// renderDecision prints how a version was found: from which tag, by which commits, and what else had a say.
func renderDecision(out io.Writer, plan *release.Plan, c release.Change) {
	last := "no release yet"
	if c.Last != nil {
		last = fmt.Sprintf("last release %s (%.7s)", c.Last.Tag, c.Last.Commit)
	}
	fmt.Fprintf(out, "Branch %s at %.7s, %s\n", oneLine(plan.Branch.Name), plan.Head, last)
	for _, lost := range c.Candidates {
		fmt.Fprintf(out, "  not %s: %s\n", oneLine(lost.Tag), oneLine(lost.Reason))
	}
	if len(c.Commits) > 0 {
		fmt.Fprintf(out, "\nCommits since then:\n")
	}
	for _, d := range c.Commits {
		fmt.Fprintf(out, "  %.7s  %-5s  %s  (%s)\n", d.Hash, d.Bump, shorten(oneLine(d.Header), 72), oneLine(d.Reason))
	}
	if len(c.Reasons) > 0 {
		fmt.Fprintln(out)
	}
	for _, why := range c.Reasons {
		fmt.Fprintf(out, "Because %s\n", oneLine(why))
	}
	if c.Next == nil {
		fmt.Fprintf(out, "\nNothing to release.\n")
		return
	}
	fmt.Fprintf(out, "\nNext release: %s (%s), tag %s\n", c.Next.Version, c.Bump, c.Next.Tag)
}

// indent moves a text to the right, so that it stands apart.
func indent(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) != "" {
			b.WriteString("    ")
		}
		b.WriteString(line)
	}
	return b.String()
}

// harmless takes out of a text what a terminal would obey, or the log of GitHub Actions; its lines stay.
func harmless(text string) string {
	return uncommanded(strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && obeyed(r) {
			return '?'
		}
		return r
	}, text))
}

// workflowCommand is what the log of GitHub Actions obeys at the beginning of a line.
var workflowCommand = lazyregexp.New(`(?m)^([ \t]*):(:)`)

// uncommanded makes text of what the log of GitHub Actions would obey: ::set-output…, and ##[…] anywhere.
func uncommanded(text string) string {
	if !strings.Contains(text, "::") && !strings.Contains(text, "##[") {
		return text
	}
	return strings.ReplaceAll(workflowCommand.ReplaceAllString(text, "$1: $2"), "##[", "## [")
}

// obeyed says whether a terminal does something else with a character than to show it: controls, and marks that turn
// the direction of what follows.
func obeyed(r rune) bool {
	return r < ' ' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0x200e || r == 0x200f
}

// writeText writes Markdown: as it is into files and pipes, harmless on a terminal.
func (a *app) writeText(text string) error {
	if a.OutTTY {
		text = harmless(text)
	}
	_, err := io.WriteString(a.Out, text)
	return err
}

// shorten cuts a text to n characters.
func shorten(text string, n int) string {
	if len(text) <= n {
		return text
	}
	runes := []rune(text)
	if len(runes) <= n {
		return text
	}
	return string(runes[:n-1]) + "…"
}

// renderPromoted says in one line what was promoted.
func renderPromoted(w io.Writer, p *release.Promotion) error {
	channel := "the default channel"
	if p.Release.Channel != "" {
		channel = "channel " + p.Release.Channel
	}
	_, err := fmt.Fprintf(w, "promoted %s to %s\n", oneLine(p.Release.Tag), oneLine(channel))
	return err
}

// renderDone says in one line what was released.
func renderDone(w io.Writer, r *release.Release, local bool) error {
	where := ""
	switch {
	case local:
		where = " in this clone; \"semcut release\" without --no-push goes on from here"
	case r.URL != "":
		where = ": " + oneLine(r.URL)
	}
	_, err := fmt.Fprintf(w, "released %s%s\n", oneLine(r.Tag), where)
	return err
}
