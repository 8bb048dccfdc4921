package changelog

import (
	"strings"
	"testing"
	"time"

	"github.com/semcut/semcut/commitparse"
)

// TestOptionsOfParserAndWriter: as release-notes-generator 14.1 writes them with parserOpts {noteKeywords: ["BREAKING"],
// issuePrefixes: ["ABC-"]} and writerOpts {commitsSort: ["subject", "scope"]}.
func TestOptionsOfParserAndWriter(t *testing.T) {
	var commits []commitparse.Commit
	for i, message := range []string{"feat(b): zebra", "feat(a): mouse\n\nBREAKING: all\n\nfixes ABC-12", "feat: apple", "feat(b): apple"} {
		c := commitparse.Commit{Hash: strings.Repeat(string(rune('1'+i)), 40)}
		c.Raw = message
		commits = append(commits, c)
	}
	features := "### Features\n\n* apple ([3333333](C/3))\n* **b:** apple ([4444444](C/4))\n* **a:** mouse ([2222222](C/2)), closes [PREFIX12](https://github.com/acme/widget/issues/12)\n* **b:** zebra ([1111111](C/1))\n"
	heading := "[2.0.0](https://github.com/acme/widget/compare/v1.0.0...v2.0.0) (2026-11-29)\n\n"
	for layout, want := range map[string]string{
		"angular":             "# " + heading + "\n" + strings.Replace(features, "PREFIX", "#", 1) + "\n\n### BREAKING CHANGES\n\n* **a:** all\n",
		"conventionalcommits": "## " + heading + "### ⚠ BREAKING CHANGES\n\n* **a:** all\n\n" + strings.Replace(features, "PREFIX", "ABC-", 1),
	} {
		got, err := Render(commits, Options{
			Layout:  layout,
			Release: Release{Version: "2.0.0", Tag: "v2.0.0", PreviousTag: "v1.0.0", Date: time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC)},
			Links:   LinksFor("https://github.com/acme/widget"), Parser: ParserOptions{NoteKeywords: []string{"BREAKING"}, IssuePrefixes: []string{"ABC-"}},
			CommitsSort: []string{"subject", "scope"},
		})
		for i := range commits {
			n := string(rune('1' + i))
			want = strings.ReplaceAll(want, "(C/"+n+")", "(https://github.com/acme/widget/commit/"+strings.Repeat(n, 40)+")")
		}
		if err != nil || got != want {
			t.Errorf("%s, %v:\n%s\nwant\n%s", layout, err, got, want)
		}
	}
}
