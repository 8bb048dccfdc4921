package pullrequest

import (
	"strings"
	"testing"

	"github.com/semcut/semcut/commitparse"
)

func commit(raw string, parents ...string) commitparse.Commit {
	c := commitparse.Commit{Parents: parents}
	c.Raw = raw
	return c
}

func TestWays(t *testing.T) {
	one := []commitparse.Commit{commit("fix: one\r\n\r\nWhy.\n", "a")}
	two := []commitparse.Commit{commit("feat: two\n", "b"), commit("Merge branch 'main'", "b", "c"), commit("fix: one\n\nWhy.\n", "a")}
	for _, tt := range []struct {
		shows    string
		commits  []commitparse.Commit
		settings Settings
		number   int
		want     string
	}{
		{"GitHub's defaults, one commit", one, Settings{Squash: true, Merge: true, Rebase: true}, 7,
			"squash: fix: one (#7)\n\nWhy.|merge of h: Merge pull request #7 from acme/topic\n\nfeat: all|rebase: fix: one\r\n\r\nWhy.\n"},
		{"GitHub's defaults, several", two, Settings{Squash: true, Merge: true, Rebase: true}, 7,
			"squash: feat: all (#7)\n\n* fix: one\n\nWhy.\n\n* Merge branch 'main'\n\n* feat: two|merge of h: Merge pull request #7 from acme/topic\n\nfeat: all|rebase: feat: two\n+fix: one\n\nWhy.\n"},
		{"the title always", one, Settings{Squash: true, SquashTitle: "PR_TITLE"}, 7, "squash: feat: all (#7)\n\nWhy."},
		{"the description", one, Settings{Squash: true, SquashTitle: "PR_TITLE", SquashMessage: "PR_BODY"}, 7, "squash: feat: all (#7)\n\nBREAKING CHANGE: x"},
		{"nothing below", two, Settings{Squash: true, SquashMessage: "BLANK"}, 0, "squash: feat: all"},
		{"a merge with title and description", two, Settings{Merge: true, MergeTitle: "PR_TITLE", MergeMessage: "PR_BODY"}, 7, "merge of h: feat: all (#7)\n\nBREAKING CHANGE: x"},
		{"a merge with the title alone", two, Settings{Merge: true, MergeTitle: "PR_TITLE", MergeMessage: "BLANK"}, 7, "merge of h: feat: all (#7)"},
		{"a merge with the title twice is one", two, Settings{Merge: true, MergeTitle: "PR_TITLE", MergeMessage: "PR_TITLE"}, 7, "merge of h: feat: all (#7)"},
		{"no commits", nil, Settings{Squash: true, Rebase: true}, 7, ""},
		{"no way", two, Settings{}, 7, ""},
	} {
		r := Request{Number: tt.number, Title: " feat: all ", Body: "BREAKING CHANGE: x\r\n", Source: "acme/topic", Base: "b", Head: "h", Commits: tt.commits}
		var got []string
		for _, w := range r.Ways(tt.settings) {
			var texts []string
			for _, c := range w.Top {
				texts = append(texts, c.Raw)
			}
			name := w.Method
			if w.Side != "" {
				name += " of " + w.Side
			}
			got = append(got, name+": "+strings.Join(texts, "+"))
		}
		if all := strings.Join(got, "|"); all != tt.want {
			t.Errorf("%s:\n%q, want\n%q", tt.shows, all, tt.want)
		}
	}
}
