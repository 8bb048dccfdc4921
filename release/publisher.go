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

// Packer is a Publisher that can leave what it publishes in the work tree, so that it goes with the release as an asset.
type Packer interface {
	// Packs says whether anybody asked for that.
	Packs() bool
	// Pack leaves the packed version and gives its path, slash-separated and below the root of the work tree; "" where
	// nobody asked for it. It runs when the files with the new version are written, before the commit.
	Pack(ctx context.Context, version string) (path string, err error)
}

// Abstainer is a Publisher that may have nothing to publish.
type Abstainer interface {
	// Abstains gives the reason in a few words; "" where it publishes.
	Abstains() string
}

// Asset is one file that goes with a release.
type Asset struct {
	Name      string `json:"name"`
	Label     string `json:"label,omitempty"`
	MediaType string `json:"mediaType,omitempty"` // "" lets the publisher choose
	Size      int64  `json:"size"`                // bytes
	SHA256    string `json:"sha256"`              // of the content, in lower-case hexadecimal digits
	// Open gives the content. It may fail where a run finishes what another one began and has no such file: a publisher
	// opens only what its service lacks.
	Open func() (io.ReadCloser, error) `json:"-"`
}

// Receipt says what a publisher did and where it can be seen.
type Receipt struct {
	Publisher string `json:"publisher"`
	Name      string `json:"name,omitempty"` // what the page is called, "npm package (@latest)"; "" leaves it to the publisher's name
	URL       string `json:"url,omitempty"`
	Done      string `json:"done"` // "created", "finished", "changed", "found" or, of what isn't to be published at all, "skipped"
}
