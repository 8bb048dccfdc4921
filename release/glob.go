package release

import (
	"errors"
	"regexp"
	"strings"

	"mvdan.cc/sh/v3/pattern"

	"github.com/semcut/semcut/internal/lazyregexp"
)

// Glob is a pattern for names as micromatch 4 understands it, which semantic-release matches branches, rules and
// files with: * and ? stay within a part between slashes, ** doesn't, and neither takes a leading dot; [a-c], {a,b},
// ?(a|b) *(a|b) +(a|b) @(a|b) !(a|b); a ! before all of it turns the answer round. The zero Glob matches nothing.
type Glob struct {
	text    string
	negated bool
	ways    []globWay
}

// globWay is one of the patterns that braces stand for: what must match, and what must not.
type globWay struct{ yes, no *regexp.Regexp }

// ParseGlob reads a pattern. The error says what is wrong with it.
func ParseGlob(text string) (Glob, error) { return parseGlob(text, false) }

// parseGlob reads a pattern, with dot one in which wildcards take a leading dot, too.
func parseGlob(text string, dot bool) (Glob, error) {
	if text == "" {
		return Glob{}, errors.New("it is empty")
	}
	g := Glob{text: text}
	rest := text
	for strings.HasPrefix(rest, "!") && !strings.HasPrefix(rest, "!(") {
		g.negated, rest = !g.negated, rest[1:]
	}
	for _, way := range withParents(expandBraces(plainer(rest))) {
		w, err := parseWay(way, dot)
		if err != nil {
			return Glob{}, err
		}
		g.ways = append(g.ways, w)
	}
	return g, nil
}

// String gives the pattern as it was written.
func (g Glob) String() string { return g.text }

// IsPattern says whether a name is more than itself.
func IsPattern(name string) bool { return strings.ContainsAny(name, `*?[]{}()!\`) }

// Match says whether the pattern stands for the name. A name that is the pattern itself always fits, no name never.
func (g Glob) Match(name string) bool {
	if name == "" || name == g.text {
		return name != ""
	}
	matched := false
	for _, w := range g.ways {
		matched = matched || w.yes.MatchString(name) && (w.no == nil || !w.no.MatchString(name))
	}
	return matched != g.negated
}

const globMode = pattern.Filenames | pattern.EntireString | pattern.ExtendedOperators

// parseWay reads a pattern without braces. Go's regular expressions can't look ahead, so a!(b)c is what a*c matches
// and a@(b)c doesn't, which holds where a is plain text.
func parseWay(text string, dot bool) (w globWay, err error) {
	mode := globMode
	if dot {
		mode |= pattern.GlobLeadingDot
	}
	w.yes, err = compileWay(text, mode)
	not, isNot := errors.AsType[*pattern.NegExtGlobError](err)
	if !isNot {
		return w, err
	}
	before, inner, after := text[:not.Groups[0].Start], text[not.Groups[0].Start+1:not.Groups[0].End], text[not.Groups[0].End:]
	if len(not.Groups) > 1 || IsPattern(before) {
		return w, errors.New("!(…) can stand in it once, behind plain text")
	}
	if before == "" || strings.HasSuffix(before, "/") {
		mode |= pattern.GlobLeadingDot // a negation takes a leading dot, too
	}
	if w.yes, err = compileWay(before+"*"+after, mode); err == nil {
		w.no, err = compileWay(before+"@"+inner+after, mode)
	}
	return w, err
}

func compileWay(text string, mode pattern.Mode) (*regexp.Regexp, error) {
	expression, err := pattern.Regexp(text, mode)
	if err != nil {
		return nil, err
	}
	return regexp.Compile(expression)
}

// bareGroup is a group without an operator, which means the same as with @.
var bareGroup = lazyregexp.New(`(^|[^@?*+!\\])\(`)

// charRange is {a..c}, which means [a-c].
var charRange = lazyregexp.New(`\{([0-9A-Za-z])\.\.([0-9A-Za-z])\}`)

// plainer writes in the shell's way what micromatch writes otherwise. In [!a] the ! is nothing but a character there.
func plainer(text string) string {
	text = charRange.ReplaceAllString(text, "[$1-$2]")
	text = bareGroup.ReplaceAllString(text, "$1@(")
	return strings.ReplaceAll(text, "[!", `[\!`)
}

// withParents adds to a/** the folder a itself.
func withParents(ways []string) []string {
	for _, way := range ways {
		if parent, ok := strings.CutSuffix(way, "/**"); ok && parent != "" {
			ways = append(ways, parent)
		}
	}
	return ways
}

// maxWays bounds how many patterns the braces of one may stand for.
const maxWays = 1000

// expandBraces gives the patterns that a pattern with {a,b} stands for. Braces without a comma are themselves.
func expandBraces(text string) []string {
	done, queue := []string{}, []string{text}
	for len(queue) > 0 && len(done)+len(queue) <= maxWays {
		next := queue[0]
		queue = queue[1:]
		start, parts, end := findBraces(next)
		if parts == nil {
			done = append(done, next)
			continue
		}
		for _, part := range parts {
			queue = append(queue, next[:start]+part+next[end:])
		}
	}
	return append(done, queue...)
}

// findBraces finds the first braces with a comma between them, and what the commas part.
func findBraces(text string) (start int, parts []string, end int) {
	for start = 0; start < len(text); start++ {
		if text[start] == '\\' {
			start++
			continue
		}
		if text[start] != '{' {
			continue
		}
		if parts, end = splitBraces(text, start); parts != nil {
			return start, parts, end
		}
	}
	return 0, nil, 0
}

func splitBraces(text string, start int) (parts []string, end int) {
	depth, from := 0, start+1
	for i := start; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '{':
			depth++
		case ',':
			if depth == 1 {
				parts = append(parts, text[from:i])
				from = i + 1
			}
		case '}':
			if depth--; depth == 0 {
				if parts == nil {
					return nil, 0
				}
				return append(parts, text[from:i]), i + 1
			}
		}
	}
	return nil, 0
}
