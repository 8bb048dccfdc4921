package release

import (
	"context"
	"io"
)

// Publisher makes the world contain a release: a forge's release page, a registry's package.
// One contract serves all of them (release/releasetest holds its suite).
type Publisher interface {
	// Name is the publisher's short name, "github"; it stands in plans and receipts.
	Name() string
	// Check verifies, without writing, that Publish will be allowed to work.
	Check(ctx context.Context, plan *Plan) error
	// Publish makes the release be there, whatever of it is there already, and says where.
	// Run again it changes nothing. What stands in the way is never overwritten.
	Publish(ctx context.Context, r Release, assets []Asset) (Receipt, error)
}

// Promoter is a Publisher that shows on which channel a release is.
type Promoter interface {
	// Promote makes a release that is published already stand as r says: a pre-release or not, the latest or not. Where
	// it isn't published it is. Nothing else of it changes, and run again nothing does.
	Promote(ctx context.Context, r Release) (Receipt, error)
}

// Asset is one file that goes with a release.
type Asset struct {
	Name      string
	Label     string
	MediaType string // "" lets the publisher choose
	Size      int64
	Open      func() (io.ReadCloser, error)
}

// Receipt says what a publisher did and where it can be seen.
type Receipt struct {
	Publisher string `json:"publisher"`
	URL       string `json:"url,omitempty"`
	Done      string `json:"done"` // "created", "finished", "changed" or "found"
}
