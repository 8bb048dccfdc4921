package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/semcut/semcut/changelog"
	"github.com/semcut/semcut/internal/diskfile"
	"github.com/semcut/semcut/release"
)

type notesOptions struct {
	Of string // TAG, A..B, REV or ""
	readOptions
	layoutOptions
	Version string
	Tag     string
	Date    string
	Online  bool
}

// layoutOptions say how notes are written; notes and changelog share them.
type layoutOptions struct {
	Layout   string
	JSON     bool
	FromJSON string
	HTML     string
}

func (o *layoutOptions) layoutFlags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&o.Layout, "layout", "", "write them in this `LAYOUT`: "+strings.Join(changelog.Layouts(), ", "))
	f.BoolVar(&o.JSON, "json", false, "print what the notes are made of as JSON, to be edited and given to --from-json")
	f.StringVar(&o.FromJSON, "from-json", "", "write notes from the JSON in `FILE` (- for standard input)")
	f.StringVar(&o.HTML, "html", "", "write them as one HTML page to `FILE`")
	cmd.MarkFlagsMutuallyExclusive("json", "from-json")
	cmd.MarkFlagsMutuallyExclusive("json", "html")
}

// into makes the options of the notes those that the flags ask for.
func (o layoutOptions) into(n *changelog.Options) error {
	n.Newcomers = o.JSON
	if o.Layout == "" {
		return nil
	}
	if !slices.Contains(changelog.Layouts(), o.Layout) {
		return release.Errorf(release.CodeUsage, "one of: "+strings.Join(changelog.Layouts(), ", "), "reading --layout %q: there is no such layout", o.Layout)
	}
	if o.Layout == "template" && n.TemplateFile == "" {
		return release.Errorf(release.CodeUsage, "name its file with notes.template", "reading --layout %q: the configuration names no template", o.Layout)
	}
	n.Layout = o.Layout
	return nil
}

// read reads the document that --from-json names.
func (o layoutOptions) read(a *app) (changelog.Context, error) {
	var data []byte
	var err error
	if o.FromJSON == "-" {
		data, err = io.ReadAll(io.LimitReader(a.In, maxContext))
	} else {
		data, err = os.ReadFile(a.path(o.FromJSON))
	}
	if err != nil {
		return changelog.Context{}, release.Errorf(release.CodeFile, "name a file that \"semcut notes --json\" wrote", "reading notes from %q: %w", o.FromJSON, diskfile.Cause(err))
	}
	c, err := changelog.ReadContext(data)
	if err != nil {
		return c, release.Errorf(release.CodeFile, "mend it there; docs/notes.md tells the shape", "reading notes from %q: %w", o.FromJSON, err)
	}
	return c, nil
}

// maxContext bounds a document of notes.
const maxContext = 256 << 20

func notesCommand(a *app) *cobra.Command {
	var o notesOptions
	cmd := &cobra.Command{
		Use:   "notes [TAG | A..B | REV]",
		Short: "Print release notes",
		Long: `Prints the release notes of the unreleased commits, of one past release (TAG), of a range (A..B, where A
is the previous release's tag), or of all history up to REV. Standard output holds the notes and nothing else.`,
		Example: "  semcut notes\n  semcut notes v1.3.0\n  semcut notes v1.3.0..HEAD --version 1.4.0\n  semcut notes --json > notes.json && semcut notes --from-json notes.json",
		Args:    atMostOne,
		RunE: func(cmd *cobra.Command, args []string) error {
			o.Of = strings.Join(args, "")
			return runNotes(cmd.Context(), a, o)
		},
	}
	f := cmd.Flags()
	o.readFlags(cmd)
	o.layoutFlags(cmd)
	f.BoolVar(&o.Online, "online", false, "ask the forge for authors and pull requests, as a release does")
	f.StringVar(&o.Version, "version", "", "show `VERSION` in the heading")
	f.StringVar(&o.Tag, "tag", "", "use `TAG` in the heading's link")
	f.StringVar(&o.Date, "date", "", "show the date `YYYY-MM-DD` in the heading (default: today, UTC)")
	for _, other := range []string{"version", "tag", "date", "online", "rev"} {
		cmd.MarkFlagsMutuallyExclusive("from-json", other)
	}
	return cmd
}

func runNotes(ctx context.Context, a *app, o notesOptions) error {
	date, err := o.judge(a)
	if err != nil {
		return err
	}
	p, opts, err := openReading(ctx, a, o.readOptions)
	if err != nil {
		return err
	}
	defer p.close()
	opts.Now = date
	if err := o.into(&opts.Notes); err != nil {
		return err
	}
	if o.FromJSON != "" {
		return writeContext(a, o.layoutOptions, opts, "")
	}
	if o.Online {
		if err := p.online(ctx, a, &opts); err != nil {
			return err
		}
	}
	c, due, err := p.chapter(ctx, a, o, opts)
	if err != nil {
		return err
	}
	if o.JSON {
		releases := []changelog.Notes{}
		if due {
			releases = append(releases, opts.Writer().Describe(c))
		}
		return printJSON(a.Out, changelog.NewContext(opts.Notes, releases))
	}
	if !due {
		return nil
	}
	text, err := opts.Writer().Render(c)
	if err != nil {
		return err
	}
	return o.show(a, "Release notes of "+c.Version, text)
}

// showSections shows a whole changelog. It may be large: where it goes to no terminal it is written piece by piece, unless there
// are secrets, which may have several lines and lie across two pieces.
func (o layoutOptions) showSections(a *app, name, title string, sections []changelog.Section) error {
	if o.HTML == "" && !a.forTerminal() && a.Secrets.none() {
		return changelog.Write(a.Out, title, sections)
	}
	return o.show(a, name, changelog.Join(title, sections))
}

// show prints Markdown, or writes it as a page.
func (o layoutOptions) show(a *app, title, markdown string) error {
	if o.HTML != "" {
		return writePage(a.path(o.HTML), title, markdown)
	}
	return a.writeMarkdown(markdown)
}

// judge reads the date and refuses what can't stand in a heading.
func (o notesOptions) judge(a *app) (time.Time, error) {
	if o.FromJSON != "" && o.Of != "" {
		return time.Time{}, release.Errorf(release.CodeUsage, "take one of the two out", "reading the command line: --from-json takes no %q", o.Of)
	}
	for _, given := range []string{o.Version, o.Tag} {
		if strings.ContainsFunc(given, obeyed) {
			return time.Time{}, release.Errorf(release.CodeUsage, "write one line of plain text", "reading the command line: %q can't stand in a heading", given)
		}
	}
	if o.Date == "" {
		return now(a), nil
	}
	d, err := time.Parse(time.DateOnly, o.Date)
	if err != nil {
		err = release.Errorf(release.CodeUsage, "write it like 2026-03-14", "reading --date %q: it is no date", o.Date)
	}
	return d, err
}

// writeContext writes notes from a document; title goes before them.
func writeContext(a *app, o layoutOptions, opts release.Options, title string) error {
	c, err := o.read(a)
	if err != nil {
		return err
	}
	var sections []changelog.Section
	for _, n := range c.Releases {
		text, err := opts.RenderNotes(n)
		if err != nil {
			return err
		}
		sections = append(sections, changelog.Section{Version: n.Version, Tag: n.Tag, Markdown: text})
	}
	return o.showSections(a, "Release notes", title, sections)
}

// chapter gives what was asked for; due is false where nothing is to be released.
func (p *project) chapter(ctx context.Context, a *app, o notesOptions, opts release.Options) (c release.Chapter, due bool, err error) {
	if o.Of == "" {
		return p.unreleased(ctx, a, o, opts)
	}
	from, to, isRange := strings.Cut(o.Of, "..")
	if !isRange {
		c, ok, err := release.PastChapter(ctx, p.repo, opts, o.Of)
		if err != nil || ok && o.Version == "" && o.Tag == "" && o.Date == "" {
			return c, true, err
		}
		from, to = "", o.Of
	}
	c, err = p.rangeChapter(ctx, o, opts, from, to)
	return c, true, err
}

func (p *project) unreleased(ctx context.Context, a *app, o notesOptions, opts release.Options) (c release.Chapter, due bool, err error) {
	planning := opts
	planning.Attributors = nil // its notes are not the ones that are shown
	plan, err := release.NewPlan(ctx, p.repo, planning)
	if err != nil {
		return c, false, err
	}
	change := plan.Changes[0]
	last := ""
	if change.Last != nil {
		last = change.Last.Tag
	}
	if change.Next == nil && o.Version == "" {
		a.Log.Info(fmt.Sprintf("nothing is due: no commit since %s releases anything", orBeginning(last)))
		return c, false, nil
	}
	if change.Next != nil && o.Version == "" && o.Tag == "" {
		o.Version, o.Tag = change.Next.Version.String(), change.Next.Tag
	}
	c, err = p.rangeChapter(ctx, o, opts, last, p.rev)
	return c, true, err
}

func orBeginning(tag string) string {
	if tag == "" {
		return "the beginning"
	}
	return tag
}

// rangeChapter is the chapter of from..to; an empty from takes all history of to.
func (p *project) rangeChapter(ctx context.Context, o notesOptions, opts release.Options, from, to string) (c release.Chapter, err error) {
	if to == "" {
		to = p.rev
	}
	tip, err := p.repo.Resolve(ctx, to)
	if err != nil {
		return c, err
	}
	base := ""
	if from != "" {
		if base, err = p.repo.Resolve(ctx, from); err != nil {
			return c, err
		}
	}
	if c, err = release.Range(ctx, p.repo, opts, release.Span{From: base, To: tip, FromName: from, ToName: to}); err != nil {
		return c, err
	}
	if o.Version != "" {
		c.Version = o.Version
	}
	if c.Tag = o.Tag; c.Tag == "" {
		c.Tag = to
		if v, ok := release.ParseVersion(c.Version); ok {
			c.Tag = opts.TagFormat.Tag(v)
		}
	}
	return c, nil
}
