package release

import (
	"io/fs"
	"time"

	"github.com/Masterminds/semver/v3"

	"github.com/semcut/semcut/changelog"
	"github.com/semcut/semcut/commitparse"
)

// Options say what to plan. They are data: everything that they need of the world was read before.
type Options struct {
	Head   string // the commit to release
	Branch Branch
	Lines  []Line             // all branches that releases are made from, in their order: what they have released bounds this one
	Format commitparse.Format // how messages are read
	Rules  Rules              // what they ask for, before the default rules

	TagFormat    TagFormat
	Initial      *semver.Version // the first version; nil means 1.0.0
	FirstRelease bool            // a first release is meant, whatever looks like older versions
	Policy       Policy
	Corrections  []Correction // how single commits are to be read
	Unnoted      []string     // hashes, whole or abbreviated, of commits that stand in no notes
	Wish         Wish

	Attributors []Attributor // those to ask about the commits of notes; none where nobody is to be asked

	Notes        changelog.Options // version, tags and date are filled in
	Changelog    ChangelogOptions
	VersionFiles []VersionFile
	Commit       CommitOptions
	Tag          TagOptions
	// Loose makes the edits in the work tree only, from what Files, which is the work tree then, holds. What of them gets
	// into the release commit Commit.Files say.
	Loose bool
	// Prepare is the order in which the release is prepared; nil is that of the constants.
	Prepare []Preparation

	Files    fs.FS             // the tree at Head
	LocalRef string            // what a release commit moves in this clone: "refs/heads/main", or "HEAD" where it is detached
	Remote   *RemoteRefs       // nil: no remote was asked
	Pending  []string          // tags of releases that were made in this clone and are still to be pushed
	Push     bool              // push and publish, not only commit and tag
	Publish  []string          // the publishers' names, in their order
	Abstain  map[string]string // why one of them publishes nothing, by its name
	Announce []string          // the names of those that tell the people whom a release concerns

	Hooks     Hooks
	NoNotes   bool        // the commits make no notes
	MoreNotes []string    // what the notes hooks say, each a paragraph below the notes
	Assets    []AssetSpec // files of the work tree that go with the release
	// AnnounceFirst says that people are told of a first release, too; otherwise they are not.
	AnnounceFirst bool
	AnnounceAll   bool // however many there are to be told, and of a first release, too

	Repository string // host/owner/name: what an open release belongs to
	Now        time.Time
	Process    Process

	Warn func(string)        // is told what a person should know of the notes; nil for nobody
	Hide func(string) string // takes credentials out of notes and messages; nil for nothing to hide
}

func (o Options) warn(text string) {
	if o.Warn != nil {
		o.Warn(text)
	}
}

// ChangelogOptions say which file gets the notes.
type ChangelogOptions struct {
	File  string // a path; AutoChangelog; "" for none
	Title string // the heading of a new file
	// Prepend puts the notes at the top of the file, whatever stands there, as semantic-release does (spec §5.1).
	Prepend bool
	// Of a whole changelog: Prereleases have sections of their own there, instead of being folded into the release that they
	// led to. SkipTags and their commits stand nowhere; IgnoreTags make no section, their commits stand in the next one.
	Prereleases          bool
	SkipTags, IgnoreTags []Glob
}

// AutoChangelog stands for CHANGELOG.md where that is tracked at HEAD, and for no file elsewhere.
const AutoChangelog = "auto"

// CommitOptions say what the release commit looks like.
type CommitOptions struct {
	Message           string // template
	Author, Committer commitparse.Signature
	Signer            Signer // nil leaves it unsigned
	// Files are further files that it holds as they are in the work tree, whatever made them.
	Files []FileSpec
	// ByForge lets the forge make the commit, which then signs it.
	ByForge bool
}

// FileSpec is a path, a folder or a pattern of files in the work tree.
type FileSpec struct {
	Path     string
	Not      []string // patterns and folders of files that it is not for, after all
	Dot      bool     // * and ? take a leading dot, too, as in semantic-release's lists of assets
	Optional bool     // that there is no such file is nothing to tell of
	Place    string   // where it is written: file, line, column and key
}

// Preparation is one thing that gets a release ready.
type Preparation struct {
	Kind string // one of the Prepare constants
	Hook int    // which of the prepare hooks, counted from 0
}

// The kinds of preparation, in their usual order.
const (
	PrepareChangelog = "changelog" // write the changelog
	PrepareVersions  = "versions"  // write the version files
	PrepareHook      = "hook"      // run a prepare hook
	PreparePack      = "pack"      // let publishers leave what they publish in the work tree
	PrepareFiles     = "files"     // put the further files into the release commit as they are now
)

// TagOptions say what the tag looks like.
type TagOptions struct {
	Annotated bool
	Message   string // template
	Signer    Signer // nil leaves it unsigned
	Floating  []Bump // the parts of the version that have a tag which is moved: Major moves v1, Minor v1.2
}

// Process tells which run is at work, so that another one knows whether it is over. The zero one is nobody.
type Process struct {
	Run  string `json:"run,omitempty"` // "github-actions/<run id>/<attempt>", "" outside CI
	Host string `json:"host"`
	PID  int    `json:"pid"`
}

// Line is a branch and the commit that it is at.
type Line struct {
	Branch Branch
	Commit string
}
