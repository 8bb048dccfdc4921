package lint

import (
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/semcut/semcut/commitparse"
)

// Fixed is a message after what could be mended of it was.
type Fixed struct {
	Text  string   // the message as it should be; the one that came in where nothing could be mended
	Rules []string // whose problems are gone, in the order in which they were mended
	Left  Result   // the judgement on Text
}

// Fix mends a message where a rule that it breaks leaves nothing to guess: letters' case, full stops, blank lines, blanks
// around the header, long lines of the body, other names of a type. What it makes is taken only if that rule is content
// then, fewer rules than before are not, and the message says the same: code, web addresses and trailers stay.
func Fix(text string, c Config) Fixed { return FixChange(text, nil, c) }

// FixChange is Fix for a commit whose changed paths are known.
func FixChange(text string, paths []string, c Config) Fixed {
	f := Fixed{Text: text, Left: CheckChange(text, paths, c)}
	if !utf8.ValidString(text) || f.Left.Ignored { // bytes that are no text would be lost
		return f
	}
	for f.mendOne(paths, c) {
	}
	return f
}

// mendOne mends the first problem that can be. Each time there is one problem less, so that this comes to an end.
func (f *Fixed) mendOne(paths []string, c Config) bool {
	parser := c.Parser.normal()
	m := parse(f.Text, &parser)
	for _, asked := range c.Rules {
		rule, ok := RuleByName(asked.Name)
		if !ok || rule.fix == nil || !f.Left.has(asked.Name) {
			continue
		}
		for _, text := range rule.fix(m, asked.Setting) {
			left := CheckChange(text, paths, c)
			if !left.Ignored && !left.has(asked.Name) && left.count() < f.Left.count() && saysTheSame(f.Text, text, &parser) {
				*f = Fixed{text, append(f.Rules, asked.Name), left}
				return true
			}
		}
	}
	return false
}

// has says whether a rule has something against the message.
func (r Result) has(rule string) bool {
	is := func(p Problem) bool { return p.Rule == rule }
	return slices.ContainsFunc(r.Errors, is) || slices.ContainsFunc(r.Warnings, is)
}

func (r Result) count() int { return len(r.Errors) + len(r.Warnings) }

// saysTheSame says whether a message still announces, names and takes back what it did before, and below the header still
// has all of its letters: a line could have become a comment.
func saysTheSame(before, after string, p *Parser) bool {
	return reflect.DeepEqual(meaning(before), meaning(after)) && lettersBelow(before, p) == lettersBelow(after, p) &&
		keepsTrailers(before, after)
}

// keepsTrailers says whether git still finds every trailer. An empty line more may let it find some for the first time.
func keepsTrailers(before, after string) bool {
	now := map[string]bool{}
	for _, t := range trailers(after) {
		now[strings.Join(strings.Fields(t), " ")] = true
	}
	return !slices.ContainsFunc(trailers(before), func(t string) bool { return !now[strings.Join(strings.Fields(t), " ")] })
}

func lettersBelow(text string, p *Parser) string {
	m := parse(text, p)
	return lettersOf(m.Body + m.Footer)
}

type meant struct {
	breaking   bool
	text       string // of the breaking change
	references []commitparse.Reference
	mentions   []string
	revert     *commitparse.Revert
}

func meaning(text string) meant {
	m := commitparse.Parse(text, commitparse.ConventionalCommits)
	for i := range m.References {
		m.References[i].Raw = ""
	}
	said := meant{m.Breaking, strings.Join(strings.Fields(m.BreakingText), " "), m.References, m.Mentions, m.Revert}
	if m.BreakingText == m.Description { // which may be mended
		said.text = ""
	}
	return said
}

// replaced gives the message with another text at a spot.
func (m *Message) replaced(at spot, text string) string {
	lines := strings.SplitAfter(m.Raw, "\n")
	l := lines[at.line]
	lines[at.line] = l[:at.from] + text + l[at.to:]
	return strings.Join(lines, "")
}

// parted gives the message with an empty line before the line of that number, from 0.
func (m *Message) parted(line int) string {
	lines := strings.SplitAfter(m.Raw, "\n")
	end := "\n"
	if strings.HasSuffix(lines[line-1], "\r\n") {
		end = "\r\n"
	}
	return strings.Join(slices.Insert(lines, line, end), "")
}
