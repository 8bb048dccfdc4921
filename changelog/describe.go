package changelog

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/internal/lazyregexp"
)

// Describe tells what the commits of a release, newest first, changed. Their messages are read anew from Raw. What the
// compatible layouts get wrong is right here: a mere mention of an issue closes nothing, what breaks is told whole, and
// trailers are no part of it. A commit and the revert that takes it back are both left out.
func Describe(commits []commitparse.Commit, o Options) Notes {
	return NewWriter(o).Describe(o.Release, commits)
}

// Describe tells the same of a release. The notes are the caller's.
func (w *Writer) Describe(r Release, commits []commitparse.Commit) Notes {
	w.options.Release = r
	w.describe(commits, true)
	n := w.notes
	w.notes = Notes{}
	return n
}

// describe leaves out who took part where nobody asks for people.
func (w *Writer) describe(commits []commitparse.Commit, people bool) {
	o := &w.options
	w.notes = Notes{
		Version: o.Version, Tag: o.Tag, PreviousTag: o.PreviousTag, Date: o.Date.UTC().Format(time.DateOnly),
		Groups: w.notes.cleared(), Contributors: []Contributor{},
	}
	if o.compares() {
		w.notes.URL = o.comparison()
	}
	d := describer{Options: o, notes: &w.notes}
	if people {
		d.people = o.peopleOf(commits)
	}
	reverts := false
	for i := range commits {
		reverts = reverts || mayRevert(commits[i].Raw)
	}
	clear(w.read)
	w.read = d.readShown(w.read, commits, reverts)
	var gone map[int]int
	if reverts {
		gone = commitparse.Cancelled(w.read)
	}
	for i := range w.read {
		if _, out := gone[i]; !out {
			d.add(&w.read[i])
		}
	}
	d.sort()
	if people {
		d.meet(w.read)
	}
	d.count(commits)
}

// peopleOf gives those who know people, of the commits if of nothing else.
func (o *Options) peopleOf(commits []commitparse.Commit) *People {
	if o.People != nil {
		return o.People
	}
	people := NewPeople("", nil)
	people.Learn(commits)
	return people
}

type describer struct {
	*Options
	notes  *Notes
	people *People // nil where nobody asks for people
}

// readShown parses the commits that the notes may tell something of: where nobody asks for people, and no message takes another
// one back, those of hidden types don't matter.
func (d *describer) readShown(room, commits []commitparse.Commit, reverts bool) []commitparse.Commit {
	if d.people != nil || reverts {
		return d.readThose(room, commits, nil)
	}
	return d.readThose(room, commits, d.mayShow)
}

// mayRevert says whether a message may be one that takes another one back.
func mayRevert(raw string) bool {
	text := strings.TrimLeftFunc(raw, commitparse.IsSpace)
	return text != "" && (text[0] == 'r' || text[0] == 'R') && len(text) > 6 && strings.EqualFold(text[:6], "revert")
}

// mayShow says whether a message may stand in the notes: as its header says, or since a word in it may announce what breaks.
func (d *describer) mayShow(header commitparse.Message) bool {
	typ, known := d.typeOf(&header)
	return known && !typ.Hidden || header.Breaking || d.know().breaks.in(header.Raw)
}

// add puts a commit into its group. What breaks is shown whatever its type.
func (d *describer) add(c *commitparse.Commit) {
	typ, known := d.typeOf(&c.Message)
	breaking := breakingTexts(c)
	if (!known || typ.Hidden) && len(breaking) == 0 {
		return
	}
	title := typ.Section
	if !known {
		title = otherChanges
	}
	g := d.notes.group(title)
	g.Entries = append(g.Entries, d.entry(c, breaking))
}

// otherChanges is the group of breaking changes whose type has none.
const otherChanges = "Other Changes"

func (d *describer) entry(c *commitparse.Commit, breaking []string) Entry {
	e := Entry{Hash: c.Hash, Type: c.Type, Scope: c.Scope, Text: c.Description, Breaking: breaking, Issues: []Issue{}}
	if d.people != nil {
		e.Authors = d.people.Of(*c)
	}
	if e.Scope == "*" {
		e.Scope = ""
	}
	if e.Text == "" {
		e.Text = c.Header
	}
	if c.Revert != nil && c.Type == "" {
		e.Type = "revert"
	}
	if d.linksReferences() {
		e.URL = d.commitPage(c.Hash)
	}
	number := d.pullOf(c)
	if number != "" {
		e.PullRequest = d.pullRequest(number)
		e.Text = withoutNumber(withoutNumber(e.Text, " (#", number), " (!", number)
	}
	for i, text := range e.Breaking {
		if text == c.Description { // "!" says no more than the description does
			e.Breaking[i] = e.Text
		}
	}
	d.issues(&e, c, number)
	return e
}

// withoutNumber takes a number in brackets off the end of a text.
func withoutNumber(text, opening, number string) string {
	if rest, ok := strings.CutSuffix(strings.TrimRight(text, " "), ")"); ok {
		if rest, ok = strings.CutSuffix(rest, number); ok && strings.HasSuffix(rest, opening) {
			text = rest[:len(rest)-len(opening)]
		}
	}
	return strings.TrimSpace(text)
}

// issues fills the issues that a message names: those that it closes first, each once. What stands in the text itself is
// a link there already.
func (d *describer) issues(e *Entry, c *commitparse.Commit, pull string) {
	references := c.References
	if slices.ContainsFunc(references, func(r commitparse.Reference) bool { return r.Action != "" }) {
		references = slices.Concat(references, d.mentions(c))
	}
	for _, closes := range []bool{true, false} {
		for _, r := range references {
			if own := r.Repository == "" && r.Issue == pull; own || isClosed(r) != closes {
				continue
			}
			name := referenceName(r) + r.Prefix + r.Issue
			known := slices.ContainsFunc(e.Issues, func(i Issue) bool { return i.Name == name })
			if known || !closes && namesIssue(e.Text, name) {
				continue
			}
			e.Issues = append(e.Issues, Issue{Mention{name, d.issuePage(r.Owner, r.Repository, r.Prefix, r.Issue)}, closes})
		}
	}
}

// mentions gives all issues that a message names, closed or not: the parser passes over those that stand in a line before
// the first word that closes. Where each prefix was found already, it gives none.
func (d *describer) mentions(c *commitparse.Commit) []commitparse.Reference {
	f := d.ownFormat()
	if maxReferences(c.Raw, f.IssuePrefixes) == len(c.References) {
		return nil
	}
	f.ReferenceActions = nil
	return commitparse.Parse(c.Raw, f).References
}

// maxReferences gives how many issues a message names at most: as many as prefixes, whose letters may be in any case.
func maxReferences(raw string, prefixes []string) (n int) {
	for _, prefix := range prefixes {
		if strings.ToLower(prefix) != strings.ToUpper(prefix) {
			return len(raw)
		}
		n += strings.Count(raw, prefix)
	}
	return n
}

// joining are the words that may stand between a word that closes and an issue that it is about.
var joining = []string{"and", "issue", "issues", "also"}

// isClosed says whether a reference is closed. The parser lets one word close all that follow it in a line; here another
// word between ends that: "closes #7, refs #8".
func isClosed(r commitparse.Reference) bool {
	if r.Action == "" {
		return false
	}
	before := strings.TrimSuffix(r.Raw, referenceName(r)+r.Prefix+r.Issue)
	for word := range strings.FieldsFuncSeq(strings.ToLower(before), func(r rune) bool { return r < 'a' || r > 'z' }) {
		if !slices.Contains(allActions, word) && !slices.Contains(joining, word) {
			return false
		}
	}
	return true
}

// namesIssue says whether a text has the name, with no digit or letter behind it.
func namesIssue(text, name string) bool {
	for {
		_, after, found := strings.Cut(text, name)
		if !found {
			return false
		}
		if after == "" || !isWord(after[0]) {
			return true
		}
		text = after
	}
}

// breakingTexts gives what a message says of what breaks: its footers, whole; else the parser's notes; else the
// description, since "!" announces it.
func breakingTexts(c *commitparse.Commit) []string {
	texts := []string{}
	if !c.Breaking && len(c.Notes) == 0 {
		return texts
	}
	for _, f := range c.Footers {
		if f.Token == "BREAKING CHANGE" || f.Token == "BREAKING-CHANGE" {
			texts = appendText(texts, f.Value)
		}
	}
	if len(texts) > 0 {
		return texts
	}
	for _, note := range c.Notes {
		texts = appendText(texts, note.Text)
	}
	if len(texts) == 0 {
		texts = append(texts, c.Description)
	}
	return texts
}

// another begins what no longer belongs to a breaking note: a trailer that names somebody, or the next of the messages that
// a forge squashed.
var another = lazyregexp.New(`(?m)^[ \t]*(?:[A-Za-z]+(?:-[a-z]+)*-(?i:by): \S|[*-] [a-z]+(?:\([^()\n]*\))?!?: \S)`)

// appendText adds a breaking note, as far as it goes.
func appendText(texts []string, text string) []string {
	if at := another.FindStringIndex(text); at != nil {
		text = text[:at[0]]
	}
	if text = strings.TrimSpace(text); text != "" {
		texts = append(texts, text)
	}
	return texts
}

// sort orders groups as the types stand in the configuration, and the entries of a group by scope and text.
func (d *describer) sort() {
	types := d.types()
	place := func(g Group) int {
		i := slices.IndexFunc(types, func(t Type) bool { return t.Section == g.Title })
		if i < 0 && g.Title == otherChanges {
			i = len(types)
		}
		return i
	}
	slices.SortStableFunc(d.notes.Groups, func(a, b Group) int { return place(a) - place(b) })
	for _, g := range d.notes.Groups {
		sortByText(g.Entries, func(e *Entry) string { return e.Scope + e.Text })
	}
}

// meet lists who took part, the first to commit first. Robots are none.
func (d *describer) meet(commits []commitparse.Commit) {
	seen := map[string]bool{}
	for _, c := range slices.Backward(commits) {
		for _, who := range d.people.Of(c) {
			key := d.people.Key(who)
			if who.Bot || seen[key] {
				continue
			}
			seen[key] = true
			someone := Contributor{Person: who, First: d.Known != nil && !d.Known[key]}
			if who.Login != "" {
				someone.URL = d.userPage(who.Login)
			}
			if number := d.pullOf(&c); number != "" {
				someone.PullRequest = d.pullRequest(number)
			}
			d.notes.Contributors = append(d.notes.Contributors, someone)
		}
	}
}

func (d *describer) count(commits []commitparse.Commit) {
	s := &d.notes.Statistics
	s.Commits, s.Breaking, s.Contributors = len(commits), len(d.notes.breaking()), len(d.notes.Contributors)
	for _, g := range d.notes.Groups {
		s.Entries += len(g.Entries)
	}
	var oldest, newest time.Time
	for _, c := range commits {
		when := c.Committer.When
		if oldest.IsZero() || when.Before(oldest) {
			oldest = when
		}
		if when.After(newest) {
			newest = when
		}
	}
	s.Days = int(newest.Sub(oldest).Hours() / 24)
}

// pullOf gives the number of the pull request that a commit came in by: as its message says, else as the forge knows.
func (d *describer) pullOf(c *commitparse.Commit) string {
	return cmp.Or(pullRequest(c.Raw), d.Attributions[c.Hash].PullRequest)
}

func (d *describer) pullRequest(number string) *Mention {
	return &Mention{d.pullPrefix() + number, d.pullPage(number)}
}
