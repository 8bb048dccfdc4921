package commitparse

import (
	"strings"
	"testing"
)

// Notes read as TITLE=text, one after the other.
var noteTests = []struct{ shows, text, angular, conventional string }{
	{"a note after the body", "fix: a\n\nb\n\nBREAKING CHANGE: c", "BREAKING CHANGE=c", "BREAKING CHANGE=c"},
	{"any case", "fix: a\n\nbreaking Change: c", "breaking Change=c", "breaking Change=c"},
	{"the hyphen is the newer preset's", "fix: a\n\nBREAKING-CHANGE: c", "", "BREAKING-CHANGE=c"},
	{"no colon", "fix: a\n\nBREAKING CHANGE c", "BREAKING CHANGE=c", "BREAKING CHANGE=c"},
	{"colons and blanks in any mixture", "fix: a\n\nBREAKING CHANGE : :\u3000c", "BREAKING CHANGE=c", "BREAKING CHANGE=c"},
	{"behind bars, bullets and blanks", "fix: a\n\n| * \u00a0BREAKING CHANGE: c", "BREAKING CHANGE=c", "BREAKING CHANGE=c"},
	{"under a header of no shape", "a\nBREAKING CHANGE: c", "BREAKING CHANGE=c", "BREAKING CHANGE=c"},
	{"text on the next line", "fix: a\n\nBREAKING CHANGE: \nc", "BREAKING CHANGE=c", "BREAKING CHANGE=c"},
	{"nothing behind the blanks", "fix: a\n\nBREAKING CHANGE: ", "BREAKING CHANGE=", "BREAKING CHANGE="},

	{"the keyword ends the line", "fix: a\n\nBREAKING CHANGE\nc", "", ""},
	{"another word", "fix: a\n\nBREAKING CHANGES: c", "", ""},
	{"in mid-line", "fix: a\n\nthis BREAKING CHANGE: c", "", ""},
	{"two blanks inside", "fix: a\n\nBREAKING  CHANGE: c", "", ""},
	{"in the header", "BREAKING CHANGE: c", "", ""},
	{"another letter that upper-cases alike", "fix: a\n\nBREA\u212aING CHANGE: c", "", ""},

	{"over blank lines to the end", "fix: a\n\nBREAKING CHANGE: c\n\n  d\n\ne\n", "BREAKING CHANGE=c\n\n  d\n\ne", "BREAKING CHANGE=c\n\n  d\n\ne"},
	{"up to the next", "fix: a\n\nBREAKING CHANGE: c\nd\nBREAKING CHANGE: e", "BREAKING CHANGE=c\nd;BREAKING CHANGE=e", "BREAKING CHANGE=c\nd;BREAKING CHANGE=e"},
	{"up to a reference, whose line is lost", "fix: a\n\nBREAKING CHANGE: c\nsee #4\nd", "BREAKING CHANGE=c", "BREAKING CHANGE=c"},
	{"and the line after it is not looked at", "fix: a\n\nBREAKING CHANGE: c\n#4\nBREAKING CHANGE: d\nBREAKING CHANGE: e", "BREAKING CHANGE=c;BREAKING CHANGE=e", "BREAKING CHANGE=c;BREAKING CHANGE=e"},
	{"a reference in the note's own line", "fix: a\n\nBREAKING CHANGE: c #4\nd", "BREAKING CHANGE=c #4\nd", "BREAKING CHANGE=c #4\nd"},
	{"up to a field, which swallows the rest", "fix: a\n\nBREAKING CHANGE: c\n-by-\nann\nBREAKING CHANGE: d", "BREAKING CHANGE=c", "BREAKING CHANGE=c"},
	{"a ruler is a field, too", "fix: a\n\n---\n\nBREAKING CHANGE: c", "", ""},
	{"two hyphens are passed over", "fix: a\n\n--\nBREAKING CHANGE: c", "BREAKING CHANGE=c", "BREAKING CHANGE=c"},
	{"without the lines of a signature", "fix: a\n\nBREAKING CHANGE: c\n gpg: x\nd", "BREAKING CHANGE=c\nd", "BREAKING CHANGE=c\nd"},
	{"CRLF", "fix: a\r\n\r\nBREAKING CHANGE: c\r\nd\r\n", "BREAKING CHANGE=c\nd", "BREAKING CHANGE=c\nd"},
	{"a line separator ends the first line's text", "fix: a\n\nBREAKING CHANGE: c\u2028d\ne\u2028f", "BREAKING CHANGE=c\ne\u2028f", "BREAKING CHANGE=c\ne\u2028f"},

	{"an exclamation mark", "fix!: a", "", "BREAKING CHANGE=a"},
	{"of any type", "chore(pot)!: a", "", "BREAKING CHANGE=a"},
	{"and of none", "!: a", "", "BREAKING CHANGE=a"},
	{"a note goes before it", "fix!: a\n\nBREAKING CHANGE: c", "BREAKING CHANGE=c", "BREAKING CHANGE=c"},
	{"with nothing described", "fix!: ", "", "BREAKING CHANGE="},
}

func TestNotes(t *testing.T) {
	for _, tt := range noteTests {
		for _, f := range []struct {
			Format
			want string
		}{{Angular, tt.angular}, {ConventionalCommits, tt.conventional}} {
			m := Parse(tt.text, f.Format)
			var notes []string
			for _, n := range m.Notes {
				notes = append(notes, n.Title+"="+n.Text)
			}
			if got := strings.Join(notes, ";"); got != f.want {
				t.Errorf("%s (%s): Parse(%q) has notes %q, want %q", tt.shows, f.Name, tt.text, got, f.want)
			}
			if m.Breaking != (len(m.Notes) > 0) || m.Breaking && m.BreakingText != m.Notes[0].Text {
				t.Errorf("%s (%s): Breaking = %v with %q, beside %q", tt.shows, f.Name, m.Breaking, m.BreakingText, notes)
			}
		}
	}
}

func TestNoteKeywordsAreTheFormats(t *testing.T) {
	format := Format{NoteKeywords: []string{"BREAKING", "BREAKING CHANGE", "SECURITY"}}
	m := Parse("x\nSECURITY: a\nbreaking change: b", format)
	want := []Note{{"SECURITY", "a"}, {"breaking", "change: b"}} // the first keyword that fits
	if len(m.Notes) != 2 || m.Notes[0] != want[0] || m.Notes[1] != want[1] {
		t.Errorf("notes are %q, want %q", m.Notes, want)
	}
}

// TestParserBodyAndFooter: the first note or reference ends the body, and all that follows is footer.
func TestParserBodyAndFooter(t *testing.T) {
	tests := []struct{ message, body, footer string }{
		{"feat: a", "-", "-"},
		{"feat: a\n\nb\n\nc\n", "b\n\nc", "-"},
		{"feat: a\nsee #1", "-", "see #1"},
		{"feat: a\n\nb\nsee #1\nc", "b", "see #1\nc"},
		{"feat: a\n\nb\n\nBREAKING CHANGE: c\nd\n\ne #2\nf", "b", "BREAKING CHANGE: c\nd\n\ne #2\nf"},
		{"feat: a\n\nBREAKING CHANGE: c\nbreaking change: d", "", "BREAKING CHANGE: c\nbreaking change: d"},
		{"feat: a\n\nb\n-x-\nc", "b", "-"},
		{"feat: a\r\n\r\nb\r\nc", "b\nc", "-"},
	}
	for _, tt := range tests {
		m := Parse(tt.message, Angular)
		if body, footer := orDash(m.ParserBody), orDash(m.ParserFooter); body != tt.body || footer != tt.footer {
			t.Errorf("%q: body %q, footer %q, want %q and %q", tt.message, body, footer, tt.body, tt.footer)
		}
	}
}

func orDash(p Part) string {
	if !p.There {
		return "-"
	}
	return p.Text
}
