package release

import (
	"context"
	"io/fs"
	"time"

	"github.com/Masterminds/semver/v3"

	"github.com/semcut/semcut/commitparse"
)

// Plan is everything that a release would do and why, as a value: what is left of it is pure, what is
// right of it (Apply) can be run twice.
type Plan struct {
	Head    string   `json:"head"` // the commit that is released
	Branch  Branch   `json:"branch"`
	Changes []Change `json:"changes"` // one entry a package
	// Promotion is what comes before the changes: the last release gets on this branch's channel; null where it is there.
	Promotion *Promotion `json:"promotion"`
	Steps     []Step     `json:"steps"`
	// Warnings are what a person should know but what stops nothing.
	Warnings []string `json:"warnings"`

	spec spec
}

// spec is what Apply needs of the options: it is no part of the decision and isn't printed.
type spec struct {
	base       string // the commit that the remote's branch must hold, "" without a remote
	localRef   string
	repository string
	commit     CommitOptions // both of its people act at date
	tag        TagOptions
	date       time.Time
	work       Work                 // without the publishers
	commits    []commitparse.Commit // what is in the release, newest first
	// read reads the commits where a release is finished, once somebody asks for them; nil where they are known.
	read  func(context.Context) ([]commitparse.Commit, error)
	push  bool
	loose bool // the edits are in the work tree only
	// replan plans a change's edits again, from what files hold by then.
	replan  func(files fs.FS, c *Change) ([]Edit, error)
	prepare []Preparation // nil is the usual order
	note    bool          // the release's channel is written down
	noted   string        // the notes that the remote has of its tag already
	process Process
}

// history gives the commits that are in the release, newest first.
func (p *Plan) history(ctx context.Context) ([]commitparse.Commit, error) {
	if p.spec.read != nil {
		commits, err := p.spec.read(ctx)
		if err != nil {
			return nil, err
		}
		p.spec.commits, p.spec.read = commits, nil
	}
	return p.spec.commits, nil
}

// Change is what happens to one package.
type Change struct {
	Package string     `json:"package"`
	Last    *Release   `json:"last"` // null before the first release
	Next    *Release   `json:"next"` // null where nothing is due
	Bump    Bump       `json:"bump"`
	Commits []Decision `json:"commits"` // newest first
	// Candidates are the version tags that are higher than Last and were not taken for it, the highest first.
	Candidates []Candidate `json:"candidates"`
	// Reasons say which settings and wishes turned what the commits ask for into something else.
	Reasons []string `json:"reasons"`
	Edits   []Edit   `json:"edits"`
}

// Release is one version of a package, past or planned.
type Release struct {
	Package    string          `json:"package"`
	Version    *semver.Version `json:"version"`
	Tag        string          `json:"tag"`
	Commit     string          `json:"commit"` // "" while the release commit is still to be made
	Branch     string          `json:"branch"`
	Channel    string          `json:"channel"`
	Prerelease bool            `json:"prerelease"` // also a version of a branch that is not yet "latest"
	Latest     bool            `json:"latest"`     // this is the line that a forge shows first
	Date       time.Time       `json:"date,omitzero"`
	Notes      string          `json:"notes"`
	Changelog  string          `json:"changelog,omitempty"` // the file at Commit that has the notes, too; "" where none does
	URL        string          `json:"url,omitempty"`
	Elsewhere  []Receipt       `json:"elsewhere,omitempty"` // where it was published before

	last *Release // the one before it, as far as it is known; nil at the first
	bump Bump     // how far it moves the version
}

// Step is one thing that Apply will do, in this order.
type Step struct {
	ID      string `json:"id"`   // "publish:github"
	Kind    string `json:"kind"` // one of the Kind constants
	Package string `json:"package"`
	Summary string `json:"summary"`
}

// The kinds of step, in the order in which they come.
const (
	KindPromote  = "promote"
	KindEdit     = "edit"
	KindCommit   = "commit"
	KindTag      = "tag"
	KindPush     = "push"
	KindPublish  = "publish"
	KindFloat    = "float"
	KindAnnounce = "announce"
)

// KindHook is a step that runs a command of the project's own; its point says when.
const KindHook = "hook"

// KindFiles is the step that puts further files into the release commit.
const KindFiles = "files"

// Due says whether the plan releases anything.
func (p *Plan) Due() bool {
	for _, c := range p.Changes {
		if c.Next != nil {
			return true
		}
	}
	return false
}

// Tag gives the tag that the plan makes, "" where it makes none.
func (p *Plan) Tag() string {
	for _, c := range p.Changes {
		if c.Next != nil {
			return c.Next.Tag
		}
	}
	return ""
}

// Idle says whether the plan does nothing at all.
func (p *Plan) Idle() bool { return !p.Due() && p.Promotion == nil }

// edits gives the edits of all packages.
func (p *Plan) edits() []Edit {
	var all []Edit
	for _, c := range p.Changes {
		all = append(all, c.Edits...)
	}
	return all
}
