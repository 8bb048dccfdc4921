package commitparse

import (
	"fmt"
	"maps"
	"strings"
	"testing"
)

// Commits are listed newest first by the name of their hash, with what they take back: "b>a" is b, reverting a.
// The hash of a is forty times the letter a.
var cancelTests = []struct {
	shows, commits string
	want           map[int]int
}{
	{"nothing is taken back", "c b a", map[int]int{}},
	{"a pair", "c b>a a", map[int]int{1: 2, 2: 1}},
	{"with others between", "d>a c b a", map[int]int{0: 3, 3: 0}},
	{"the revert of a revert", "c>b b>a a", map[int]int{0: 1, 1: 0}},
	{"and the revert of that", "d>c c>b b>a a", map[int]int{0: 1, 1: 0, 2: 3, 3: 2}},
	{"two pairs", "d>b c>a b a", map[int]int{0: 2, 2: 0, 1: 3, 3: 1}},
	{"two reverts of one: the newer goes", "c>a b>a a", map[int]int{0: 2, 2: 0}},
	{"one commit listed twice", "c>a b>a a a", map[int]int{0: 2, 2: 0, 1: 3, 3: 1}},
	{"a revert older than what it takes back", "a b>a", map[int]int{}},
	{"what it takes back was released before", "c>a b", map[int]int{}},
	{"none at all", "", map[int]int{}},
}

func TestCancelled(t *testing.T) {
	for _, tt := range cancelTests {
		var commits []Commit
		for _, name := range strings.Fields(tt.commits) {
			commits = append(commits, cancelCommit(name))
		}
		if got := Cancelled(commits); !maps.Equal(got, tt.want) {
			t.Errorf("%s: Cancelled(%s) = %v, want %v", tt.shows, tt.commits, got, tt.want)
		}
	}
}

// cancelCommit makes the commit "b>a" with the text that git gives it, but without nesting the headers.
func cancelCommit(name string) Commit {
	name, back, reverts := strings.Cut(name, ">")
	text := "feat: " + name
	if reverts {
		text = fmt.Sprintf("Revert %q\n\nThis reverts commit %s.", "feat: "+back, strings.Repeat(back, 40))
	}
	c := Commit{Hash: strings.Repeat(name, 40), Message: Parse(text, Angular)}
	if reverts {
		c.Header = "feat: " + name
	}
	return c
}

func TestCancelledNeedsHeaderAndFullHash(t *testing.T) {
	taken := Commit{Hash: sha, Message: Parse("feat: a lid", Angular)}
	for _, tt := range []struct {
		shows, text string
		want        int
	}{
		{"both fit", "Revert \"feat: a lid\"\n\nThis reverts commit " + sha + ".", 2},
		{"white space around the header", "Revert \"\ufeff feat: a lid \"\n\nThis reverts commit " + sha + ".", 2},
		{"an abbreviated hash", "Revert \"feat: a lid\"\n\nThis reverts commit " + sha[:12] + ".", 0},
		{"another header", "Revert \"feat: a Lid\"\n\nThis reverts commit " + sha + ".", 0},
		{"a paragraph between", "Revert \"feat: a lid\"\n\nIt leaks.\n\nThis reverts commit " + sha + ".", 0},
		{"git's reapply", "Reapply \"feat: a lid\"\n\nThis reverts commit " + sha + ".", 0},
	} {
		revert := Commit{Hash: "f", Message: Parse(tt.text, Angular)}
		if got := Cancelled([]Commit{revert, taken}); len(got) != tt.want {
			t.Errorf("%s: Cancelled gives %v, want %d commits", tt.shows, got, tt.want)
		}
	}
}
