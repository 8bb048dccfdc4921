package npm

import (
	"slices"
	"strings"
)

// A pattern is one rule of an ignore file, or of "files".
type pattern struct {
	negated bool // it begins with an odd number of exclamation marks
	paths   [][]patternPart
	// single says that one of its paths has no slash but at its end, so that it is meant for names at any depth.
	single bool
}

// A patternPart stands for one part of a path or, as **, for any number of them.
type patternPart struct {
	deep bool
	globPart
}

// parsePattern reads a rule.
func parsePattern(text string) pattern {
	var p pattern
	for strings.HasPrefix(text, "!") {
		p.negated, text = !p.negated, text[1:]
	}
	if text == "" {
		return p
	}
	for _, one := range expandBraces(text) {
		parts := splitPath(one)
		last := parts[len(parts)-1]
		p.single = p.single || len(parts) == 1 || len(parts) == 2 && last == ""
		var path []patternPart
		for _, part := range parts {
			path = append(path, patternPart{deep: part == "**", globPart: parsePart(part)})
		}
		p.paths = append(p.paths, path)
	}
	return p
}

// splitPath splits a pattern at its slashes. Several count as one, ** behind ** is one, and a/../b is b.
func splitPath(pattern string) []string {
	var parts []string
	for i, part := range strings.Split(pattern, "/") {
		last := len(parts) - 1
		switch {
		case part == "" && i > 0 && last >= 0 && parts[last] == "":
			continue
		case part == "**" && last >= 0 && parts[last] == "**":
			continue
		case part == ".." && last >= 0 && !slices.Contains([]string{"", ".", "..", "**"}, parts[last]):
			parts = parts[:last]
			continue
		}
		parts = append(parts, part)
	}
	return dropEmpty(parts)
}

// dropEmpty takes empty parts out of the middle.
func dropEmpty(parts []string) []string {
	var kept []string
	for i, part := range parts {
		if part != "" || i == 0 || i == len(parts)-1 {
			kept = append(kept, part)
		}
	}
	if len(kept) == 0 {
		return []string{""}
	}
	return kept
}

// match says whether the pattern is a path; one that ends in a slash is meant as a folder. With begun it is enough that
// the path begins what the pattern may go on with.
func (p pattern) match(path string, begun bool) bool {
	parts := dropEmpty(strings.Split(path, "/"))
	name := parts[len(parts)-1]
	if name == "" && len(parts) > 1 {
		name = parts[len(parts)-2]
	}
	return slices.ContainsFunc(p.paths, func(want []patternPart) bool {
		if len(want) == 1 {
			return matchParts(want, []string{name}, begun)
		}
		return matchParts(want, parts, begun)
	})
}

// matchPath is match for a pattern that means the whole path even where it has no slash.
func (p pattern) matchPath(path string, begun bool) bool {
	return slices.ContainsFunc(p.paths, func(want []patternPart) bool { return matchParts(want, strings.Split(path, "/"), begun) })
}

// matchParts compares part by part. A ** at the end wants at least one part, which may be the empty one of a folder.
func matchParts(want []patternPart, parts []string, begun bool) bool {
	switch {
	case len(want) == 0:
		return len(parts) == 0 || len(parts) == 1 && parts[0] == ""
	case len(parts) == 0:
		return begun
	case want[0].deep && len(want) == 1:
		return true
	case want[0].deep:
		for n := 0; n <= len(parts); n++ {
			if matchParts(want[1:], parts[n:], begun) {
				return true
			}
		}
		return false
	}
	return want[0].match(parts[0]) && matchParts(want[1:], parts[1:], begun)
}
