package commitparse

import (
	"strings"
	"testing"
)

// Footers read as token=value, one after the other.
var footerTests = []struct{ shows, text, body, footers string }{
	{"only a header", "feat: a", "", ""},
	{"a body", "feat: a\n\nb\n\nc d\n", "b\n\nc d", ""},
	{"a body right below the header", "feat: a\nb", "b", ""},
	{"footers", "feat: a\n\nb\n\nCloses: #1\nReviewed-by: Ann", "b", "Closes=#1;Reviewed-by=Ann"},
	{"footers without a body", "feat: a\n\nCloses: #1", "", "Closes=#1"},
	{"a number in place of the colon", "feat: a\n\nCloses #1", "", "Closes=#1"},
	{"two paragraphs of footers", "feat: a\n\nb\n\nA: c\n\nD: e", "b", "A=c;D=e"},
	{"a value of many lines", "feat: a\n\nA: c\n d\ne  \nF: g", "", "A=c\n d\ne;F=g"},
	{"blanks at the end of a line stay inside of a value", "feat: a\n\nA:  c  \nd ", "", "A=c  \nd"},
	{"BREAKING CHANGE and what follows", "feat: a\n\nb\n\nBREAKING CHANGE: c\n\nd\n\ne", "b", "BREAKING CHANGE=c\n\nd\n\ne"},
	{"its other name", "feat: a\n\nBREAKING-CHANGE: c\n\nd", "", "BREAKING-CHANGE=c\n\nd"},
	{"its other sign", "feat: a\n\nBREAKING CHANGE #1\n\nd", "", "BREAKING CHANGE=#1\n\nd"},
	{"footers around it", "feat: a\n\nA: b\n\nBREAKING CHANGE: c\nD: e", "", "A=b;BREAKING CHANGE=c;D=e"},
	{"the word must be in upper case", "feat: a\n\nbreaking change: c", "breaking change: c", ""},
	{"a paragraph that only looks like footers in mid-text", "feat: a\n\nNote: b\n\nc", "Note: b\n\nc", ""},
	{"a footer below a line of the same paragraph", "feat: a\n\nb\nCloses: #1", "b\nCloses: #1", ""},
	{"no blank behind the colon", "feat: a\n\nhttp://pot.example", "http://pot.example", ""},
	{"a token with a blank", "feat: a\n\nSee also: b", "See also: b", ""},
	{"a token that begins with a hyphen", "feat: a\n\n-x: b", "-x: b", ""},
	{"blank lines of white space", "feat: a\n \t\nb\n\u00a0\nA: c", " \t\nb\n\u00a0", "A=c"},
	{"white space around a value is JavaScript's", "feat: a\n\nA: \ufeffb\u0085\u3000", "", "A=b\u0085"},
	{"CRLF", "feat: a\r\n\r\nb\r\nc\r\n\r\nA: d\r\n e\r\n", "b\nc", "A=d\n e"},
	{"a CR alone ends no line", "feat: a\n\nb\rA: c", "b\rA: c", ""},
	{"lines of a signature above the header", "gpg: x\nfeat: a\n\nb\n\nA: c", "b", "A=c"},
	{"indentation of the body", "feat: a\n\n  b\n  c", "  b\n  c", ""},
	{"a fixup's header", "fixup! feat: a\n\nb", "b", ""},
}

func TestBodyAndFooters(t *testing.T) {
	for _, tt := range footerTests {
		for _, f := range []Format{Angular, ConventionalCommits} {
			m := Parse(tt.text, f)
			var footers []string
			for _, footer := range m.Footers {
				footers = append(footers, footer.Token+"="+footer.Value)
			}
			if got := strings.Join(footers, ";"); m.Body != tt.body || got != tt.footers {
				t.Errorf("%s (%s): Parse(%q) has body %q and footers %q, want %q and %q", tt.shows, f.Name, tt.text, m.Body, got, tt.body, tt.footers)
			}
		}
	}
}
