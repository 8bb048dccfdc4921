package commitparse

import (
	"slices"
	"strings"
	"testing"
)

// A reference reads as action|owner|repository|prefix|issue.
var referenceTests = []struct{ shows, line, want string }{
	{"an action", "Closes #12", "Closes|||#|12"},
	{"any case", "fIXED #12", "fIXED|||#|12"},
	{"no action", "see #12", "|||#|12"},
	{"a repository", "fixes pot#12", "fixes||pot|#|12"},
	{"an owner", "fixes ann/pot#12", "fixes|ann|pot|#|12"},
	{"a group", "fixes ann/kitchen/pot#12", "fixes|ann|kitchen/pot|#|12"},
	{"dots and hyphens in names", "fixes a.n-n/p_o.t#12", "fixes|a.n-n|p_o.t|#|12"},
	{"a list", "closes #1, #2 and pot#3", "closes|||#|1;closes|||#|2;closes||pot|#|3"},
	{"two actions", "closes #1, fixes #2", "closes|||#|1;fixes|||#|2"},
	{"an id of words", "closes #ABC-12", "closes|||#|ABC-12"},
	{"in parentheses", "a lid (#12)", "|||#|12"},
	{"in brackets", "a lid [#12]", "|||#|12"},
	{"before a comma or semicolon", "#1, #2;", "|||#|1;|||#|2"},
	{"the last action's word counts", "fixes closes #1", "closes|||#|1"},
	{"an action inside of a word", "prefixes #1", "fixes|||#|1"},
	{"what stands before an action is not searched", "#1 fixes #2", "fixes|||#|2"},
	{"an action that names nothing hides what stands before", "#1 fixes it", ""},
	{"an action without a blank behind it is none", "#1 fixes", "|||#|1"},
	{"nor with a colon", "fixes: #1", "|||#|1"},
	{"two of the same count once", "closes #1 closes #1", "closes|||#|1"},
	{"also in another case", "closes #1 CLOSES #1", "closes|||#|1"},
	{"but not with another action", "closes #1 fixes #1", "closes|||#|1;fixes|||#|1"},

	{"a full stop ends no id", "fixes #12.", ""},
	{"nor does an exclamation mark", "#12!", ""},
	{"no id", "fixes # 12", ""},
	{"another prefix", "fixes gh-12", ""},
	{"two prefixes", "##12", "|||#|12"},
	{"a web address hides the line", "see #1 and http://pot.example", ""},
	{"or the part of an action", "fixes #1 at https://pot.example closes #2", "closes|||#|2"},
	{"an address without an end is none", "#1 http://", "|||#|1"},
	{"nor is one inside of a word", "#1 xhttp://pot.example", "|||#|1"},
	{"upper case makes none", "#1 HTTP://pot.example", "|||#|1"},
	{"a line separator parts the line", "#1\u2028#2", "|||#|1;|||#|2"},
	{"an action reaches no further than to a line separator", "fixes #1\u2028x", "|||#|1"},
	{"blank may be any white space", "fixes\u3000#1\u00a0", "fixes|||#|1"},
}

func TestReferences(t *testing.T) {
	for _, tt := range referenceTests {
		for _, place := range []struct {
			name   string
			before string
		}{{"in the header", ""}, {"in the body", "fix: x\n\n"}} {
			for _, f := range []Format{Angular, ConventionalCommits} {
				text := place.before + tt.line
				if got := describeReferences(Parse(text, f)); got != tt.want {
					t.Errorf("%s, %s (%s): Parse(%q) refers to %q, want %q", tt.shows, place.name, f.Name, text, got, tt.want)
				}
			}
		}
	}
}

func describeReferences(m Message) string {
	var all []string
	for _, r := range m.References {
		all = append(all, strings.Join([]string{r.Action, r.Owner, r.Repository, r.Prefix, r.Issue}, "|"))
	}
	return strings.Join(all, ";")
}

func TestReferencesOfAllLinesComeInOrder(t *testing.T) {
	m := Parse("feat: a (#1)\n\nfixes #2\nBREAKING CHANGE: b #3\nc #4\n#5\n-x-\n#6", Angular)
	// #3 stands in a note's own line, #6 in a field
	if got, want := describeReferences(m), "|||#|1;fixes|||#|2;|||#|4;|||#|5"; got != want {
		t.Errorf("refers to %q, want %q", got, want)
	}
}

func TestReferenceRawIsWhatStandsBeforeIt(t *testing.T) {
	m := Parse("x\ncloses a #1, b c/d#2", Angular)
	var raws []string
	for _, r := range m.References {
		raws = append(raws, r.Raw)
	}
	if want := []string{"a #1", ", b c/d#2"}; !slices.Equal(raws, want) {
		t.Errorf("raw texts are %q, want %q", raws, want)
	}
}

func TestPrefixesAndActionsAreTheFormats(t *testing.T) {
	for _, tt := range []struct {
		prefixes, actions []string
		line, want        string
	}{
		{[]string{"#", "gh-"}, []string{"fixing"}, "fixing GH-1 and ann/pot gh-2", "fixing|||GH-|1;fixing|||gh-|2"},
		{[]string{"#", "gh-"}, nil, "gh-gh-1", "|||gh-|gh-1"},
		{[]string{"ABC-"}, []string{"done"}, "done abc-7 #8", "done|||abc-|7"},
		{[]string{""}, []string{""}, "fixes #1", ""},     // what is empty is nowhere
		{[]string{"#1,#", "#"}, nil, "#1,#b!", "|||#|1"}, // the longer one finds no id that ends well
		{nil, nil, "fixes #1", ""},
	} {
		f := Format{IssuePrefixes: tt.prefixes, ReferenceActions: tt.actions}
		if got := describeReferences(Parse(tt.line, f)); got != tt.want {
			t.Errorf("with %q and %q: Parse(%q) refers to %q, want %q", tt.prefixes, tt.actions, tt.line, got, tt.want)
		}
	}
}
