package changelog

import (
	"regexp"
	"slices"
	"strings"

	"github.com/semcut/semcut/commitparse"
)

// build sorts commits, newest first, into notes. Their messages are read anew from Raw, since how notes read
// them depends on layout and host. A commit and the revert that takes it back are both left out.
func (l *exactLayout) build(o *Options, commits []commitparse.Commit) exactNotes {
	n := exactNotes{Version: o.Version, Tag: o.Tag, PreviousTag: o.PreviousTag, Date: o.Date}
	if o.compares() {
		n.CompareURL = compareURL(o)
	}
	b := builder{notes: &n, options: o, layout: l, groups: map[string]int{}}
	read := o.read(commits)
	gone := commitparse.Cancelled(read)
	for i, c := range read {
		if _, out := gone[i]; !out {
			b.add(c)
		}
	}
	b.sort()
	return n
}

// read parses the commits that the notes look at.
func (o *Options) read(commits []commitparse.Commit) []commitparse.Commit {
	return o.readThose(nil, commits, nil)
}

// readThose parses those of them that somebody wants by their headers, nil for all, into room, as far as there is enough.
func (o *Options) readThose(room, commits []commitparse.Commit, wanted func(header commitparse.Message) bool) []commitparse.Commit {
	format, ignore := o.know().format, o.know().ignore
	read := slices.Grow(room[:0], len(commits))
	for i := range commits {
		text := strings.TrimFunc(commits[i].Raw, commitparse.IsSpace)
		if text == "" || ignore != nil && ignore.MatchString(text) || o.ignores(text) {
			continue
		}
		if m, ok := commitparse.ParseIf(text, format, wanted); ok {
			read = append(read, commits[i])
			read[len(read)-1].Message = m
		}
	}
	return read
}

// ignores says whether one of the project's own patterns keeps a commit out of the notes.
func (o *Options) ignores(text string) bool {
	return slices.ContainsFunc(o.Ignore, func(re *regexp.Regexp) bool { return re.MatchString(text) })
}

// ignored is the pattern of commits that stay out of the notes. One that Go can't read ignores nothing:
// the configuration is judged where it is read.
func (o *Options) ignored() *regexp.Regexp {
	if o.Preset.IgnoreCommits == "" {
		return nil
	}
	re, err := regexp.Compile(o.Preset.IgnoreCommits)
	if err != nil {
		return nil
	}
	return re
}

type builder struct {
	notes   *exactNotes
	options *Options
	layout  *exactLayout
	groups  map[string]int // place of a title in notes.Groups
}

func (b *builder) add(c commitparse.Commit) {
	e, title, shown := b.layout.entry(b.options, c)
	if !shown {
		return
	}
	i, known := b.groups[title]
	if !known {
		i = len(b.notes.Groups)
		b.groups[title] = i
		b.notes.Groups = append(b.notes.Groups, exactGroup{Title: title})
	}
	b.notes.Groups[i].Entries = append(b.notes.Groups[i].Entries, e)
	for _, note := range c.Notes {
		b.notes.Breaking = append(b.notes.Breaking, exactEntry{Commit: c, Scope: e.Scope, Text: note.Text})
	}
}

// sort orders groups as the layout says, and the entries of a group by scope and text in one string, in the
// order of ICU's root collation (writer 8: localeCompare).
func (b *builder) sort() {
	b.layout.sort(b.options, b.notes.Groups)
	for _, g := range b.notes.Groups {
		sortByText(g.Entries, func(e *exactEntry) string { return e.sortKey(b.options.CommitsSort) })
	}
}

// sortKey is what the entry is sorted by: the fields in one string, as the writer does.
func (e exactEntry) sortKey(fields []string) string {
	if fields == nil {
		return e.Scope + e.sortText()
	}
	key := ""
	for _, field := range fields {
		switch field {
		case "scope":
			key += e.Scope
		case "subject":
			key += e.sortText()
		case "type":
			key += e.Commit.Type
		case "header":
			key += e.Commit.Header
		}
	}
	return key
}

// sortText is what the entry is sorted by: its text, nothing where it shows a header in its place.
func (e exactEntry) sortText() string {
	if e.Commit.Description == "" {
		return ""
	}
	return e.Text
}

func sortByTitle(_ *Options, groups []exactGroup) {
	sortByText(groups, func(g *exactGroup) string { return g.Title })
}

// compares says whether the heading links to a comparison.
func (o *Options) compares() bool {
	if o.site().home == "" {
		return false
	}
	if o.LinkCompare != nil {
		return *o.LinkCompare
	}
	return o.PreviousTag != "" && o.Tag != ""
}

// linksReferences says whether commits and references are links.
func (o *Options) linksReferences() bool {
	if o.LinkReferences != nil {
		return *o.LinkReferences
	}
	return o.site().home != ""
}
