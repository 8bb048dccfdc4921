package release

import (
	"context"

	"github.com/semcut/semcut/commitparse"
)

// Announcer is a Publisher that can tell the people whom a release concerns.
type Announcer interface {
	// Announce tells everybody whom the release concerns, each once: run again it tells nobody twice. The release is out,
	// so what can't be told is no error but a line of warnings; the error is only for a run that was interrupted.
	Announce(ctx context.Context, a Announcement) (warnings []string, err error)
}

// Announcement is what there is to tell.
type Announcement struct {
	Release Release
	Commits []commitparse.Commit // what is in it, newest first
	First   bool                 // there was no release before it
	All     bool                 // of a first release, too, and however many there are to be told
}

// Alarm is a Publisher that keeps the people of a project informed while its releases fail.
type Alarm interface {
	// Raise tells of a failure and says where: in an issue that is opened, or in the one that is open already.
	Raise(ctx context.Context, f Failure) (url string, err error)
	// Clear ends the alarm of a branch, where there is one.
	Clear(ctx context.Context, branch string) error
}

// Failure is a release that failed.
type Failure struct {
	Branch  string // "" where it failed before it was known
	Code    Code
	Message string // one line: what was being done, to which thing, why it failed
	Hint    string // one line: what mends it; "" where nobody knows
	Run     string // where the run can be seen; "" where it can't
}

// Committer is a Publisher whose forge makes commits itself, and signs them.
type Committer interface {
	// CommitOnBranch makes one commit with spec's edits and message on a branch of the forge, which stands at spec.Base
	// and at nothing else. Who it is by, and when, is for the forge to say.
	CommitOnBranch(ctx context.Context, branch string, spec CommitSpec) (hash string, err error)
}
