package versionfile

import (
	"fmt"

	"github.com/semcut/semcut/internal/lazyregexp"
)

var (
	sectionLine  = lazyregexp.New(`^\[([^\]\r\n]*)\]`)
	propertyLine = lazyregexp.New(`^[ \t]*version[ \t]*[=:][ \t]*([^\r\n]*)`)
)

// property finds the line of "version" in a section of an INI file, or, where that is "", in a file without sections.
func property(section string) finder {
	find := func(text []byte) ([]span, error) {
		var found []span
		in := ""
		for _, l := range lines(text) {
			if m := sectionLine.FindSubmatch(l.of(text)); m != nil {
				in = string(m[1])
			}
			m := propertyLine.FindSubmatchIndex(l.of(text))
			if m == nil || in != section {
				continue
			}
			if found = append(found, trim(text, span{l.start + m[2], l.start + m[3]})); len(found) > 1 {
				return nil, fmt.Errorf("line %d: \"version\" stands there twice", lineOf(text, l.start))
			}
		}
		return found, nil
	}
	looked := `"version"`
	if section != "" {
		looked += " in [" + section + "]"
	}
	return finder{looked, find}
}

// lines gives the places of the lines of a text, with their ends.
func lines(text []byte) []span {
	var all []span
	start := 0
	for i, c := range text {
		if c == '\n' {
			all = append(all, span{start, i + 1})
			start = i + 1
		}
	}
	return append(all, span{start, len(text)})
}
