package release

import (
	"cmp"
	"iter"
	"slices"

	"github.com/Masterminds/semver/v3"
)

// versionTag is a tag that the tag format reads as a version.
type versionTag struct {
	Tag
	Version *semver.Version
}

// versionTags picks the tags that are versions under the format, highest first. Of two tags of one
// version (v1.0.0 and 1.0.0 under "${version}") the one that the format itself would make comes first.
func versionTags(tags []Tag, format TagFormat) []versionTag { return rankVersions(tags, format).all() }

// versionRanking is the same tags, put in order only as far as somebody asks: of ten thousand releases nearly always the first
// is the one.
type versionRanking struct {
	format TagFormat
	tags   []Tag
	rest   []rankedTag               // nothing of it is in order, but by heap
	done   []versionTag              // in order
	peel   func(Tag) (string, error) // where it is given, says what a tag leads to; one that leads to no commit is none
	err    error                     // of it; nothing follows then
}

// rankedTag is a tag that is a version. Of most, three numbers say all.
type rankedTag struct {
	numbers [3]uint64
	version *semver.Version // nil where the numbers are all of it
	tag     int32           // its place among the tags
}

func rankVersions(tags []Tag, format TagFormat) *versionRanking {
	r := &versionRanking{format: format, tags: tags, rest: make([]rankedTag, 0, len(tags))}
	for i := range tags {
		text, ok := format.cut(tags[i].Name)
		if !ok {
			continue
		}
		ranked := rankedTag{tag: int32(i)}
		if ranked.numbers, ok = plainVersion(text); !ok {
			if ranked.version, ok = ParseVersion(text); !ok {
				continue
			}
			ranked.numbers = [3]uint64{ranked.version.Major(), ranked.version.Minor(), ranked.version.Patch()}
		}
		r.rest = append(r.rest, ranked)
	}
	for i := len(r.rest)/2 - 1; i >= 0; i-- {
		r.sink(i)
	}
	return r
}

// plainVersion reads a version that is nothing but three numbers.
func plainVersion(text string) (numbers [3]uint64, ok bool) {
	for i := range numbers {
		digits := 0
		for digits < len(text) && isVersionByte(text[digits]) && text[digits] >= '0' {
			numbers[i] = numbers[i]*10 + uint64(text[digits]-'0')
			digits++
		}
		if digits == 0 || digits > 15 || digits > 1 && text[0] == '0' { // what is longer may be too large
			return numbers, false
		}
		if text = text[digits:]; i < 2 {
			if text == "" || text[0] != '.' {
				return numbers, false
			}
			text = text[1:]
		}
	}
	return numbers, text == ""
}

// at gives the tag at a place, nil behind the last one.
func (r *versionRanking) at(i int) *versionTag {
	for len(r.done) <= i && len(r.rest) > 0 {
		top, last := r.rest[0], len(r.rest)-1
		r.rest[0] = r.rest[last]
		r.rest = r.rest[:last]
		r.sink(0)
		if tag, is := r.peeled(r.tags[top.tag]); is {
			r.done = append(r.done, versionTag{tag, r.versionOf(&top)})
		}
	}
	if i >= len(r.done) {
		return nil
	}
	return &r.done[i]
}

// peeled gives a tag with the commit that it leads to.
func (r *versionRanking) peeled(tag Tag) (Tag, bool) {
	if r.peel == nil {
		return tag, true
	}
	commit, err := r.peel(tag)
	if err != nil {
		r.err, r.rest = err, nil
	}
	tag.Commit = commit
	return tag, err == nil && commit != ""
}

// each hands out the tags in order. When it is through, err says whether something was left out.
func (r *versionRanking) each() iter.Seq[*versionTag] {
	return func(yield func(*versionTag) bool) {
		for i := 0; ; i++ {
			if t := r.at(i); t == nil || !yield(t) {
				return
			}
		}
	}
}

// all puts all tags in order.
func (r *versionRanking) all() []versionTag {
	if len(r.done) == 0 && r.peel == nil {
		order := make([]*rankedTag, len(r.rest))
		for i := range order {
			order[i] = &r.rest[i]
		}
		slices.SortFunc(order, r.compare)
		r.done = make([]versionTag, 0, len(r.rest))
		for _, t := range order {
			r.done = append(r.done, versionTag{r.tags[t.tag], r.versionOf(t)})
		}
		r.rest = nil
	}
	for range r.each() { // also those that some were taken from before
	}
	return r.done
}

func (r *versionRanking) versionOf(t *rankedTag) *semver.Version {
	if t.version != nil {
		return t.version
	}
	v, _ := r.format.Version(r.tags[t.tag].Name)
	return v
}

// compare sorts the highest first. Of two of one version that comes first which the format itself would make, else the one that
// the tags have first.
func (r *versionRanking) compare(a, b *rankedTag) int {
	for i := range a.numbers {
		if x, y := a.numbers[i], b.numbers[i]; x != y {
			return cmp.Compare(y, x)
		}
	}
	v, w := r.versionOf(a), r.versionOf(b)
	if c := w.Compare(v); c != 0 {
		return c
	}
	return cmp.Or(boolOrder(r.format.Tag(v) == r.tags[a.tag].Name, r.format.Tag(w) == r.tags[b.tag].Name), cmp.Compare(a.tag, b.tag))
}

// sink puts what stands at a place of the heap where it belongs.
func (r *versionRanking) sink(i int) {
	for {
		below := 2*i + 1
		if below+1 < len(r.rest) && r.compare(&r.rest[below+1], &r.rest[below]) < 0 {
			below++
		}
		if below >= len(r.rest) || r.compare(&r.rest[i], &r.rest[below]) <= 0 {
			return
		}
		r.rest[i], r.rest[below] = r.rest[below], r.rest[i]
		i = below
	}
}

// pointers hands out tags that are in order already.
func pointers(tags []versionTag) iter.Seq[*versionTag] {
	return func(yield func(*versionTag) bool) {
		for i := range tags {
			if !yield(&tags[i]) {
				return
			}
		}
	}
}

// tagNamed finds a tag by its name.
func tagNamed(tags []Tag, name string) (Tag, bool) {
	for i := range tags {
		if tags[i].Name == name {
			return tags[i], true
		}
	}
	return Tag{}, false
}
