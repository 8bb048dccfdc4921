package config

import (
	"regexp"
	"slices"
	"strings"

	"github.com/semcut/semcut/internal/lazyregexp"
)

// cliffParser is one of git-cliff's commit parsers, as far as it asks for types, a scope and the beginning of a description.
type cliffParser struct {
	types  []string // names; "*" behind one stands for all that begin so
	scope  string
	open   bool   // of the scope that is the beginning
	text   string // what the description begins with
	any    bool   // it takes every commit
	skip   bool
	title  string
	order  string // by which groups are sorted
	ignore string // the regular expression over the message
	from   string
}

// usualCliff are the parsers that are in force where a configuration has none: those that need a body or take everything are left out.
var usualCliff = []struct {
	message, title string
	skip           bool
}{
	{message: "^feat", title: "🚀 Features"}, {message: "^fix", title: "🐛 Bug Fixes"}, {message: "^refactor", title: "🚜 Refactor"},
	{message: "^doc", title: "📚 Documentation"}, {message: "^perf", title: "⚡ Performance"}, {message: "^style", title: "🎨 Styling"},
	{message: "^test", title: "🧪 Testing"}, {message: `^chore\(release\): prepare for`, skip: true}, {message: `^chore\(deps.*\)`, skip: true},
	{message: `^chore\(pr\)`, skip: true}, {message: `^chore\(pull\)`, skip: true}, {message: "^chore|^ci", title: "⚙️ Miscellaneous Tasks"},
	{message: "^revert", title: "◀️ Revert"},
}

// usualParsers are those of usualCliff.
func (c *gitCliff) usualParsers() {
	for i, u := range usualCliff {
		p := cliffParser{title: u.title, skip: u.skip, order: string(rune('a' + i)), from: "git-cliff's default"}
		if p.ofMessage(u.message) {
			c.parsers = append(c.parsers, p)
		}
	}
}

// readParsers reads the list; the first parser that fits a commit takes it.
func (c *gitCliff) readParsers(x *translator, t tree) error {
	list, err := t.items()
	if err != nil {
		return err
	}
	c.parsed = true
	for _, item := range list {
		if err := c.readParser(item); err != nil {
			return err
		}
	}
	return nil
}

func (c *gitCliff) readParser(t tree) error {
	if err := t.want(mapNode); err != nil {
		return err
	}
	p := cliffParser{from: origin(t)}
	var asked []string
	for _, e := range t.root.entries {
		value := t.at(e)
		var err error
		switch e.key {
		case "group":
			p.order, err = value.str()
			p.title = groupTitle(p.order)
		case "skip":
			p.skip, err = value.boolean()
		case "scope", "default_scope":
			c.leave(t, "a parser can't give a commit another scope", "write corrections for single commits")
		default:
			asked = append(asked, e.key)
			_, err = value.str()
		}
		if err != nil {
			return err
		}
	}
	if len(asked) == 1 && asked[0] == "message" {
		message, _ := t.child("message")
		if p.ofMessage(message.root.text) {
			c.parsers = append(c.parsers, p)
			return nil
		}
	}
	if len(asked) == 2 && slices.Contains(asked, "field") && p.ofField(t) {
		c.parsers = append(c.parsers, p)
		return nil
	}
	return c.foreign(t, p, asked)
}

// foreign tells of a parser that can't be said in rules. One that skips keeps its commits out of the version as well.
func (c *gitCliff) foreign(t tree, p cliffParser, asked []string) error {
	if !p.skip && !c.onlyMatched {
		c.leave(t, "it asks a commit for something that notes.sections don't", "group these commits by their types")
		return nil
	}
	do := "write a rule with bump: none, and notes.ignore"
	if slices.Contains(asked, "sha") {
		do = "write the hash into .semcut/corrections.yaml: {bump: none, hide: true}"
	}
	c.must(t, "git-cliff skips such commits for the version, too, and rules can't ask for this", do)
	return nil
}

var (
	groupOrder = lazyregexp.New(`<!--.*?-->`)
	// parserHead takes apart what begins like ^type, ^(a|b), ^type\(scope\), ^type(\(.*\))?!?: text.
	parserHead = lazyregexp.New(`^(?:\(\?i\))?\^\(?([A-Za-z]\w*(?:\|[A-Za-z]\w*)*)\)?(\*|\.\*)?` +
		`(?:\\\(([\w./ -]+)(\.\*)?\\\)|\(?\\\(\.[*+]\??\\\)\)?\??|\(\\\(\[\^\)\]\+\\\)\)\?)?(!\?|!)?(:)?`)
)

// groupTitle is a group's name without the comment that git-cliff sorts by.
func groupTitle(group string) string {
	return strings.TrimSpace(groupOrder.ReplaceAllString(group, ""))
}

// ofMessage reads a regular expression over the message; ok is false where it asks for more than a header's beginning.
func (p *cliffParser) ofMessage(pattern string) (ok bool) {
	if pattern == ".*" || pattern == "^.*" || pattern == ".*$" {
		p.any = true
		return true
	}
	if first, rest, several := strings.Cut(pattern, "|^"); several {
		return p.ofEither(pattern, first, "^"+rest)
	}
	m := parserHead.FindStringSubmatch(pattern)
	if m == nil || m[5] == "!" || strings.Contains(m[1], "|") && !strings.Contains(m[0], "^(") {
		return false // ^a|b asks for b anywhere
	}
	rest := pattern[len(m[0]):]
	closed := strings.Contains(m[0], `\(`) || m[6] != "" // the type ends here
	if rest != "" && rest != ".*" && rest != `\b` {
		text := strings.TrimLeft(strings.TrimPrefix(rest, `\s*`), " ")
		text = strings.TrimSuffix(text, ".*")
		if m[6] == "" || regexp.QuoteMeta(unescaped(text)) != text && unescaped(text) != text {
			return false
		}
		p.text = unescaped(text)
	}
	for t := range strings.SplitSeq(m[1], "|") {
		if !closed && rest != `\b` {
			t += "*"
		}
		p.types = append(p.types, t)
	}
	p.scope, p.open, p.ignore = m[3], m[4] != "", pattern
	return true
}

// ofEither reads ^a|^b, where both ask for types and nothing else.
func (p *cliffParser) ofEither(pattern, first, rest string) bool {
	var a, b cliffParser
	if !a.ofMessage(first) || !b.ofMessage(rest) || a.any || b.any || a.scope+a.text+b.scope+b.text != "" {
		return false
	}
	p.types, p.ignore = append(a.types, b.types...), pattern
	return true
}

// unescaped takes the backslashes off of punctuation.
func unescaped(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' && i+1 < len(text) && !isWord(text[i+1]) {
			i++
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

func isWord(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

var plainWord = lazyregexp.New(`^\^?([\w./-]+)\$?$`)

// ofField reads a parser that asks one field for a plain word.
func (p *cliffParser) ofField(t tree) bool {
	field, _ := t.child("field")
	pattern, ok := t.child("pattern")
	m := plainWord.FindStringSubmatch(pattern.root.text)
	if !ok || m == nil || field.root.text != "scope" || !p.skip {
		return false // a section needs a type
	}
	p.scope = m[1]
	return true
}

// criteria are what a rule asks for to take the parser's commits.
func (p cliffParser) criteria() Pairs {
	var c Pairs
	if len(p.types) > 0 {
		pattern := strings.Join(p.types, ",")
		if len(p.types) > 1 {
			pattern = "{" + pattern + "}"
		}
		c = append(c, Pair{"type", pattern})
	}
	switch {
	case p.open:
		c = append(c, Pair{"scope", beginning(p.scope)})
	case p.scope != "":
		c = append(c, Pair{"scope", p.scope})
	}
	if p.text != "" {
		c = append(c, Pair{"description", beginning(p.text)})
	}
	if p.any {
		c = append(c, Pair{"type", "**"})
	}
	return c
}

// beginning is the pattern of texts that begin so.
func beginning(text string) string {
	var b strings.Builder
	for _, r := range text {
		if strings.ContainsRune(`\*?[]{}()!+@|,`, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return "{" + b.String() + "*," + b.String() + "*/**}"
}

// meets says whether there can be commits that both parsers would take.
func (p cliffParser) meets(other cliffParser) bool {
	if p.scope != "" && other.scope != "" && p.scope != other.scope && !p.open && !other.open {
		return false
	}
	if len(p.types) == 0 || len(other.types) == 0 {
		return true
	}
	for _, a := range p.types {
		for _, b := range other.types {
			if alike(a, b) {
				return true
			}
		}
	}
	return false
}

// alike says whether a type can fit both patterns.
func alike(a, b string) bool {
	short, long := a, b
	if len(short) > len(long) {
		short, long = long, short
	}
	begin, open := strings.CutSuffix(short, "*")
	return open && strings.HasPrefix(long, begin) || strings.TrimSuffix(a, "*") == strings.TrimSuffix(b, "*")
}

// commonTypes are the types that a pattern such as doc* stands for in the notes.
var commonTypes = []string{"feat", "feature", "fix", "perf", "revert", "docs", "doc", "style", "chore", "refactor", "test", "tests", "build",
	"ci", "deps", "security"}

// typeNames are the types by name.
func (p cliffParser) typeNames() []string {
	var names []string
	for _, t := range p.types {
		begin, open := strings.CutSuffix(t, "*")
		if !open || !slices.Contains(commonTypes, begin) {
			names = append(names, begin)
		}
		for _, c := range commonTypes {
			if open && strings.HasPrefix(c, begin) {
				names = append(names, c)
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
