package main

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"github.com/semcut/semcut/changelog"
	"github.com/semcut/semcut/release"
)

type changelogOptions struct {
	readOptions
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
	f.StringVarP(&o.Output, "output", "o", "", "write to `FILE` instead of standard output")
	f.StringVar(&o.Prepend, "prepend", "", "put the sections into `FILE`, which keeps everything else")
	f.BoolVar(&o.Unreleased, "unreleased", false, "only what is not released yet")
	f.StringVar(&o.Since, "since", "", "only what came after the release `TAG`")
	cmd.MarkFlagsMutuallyExclusive("output", "prepend")
	return cmd
}

func runChangelog(ctx context.Context, a *app, o changelogOptions) error {
	p, opts, err := openReading(ctx, a, o.readOptions)
	if err != nil {
		return err
	}
	defer p.close()
	done := a.progress("reading history")
	chapters, err := release.Chapters(ctx, p.repo, opts)
	done()
	if err != nil {
		return err
	}
	if chapters, err = o.pick(chapters); err != nil {
		return err
	}
	sections := make([]changelog.Section, 0, len(chapters))
	for _, c := range chapters {
		sections = append(sections, renderChapter(c, opts))
	}
	return writeSections(a, o, opts.Changelog.Title, sections)
}

// pick leaves the chapters that the flags ask for.
func (o changelogOptions) pick(chapters []release.Chapter) ([]release.Chapter, error) {
	for i, c := range chapters {
		if o.Since != "" && c.Tag == o.Since {
			chapters = chapters[:i]
			o.Since = ""
			break
		}
	}
	if o.Since != "" {
		return nil, release.Errorf(release.CodeRevision, "see the releases with \"semcut replay\"", "looking for --since %q: it is no release that HEAD contains", o.Since)
	}
	if !o.Unreleased {
		return chapters, nil
	}
	if len(chapters) > 0 && chapters[0].Tag == "" {
		return chapters[:1], nil
	}
	return nil, nil
}

func renderChapter(c release.Chapter, opts release.Options) changelog.Section {
	n := opts.Notes
	n.Version, n.Tag, n.PreviousTag, n.Date = c.Version, c.Tag, c.PreviousTag, c.Date
	if c.Tag == "" {
		n.Version, n.Tag = "Unreleased", unreleasedTag
	}
	return changelog.Section{Version: n.Version, Tag: n.Tag, Markdown: changelog.Render(changelog.Build(c.Commits, n), n)}
}

// unreleasedTag stands in the place of a tag for what has none yet.
const unreleasedTag = "HEAD"

// unreleasedHeading is that of a section which people or we have put into a changelog before a release.
var unreleasedHeading = regexp.MustCompile(`(?mi)^#{1,6}[ \t]*\[?unreleased\b`)

func writeSections(a *app, o changelogOptions, title string, sections []changelog.Section) error {
	if o.Prepend != "" {
		return prepend(a, o.Prepend, title, sections)
	}
	var b strings.Builder
	if title != "" && !o.Unreleased && o.Since == "" {
		b.WriteString(title + "\n\n")
	}
	for i, s := range sections {
		if i > 0 {
			b.WriteString("\n")
		}
		b.WriteString(strings.TrimRight(s.Markdown, "\n") + "\n")
	}
	if o.Output == "" {
		return a.writeText(b.String())
	}
	return writeFile(a.path(o.Output), []byte(b.String()))
}

// prepend puts the sections into a file, the oldest first, so that the newest ends on top.
func prepend(a *app, file, title string, sections []changelog.Section) error {
	file = a.path(file)
	data, err := readPlain(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return release.Errorf(release.CodeFile, "name a plain file", "reading %q: %w", file, causeOf(err))
	}
	for i := len(sections) - 1; i >= 0; i-- {
		s := sections[i]
		s.Title = title
		if s.Tag == unreleasedTag && unreleasedHeading.Match(data) {
			a.Log.Info("leaving out what is not released yet: the file has a section of it")
			continue
		}
		if data, err = changelog.Insert(data, s); err != nil {
			return release.Errorf(release.CodeFile, "mend the file, or write another one with -o", "adding %q to %q: %w", s.Version, file, err)
		}
	}
	return writeFile(file, data)
}

// path resolves a path of the command line against -C.
func (a *app) path(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(a.Directory, name)
}
