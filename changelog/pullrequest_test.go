package changelog

import (
	"fmt"
	"strings"
	"testing"

	"github.com/semcut/semcut/commitparse"
)

func TestPullRequest(t *testing.T) {
	for _, c := range []struct{ raw, want string }{
		{"", ""},
		{"feat: a lid", ""},
		// GitHub
		{"Merge pull request #12 from ann/lid\n\nfeat: a lid (#7)", "12"},
		{"\r\n Merge pull request #12 from ann/lid\r\n", "12"},
		{"Merge pull request #12", "12"},
		{"Merge pull request #12a from ann/lid", ""},
		{"Merge pull request # from ann/lid", ""},
		{"feat: a lid (#12)", "12"},
		{"feat: a lid (#12) \t\r\n\nbody (#13)", "12"},
		{"feat: a lid (#7) (#12)", "12"},
		{"feat: a lid (#12) and a pot", ""},
		{"feat: a lid(#12)", ""},
		{"feat: a lid (#12", ""},
		{"feat: a lid (#1 2)", ""},
		{"feat: a lid (#012)", ""},
		{"feat: a lid (#-1)", ""},
		{"feat: a lid (#)", ""},
		{"feat: a lid (fixes #12)", ""},
		{"feat: a lid #12", ""},
		{"#12", ""},
		{"feat: a lid\n\nfixes it (#12)", ""},
		// Gitea
		{"Merge pull request 'feat: a lid' (#12) from ann/lid into main", "12"},
		{"Merge pull request 'say ' (#1) from x' (#12) from ann/lid into main", "12"},
		{"Merge pull request 'feat: a lid' (#x) from ann/lid into main", ""},
		{"Merge pull request 'feat: a lid' (#12) into main", ""},
		{"Merge pull request feat: a lid (#12) from ann/lid into main", ""},
		// Bitbucket
		{"Merged in ann/lid (pull request #12)\n\nfeat: a lid", "12"},
		{"Merge in ann/lid (pull request #12)", ""},
		{"feat: a lid (pull request #12)", ""},
		// GitLab
		{"Merge branch 'lid' into 'main'\n\nfeat: a lid\n\nSee merge request kitchen/pot!12", "12"},
		{"Merge branch 'lid' into 'main'\r\n\r\n  See merge request kitchen/tools/pot!12 \r\nApproved-by: Ann", "12"},
		{"Merge branch 'lid'\n\nSee merge request !12", "12"},
		{"Merge branch 'lid'\n\nSee merge request https://gitlab.com/kitchen/pot/-/merge_requests/12", "12"},
		{"Merge branch 'lid'\n\nSee merge request kitchen/pot!7\n\nSee merge request kitchen/pot!12", "12"},
		{"Merge branch 'lid'\n\nI did See merge request kitchen/pot!12", ""},
		{"Merge branch 'lid'\n\nSee merge request kitchen/pot!12 and others", ""},
		{"Merge branch 'lid'\n\nSee merge request of the kitchen/pot!12", ""},
		{"Merge branch 'lid'\n\nSee merge request kitchen/pot!", ""},
		{"See merge request kitchen/pot!12", ""},
		{"feat: a lid (!12)", "12"},
		{"feat: a lid (#7)\n\nSee merge request kitchen/pot!12", "12"},
		{"feat: a lid !12", ""},
		// Azure DevOps
		{"Merged PR 12: feat: a lid (#7)", "12"},
		{"Merged PR 12 feat: a lid", ""},
		{"Merged PR x: feat: a lid", ""},
		// What is taken back has its number in the quotes.
		{`Revert "feat: a lid (#12)"`, ""},
		{`Revert "feat: a lid (#12)" (#13)`, "13"},
		{`Revert "Merge pull request #12 from ann/lid"`, ""},
		{`Revert "Revert "feat: a lid (#12)" (#13)"`, ""},
		{"Revert \"Merge branch 'lid'\"\n\nThis reverts merge request !12", ""},
	} {
		if got := PullRequest(message(c.raw)); got != c.want {
			t.Errorf("%q came in by %q, want %q", c.raw, got, c.want)
		}
	}
}

func message(raw string) commitparse.Commit {
	return commitparse.Commit{Message: commitparse.Message{Raw: raw}}
}

// As for notes, four times as long a message must take about four times the time.
func BenchmarkPullRequest(b *testing.B) {
	for _, h := range []struct{ name, head, unit, tail string }{
		{"pairs", "feat: a", " (#1", ")"},
		{"digits", "feat: a (#", "1", ""},
		{"spaces", "feat: a", " ", "(#1)"},
		{"gitea", "Merge pull request '", "' (#", ""},
		{"gitlab", "a\n", "See merge request a!1\n", ""},
		{"gitlab-line", "a\nSee merge request ", "/merge_requests/!", ""},
	} {
		for _, times := range []int{1, 4} {
			c := message(messages(h.head, h.unit, h.tail, times)[0])
			b.Run(fmt.Sprintf("%s/%dn", h.name, times), func(b *testing.B) {
				b.SetBytes(int64(len(c.Raw)))
				for b.Loop() {
					PullRequest(c)
				}
			})
		}
	}
}

func FuzzPullRequest(f *testing.F) {
	f.Add("feat: a (#12)\n\nSee merge request a/b!3")
	f.Add("Merge pull request 'a' (#12) from b into c")
	f.Fuzz(func(t *testing.T, raw string) {
		if got := PullRequest(message(raw)); got != "" && (!areDigits(got) || !strings.Contains(raw, got)) {
			t.Errorf("%q came in by %q", raw, got)
		}
	})
}
