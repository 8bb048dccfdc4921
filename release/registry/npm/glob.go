package npm

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A globPart matches one part of a path, what stands between two slashes. npm's globs are the shell's: * ? [a-z] and
// @(a|b) ?(a) *(a) +(a) !(a). Case makes no difference.
type globPart struct {
	nodes  []globNode
	plain  string // in lower case, where nothing in it is special
	simple bool   // plain holds
}

// A globNode is one element of a part.
type globNode struct {
	kind rune         // 'c' a character, '?', '*', '[' a set, or one of @ ! + and, with alternatives, ? and *
	char rune         // of a character, in lower case
	set  charSet      // of a set
	alts [][]globNode // of a group
}

// A charSet is what stands in brackets.
type charSet struct {
	negated bool
	ranges  [][2]rune
	classes []func(rune) bool
}

// steps bounds how long one name is compared with one part: groups in groups can be made to take for ever.
const steps = 200_000

// parsePart reads one part of a pattern.
func parsePart(text string) globPart {
	p := &partParser{text: text}
	part := globPart{nodes: p.nodes("", 0)}
	var plain strings.Builder
	for _, n := range part.nodes {
		if n.kind != 'c' {
			return part
		}
		plain.WriteRune(n.char)
	}
	part.plain, part.simple = plain.String(), true
	return part
}

// match says whether the part is this name. Both are compared without their case.
func (g globPart) match(name string) bool {
	if g.simple {
		return lower(name) == g.plain
	}
	m := partMatcher{name: []rune(name), left: steps}
	if name == "" && len(g.nodes) == 1 && g.nodes[0].kind == '*' && g.nodes[0].alts == nil {
		return false // a lone star stands for a name
	}
	return m.match(g.nodes, 0, func(at int) bool { return at == len(m.name) })
}

// lower folds a text as the characters of patterns are.
func lower(text string) string { return strings.Map(foldRune, text) }

func foldRune(r rune) rune { return unicode.ToLower(unicode.ToUpper(r)) }

type partMatcher struct {
	name []rune
	left int
}

// match tries the nodes from a place in the name on; rest is asked with where they end.
func (m *partMatcher) match(nodes []globNode, at int, rest func(int) bool) bool {
	if m.left--; m.left < 0 {
		return false
	}
	if len(nodes) == 0 {
		return rest(at)
	}
	n, tail := nodes[0], nodes[1:]
	then := func(at int) bool { return m.match(tail, at, rest) }
	switch {
	case n.alts != nil:
		return m.group(n, at, then)
	case n.kind == '*':
		return m.any(at, then)
	case at == len(m.name):
		return false
	case n.kind == '?', n.kind == 'c' && foldRune(m.name[at]) == n.char, n.kind == '[' && n.set.has(m.name[at]):
		return then(at + 1)
	}
	return false
}

// any tries every end that a star can have.
func (m *partMatcher) any(at int, then func(int) bool) bool {
	for end := at; end <= len(m.name); end++ {
		if then(end) {
			return true
		}
	}
	return false
}

func (m *partMatcher) group(n globNode, at int, then func(int) bool) bool {
	one := func(then func(int) bool) bool {
		return slices.ContainsFunc(n.alts, func(alt []globNode) bool { return m.match(alt, at, then) })
	}
	switch n.kind {
	case '@':
		return one(then)
	case '?':
		return one(then) || then(at)
	case '!':
		if len(n.alts) == 1 && len(n.alts[0]) == 0 {
			return at < len(m.name) && m.any(at+1, then)
		}
		return !one(then) && m.any(at, then)
	case '*':
		if then(at) {
			return true
		}
	}
	again := globNode{kind: '*', alts: n.alts}
	return one(func(end int) bool {
		return end > at && m.group(again, end, then) || n.kind == '+' && end == at && then(end)
	})
}

// has says whether a character is in the set, in either case.
func (s charSet) has(r rune) bool {
	in := func(r rune) bool {
		return slices.ContainsFunc(s.ranges, func(x [2]rune) bool { return x[0] <= r && r <= x[1] }) ||
			slices.ContainsFunc(s.classes, func(is func(rune) bool) bool { return is(r) })
	}
	return (in(r) || in(unicode.ToLower(r)) || in(unicode.ToUpper(r))) != s.negated
}

type partParser struct {
	text string
	at   int
}

// Groups deeper in groups than maxGroups, and those in parts longer than maxGrouped, are taken as they are written.
const (
	maxGroups  = 3
	maxGrouped = 1024
)

// nodes reads until one of the characters that end it, or the end of the text.
func (p *partParser) nodes(ends string, depth int) []globNode {
	var all []globNode
	for p.at < len(p.text) {
		r, size := utf8.DecodeRuneInString(p.text[p.at:])
		if strings.ContainsRune(ends, r) {
			break
		}
		if n, ok := p.group(r, depth); ok {
			all = append(all, n)
			continue
		}
		p.at += size
		switch {
		case r == '*':
			if len(all) == 0 || all[len(all)-1].kind != '*' || all[len(all)-1].alts != nil {
				all = append(all, globNode{kind: '*'})
			}
			continue
		case r == '?':
			all = append(all, globNode{kind: '?'})
			continue
		case r == '[':
			if set, ok := p.set(); ok {
				all = append(all, globNode{kind: '[', set: set})
				continue
			}
		case r == '\\' && p.at < len(p.text):
			r, size = utf8.DecodeRuneInString(p.text[p.at:])
			p.at += size
		}
		all = append(all, globNode{kind: 'c', char: foldRune(r)})
	}
	return all
}

// group reads @(a|b) and its like. One that is never closed is no group, and nothing was read.
func (p *partParser) group(r rune, depth int) (globNode, bool) {
	if !strings.ContainsRune("@?*+!", r) || depth >= maxGroups || len(p.text) > maxGrouped || !strings.HasPrefix(p.text[p.at+1:], "(") {
		return globNode{}, false
	}
	start := p.at
	p.at += 2
	n := globNode{kind: r}
	for p.at <= len(p.text) {
		alt := p.nodes("|)", depth+1)
		if alt == nil {
			alt = []globNode{}
		}
		n.alts = append(n.alts, alt)
		if p.at == len(p.text) {
			break
		}
		end := p.text[p.at]
		if p.at++; end == ')' {
			return n, true
		}
	}
	p.at = start
	return globNode{}, false
}
