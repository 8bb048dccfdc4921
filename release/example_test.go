package release_test

import (
	"context"
	"fmt"
	"log"
	"testing/fstest"
	"time"

	"github.com/semcut/semcut/changelog"
	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/release"
)

// A plan is a value: it can be printed, compared or thrown away. The history here is a few commits in memory; of a
// real repository it is read by anything that implements release.History.
func ExampleNewPlan() {
	history := &memory{}
	history.commit("feat: greet the world")
	history.tag("v1.0.0")
	history.commit("docs: say how")
	history.commit("feat(api)!: list the greetings")

	format, err := release.ParseTagFormat("v${version}")
	if err != nil {
		log.Fatal(err)
	}
	plan, err := release.NewPlan(context.Background(), history, release.Options{
		Head:      history.head(),
		Branch:    release.Branch{Name: "main", Kind: release.ReleaseBranch, First: true},
		Format:    commitparse.ConventionalCommits,
		TagFormat: format,
		Policy:    release.Policy{Own: true},
		Notes:     changelog.Options{Layout: "conventionalcommits"},
		Files:     fstest.MapFS{},
		Now:       time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC),
		Push:      true,
		Publish:   []string{"github"},
	})
	if err != nil {
		log.Fatal(err)
	}
	change := plan.Changes[0]
	fmt.Printf("%s → %s (%s)\n", change.Last.Version, change.Next.Version, change.Bump)
	for _, d := range change.Commits {
		fmt.Printf("%-5s %s: %s\n", d.Bump, d.Header, d.Reason)
	}
	for _, step := range plan.Steps {
		fmt.Println("-", step.Summary)
	}
	// Output:
	// 1.0.0 → 2.0.0 (major)
	// major feat(api)!: list the greetings: breaking change
	// none  docs: say how: type docs releases nothing
	// - tag v2.0.0 (lightweight)
	// - push branch main and tag v2.0.0 in one atomic push
	// - publish the release v2.0.0 on github
}
