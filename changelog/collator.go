package changelog

import (
	"bytes"
	"slices"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// collator sorts texts as JavaScript's localeCompare does: in the order of ICU's root collation.
type collator struct {
	collate *collate.Collator
	buffer  collate.Buffer
}

// collators are at hand for the next group: each has a hundred kilobytes of tables.
var collators = sync.Pool{New: func() any { return &collator{collate: collate.New(language.Und)} }}

// collated is something with the text that it is sorted by.
type collated[E any] struct {
	what E
	text string
	key  []byte // nil until it is needed
}

// sortByText sorts by a text. What sorts alike stays as it was.
func sortByText[E any](all []E, text func(e *E) string) {
	if len(all) < 2 {
		return
	}
	c := collators.Get().(*collator)
	defer collators.Put(c)
	room, sorted := make([]collated[E], len(all)), make([]*collated[E], len(all))
	for i := range all {
		room[i] = collated[E]{what: all[i], text: text(&all[i])}
		sorted[i] = &room[i]
	}
	slices.SortStableFunc(sorted, func(a, b *collated[E]) int {
		if order := plainOrder(a.text, b.text); order != 0 {
			return order
		}
		c.give(a.text, &a.key)
		c.give(b.text, &b.key)
		return bytes.Compare(a.key, b.key)
	})
	for i, e := range sorted {
		all[i] = e.what
	}
}

// give makes the key of a text where it has none yet.
func (c *collator) give(text string, key *[]byte) {
	if *key == nil {
		c.buffer.Reset()
		*key = slices.Clone(c.collate.KeyFromString(&c.buffer, text))
	}
}

// plainOrder tells the order of two texts where two letters or digits of ASCII decide it, the first ones that are not the same
// letter; 0 where it takes a key.
func plainOrder(a, b string) int {
	for i := range min(len(a), len(b)) {
		x, y := a[i], b[i]
		if x == y {
			continue
		}
		x, y = letterOrDigit(x), letterOrDigit(y)
		if x == 0 || y == 0 {
			return 0
		}
		if x != y {
			return int(x) - int(y)
		}
	}
	return 0
}

// letterOrDigit gives small letters for large ones, and 0 for what is neither a letter nor a digit of ASCII.
func letterOrDigit(b byte) byte {
	switch {
	case b >= '0' && b <= '9' || b >= 'a' && b <= 'z':
		return b
	case b >= 'A' && b <= 'Z':
		return b | 0x20
	}
	return 0
}
