package commitparse

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/semcut/semcut/commitparse/internal/chars"
)

// The scanners of this package say which regular expression they stand for. Here each is compared with it. The
// classes are JavaScript's, spelt out: \s is white, . is dot, and an ASCII letter in any case is a class of two.
const (
	white = `[\t\n\v\f\r \x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}]`
	dot   = `[^\n\r\x{2028}\x{2029}]`
)

// anyCase spells a text so that ASCII letters match in both cases.
func anyCase(texts ...string) string {
	var b strings.Builder
	for i, text := range texts {
		if i > 0 {
			b.WriteByte('|')
		}
		for _, r := range text {
			if l := string(r); strings.ToLower(l) != strings.ToUpper(l) {
				b.WriteString("[" + strings.ToLower(l) + strings.ToUpper(l) + "]")
			} else {
				b.WriteString(regexp.QuoteMeta(l))
			}
		}
	}
	return b.String()
}

// patternFormat is the format of the comparison: all that a host may bring.
var patternFormat = Format{
	Bang: true, NoteKeywords: ConventionalCommits.NoteKeywords,
	IssuePrefixes: []string{"#", "gh-"}, ReferenceActions: append([]string{"fixing"}, defaultActions...),
}

// A twin is one scanner and its pattern: two functions that must say the same of every text. The pieces are what
// texts are made of for it to have something to find.
type twin struct {
	name          string
	scan, pattern func(text string) string
	pieces        []string
}

var twins = []twin{
	{"header", func(s string) string { return scanHeader(s, false) }, func(s string) string { return matchHeader(s, false) },
		[]string{"a", "_", "(", ")", ":", " ", ": ", "!", "\r", "\u2028", "é"}},
	{"header with !", func(s string) string { return scanHeader(s, true) }, func(s string) string { return matchHeader(s, true) },
		[]string{"a", "(", ")", ": ", "!: ", "!", ":", " ", "\n", "\u2029"}},
	{"note", scanNote, matchNote,
		[]string{"BREAKING CHANGE", "breaking-change", "BREA\u212aING CHANGE", ":", " ", "\u3000", "|*", "a", "\r", "\u2028"}},
	{"field", scanField, matchField, []string{"-", "a", "\n", "\r", "\u2028", "é"}},
	{"web address", scanURL, matchURL, []string{"http", "s", "://", "www.", "-", "a", "_", " ", "é", "H", "("}},
	{"action", scanActions, matchActions, []string{"close", "s", "FIX", "es", " ", "\u2028", "\r", "#1", "fixing", "a"}},
	{"issues", scanIssues, matchIssues, []string{"#", "1", "gh-", "GH-", "a/b", ".", ",", " ", "\u00a0", "!", "é"}},
	{"mentions", scanMentions, matchMentions, []string{"@", "a", "-", "_", ".", " ", "é"}},
	{"signature", scanSignature, matchSignature, []string{"gpg", ":", " ", "\ufeff", "g", "GPG:"}},
	{"footer", scanFooter, matchFooter, []string{"BREAKING CHANGE", "a", "-", "_", ":", " ", "#", ": ", " #", "9"}},
	{"revert", func(s string) string { return scanRevert(s, RevertHash) }, func(s string) string { return matchRevert(s, RevertHash) },
		[]string{"Revert", "Revert \"", "revert:\u2028", " ", "\"", "\" \nThis reverts commit ", "This reverts commit abcdef0", "abcdef", ".", "\u2028", "é"}},
	{"revert with a full stop", func(s string) string { return scanRevert(s, RevertFullStop) }, func(s string) string { return matchRevert(s, RevertFullStop) },
		[]string{"Revert \"", "revert: ", "\"", "\n", "\"THIS REVERTS COMMIT ", "This reverts commit a.", "a", ".", "\u00a0", "é"}},
}

// TestScannersSayWhatTheirPatternsSay tries every text of up to four pieces.
func TestScannersSayWhatTheirPatternsSay(t *testing.T) {
	for _, tw := range twins {
		t.Run(tw.name, func(t *testing.T) {
			found := 0
			tw.compose(t, "", 4, &found)
			if found == 0 {
				t.Error("no text has anything to find: nothing was compared")
			}
		})
	}
}

func (tw twin) compose(t *testing.T, text string, depth int, found *int) {
	if t.Failed() {
		return
	}
	if tw.compare(t, text) != "" {
		*found++
	}
	if depth == 0 {
		return
	}
	for _, piece := range tw.pieces {
		tw.compose(t, text+piece, depth-1, found)
	}
}

func (tw twin) compare(t *testing.T, text string) string {
	scanned, matched := tw.scan(text), tw.pattern(text)
	if scanned != matched {
		t.Errorf("%s of %q: the scanner finds %s, the pattern %s", tw.name, text, scanned, matched)
	}
	return scanned
}

func FuzzPatterns(f *testing.F) {
	for _, tw := range twins {
		f.Add(strings.Join(tw.pieces, ""))
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, string(utf8.RuneError))
		for _, tw := range twins {
			tw.compare(t, text)
		}
	})
}

func scanHeader(s string, bang bool) string {
	h, ok := splitHeader(s, bang)
	if !ok {
		return ""
	}
	return fmt.Sprintf("%q %q %q %v", h.typ, h.scope, h.description, h.bang)
}

var (
	plainHeader = regexp.MustCompile(`^(\w*)(?:\((` + dot + `*)\))?: (` + dot + `*)$`)
	bangHeader  = regexp.MustCompile(`^(\w*)(?:\((` + dot + `*)\))?!: (` + dot + `*)$`)
	looseHeader = regexp.MustCompile(`^(\w*)(?:\((` + dot + `*)\))?!?: (` + dot + `*)$`)
)

func matchHeader(s string, bang bool) string {
	m, marked := []string(nil), false
	if bang {
		m = bangHeader.FindStringSubmatch(s)
		if marked = m != nil; !marked {
			m = looseHeader.FindStringSubmatch(s)
		}
	} else {
		m = plainHeader.FindStringSubmatch(s)
	}
	if m == nil {
		return ""
	}
	return fmt.Sprintf("%q %q %q %v", m[1], m[2], m[3], marked)
}

func scanNote(s string) string {
	title, text, ok := splitNote(s, patternFormat.NoteKeywords)
	if !ok {
		return ""
	}
	return fmt.Sprintf("%q %q", title, text)
}

var noteLine = regexp.MustCompile(`^(?:` + white + `|[|*])*(` + anyCase(patternFormat.NoteKeywords...) + `)(?:` + white + `|:)+(` + dot + `*)`)

func matchNote(s string) string {
	m := noteLine.FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	return fmt.Sprintf("%q %q", m[1], m[2])
}

func scanField(s string) string {
	if name, ok := fieldName(s); ok {
		return fmt.Sprintf("%q", name)
	}
	return ""
}

var fieldLine = regexp.MustCompile(`^-(` + dot + `*?)-$`)

func matchField(s string) string {
	if m := fieldLine.FindStringSubmatch(s); m != nil {
		return fmt.Sprintf("%q", m[1])
	}
	return ""
}

func scanURL(s string) string { return yes(chars.HasURL(s)) }

var webAddress = regexp.MustCompile(`\bhttps?://(?:www\.)?[-\w@:%+.~#?&/=]+\b`)

func matchURL(s string) string { return yes(webAddress.MatchString(s)) }

func yes(is bool) string {
	if is {
		return "yes"
	}
	return ""
}

func scanActions(s string) string {
	p := parser{format: patternFormat}
	found := ""
	for at := 0; at < len(s); {
		action, from, to, ok := p.nextAction(s, at)
		if !ok {
			break
		}
		found += fmt.Sprintf("%q %q ", action, s[from:to])
		at = to
	}
	return found
}

var actionText = regexp.MustCompile(`(` + anyCase(patternFormat.ReferenceActions...) + `)` + white + `+(` + dot + `*?)(?:` +
	anyCase(patternFormat.ReferenceActions...) + `|$)`)

func matchActions(s string) string {
	found := ""
	for at := 0; at < len(s); {
		m := actionText.FindStringSubmatchIndex(s[at:])
		if m == nil {
			break
		}
		found += fmt.Sprintf("%q %q ", s[at+m[2]:at+m[3]], s[at+m[4]:at+m[5]])
		at += m[5] // the next action word is looked ahead to, not taken
	}
	return found
}

// scanIssues looks only at lines without a web address, since there are no issues in others.
func scanIssues(s string) string {
	if s = oneLine(s); chars.HasURL(s) {
		return ""
	}
	p := parser{format: patternFormat}
	found := ""
	for _, r := range p.search(nil, "", s) {
		name := r.Repository
		if r.Owner != "" || strings.HasSuffix(r.Raw, "/"+name+r.Prefix+r.Issue) {
			name = r.Owner + "/" + name
		}
		found += fmt.Sprintf("%q %q %q %q ", r.Raw, name, r.Prefix, r.Issue)
	}
	return found
}

var issueText = regexp.MustCompile(`(?:` + dot + `*?)??([\w\-./]*?)??(` + anyCase(patternFormat.IssuePrefixes...) + `)([\w-]+)(?:` + white + `|$|[,;)\]])`)

func matchIssues(s string) string {
	if s = oneLine(s); webAddress.MatchString(s) {
		return ""
	}
	found := ""
	for at := 0; at < len(s); {
		m := issueText.FindStringSubmatchIndex(s[at:])
		if m == nil {
			break
		}
		name := ""
		if m[2] >= 0 {
			name = s[at+m[2] : at+m[3]]
		}
		found += fmt.Sprintf("%q %q %q %q ", s[at:at+m[7]], name, s[at+m[4]:at+m[5]], s[at+m[6]:at+m[7]])
		at += m[7]
	}
	return found
}

// oneLine drops line ends: what is searched for issues has none.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if chars.IsLineEnd(r) {
			return -1
		}
		return r
	}, s)
}

func scanMentions(s string) string { return strings.Join(mentions(s), " ") }

var mention = regexp.MustCompile(`@([\w-]+)`)

func matchMentions(s string) string {
	var found []string
	for _, m := range mention.FindAllStringSubmatch(s, -1) {
		found = append(found, m[1])
	}
	return strings.Join(found, " ")
}

func scanSignature(s string) string {
	p := parser{lines: lines{rest: oneLine(s)}}
	p.next()
	return yes(!p.ok)
}

var signature = regexp.MustCompile(`^` + white + `*gpg:`)

func matchSignature(s string) string { return yes(signature.MatchString(oneLine(s))) }

func scanFooter(s string) string {
	token, value, ok := splitFooter(s)
	if !ok {
		return ""
	}
	return fmt.Sprintf("%q %q", token, value)
}

var footerLine = regexp.MustCompile(`^(BREAKING CHANGE|[0-9A-Za-z][0-9A-Za-z-]*)(?:: | (#))((?s:.*))$`)

func matchFooter(s string) string {
	m := footerLine.FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	return fmt.Sprintf("%q %q", m[1], m[2]+m[3])
}

func scanRevert(s string, form RevertForm) string {
	r := revert(s, form)
	if r == nil {
		return ""
	}
	return fmt.Sprintf("%q %q", r.Header, r.Hash)
}

const revertText = `^(?:revert:?)` + white + `"?((?s:.+?))"?` + white + `*`

var reverts = map[RevertForm]*regexp.Regexp{
	RevertHash:     regexp.MustCompile(strings.Replace(revertText, "revert", anyCase("revert"), 1) + anyCase(revertSentence) + `(\w{7,40})\b`),
	RevertFullStop: regexp.MustCompile(strings.Replace(revertText, "revert", anyCase("revert"), 1) + anyCase(revertSentence) + `(\w*)\.`),
}

func matchRevert(s string, form RevertForm) string {
	m := reverts[form].FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	return fmt.Sprintf("%q %q", m[1], m[2])
}
