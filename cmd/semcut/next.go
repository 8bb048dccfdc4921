package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/semcut/semcut/release"
)

type nextOptions struct {
	readOptions
	wishes
	Tag      bool
	ExitCode bool
	Explain  bool
	Exact    bool
	JSON     bool
}

func nextCommand(a *app) *cobra.Command {
	var o nextOptions
	cmd := &cobra.Command{
		Use:   "next",
		Short: "Print the version that a release of HEAD would get",
		Long: `Prints the version that a release of HEAD would get, or the current one where nothing is due.
Works offline, from this clone's tags.`,
		Example: "  semcut next\n  semcut next --json --rev origin/main",
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return runNext(cmd.Context(), a, o) },
	}
	f := cmd.Flags()
	o.readFlags(cmd)
	o.wishes.flags(cmd)
	f.BoolVar(&o.Tag, "tag", false, "print the tag instead of the version")
	f.BoolVar(&o.ExitCode, "exit-code", false, "exit with 4 where nothing is due")
	f.BoolVar(&o.Explain, "explain", false, "print how the version was found; with --json in the document")
	f.BoolVar(&o.Exact, "exact", false, "believe no commit's clock: read on until the answer is proven, maybe all of history")
	f.BoolVar(&o.JSON, "json", false, "print the decision as JSON")
	return cmd
}

func runNext(ctx context.Context, a *app, o nextOptions) error {
	p, opts, err := openReading(ctx, a, o.readOptions)
	if err != nil {
		return err
	}
	defer p.close()
	if err := o.into(&opts); err != nil {
		return err
	}
	opts.NoNotes = true // nobody sees them here
	if o.Exact {
		p.repo.BelieveNoClock()
	}
	plan, err := p.plan(ctx, a, opts)
	if err != nil {
		return err
	}
	switch {
	case o.JSON:
		err = printJSON(a.Out, newNextDocument(plan, o.Explain))
	case o.Explain:
		out := bufio.NewWriter(a.Out)
		renderDecision(out, plan, plan.Changes[0])
		err = out.Flush()
	default:
		err = printVersion(a, plan, o.Tag)
	}
	if err == nil && o.ExitCode && !plan.Due() {
		err = errNothing
	}
	return err
}

// printVersion prints the planned version, or the current one.
func printVersion(a *app, plan *release.Plan, tag bool) error {
	c := plan.Changes[0]
	r := c.Next
	if r == nil {
		r = c.Last
	}
	switch {
	case r == nil:
		a.Log.Info("nothing was released yet, and nothing is due")
		return nil
	case tag:
		_, err := fmt.Fprintln(a.Out, r.Tag)
		return err
	}
	_, err := fmt.Fprintln(a.Out, r.Version)
	return err
}

// nextDocument is the contract of "next --json" (docs/cli.md).
type nextDocument struct {
	Release bool               `json:"release"`
	Package string             `json:"package"`
	Branch  string             `json:"branch"`
	Channel string             `json:"channel"`
	Current *currentVersion    `json:"current"`
	Next    *nextVersion       `json:"next"`
	Commits []release.Decision `json:"commits"`
	Explain *explanation       `json:"explain,omitempty"`
}

// explanation is what --explain adds: the tags that were passed over, and what had a say beside the commits.
type explanation struct {
	Candidates []release.Candidate `json:"candidates"`
	Reasons    []string            `json:"reasons"`
}

type currentVersion struct {
	Version string `json:"version"`
	Tag     string `json:"tag"`
	Commit  string `json:"commit"`
}

type nextVersion struct {
	Version string       `json:"version"`
	Tag     string       `json:"tag"`
	Bump    release.Bump `json:"bump"`
}

func newNextDocument(plan *release.Plan, explain bool) nextDocument {
	c := plan.Changes[0]
	d := nextDocument{
		Release: plan.Due(), Package: c.Package, Branch: plan.Branch.Name, Channel: plan.Branch.Channel, Commits: c.Commits,
	}
	if c.Last != nil {
		d.Current = &currentVersion{c.Last.Version.String(), c.Last.Tag, c.Last.Commit}
		d.Next = &nextVersion{c.Last.Version.String(), c.Last.Tag, release.None}
	}
	if c.Next != nil {
		d.Next = &nextVersion{c.Next.Version.String(), c.Next.Tag, c.Bump}
	}
	if explain {
		d.Explain = &explanation{c.Candidates, c.Reasons}
	}
	return d
}

// printJSON prints one document.
func printJSON(w io.Writer, v any) error {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return err
	}
	_, err := io.WriteString(w, escapeObeyed(out.String()))
	return err
}

// escapeObeyed writes what a terminal would obey as JSON's own escapes; the document means the same.
func escapeObeyed(document string) string {
	if !strings.ContainsFunc(document, func(r rune) bool { return r > '~' && obeyed(r) }) {
		return document
	}
	var b strings.Builder
	for _, r := range document {
		if r > '~' && obeyed(r) {
			fmt.Fprintf(&b, `\u%04x`, r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}
