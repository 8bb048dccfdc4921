package changelog_test

import (
	"fmt"
	"time"

	"github.com/semcut/semcut/changelog"
	"github.com/semcut/semcut/commitparse"
)

func ExampleRender() {
	commits := []commitparse.Commit{ // newest first
		{Hash: "2222222222222222222222222222222222222222", Message: commitparse.Message{Raw: "fix: boil over (#7)"}},
		{Hash: "1111111111111111111111111111111111111111", Message: commitparse.Message{Raw: "feat(lid): a handle"}},
	}
	options := changelog.Options{
		Layout: "conventionalcommits",
		Release: changelog.Release{
			Version:     "1.3.0",
			Tag:         "v1.3.0",
			PreviousTag: "v1.2.3",
			Date:        time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC),
		},
		Links: changelog.LinksFor("git@git.example:ann/pot.git"),
	}
	notes, err := changelog.Render(commits, options)
	if err != nil {
		fmt.Println(err)
	}
	fmt.Print(notes)
	// Output:
	// ## [1.3.0](https://git.example/ann/pot/compare/v1.2.3...v1.3.0) (2026-11-22)
	//
	// ### Features
	//
	// * **lid:** a handle ([1111111](https://git.example/ann/pot/commit/1111111111111111111111111111111111111111))
	//
	// ### Bug Fixes
	//
	// * boil over ([#7](https://git.example/ann/pot/issues/7)) ([2222222](https://git.example/ann/pot/commit/2222222222222222222222222222222222222222))
}

func ExampleInsert() {
	file := []byte(`# Changelog

## [Unreleased]

- a wooden spoon

## 1.2.3 (2026-01-01)

* a pot
`)
	file, err := changelog.Insert(file, changelog.Section{
		Version:  "1.3.0",
		Tag:      "v1.3.0",
		Markdown: "## 1.3.0 (2026-11-22)\n\n* a lid\n",
	})
	if err != nil {
		fmt.Println(err)
	}
	fmt.Print(string(file))
	// Output:
	// # Changelog
	//
	// ## [Unreleased]
	//
	// - a wooden spoon
	//
	// ## 1.3.0 (2026-11-22)
	//
	// * a lid
	//
	// ## 1.2.3 (2026-01-01)
	//
	// * a pot
}
