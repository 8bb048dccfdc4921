package main

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/semcut/semcut/changelog"
	"github.com/semcut/semcut/internal/diskfile"
	"github.com/semcut/semcut/internal/lazyregexp"
	"github.com/semcut/semcut/release"
)

type changelogOptions struct {
	readOptions
	layoutOptions
	Check      bool
	Output     string
	Prepend    string
	Unreleased bool
	Since      string
}

func changelogCommand(a *app) *cobra.Command {
	var o changelogOptions
	cmd := &cobra.Command{
		Use:   "changelog",
		Short: "Print the whole changelog from history",
		Long: `Prints the whole changelog, or the part that is asked for, from history. Every commit stands in the first
release that contains it. Pre-releases are folded into the release that they led to.`,
		Example: "  semcut changelog -o CHANGELOG.md\n  semcut changelog --unreleased\n  semcut changelog --since v1.0.0 --prepend CHANGELOG.md",
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return runChangelog(cmd.Context(), a, o) },
	}
	f := cmd.Flags()
	o.readFlags(cmd)
	o.layoutFlags(cmd)
	f.BoolVar(&o.Check, "check", false, "write nothing; exit with 1 and a diff where the file is not what would be written")
	f.StringVarP(&o.Output, "output", "o", "", "write to `FILE` instead of standard output (-)")
	f.StringVar(&o.Prepend, "prepend", "", "put the sections into `FILE`, which keeps everything else")
	f.BoolVar(&o.Unreleased, "unreleased", false, "only what is not released yet")
	f.StringVar(&o.Since, "since", "", "only what came after the release `TAG`")
	cmd.MarkFlagsMutuallyExclusive("output", "prepend")
	for _, other := range []string{"json", "from-json", "html"} {
		cmd.MarkFlagsMutuallyExclusive("check", other)
		cmd.MarkFlagsMutuallyExclusive("output", other)
	}
	for _, other := range []string{"unreleased", "since", "prepend", "rev"} {
		cmd.MarkFlagsMutuallyExclusive("from-json", other)
	}
	cmd.MarkFlagsMutuallyExclusive("prepend", "json")
	cmd.MarkFlagsMutuallyExclusive("prepend", "html")
	return cmd
}

func runChangelog(ctx context.Context, a *app, o changelogOptions) error {
	p, opts, err := openReading(ctx, a, o.readOptions)
	if err != nil {
		return err
	}
	defer p.close()
	if err := o.into(&opts.Notes); err != nil {
		return err
	}
	if o.FromJSON != "" {
		return writeContext(a, o.layoutOptions, opts, opts.Changelog.Title)
	}
	done := a.progress("reading history")
	sections, notes, err := o.read(ctx, p.repo, opts)
	done()
	switch {
	case err != nil:
		return err
	case o.JSON:
		return printJSON(a.Out, changelog.NewContext(opts.Notes, notes))
	}
	return writeSections(a, o, opts.Changelog, sections)
}

// read makes the sections of history, or describes them, the newest first.
func (o changelogOptions) read(ctx context.Context, h release.History, opts release.Options) (sections []changelog.Section, notes []changelog.Notes, err error) {
	var written release.Placed[changelog.Section]
	var described release.Placed[changelog.Notes]
	w := opts.Writer()
	err = release.EachChapter(ctx, h, opts, release.Pick{Since: o.Since, Unreleased: o.Unreleased}, func(place int, c release.Chapter) error {
		if o.JSON {
			described.Put(place, w.Describe(named(c)))
			return nil
		}
		s, err := renderChapter(c, w)
		written.Put(place, s)
		return err
	})
	return written.InOrder(), described.InOrder(), err
}

// named calls the unreleased chapter so.
func named(c release.Chapter) release.Chapter {
	if c.Tag == "" {
		c.Version, c.Tag = "Unreleased", unreleasedTag
	}
	return c
}

func renderChapter(c release.Chapter, w release.Writer) (changelog.Section, error) {
	c = named(c)
	text, err := w.Render(c)
	return changelog.Section{Version: c.Version, Tag: c.Tag, Markdown: text}, err
}

// unreleasedTag stands in the place of a tag for what has none yet.
const unreleasedTag = "HEAD"

// unreleasedHeading is that of a section which people or we have put into a changelog before a release.
var unreleasedHeading = lazyregexp.New(`(?mi)^#{1,6}[ \t]*\[?unreleased\b`)

func writeSections(a *app, o changelogOptions, c release.ChangelogOptions, sections []changelog.Section) error {
	if o.Output == "-" {
		o.Output = ""
	}
	if o.Check && o.Prepend == "" && o.Output == "" {
		o.Output = "CHANGELOG.md"
		if c.File != "" && c.File != release.AutoChangelog {
			o.Output = c.File
		}
	}
	file := a.path(cmp.Or(o.Prepend, o.Output))
	var data []byte
	var err error
	switch {
	case o.Prepend != "":
		data, err = prepend(a, file, c.Title, sections)
	case o.Output == "":
		return o.showSections(a, "Changelog", o.title(c.Title), sections)
	default:
		data = []byte(changelog.Join(o.title(c.Title), sections))
	}
	switch {
	case err != nil:
		return err
	case o.Check:
		return compareFile(a, file, data)
	}
	return writeFile(file, data)
}

// title is that of a whole changelog; a part of one has none.
func (o changelogOptions) title(title string) string {
	if o.Unreleased || o.Since != "" {
		return ""
	}
	return title
}

// readOld reads a file that is to be changed; one that isn't there is empty.
func readOld(file string) ([]byte, error) {
	data, err := readPlain(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, release.Errorf(release.CodeFile, "name a plain file", "reading %q: %w", file, diskfile.Cause(err))
	}
	return data, nil
}

// prepend puts the sections into a file's text, the oldest first, so that the newest ends on top.
func prepend(a *app, file, title string, sections []changelog.Section) ([]byte, error) {
	data, err := readOld(file)
	if err != nil {
		return nil, err
	}
	for i := len(sections) - 1; i >= 0; i-- {
		s := sections[i]
		s.Title = title
		if s.Tag == unreleasedTag && unreleasedHeading.Match(data) && !changelog.HasOwnUnreleased(data) {
			a.Log.Info("leaving out what is not released yet: the file has a section of it")
			continue
		}
		if data, err = changelog.Insert(data, s); err != nil {
			return nil, release.Errorf(release.CodeFile, "mend the file, or write another one with -o", "adding %q to %q: %w", s.Version, file, err)
		}
	}
	return data, nil
}

// path resolves a path of the command line against -C.
func (a *app) path(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(a.Directory, name)
}
