package starter

import (
	"io/fs"

	"github.com/semcut/semcut/release"
)

// Repository is what is known of a repository.
type Repository struct {
	Tree fs.FS // the work tree
	Head fs.FS // of HEAD's commit; nil where nothing was committed yet

	Remote   string // "github.com/acme/widget"; "" where there is none
	GitHub   bool   // the remote is known to be a GitHub
	Branches []string
	Tags     []release.Tag
	Shallow  bool

	Settings Settings
}

// Settings are what the repository says already.
type Settings struct {
	File    string // the file that holds them, "" where there is none
	Dialect string // "semcut", "semantic-release", ""
	Refused error  // why no release can be made by them, or why they can't be read

	TagFormat release.TagFormat
	Changelog string // the file that a release writes; release.AutoChangelog where nothing is said
	Title     string // what a new changelog begins with

	Quiet bool // a release tells nobody of it on the forge

	// Known are the tools whose settings "init --from" translates.
	Known []string

	LintFile    string // where the rules for messages stand, "" for the defaults
	LintRefused error  // why they can't be read
}

// foreign says that another tool's settings are in force.
func (s Settings) foreign() bool { return s.Dialect == "semantic-release" }

// Options say what is wanted.
type Options struct {
	NoWorkflow bool
	Config     *Text // the configuration to write, in the place of one that is made up of what is here
}

// Text is what a file is to hold, and why.
type Text struct{ Text, Why string }
