package changelog

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
