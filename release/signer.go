package release

import "context"

// Signer signs commits and tags.
type Signer interface {
	// Sign gives the signature of a commit's or a tag's bytes, armored, as git puts it into them.
	Sign(ctx context.Context, payload []byte) (signature string, err error)
}
