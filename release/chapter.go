package release

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/Masterminds/semver/v3"

	"github.com/semcut/semcut/changelog"
	"github.com/semcut/semcut/commitparse"
)

// Chapter is one release of a changelog; the unreleased commits have no tag.
type Chapter struct {
	changelog.Release
	// Commits are those that the notes may tell of, newest first, with what their Raw is to say; a Writer parses it.
	Commits []commitparse.Commit
}

// Writer writes the notes of chapters, one after the other.
type Writer struct {
	notes *changelog.Writer
	hide  func(string) string
}

// Writer makes a writer of notes that look as the options say.
func (o Options) Writer() Writer { return Writer{changelog.NewWriter(o.Notes), o.hide} }

// Render writes a chapter's notes as Markdown.
func (w Writer) Render(c Chapter) (string, error) {
	text, err := w.notes.Render(c.Release, c.Commits)
	return w.hide(text), notesError(c.Version, err)
}

// Describe tells a chapter's notes as data.
func (w Writer) Describe(c Chapter) changelog.Notes { return w.notes.Describe(c.Release, c.Commits) }

// RenderNotes writes notes that are at hand as data, as Markdown.
func (o Options) RenderNotes(n changelog.Notes) (string, error) {
	text, err := changelog.RenderNotes(n, o.Notes)
	return o.hide(text), notesError(n.Version, err)
}

// notesError says which notes could not be written; what can fail is a template of the project's own.
func notesError(version string, err error) error {
	if err == nil {
		return nil
	}
	return Errorf(CodeConfig, "mend the template; docs/notes.md tells what it can use", "writing the notes of %q: %w", version, err)
}

// Noted gives commits as notes tell of them: corrected, and without those that are hidden or take each other back. It parses
// none.
func (o Options) Noted(commits []commitparse.Commit) []commitparse.Commit {
	return o.noted(o.meant(commits))
}

// noted leaves out of commits what our own reading of reverts cancels; the layouts leave out what
// semantic-release's reading does.
func (o Options) noted(commits []commitparse.Commit) []commitparse.Commit {
	if o.Policy.Own && takeBack(commits) {
		cancelled := cancelByHash(commits, skips(commits))
		if slices.ContainsFunc(cancelled, func(why string) bool { return why != "" }) {
			kept := make([]commitparse.Commit, 0, len(commits))
			for i := range commits {
				if cancelled[i] == "" {
					kept = append(kept, commits[i])
				}
			}
			commits = kept
		}
	}
	return o.hidden(o.shown(commits))
}

// takeBack says whether a message among them takes a commit back.
func takeBack(commits []commitparse.Commit) bool {
	for i := range commits {
		if len(commitparse.TakesBack(commits[i].Raw)) > 0 {
			return true
		}
	}
	return false
}

// meet lets the people know who made the chapter's commits, and where the notes tell of newcomers, who took part before:
// in the history of from.
func (c *Chapter) meet(ctx context.Context, h Ancestry, o Options, from string) (err error) {
	c.attribute(ctx, o, o.warn)
	if o.Notes.People == nil {
		return nil
	}
	var before []commitparse.Commit
	if o.Notes.TellsPeople() {
		c.Known = map[string]bool{}
		if from != "" {
			if before, err = h.Commits(ctx, "", from); err != nil {
				return err
			}
		}
	}
	o.Notes.People.Learn(slices.Concat(c.Commits, before))
	for _, b := range before {
		for _, who := range o.Notes.People.Of(b) {
			c.Known[o.Notes.People.Key(who)] = true
		}
	}
	return nil
}

// Span is a range of commits and how somebody named its ends.
type Span struct {
	From, To         string // commits; "" as From takes all that To reaches
	FromName, ToName string // maybe tags
}

// Range is the chapter of a range. Its version is what follows the version of the tag FromName, else that of the tag
// ToName, else "Unreleased".
func Range(ctx context.Context, h History, o Options, s Span) (c Chapter, err error) {
	commits, err := h.Commits(ctx, s.From, s.To)
	if err != nil {
		return c, err
	}
	version := versionAfter(o, s.FromName, s.ToName, commits)
	c = Chapter{changelog.Release{Version: version, PreviousTag: s.FromName, Date: o.Now}, o.Noted(commits)}
	return c, c.meet(ctx, h, o, s.From)
}

// PastChapter is the chapter of a release that was made: the commits since the release before it. ok is false where tag is
// no release tag of o.TagFormat.
func PastChapter(ctx context.Context, h History, o Options, tag string) (c Chapter, ok bool, err error) {
	l, t, ok, err := findPast(ctx, h, o, tag)
	if err == nil && ok {
		c, err = l.chapter(ctx, t)
	}
	return c, ok, err
}

// PastRelease gives the same as a change: the release with its notes, and the one before it.
func PastRelease(ctx context.Context, h History, o Options, tag string) (c Change, ok bool, err error) {
	l, t, ok, err := findPast(ctx, h, o, tag)
	if err != nil || !ok {
		return c, false, err
	}
	r, err := l.release(ctx, t)
	if err != nil {
		return c, false, err
	}
	last, _, err := l.previous(ctx, t)
	c = Change{Next: &r, Commits: []Decision{}, Edits: []Edit{}, Reasons: []string{}, Candidates: []Candidate{}}
	if last != nil {
		c.Last = &Release{Version: last.Version, Tag: last.Name, Commit: last.Commit, Branch: r.Branch}
	}
	return c, true, err
}

// findPast finds a release among all of them.
func findPast(ctx context.Context, h History, o Options, tag string) (l *line, t versionTag, ok bool, err error) {
	all, err := h.Tags(ctx)
	if err != nil {
		return nil, t, false, err
	}
	l = &line{Options: o, history: h, tags: versionTags(all, o.TagFormat)}
	i := slices.IndexFunc(l.tags, func(t versionTag) bool { return t.Name == tag })
	if i < 0 {
		return nil, t, false, nil
	}
	return l, l.tags[i], true, nil
}

// chapter gives the chapter of a past release.
func (l *line) chapter(ctx context.Context, t versionTag) (c Chapter, err error) {
	last, _, err := l.previous(ctx, t)
	if err != nil {
		return c, err
	}
	commits, err := l.commits(ctx, l.history.Commits, last, t)
	if err != nil {
		return c, err
	}
	c = Chapter{changelog.Release{Version: t.Version.String(), Tag: t.Name, Date: l.Now}, l.noted(commits)}
	if len(commits) > 0 {
		c.Date = commits[0].Committer.When.UTC()
	}
	from := ""
	if last != nil {
		c.PreviousTag, from = last.Name, last.Commit
	}
	return c, c.meet(ctx, l.history, l.Options, from)
}

// release gives a past release with its notes.
func (l *line) release(ctx context.Context, t versionTag) (r Release, err error) {
	c, err := l.chapter(ctx, t)
	if err != nil {
		return r, err
	}
	r = releaseOn(l.Branch, t.Version, t.Name, t.Commit)
	r.Date = c.Date
	r.Notes, err = l.Writer().Render(c)
	return r, err
}

// passes says whether a tag makes no section of its own, so that its commits stand in that of the next one.
func (o ChangelogOptions) passes(t versionTag) bool {
	return t.Version.Prerelease() != "" && !o.Prereleases || fitsAny(o.IgnoreTags, t.Name)
}

func fitsAny(globs []Glob, name string) bool {
	return slices.ContainsFunc(globs, func(g Glob) bool { return g.Match(name) })
}

// pastChapter is the chapter of the tag at place i, whose commits part are.
func (o Options) pastChapter(tags []versionTag, i int, part []commitparse.Commit, t versionTag) Chapter {
	c := Chapter{changelog.Release{Version: t.Version.Original(), Tag: t.Name, Date: o.Now}, o.Noted(part)}
	if i+1 < len(tags) {
		c.PreviousTag = tags[i+1].Name
	}
	if len(part) > 0 {
		c.Date = part[0].Committer.When.UTC()
	}
	if len(c.Commits) > 0 && isReleaseCommit(headerOf(c.Commits[0]), c.Version) {
		c.Commits = c.Commits[1:]
	}
	return c
}

// headerOf gives the header of a commit that was not parsed: its first line that is not empty.
func headerOf(c commitparse.Commit) string {
	text, _, _ := strings.Cut(TrimMessage(c.Raw), "\n")
	return text
}

// meetAll does the same for chapters that are all of a history, the newest first.
func (o Options) meetAll(chapters []Chapter) {
	var all []commitparse.Commit
	for _, c := range chapters {
		all = append(all, c.Commits...)
	}
	o.Notes.People.Learn(all)
	known := map[string]bool{}
	for i, c := range slices.Backward(chapters) {
		chapters[i].Known = maps.Clone(known)
		for _, commit := range c.Commits {
			for _, who := range o.Notes.People.Of(commit) {
				known[o.Notes.People.Key(who)] = true
			}
		}
	}
}

// versionAfter names the release that a range of commits makes.
func versionAfter(o Options, from, to string, commits []commitparse.Commit) string {
	if v, ok := o.TagFormat.Version(to); ok {
		return v.String()
	}
	bump, _ := o.analyze(o.parse(commits))
	initial := o.Initial
	if initial == nil {
		initial = semver.New(1, 0, 0, "", "")
	}
	last, ok := o.TagFormat.Version(from)
	switch {
	case bump == None:
		return "Unreleased"
	case from == "":
		return nextVersion(o.Branch, nil, nil, bump, initial).String()
	case ok:
		return nextVersion(o.Branch, last, last, bump, initial).String()
	}
	return "Unreleased"
}
