package main

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/semcut/semcut/release"
)

// summary is what the page of a job of GitHub Actions shows: what came of it, which commits decided, the notes. "" where there
// is nothing to tell.
func summary(o outcome) string {
	var b strings.Builder
	made := o.last()
	switch {
	case made != nil:
		fmt.Fprintf(&b, "### Released **%s**\n\n", plain(made.Next.Tag))
		writeFacts(&b, made)
		writeDecisions(&b, made.Commits)
		fmt.Fprintf(&b, "### Notes\n\n%s\n", deeper(strings.TrimSpace(made.Next.Notes)))
	case o.Plan == nil && o.Reason != "":
		fmt.Fprintf(&b, "### Nothing is released here\n\n%s.\n", plain(o.Reason))
	case o.Plan == nil:
	case o.Plan.Changes[0].Next != nil: // a dry run
		c := &o.Plan.Changes[0]
		fmt.Fprintf(&b, "### A release would be **%s**\n\n", plain(c.Next.Tag))
		writeFacts(&b, c)
		writeDecisions(&b, c.Commits)
		fmt.Fprintf(&b, "### Notes\n\n%s\n", deeper(strings.TrimSpace(c.Next.Notes)))
	default:
		c := &o.Plan.Changes[0]
		b.WriteString("### Nothing to release\n\n")
		writeFacts(&b, c)
		writeDecisions(&b, c.Commits)
	}
	return b.String()
}

func writeFacts(b *strings.Builder, c *release.Change) {
	b.WriteString("| | |\n|---|---|\n")
	row := func(name, value string) {
		if value != "" {
			fmt.Fprintf(b, "| %s | %s |\n", name, value)
		}
	}
	if c.Last != nil {
		row("last release", plain(c.Last.Tag))
	} else {
		row("last release", "none")
	}
	if c.Next != nil {
		row("version", plain(c.Next.Version.String())+" ("+c.Bump.String()+")")
		row("channel", plain(c.Next.Channel))
		row("commit", plain(c.Next.Commit))
		row("page", c.Next.URL)
	}
	for _, why := range c.Reasons {
		row("because", plain(why))
	}
	b.WriteString("\n")
}

// mostDecisions is how many commits are listed: a summary may have a mebibyte.
const mostDecisions = 500

func writeDecisions(b *strings.Builder, commits []release.Decision) {
	if len(commits) == 0 {
		return
	}
	b.WriteString("### Commits since then\n\n| commit | asks for | message | since |\n|---|---|---|---|\n")
	for i, d := range commits {
		if i == mostDecisions {
			fmt.Fprintf(b, "| … | | and %d more | |\n", len(commits)-i)
			break
		}
		fmt.Fprintf(b, "| %.7s | %s | %s | %s |\n", d.Hash, d.Bump, cmp.Or(plain(shorten(oneLine(d.Header), 100)), " "), plain(d.Reason))
	}
	b.WriteString("\n")
}
