package main

import (
	"strings"

	"github.com/semcut/semcut/release"
)

// summary is what the page of a job of GitHub Actions shows: what came of it, which commits decided, the notes. "" where there
// is nothing to tell.
func summary(o outcome, hide func(string) string) string {
	p := &page{hide: hide}
	made := o.last()
	switch {
	case made != nil:
		p.change("Released", made)
	case o.Plan == nil && o.Reason != "":
		p.say("### Nothing is released here\n\n%s.", p.plain(o.Reason))
	case o.Plan == nil:
	case o.Plan.Changes[0].Next != nil: // a dry run
		p.change("A release would be", &o.Plan.Changes[0])
	default:
		p.change("Nothing to release", &o.Plan.Changes[0])
	}
	return p.String()
}

func (p *page) change(title string, c *release.Change) {
	if c.Next == nil {
		p.say("### %s\n", title)
	} else {
		p.say("### %s **%s**\n", title, p.plain(c.Next.Tag))
	}
	p.facts(c)
	p.decisions(c.Commits)
	if c.Next != nil {
		p.say("### Notes\n\n%s", deeper(strings.TrimSpace(p.hide(c.Next.Notes))))
	}
}

func (p *page) facts(c *release.Change) {
	row := func(name, value string) {
		if value != "" {
			p.say("| %s | %s |", name, value)
		}
	}
	p.say("| | |\n|---|---|")
	if c.Last != nil {
		row("last release", p.plain(c.Last.Tag))
	} else {
		row("last release", "none")
	}
	if c.Next != nil {
		row("version", p.plain(c.Next.Version.String())+" ("+c.Bump.String()+")")
		row("channel", p.plain(c.Next.Channel))
		row("commit", p.plain(c.Next.Commit))
		row("page", p.hide(c.Next.URL))
	}
	for _, why := range c.Reasons {
		row("because", p.plain(why))
	}
	p.say("")
}

// mostDecisions is how many commits are listed: a summary may have a mebibyte.
const mostDecisions = 500

func (p *page) decisions(commits []release.Decision) {
	if len(commits) == 0 {
		return
	}
	p.say("### Commits since then\n\n| commit | asks for | message | since |\n|---|---|---|---|")
	for i, d := range commits {
		if i == mostDecisions {
			p.say("| … | | and %d more | |", len(commits)-i)
			break
		}
		p.say("| %.7s | %s | %s | %s |", d.Hash, d.Bump, p.short(d.Header, 100), p.plain(d.Reason))
	}
	p.say("")
}
