package changelog

import (
	"slices"
	"strings"
	"testing"

	"github.com/semcut/semcut/commitparse"
)

// Each list is in order already. Its commits are given the other way round.
var orderTests = []struct {
	shows   string
	headers []string
}{
	{"letters without regard to case, small ones first", []string{"feat: a", "feat: A", "feat: b", "feat: B"}},
	{"accents decide last", []string{"feat: cafe", "feat: café", "feat: cafes"}},
	{"blanks, punctuation, signs, digits, letters", []string{"feat:  a", "feat: _a", "feat: -a", "feat: ,a", "feat: !a", "feat: (a", "feat: @a", "feat: `a", "feat: +a", "feat: $a", "feat: 1a", "feat: 2a", "feat: a"}},
	{"digits one by one", []string{"feat: 1", "feat: 10", "feat: 9"}},
	{"scripts", []string{"feat: z", "feat: ж", "feat: 鍋"}},
	{"scope and text are one", []string{"feat(a): z", "feat: b", "feat(b): a", "feat: bb"}},
	{"a header shown for want of a text counts as nothing", []string{"feat: ", "feat: a"}},
}

func TestEntriesAreInTheOrderOfLocaleCompare(t *testing.T) {
	for _, tt := range orderTests {
		var commits []commitparse.Commit
		for _, h := range tt.headers {
			commits = append(commits, commitparse.Commit{Message: commitparse.Message{Raw: h + "\n\nBREAKING CHANGE: x"}})
		}
		slices.Reverse(commits)
		if got := headers(describe(commits, Options{})); !slices.Equal(got, tt.headers) {
			t.Errorf("%s: the order is %q, want %q", tt.shows, got, tt.headers)
		}
	}
}

func TestWhatSortsAlikeStaysNewestFirst(t *testing.T) {
	texts := []string{"feat: a\u00e9", "feat: ae\u0301", "feat: a\u00e9"} // the second is the first, composed otherwise
	if got := headers(describe(history(texts), Options{})); !slices.Equal(got, texts) {
		t.Errorf("the order is %q, want %q", got, texts)
	}
}

func headers(n exactNotes) []string {
	var all []string
	for _, g := range n.Groups {
		for _, e := range g.Entries {
			all = append(all, e.Commit.Header)
		}
	}
	return all
}

func TestBuildReadsOnlyRaw(t *testing.T) {
	c := commitparse.Commit{Hash: strings.Repeat("a", 40), Message: commitparse.Parse("feat!: a", commitparse.ConventionalCommits)}
	if n := describe([]commitparse.Commit{c}, Options{Layout: "angular"}); len(n.Groups) != 0 {
		t.Errorf("angular knows no \"!\", but the notes are %+v", n.Groups)
	}
}

func TestBuildPassesOverEmptyMessages(t *testing.T) {
	o := Options{Layout: "conventionalcommits", Preset: PresetConfig{Types: []Type{{Type: "", Section: "Others"}}}}
	if n := describe(history([]string{"", " \ufeff\n"}), o); len(n.Groups) != 0 {
		t.Errorf("the notes are %+v", n.Groups)
	}
}

func TestAnUnknownLayoutIsAngular(t *testing.T) {
	for _, name := range []string{"", "keep-it-simple"} {
		if got := write(t, nil, Options{Layout: name, Release: Release{Version: "1.0.0"}}); !strings.HasPrefix(got, "# 1.0.0") {
			t.Errorf("the layout %q gives %q", name, got)
		}
	}
}
