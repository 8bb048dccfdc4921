package versionfile

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/semcut/semcut/internal/lazyregexp"
)

// A step leads from a value to one in it: to that of a name, or, where index isn't negative, to an item of a list.
type step struct {
	name  string
	index int
}

func named(name string) step { return step{name, -1} }

// A hit is a value that a scanner found on the path number want. Only one that is text can be replaced; of others the
// span says the line.
type hit struct {
	span
	want int
	text bool
}

// A scanner finds the values at paths of a text, or says what is malformed, with the line.
type scanner func(text []byte, want [][]step) ([]hit, error)

var keyStep = lazyregexp.New(`^(?:\.?([^.\[\]"]+)|\[([0-9]{1,9})\]|\[("(?:[^"\\]|\\.)*")\])`)

// parseKey reads a dotted path: a.b[0]["c.d"].
func parseKey(key string) ([]step, error) {
	var steps []step
	for rest := key; rest != ""; {
		m := keyStep.FindStringSubmatch(rest)
		if m == nil || rest[0] == '.' && len(steps) == 0 || rest[0] != '.' && m[1] != "" && len(steps) > 0 {
			return nil, fmt.Errorf("the key %q is no path like a.b[0].c", key)
		}
		s := named(m[1])
		if m[2] != "" {
			s.index, _ = strconv.Atoi(m[2])
		}
		if m[3] != "" {
			name, err := strconv.Unquote(m[3])
			if err != nil {
				return nil, fmt.Errorf("the key %q is no path like a.b[0].c", key)
			}
			s.name = name
		}
		steps = append(steps, s)
		rest = rest[len(m[0]):]
	}
	return steps, nil
}

// keyed finds the texts at keys; those that a file doesn't have may be missing.
func keyed(scan scanner, keys ...string) finder {
	find := func(text []byte) ([]span, error) {
		var want [][]step
		for _, key := range keys {
			steps, err := parseKey(key)
			if err != nil {
				return nil, err
			}
			want = append(want, steps)
		}
		hits, err := scan(text, want)
		if err != nil {
			return nil, err
		}
		return texts(text, hits, keys)
	}
	return finder{quoted(keys), find}
}

// texts gives the places of hits that are text. A key that stands twice is an error, as is one whose value is none where
// no other has one.
func texts(text []byte, hits []hit, keys []string) ([]span, error) {
	var spans []span
	var bad error
	seen := map[int]bool{}
	for _, h := range hits {
		if seen[h.want] {
			return nil, fmt.Errorf("line %d: %q stands there twice", lineOf(text, h.start), keys[h.want])
		}
		seen[h.want] = true
		if h.text {
			spans = append(spans, h.span)
		} else if bad == nil {
			bad = fmt.Errorf("line %d: the value of %q is no text that can be replaced", lineOf(text, h.start), keys[h.want])
		}
	}
	if len(spans) == 0 {
		return nil, bad
	}
	return spans, nil
}

// wanted says which of the paths is the one at hand, or -1.
func wanted(want [][]step, at []step) int {
	return slices.IndexFunc(want, func(w []step) bool { return slices.Equal(w, at) })
}

// leads says whether one of the paths goes on from the one at hand or ends there.
func leads(want [][]step, at []step) bool {
	return slices.ContainsFunc(want, func(w []step) bool { return len(at) <= len(w) && slices.Equal(w[:len(at)], at) })
}
