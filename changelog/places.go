package changelog

import (
	"strings"

	"github.com/semcut/semcut/internal/lazyregexp"
)

// places are the version sections of a file.
type places struct {
	at       int      // where a new section goes
	versions []string // what the headings name, from the top
	own      generated
}

// generated is the section of what is not released yet that we wrote ourselves: where it begins and ends; both zero where there
// is none.
type generated struct{ at, end int }

// unreleased is the heading of what is not released yet, ours or people's.
var unreleased = lazyregexp.New(`(?i)^##? \[?unreleased\b[^\n]*\n?$`)

// entryHash is what each of our entries has, and what people don't write.
var entryHash = lazyregexp.New(`\(\[?[0-9a-f]{7}(?:\]\([^)\s]*\))?\)| in https?://\S+/(?:commits?|pull|merge_requests|pull-requests)/`)

// isGenerated says whether the lines below a heading are ours: entries, all of which name a commit or a pull request.
func isGenerated(lines []string) bool {
	entries, breaking := 0, false
	for _, line := range lines {
		switch {
		case strings.HasPrefix(line, "### "):
			breaking = strings.Contains(line, "BREAKING CHANGES")
		case breaking || strings.TrimSpace(line) == "" || strings.HasPrefix(line, "  ") || address.MatchString(line) || strings.HasPrefix(line, "**Full Changelog**"):
		case (strings.HasPrefix(line, "* ") || strings.HasPrefix(line, "- ")) && entryHash.MatchString(line):
			entries++
		case strings.Contains(line, "made their first contribution"):
		default:
			return false
		}
	}
	return entries > 0
}

func (p places) has(s Section) bool {
	for _, v := range p.versions {
		if v == s.Version || v == s.Tag || strings.TrimPrefix(v, "v") == s.Version {
			return true
		}
	}
	return false
}

// findPlaces finds the headings of versions outside of code, comments and front matter. A new section goes before
// the first, and before the anchor of it; where there is none, to the end, but before the addresses that may stand
// there.
func findPlaces(text, newline string) places {
	lines := strings.SplitAfter(text, newline[len(newline)-1:])
	hidden := hiddenLines(lines)
	p := places{at: -1}
	offset, anchorAt, own := 0, -1, -1
	for i, line := range lines {
		start := offset
		offset += len(line)
		if hidden[i] {
			continue
		}
		if anchor.MatchString(line) {
			anchorAt = start
			continue
		}
		if p.at < 0 && own < 0 && unreleased.MatchString(line) {
			own, p.own.at = i, start
			continue
		}
		if version, ok := headingVersion(lines, i); ok {
			if p.versions = append(p.versions, version); p.at < 0 {
				p.at = start
				if anchorAt >= 0 {
					p.at = anchorAt
				}
				p.own.close(lines, own, i, p.at)
			}
		}
		if strings.TrimSpace(line) != "" {
			anchorAt = -1
		}
	}
	if p.at < 0 {
		p.at = len(text) - addressesSize(lines)
		p.own.close(lines, own, len(lines), p.at)
	}
	return p
}

// close ends the section whose heading is line first, before line last, which begins at end. One that isn't ours is none.
func (g *generated) close(lines []string, first, last, end int) {
	if first < 0 || !isGenerated(lines[first+1:last]) {
		*g = generated{}
		return
	}
	g.end = end
}

// anchor is the line that some tools put above a version's heading.
var anchor = lazyregexp.New(`^<a (?:name|id)=`)

// version is how a version's heading begins: the version, maybe with v, in brackets or bold, or behind the words that
// people put before it.
var version = lazyregexp.New(`^ {0,3}(?:#{1,6}[ \t]+)?(?:<a [^>]*>(?:</a>)?[ \t]*)?(?:\*\*|__)?(?i:version[ \t]+|release[ \t]+)?` +
	`\[?(v?\d+\.\d+(\.\d+)?[0-9A-Za-z.+-]*)(?:\*\*)?(?:[\])(:, \t]|$)`)

// dated is a version with its day and nothing else.
var dated = lazyregexp.New(`^\[?v?\d+\.\d+\.\d+[^\s\]]*\]?[ \t]*[-/(–—][ \t]*\d{4}-\d\d-\d\d\)?[ \t]*$`)

// address gives a link's name its address: [1.2.3]: https://…
var address = lazyregexp.New(`^ {0,3}\[[^\]]+\]:`)

// headingVersion reads the version of a heading: "# 1.2.3", "1.2.3" with a line of = or - below it, or
// "1.2.3 / 2020-01-01" with an empty line above it. That of "# 1.0 is out" has none.
func headingVersion(lines []string, i int) (string, bool) {
	line := strings.TrimRight(lines[i], "\r\n")
	m := version.FindStringSubmatchIndex(line)
	if m == nil {
		return "", false
	}
	name, rest := line[m[2]:m[3]], strings.TrimLeft(line[m[3]:], " \t")
	if m[4] < 0 && rest != "" && isLower(rest[0]) {
		return "", false
	}
	switch {
	case strings.HasPrefix(strings.TrimLeft(line, " "), "#"):
	case address.MatchString(line):
		return "", false
	case i+1 < len(lines) && isRule(lines[i+1]):
	case dated.MatchString(line) && (i == 0 || strings.TrimSpace(lines[i-1]) == ""):
	default:
		return "", false
	}
	return strings.TrimRight(name, ".+-"), true
}

// isRule says whether a line makes the one above it a heading.
func isRule(line string) bool {
	rule := strings.TrimSpace(line)
	return len(rule) >= 3 && (strings.Trim(rule, "=") == "" || strings.Trim(rule, "-") == "")
}

func isLower(b byte) bool { return b >= 'a' && b <= 'z' }

// addressesSize is the size of the addresses of links that a file ends with, blank lines among them included.
func addressesSize(lines []string) int {
	size, since := 0, 0
	for i := len(lines) - 1; i >= 0; i-- {
		blank := strings.TrimSpace(lines[i]) == ""
		if !blank && !address.MatchString(lines[i]) {
			break
		}
		if since += len(lines[i]); !blank {
			size = since
		}
	}
	return size
}
