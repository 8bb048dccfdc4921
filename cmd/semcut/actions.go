package main

import (
	"strconv"

	"github.com/semcut/semcut/internal/ghactions"
)

// tellActions sets the outputs of docs/cli.md, and writes the step summary: what came of it, why, and the notes.
func tellActions(run ghactions.Run, o outcome, hide func(string) string) error {
	values := outputs(o)
	for i := range values { // a branch's name may hold one, too
		values[i][1] = hide(values[i][1])
	}
	if err := run.Outputs(values); err != nil {
		return err
	}
	text := summary(o, hide)
	if text == "" {
		return nil
	}
	return run.Summary(text)
}

// outputs are what later steps of the job get to know. A release that this run only finished is one for them all the
// same; of a dry run they are told what a real one would release.
func outputs(o outcome) [][2]string {
	made := o.last()
	c := made
	if c == nil && o.Plan != nil {
		c = &o.Plan.Changes[0]
	}
	due := c != nil && c.Next != nil
	values := [][2]string{{"released", strconv.FormatBool(made != nil)}, {"due", strconv.FormatBool(due)}}
	if c != nil && c.Last != nil {
		values = append(values, [][2]string{
			{"previous-version", c.Last.Version.String()}, {"previous-tag", c.Last.Tag}, {"previous-sha", c.Last.Commit},
		}...)
	}
	if !due {
		return values
	}
	v, sha := c.Next.Version, c.Next.Commit
	if sha == "" { // a dry run makes no release commit
		sha = o.Plan.Head
	}
	number := func(n uint64) string { return strconv.FormatUint(n, 10) }
	return append(values, [][2]string{
		{"version", v.String()}, {"tag", c.Next.Tag}, {"bump", c.Bump.String()},
		{"major", number(v.Major())}, {"minor", number(v.Minor())}, {"patch", number(v.Patch())},
		{"channel", c.Next.Channel}, {"notes", c.Next.Notes}, {"sha", sha}, {"url", c.Next.URL},
	}...)
}
