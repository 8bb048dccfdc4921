package commitparse_test

import (
	"fmt"

	"github.com/semcut/semcut/commitparse"
)

func ExampleParse() {
	m := commitparse.Parse(`feat(lid)!: close with a click

The old lid had to be turned.

BREAKING CHANGE: turn() is gone
Closes: #12
`, commitparse.ConventionalCommits)

	fmt.Printf("%s in %s: %s\n", m.Type, m.Scope, m.Description)
	fmt.Println("body:", m.Body)
	fmt.Printf("breaking: %v, %s\n", m.Breaking, m.BreakingText)
	for _, r := range m.References {
		fmt.Println("refers to", r.Prefix+r.Issue)
	}
	for _, f := range m.Footers {
		fmt.Printf("footer %s = %s\n", f.Token, f.Value)
	}
	// Output:
	// feat in lid: close with a click
	// body: The old lid had to be turned.
	// breaking: true, turn() is gone
	// refers to #12
	// footer BREAKING CHANGE = turn() is gone
	// footer Closes = #12
}

// The change, its revert, and the revert of the revert: the change counts again.
func ExampleCancelled() {
	commits := []commitparse.Commit{
		{Hash: "cccccccc", Message: commitparse.Parse("Revert \"drop it\"\n\nThis reverts commit bbbbbbbb.", commitparse.Angular)},
		{Hash: "bbbbbbbb", Message: commitparse.Parse("drop it", commitparse.Angular)},
		{Hash: "aaaaaaaa", Message: commitparse.Parse("feat: a lid", commitparse.Angular)},
	}
	gone := commitparse.Cancelled(commits)
	for i, c := range commits {
		if _, out := gone[i]; !out {
			fmt.Println(c.Header)
		}
	}
	// Output: feat: a lid
}
