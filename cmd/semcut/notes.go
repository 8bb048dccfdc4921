package main

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/semcut/semcut/changelog"
	"github.com/semcut/semcut/release"
)

type notesOptions struct {
	Of string // TAG, A..B, REV or ""
	readOptions
	Version string
	Tag     string
	Date    string
}

func notesCommand(a *app) *cobra.Command {
	var o notesOptions
	cmd := &cobra.Command{
		Use:   "notes [TAG | A..B | REV]",
		Short: "Print release notes",
		Long: `Prints the release notes of the unreleased commits, of one past release (TAG), of a range (A..B, where A
is the previous release's tag), or of all history up to REV. Standard output holds the notes and nothing else.`,
		Example: "  semcut notes\n  semcut notes v1.3.0\n  semcut notes v1.3.0..HEAD --version 1.4.0",
		Args:    atMostOne,
		RunE: func(cmd *cobra.Command, args []string) error {
			o.Of = strings.Join(args, "")
			return runNotes(cmd.Context(), a, o)
		},
	}
	f := cmd.Flags()
	o.readFlags(cmd)
	f.StringVar(&o.Version, "version", "", "show `VERSION` in the heading")
	f.StringVar(&o.Tag, "tag", "", "use `TAG` in the heading's link")
	f.StringVar(&o.Date, "date", "", "show the date `YYYY-MM-DD` in the heading (default: today, UTC)")
	return cmd
}

func runNotes(ctx context.Context, a *app, o notesOptions) error {
	date := now(a)
	if o.Date != "" {
		d, err := time.Parse(time.DateOnly, o.Date)
		if err != nil {
			return release.Errorf(release.CodeUsage, "write it like 2026-03-14", "reading --date %q: it is no date", o.Date)
		}
		date = d
	}
	for _, given := range []string{o.Version, o.Tag} {
		if strings.ContainsFunc(given, obeyed) {
			return release.Errorf(release.CodeUsage, "write one line of plain text", "reading the command line: %q can't stand in a heading", given)
		}
	}
	p, opts, err := openReading(ctx, a, o.readOptions)
	if err != nil {
		return err
	}
	defer p.close()
	opts.Now = date
	text, err := p.notes(ctx, a, o, opts)
	if err != nil {
		return err
	}
	return a.writeText(text)
}

// notes makes the text that was asked for.
func (p *project) notes(ctx context.Context, a *app, o notesOptions, opts release.Options) (string, error) {
	if o.Of == "" {
		return p.unreleasedNotes(ctx, a, o, opts)
	}
	from, to, isRange := strings.Cut(o.Of, "..")
	if !isRange {
		r, ok, err := release.PastNotes(ctx, p.repo, opts, o.Of)
		if err != nil || ok && o.Version == "" && o.Tag == "" && o.Date == "" {
			return r.Notes, err
		}
		from, to = "", o.Of
	}
	return p.rangeNotes(ctx, o, opts, from, to)
}

func (p *project) unreleasedNotes(ctx context.Context, a *app, o notesOptions, opts release.Options) (string, error) {
	plan, err := release.NewPlan(ctx, p.repo, opts)
	if err != nil {
		return "", err
	}
	c := plan.Changes[0]
	if c.Next == nil && o.Version == "" {
		a.Log.Info("nothing is due: no commit since " + lastTag(c) + " releases anything")
		return "", nil
	}
	if o.Version == "" && o.Tag == "" {
		return c.Next.Notes, nil
	}
	return p.rangeNotes(ctx, o, opts, lastTagOrNone(c), p.rev)
}

func lastTag(c release.Change) string {
	if c.Last == nil {
		return "the beginning"
	}
	return c.Last.Tag
}

func lastTagOrNone(c release.Change) string {
	if c.Last == nil {
		return ""
	}
	return c.Last.Tag
}

// rangeNotes makes the notes of from..to; an empty from takes all history of to.
func (p *project) rangeNotes(ctx context.Context, o notesOptions, opts release.Options, from, to string) (string, error) {
	if to == "" {
		to = p.rev
	}
	tip, err := p.repo.Resolve(ctx, to)
	if err != nil {
		return "", err
	}
	base := ""
	if from != "" {
		if base, err = p.repo.Resolve(ctx, from); err != nil {
			return "", err
		}
	}
	commits, err := p.repo.Commits(ctx, base, tip)
	if err != nil {
		return "", err
	}
	n := opts.Notes
	n.PreviousTag, n.Version, n.Tag, n.Date = from, o.Version, o.Tag, opts.Now
	if n.Version == "" {
		n.Version = release.VersionAfter(opts, from, to, commits)
	}
	if n.Tag == "" {
		n.Tag = to
		if v, ok := release.ParseVersion(n.Version); ok {
			n.Tag = opts.TagFormat.Tag(v)
		}
	}
	return changelog.Render(changelog.Build(opts.Noted(commits), n), n), nil
}
