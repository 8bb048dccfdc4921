package changelog

import (
	"regexp"
	"time"

	"github.com/semcut/semcut/commitparse"
)

// Release is what notes are of.
type Release struct {
	Version     string // "1.3.0"
	Tag         string // "v1.3.0"
	PreviousTag string // "" for a first release
	Date        time.Time
	// Known are the keys (People.Key) of those who took part before; nil where nobody looked, and then nobody is new.
	Known map[string]bool
	// Attributions are what a forge knows of commits, by hash; nil where it was not asked.
	Attributions map[string]Attribution
}

// Options say what notes look like. The zero value makes notes in the layout angular without links.
type Options struct {
	Release
	Layout string // a name from Layouts; "" means angular
	Links  Links
	Format commitparse.Format // how messages are read, but in the two layouts of semantic-release; the zero one is ConventionalCommits
	Ignore []*regexp.Regexp   // commits whose message one of these matches stay out of the notes
	People *People            // knows authors; nil knows only what the commits themselves tell

	Newcomers    bool   // somebody asks who is new, whatever the layout shows
	Template     string // the text of the layout template
	TemplateFile string // its name, for errors

	// The options of release-notes-generator 14 (spec §4.1); nil means its default.
	LinkCompare    *bool
	LinkReferences *bool
	Preset         PresetConfig
	Parser         ParserOptions
	CommitsSort    []string // the fields that the entries of a group are sorted by; nil means scope, subject

	known *known // see there
}

// ParserOptions go before what the two layouts of semantic-release read messages by; nil leaves it.
type ParserOptions struct {
	NoteKeywords     []string
	IssuePrefixes    []string
	ReferenceActions []string
}

// SortFields are the fields that CommitsSort can name.
var SortFields = []string{"scope", "subject", "type", "header"}

// Attribution is what a forge knows of a commit beyond its message; "" is what it doesn't.
type Attribution struct {
	Login       string `json:"login,omitempty"`       // of the author
	PullRequest string `json:"pullRequest,omitempty"` // the number of that which the commit came in by
}

// TellsAttributions says whether the notes would look different if a forge told what it knows of the commits.
func (o Options) TellsAttributions() bool { return layoutOf(&o).exact == nil }

// TellsPeople says whether the notes tell who made the changes, and who of them is new.
func (o Options) TellsPeople() bool { return o.Newcomers || layoutOf(&o).people }

// PresetConfig holds the options of conventional-changelog-conventionalcommits 9 (spec §4.3). The
// layout angular knows none of them but IgnoreCommits.
type PresetConfig struct {
	Types            []Type   // nil means the preset's own
	IssuePrefixes    []string // nil means "#"
	IssueURLFormat   string   // placeholders {{host}} {{owner}} {{repository}} {{id}} {{prefix}}
	CommitURLFormat  string   // … {{hash}}
	CompareURLFormat string   // … {{previousTag}} {{currentTag}}
	UserURLFormat    string   // … {{user}}
	Scope            []string // only commits of these scopes, and of none unless ScopeOnly
	ScopeOnly        bool
	IgnoreCommits    string // regular expression: such commits stay out of the notes
}

// Type says where commits of one type stand.
type Type struct {
	Type    string
	Scope   string // "" for every scope
	Section string // the group's title
	Hidden  bool
}

// Links say where the words of the notes lead.
type Links struct {
	Host       string // "https://github.com"
	Owner      string // "acme"
	Repository string // "widget", sub-groups included; "" where the path has only one part: then nothing is linked
	Commit     string // path of a commit: "commit"
	Issue      string // path of an issue: "issues"
}

// Section is one version's part of a changelog file.
type Section struct {
	Version  string // "1.3.0"
	Tag      string // "v1.3.0"
	Markdown string // the notes, heading included
	Title    string // what a new file begins with: "# Changelog"; "" for nothing
}
