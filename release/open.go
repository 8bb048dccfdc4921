package release

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// OpenPrefix begins the names of the refs that say which releases are under way. Such a ref holds a
// parentless commit with plan.json only. It is pushed with branch and tag in one atomic push and
// deleted by the last step, so that every clone can see what is unfinished and finish it.
const OpenPrefix = "refs/semcut/open/"

// openShape is the version of plan.json's shape.
const openShape = 1

// OpenRelease is plan.json: what a run that finishes a release can't read off the world. It is data
// and no authority: tag, commit and branch are checked, and what is done comes from the configuration.
type OpenRelease struct {
	Semcut     int           `json:"semcut"`     // openShape
	Repository string        `json:"repository"` // host/owner/name
	Tag        string        `json:"tag"`
	Version    string        `json:"version"`
	Branch     string        `json:"branch"`
	LastTag    string        `json:"lastTag"` // the release before it, "" for the first
	Bump       Bump          `json:"bump"`
	Base       string        `json:"base"`      // where the remote's branch was before
	Head       string        `json:"head"`      // the commit that was released
	Commit     string        `json:"commit"`    // the commit that is tagged: the release commit, or head
	TagObject  string        `json:"tagObject"` // what the tag ref holds
	Date       time.Time     `json:"date"`
	Notes      string        `json:"notes"`
	Changelog  string        `json:"changelog,omitempty"` // the file that has the notes, too
	Steps      []string      `json:"steps"`               // the ids of the steps that come after the push
	Prepared   string        `json:"prepared,omitempty"`  // a commit with what was written into the work tree before there was a tag
	Before     string        `json:"before,omitempty"`    // a commit with what stood there until then, where that wasn't Head's
	Promised   bool          `json:"promised,omitempty"`  // which assets it has is settled
	Assets     []OpenAsset   `json:"assets,omitempty"`
	Receipts   []StepReceipt `json:"receipts,omitempty"`
	Process    Process       `json:"process"`
	Since      time.Time     `json:"since"` // when that process took the release up
}

// OpenAsset is a file that goes with a release, as it was when the release was made.
type OpenAsset struct {
	Path string `json:"path"` // in the work tree
	Asset
}

// StepReceipt says of a step that the world can't be asked about how far it came. One without Done was begun.
type StepReceipt struct {
	Step   string    `json:"step"` // the step's id
	Done   bool      `json:"done"`
	At     time.Time `json:"at"`
	Output *Receipt  `json:"output,omitempty"` // what it says that it did
}

// encode gives plan.json.
func (o OpenRelease) encode() ([]byte, error) {
	data, err := json.MarshalIndent(o, "", "  ")
	return append(data, '\n'), err
}

// DecodeOpen reads plan.json of the open release of a tag.
func DecodeOpen(tag string, data []byte) (OpenRelease, error) {
	var o OpenRelease
	if err := json.Unmarshal(data, &o); err != nil {
		return o, fmt.Errorf("reading the open release %q: %w", tag, err)
	}
	if o.Semcut != openShape {
		return o, fmt.Errorf("reading the open release %q: its shape is %d, this semcut knows %d", tag, o.Semcut, openShape)
	}
	if o.Tag != tag {
		return o, fmt.Errorf("reading the open release %q: it speaks of tag %q", tag, o.Tag)
	}
	return o, nil
}

// openTag gives the tag that an open release's ref is about.
func openTag(ref string) (string, bool) { return strings.CutPrefix(ref, OpenPrefix) }
