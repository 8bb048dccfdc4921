package commitparse

import (
	"fmt"
	"strings"
	"testing"
)

// hostile are texts that make a careless scanner look at the same bytes again and again. Repeated four times as
// often, each must take about four times as long; compare the lines n and 4n of one name.
var hostile = []struct{ name, head, unit, tail string }{
	{"token", "", "a", ""},
	{"scope", "feat(", "(", ""},
	{"scopes", "feat(", ") :", ""},
	{"marks", "feat(", ")!:", "x"},
	{"hashes", "", "#", ""},
	{"ids", "", "#1", "!"},
	{"prefixes", "", "gh-", "!"},
	{"issues", "", "fixes #1,", ""},
	{"actions", "#", "closes ", ""},
	{"half-actions", "#", "close", "\rx"},
	{"action-line-ends", "#", "fix \u2028", ""},
	{"action-spaces", "#fix", " ", "\rx"},
	{"repositories", "", "a/", "#1"},
	{"at", "", "@", ""},
	{"mentions", "", "@a-", ""},
	{"http", "#", "http", ""},
	{"addresses", "#", "http://", "("},
	{"reverts", "", "Revert ", ""},
	{"revert-sentences", "Revert \"", "This reverts commit ", ""},
	{"revert-spaces", "Revert \"a\"", " ", "This reverts commit 1"},
	{"fields", "x\n", "-", ""},
	{"field-lines", "x\n", "--\n", ""},
	{"notes", "x\n", "BREAKING CHANGE ", ""},
	{"note-lines", "x\n", "BREAKING CHANGE: a\n", ""},
	{"note-references", "x\n", "BREAKING CHANGE: a\n#1\n", ""},
	{"note-bullets", "x\n", "|*", ""},
	{"note-colons", "x\nBREAKING CHANGE", ": ", ""},
	{"footers", "x\n\n", "A: b\n", ""},
	{"footer-paragraphs", "x\n\n", "A: b\n\n", "end"},
	{"gpg", "", " gpg:\n", ""},
	{"spaces", "x\n", " ", ""},
	{"newlines", "x", "\n", "y"},
	{"cr", "x", "\r", "y"},
	{"crlf", "x", "\r\n", "y"},
	{"separators", "#x", "\u2028", "y"},
	{"invalid", "", "\xff", ""},
}

func BenchmarkParse(b *testing.B) {
	format := ConventionalCommits
	format.IssuePrefixes = []string{"#", "gh-"}
	format.ReferenceActions = append([]string{"closing", "fixing", "resolving"}, defaultActions...)
	for _, h := range hostile {
		for _, times := range []int{1, 4} {
			text := h.head + strings.Repeat(h.unit, times*100_000/len(h.unit)) + h.tail
			b.Run(fmt.Sprintf("%s/%dn", h.name, times), func(b *testing.B) {
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					Parse(text, format)
				}
			})
		}
	}
}

// TestParseAllocatesNothing: messages that name no issue and announce nothing, as most, are parsed in their own memory.
func TestParseAllocatesNothing(t *testing.T) {
	for _, text := range []string{"feat(lid): close with a click", "fix: a\n\nThe old lid had to be turned.\nTwice.\n", "Merge branch 'topic'"} {
		if n := testing.AllocsPerRun(100, func() { Parse(text, ConventionalCommits) }); n != 0 {
			t.Errorf("%q: %v allocations", text, n)
		}
	}
}
