package config

// The shape of .semcut.yaml as Go types, from which docs/semcut.schema.json is made. A key that takes several shapes has a type
// of its own in schema_shapes_test.go. Defaults are not written here: they are those of Default.

type schemaFile struct {
	Schema         string          `json:"$schema" jsonschema_description:"The address of this schema, for editors."`
	Preset         schemaPreset    `json:"preset" jsonschema_description:"How messages are read; angular knows no exclamation mark."`
	TagFormat      schemaTagFormat `json:"tagFormat" jsonschema_description:"The tag's name; ${version} stands in it once."`
	InitialVersion schemaVersion   `json:"initialVersion" jsonschema_description:"The first version, where no tag is there."`
	ZeroVersion    schemaZero      `json:"zeroVersion" jsonschema_description:"What changes make while the version is 0.x."`
	Branches       schemaBranches  `json:"branches" jsonschema_description:"The branches that releases are made from; a branch is the first entry's that it fits."`
	Rules          []schemaRule    `json:"rules" jsonschema_description:"What commits ask for; a commit that one of these fits is theirs alone, and the last that fits decides."`
	MaxBump        schemaBump      `json:"maxBump" jsonschema_description:"A bigger bump is refused, unless --allow or a footer Allow-Bump lets it pass."`
	Squash         bool            `json:"squash" jsonschema_description:"Read several changes from the body of one squashed commit."`
	Corrections    schemaPath      `json:"corrections" jsonschema_description:"The file that says how single commits are to be read."`
	Deepen         schemaDeepen    `json:"deepen" jsonschema_description:"Whether what a shallow clone lacks is read from the remote."`
	Notes          schemaNotes     `json:"notes" jsonschema_description:"What release notes look like."`
	Changelog      schemaChangelog `json:"changelog" jsonschema_description:"The file with all notes; false for none."`
	VersionFiles   schemaVersions  `json:"versionFiles" jsonschema_description:"Files of the release commit that name the version."`
	Commit         schemaCommit    `json:"commit" jsonschema_description:"The release commit; made only if a file changes."`
	Tag            schemaTag       `json:"tag" jsonschema_description:"The tag of a release."`
	GitHub         schemaGitHub    `json:"github" jsonschema_description:"The GitHub release: false for none, true insists on it."`
	NPM            schemaNPM       `json:"npm" jsonschema_description:"Publish the package to its npm registry."`
	Hooks          schemaHooks     `json:"hooks" jsonschema_description:"Commands of the project's own; they get the plan as JSON on standard input and SEMCUT_* variables."`
	Lint           schemaLint      `json:"lint" jsonschema_description:"The settings of semcut lint, in commitlint's words."`
}

type schemaZero struct {
	Breaking schemaZeroBreaking `json:"breaking" jsonschema_description:"What a breaking change makes: major is 1.0.0."`
	Feature  schemaZeroFeature  `json:"feature" jsonschema_description:"What a feature makes."`
}

type schemaBranch struct {
	Name       schemaText       `json:"name" jsonschema:"required" jsonschema_description:"A name, or a pattern like release/*."`
	Channel    schemaChannel    `json:"channel" jsonschema_description:"The channel of its releases; false for the default one."`
	Prerelease schemaPrerelease `json:"prerelease" jsonschema_description:"The identifier of its pre-releases; true takes the branch's name."`
	Range      schemaMaybeText  `json:"range" jsonschema_description:"Makes it a maintenance branch: 1.x, 1.2.x, ${match.1}.x."`
}

type schemaRule struct {
	Bump        schemaRuleBump  `json:"bump" jsonschema:"required" jsonschema_description:"How far such a commit moves the version."`
	Breaking    bool            `json:"breaking" jsonschema_description:"The commit announces a breaking change."`
	Revert      bool            `json:"revert" jsonschema_description:"The commit takes another one back."`
	Type        schemaMaybeText `json:"type" jsonschema_description:"A pattern; empty: the commit has none."`
	Scope       schemaMaybeText `json:"scope" jsonschema_description:"A pattern; empty: the commit has none."`
	Description schemaMaybeText `json:"description" jsonschema_description:"A pattern for what stands behind the colon."`
	Header      schemaMaybeText `json:"header" jsonschema_description:"A pattern for the first line."`
	Body        schemaMaybeText `json:"body" jsonschema_description:"A pattern; empty: the commit has none."`
	Footer      schemaMaybeText `json:"footer" jsonschema_description:"A pattern; empty: the commit has none."`
	Message     schemaMaybeText `json:"message" jsonschema_description:"A pattern for the whole message."`
	Hash        schemaMaybeText `json:"hash" jsonschema_description:"A pattern for the commit's hash."`
}

type schemaNotes struct {
	Layout        schemaLayout    `json:"layout" jsonschema_description:"How notes are laid out."`
	Template      schemaPath      `json:"template" jsonschema_description:"The file of the layout template."`
	Sections      []schemaSection `json:"sections" jsonschema_description:"Where types stand, and in which order; types that it doesn't name stay as they are."`
	Ignore        []string        `json:"ignore" jsonschema_description:"Regular expressions (RE2); commits whose message one matches stay out of the notes."`
	IgnoreRevs    schemaPath      `json:"ignoreRevs" jsonschema_description:"A file of hashes, one a line, that stay out of the notes."`
	IssuePrefixes []schemaText    `json:"issuePrefixes" jsonschema_description:"What stands before an issue's number."`
	Links         schemaLinks     `json:"links" jsonschema_description:"Templates of addresses, where those of the remote's host don't do."`
	People        schemaPath      `json:"people" jsonschema_description:"The file of e-mail addresses and the logins of their owners."`
}

type schemaSection struct {
	Type   schemaText `json:"type" jsonschema:"required" jsonschema_description:"The type of commits."`
	Scope  string     `json:"scope" jsonschema_description:"Their scope; left out, every scope."`
	Title  string     `json:"title" jsonschema_description:"The heading that they stand below."`
	Hidden bool       `json:"hidden" jsonschema_description:"They stand nowhere."`
}

type schemaLinks struct {
	Commit  schemaLink `json:"commit" jsonschema_description:"Of a commit: ${host}, ${owner}, ${repository}, ${hash}."`
	Compare schemaLink `json:"compare" jsonschema_description:"Of two releases: ${previousTag}, ${tag}."`
	Issue   schemaLink `json:"issue" jsonschema_description:"Of an issue: ${id}, ${prefix}."`
	User    schemaLink `json:"user" jsonschema_description:"Of a person: ${user}."`
}

type schemaChangelogMap struct {
	File        schemaChangelogFile `json:"file" jsonschema_description:"A path; auto: CHANGELOG.md if it is tracked; false: none."`
	Title       string              `json:"title" jsonschema_description:"What a new file begins with."`
	Prereleases schemaPrereleases   `json:"prereleases" jsonschema_description:"Whether pre-releases have sections of their own in a whole changelog."`
	SkipTags    []string            `json:"skipTags" jsonschema_description:"Patterns of tags that are left out with their commits."`
	IgnoreTags  []string            `json:"ignoreTags" jsonschema_description:"Patterns of tags whose commits stand in the next section."`
}

type schemaVersionMap struct {
	Path    schemaText `json:"path" jsonschema:"required" jsonschema_description:"A path or a pattern below the root of the repository."`
	Key     string     `json:"key" jsonschema_description:"Where in a JSON, YAML or TOML file the version stands: a.b, packages[0].version."`
	Marker  bool       `json:"marker" jsonschema_description:"The version stands in lines with x-semcut-version."`
	Pattern string     `json:"pattern" jsonschema:"pattern=version" jsonschema_description:"A regular expression (RE2) with a group named version."`
	XPath   string     `json:"xpath" jsonschema_description:"Where in an XML file the version stands: /project/version."`
}

type schemaCommit struct {
	Message schemaTemplate `json:"message" jsonschema_description:"The release commit's message, a template."`
	Files   schemaFiles    `json:"files" jsonschema_description:"More files to put in: paths, folders, patterns."`
	Author  schemaAuthor   `json:"author" jsonschema_description:"Name and e-mail address; by default git's own."`
	Sign    schemaSign     `json:"sign" jsonschema_description:"How it is signed; auto is git's own setting, api by the forge, without a key."`
}

type schemaTag struct {
	Annotated bool           `json:"annotated" jsonschema_description:"false makes lightweight tags."`
	Message   schemaTemplate `json:"message" jsonschema_description:"An annotated tag's message, a template."`
	Sign      schemaTagSign  `json:"sign" jsonschema_description:"How an annotated tag is signed; auto is git's own setting."`
	Floating  schemaFloating `json:"floating" jsonschema_description:"Tags that move with each release: major moves v1, minor moves v1.2."`
}

type schemaGitHubMap struct {
	URL          schemaURL         `json:"url" jsonschema_description:"An Enterprise server's address."`
	API          schemaURL         `json:"api" jsonschema_description:"The address of its API."`
	Assets       schemaAssets      `json:"assets" jsonschema_description:"Files of the release: paths, folders, patterns; an exclamation mark takes files out again."`
	Title        schemaTemplate    `json:"title" jsonschema_description:"The title of the page, a template."`
	Body         schemaTemplate    `json:"body" jsonschema_description:"The text of the page, a template."`
	Draft        bool              `json:"draft" jsonschema_description:"Leave the page a draft."`
	Discussion   string            `json:"discussion" jsonschema_description:"The category of a discussion that is opened for it."`
	Comments     schemaComments    `json:"comments" jsonschema_description:"Tell released pull requests and issues: true, false, a template, or who is told."`
	Labels       schemaLabels      `json:"labels" jsonschema_description:"Labels for what was released, templates; false for none."`
	FailureIssue schemaFailure     `json:"failureIssue" jsonschema_description:"Open an issue when a release fails."`
	AddReleases  schemaAddReleases `json:"addReleases" jsonschema_description:"Where the page names the other places of the release."`
}

type schemaAssetMap struct {
	Path  schemaText `json:"path" jsonschema:"required" jsonschema_description:"A path, a folder or a pattern of the work tree."`
	Name  string     `json:"name" jsonschema_description:"What it is called on the page, a template."`
	Label string     `json:"label" jsonschema_description:"What is shown in place of its name, a template."`
}

type schemaCommentMap struct {
	Text   schemaTemplate `json:"text" jsonschema_description:"What the comment says, a template."`
	Pulls  bool           `json:"pulls" jsonschema_description:"Tell pull requests."`
	Issues bool           `json:"issues" jsonschema_description:"Tell issues."`
	Unless []string       `json:"unless" jsonschema_description:"Labels of those that aren't told."`
}

type schemaFailureMap struct {
	Title     string   `json:"title" jsonschema_description:"The issue's title."`
	Labels    []string `json:"labels" jsonschema_description:"Its labels."`
	Assignees []string `json:"assignees" jsonschema_description:"The logins of those that look after it."`
}

type schemaNPMMap struct {
	Dir        string          `json:"dir" jsonschema_description:"The package's folder."`
	Registry   schemaURL       `json:"registry" jsonschema_description:"The registry's address; by default what npm's own settings say."`
	Tag        string          `json:"tag" jsonschema_description:"The dist-tag of the default channel."`
	Access     schemaAccess    `json:"access" jsonschema_description:"Who may see the package."`
	Provenance bool            `json:"provenance" jsonschema_description:"Publish with a statement of where it was built."`
	Client     schemaNPMClient `json:"client" jsonschema_description:"Whether the npm program publishes."`
	TarballDir string          `json:"tarballDir" jsonschema_description:"Where the packed tarball is kept, too."`
}

type schemaHooks struct {
	Version schemaHook `json:"version" jsonschema_description:"Says what commits ask for."`
	Notes   schemaHook `json:"notes" jsonschema_description:"Adds to the notes."`
	Verify  schemaHook `json:"verify" jsonschema_description:"Runs before anything is written; a failure stops the release."`
	Prepare schemaHook `json:"prepare" jsonschema_description:"Runs when version and changelog are written, before the commit."`
	Promote schemaHook `json:"promote" jsonschema_description:"Runs when a release gets on this branch's channel, too."`
	Publish schemaHook `json:"publish" jsonschema_description:"Runs when the tag is pushed."`
	Success schemaHook `json:"success" jsonschema_description:"Runs when all is published."`
	Fail    schemaHook `json:"fail" jsonschema_description:"Runs when a release failed."`
}

type schemaHookMap struct {
	Run     schemaText    `json:"run" jsonschema:"required" jsonschema_description:"The command, for the shell."`
	Timeout schemaTimeout `json:"timeout" jsonschema_description:"How long it may take: 90s, 10m, 1h30m."`
}

type schemaLint struct {
	Extends        schemaExtends      `json:"extends" jsonschema_description:"conventional, angular, a commitlint package that is installed, or a file."`
	Rules          schemaLintRules    `json:"rules" jsonschema_description:"Rules by their name: [level, always or never, value]; level 0 is off, 1 warns, 2 is an error."`
	Ignores        []string           `json:"ignores" jsonschema_description:"Regular expressions (RE2); messages that one matches are not checked."`
	DefaultIgnores bool               `json:"defaultIgnores" jsonschema_description:"Pass over merges, reverts and the like."`
	ParserPreset   schemaParserPreset `json:"parserPreset" jsonschema_description:"How messages are read."`
	HelpURL        string             `json:"helpUrl" jsonschema_description:"An address to name below problems."`
	Prompt         map[string]any     `json:"prompt" jsonschema_description:"Questions of semcut commit, as cz-commitlint has them."`
}
