package release

import (
	"context"
	"slices"

	"github.com/semcut/semcut/changelog"
	"github.com/semcut/semcut/commitparse"
)

// Pick says which chapters of a history somebody wants; the zero one is all.
type Pick struct {
	Since      string // only those newer than that of this tag
	Unreleased bool   // only that of what is in no release yet
}

// Chapters assigns every commit that o.Head contains to the first stable release that contains it, and
// gives the releases, newest version first. Pre-releases belong to the release that they led to.
// Commits in no release yet come first, in a chapter without a tag; it is left out where it is empty.
func Chapters(ctx context.Context, h History, o Options) ([]Chapter, error) {
	var chapters Placed[Chapter]
	err := EachChapter(ctx, h, o, Pick{}, func(place int, c Chapter) error {
		c.Commits = slices.Clone(c.Commits)
		chapters.Put(place, c)
		return nil
	})
	return chapters.InOrder(), err
}

// EachChapter hands on the same chapters one by one, in any order, each with its place among them, from the newest on, and holds
// no more of them at once than it must: all, where the notes tell of people, whose names and logins may stand anywhere. The
// commits are each's until it returns.
func EachChapter(ctx context.Context, h History, o Options, pick Pick, each func(place int, c Chapter) error) error {
	l, err := newLine(ctx, h, o)
	if err != nil {
		return err
	}
	b := book{Options: o, tags: slices.DeleteFunc(l.tags, o.Changelog.passes), each: each}
	if b.end, err = b.pick(pick); err != nil {
		return err
	}
	tips := make([]string, 0, len(b.tags)+1)
	for _, t := range slices.Backward(b.tags) { // of two on one commit the lower was released first
		tips = append(tips, t.Commit)
	}
	if o.Notes.People != nil && o.Notes.TellsPeople() {
		return b.together(ctx, l.graph, append(tips, o.Head))
	}
	return b.read(ctx, l.graph, append(tips, o.Head), func(place int, part []commitparse.Commit) error {
		if place >= b.end || !b.has(place, part) {
			return nil
		}
		return b.each(place, b.chapter(place, part))
	})
}

// book is the chapters of a history. What is in no release yet has the place 0, the tag at i the place i+1.
type book struct {
	Options
	tags []versionTag // of the chapters, the highest first
	end  int          // the first place that nobody wants
	each func(place int, c Chapter) error
}

// pick gives the first place that nobody wants.
func (b *book) pick(pick Pick) (end int, err error) {
	if pick.Since == "" {
		end = len(b.tags) + 1
	} else if end = 1 + slices.IndexFunc(b.tags, func(t versionTag) bool { return t.Name == pick.Since && !b.skips(t) }); end == 0 {
		return 0, Errorf(CodeRevision, "see the releases with \"semcut replay\"", "looking for --since %q: it is no release that HEAD contains", pick.Since)
	}
	if pick.Unreleased {
		end = min(end, 1)
	}
	return end, nil
}

// skips says whether a release has no chapter.
func (b *book) skips(t versionTag) bool { return fitsAny(b.Changelog.SkipTags, t.Name) }

// read hands on the commits of each place, and none of the releases whose commits are all in lower ones.
func (b *book) read(ctx context.Context, g Graph, tips []string, each func(place int, part []commitparse.Commit) error) error {
	done := make([]bool, len(tips))
	err := g.Partition(ctx, tips, func(tip int, part []commitparse.Commit) error {
		done[tip] = true
		return each(len(b.tags)-tip, part)
	})
	for tip := range b.tags {
		if err == nil && !done[tip] {
			err = each(len(b.tags)-tip, nil)
		}
	}
	return err
}

// has says whether there is a chapter at a place.
func (b *book) has(place int, part []commitparse.Commit) bool {
	if place == 0 {
		return len(part) > 0
	}
	return !b.skips(b.tags[place-1])
}

// chapter makes the chapter at a place of its commits.
func (b *book) chapter(place int, part []commitparse.Commit) Chapter {
	if place > 0 {
		return b.pastChapter(b.tags, place-1, part, b.tags[place-1])
	}
	c := Chapter{changelog.Release{Date: b.Now}, b.Noted(part)}
	if len(b.tags) > 0 {
		c.PreviousTag = b.tags[0].Name
	}
	return c
}

// together makes all chapters before it hands on one, and lets the people meet.
func (b *book) together(ctx context.Context, g Graph, tips []string) error {
	parts := make([][]commitparse.Commit, len(tips))
	if err := b.read(ctx, g, tips, func(place int, part []commitparse.Commit) error {
		parts[place] = slices.Clone(part)
		return nil
	}); err != nil {
		return err
	}
	var chapters []Chapter
	var places []int
	for place, part := range parts {
		if b.has(place, part) {
			chapters, places = append(chapters, b.chapter(place, part)), append(places, place)
		}
	}
	b.meetAll(chapters)
	for i, place := range places {
		if place >= b.end {
			break
		}
		if err := b.each(place, chapters[i]); err != nil {
			return err
		}
	}
	return nil
}
