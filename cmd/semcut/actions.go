package main

import (
	"fmt"
	"strconv"

	"github.com/semcut/semcut/internal/ghactions"
	"github.com/semcut/semcut/release"
)

// tellActions sets the outputs of docs/cli.md and writes the notes to the step summary; c is nil where nothing was
// released. A release that this run only finished is one for the job's later steps all the same.
func tellActions(run ghactions.Run, c *release.Change, hide func(string) string) error {
	if c == nil {
		return run.Outputs([][2]string{{"released", "false"}})
	}
	previous := ""
	if c.Last != nil {
		previous = c.Last.Version.String()
	}
	v := c.Next.Version
	number := func(n uint64) string { return strconv.FormatUint(n, 10) }
	err := run.Outputs([][2]string{
		{"released", "true"}, {"version", v.String()}, {"tag", c.Next.Tag}, {"previous-version", previous},
		{"bump", c.Bump.String()}, {"major", number(v.Major())}, {"minor", number(v.Minor())}, {"patch", number(v.Patch())},
		{"channel", c.Next.Channel}, {"notes", hide(c.Next.Notes)}, {"sha", c.Next.Commit}, {"url", hide(c.Next.URL)},
	})
	if err != nil {
		return err
	}
	return run.Summary(fmt.Sprintf("Released **%s**\n\n%s", c.Next.Tag, hide(c.Next.Notes)))
}
