package gitrepo

import (
	"context"
	"io"

	"github.com/go-git/go-git/v5/plumbing"

	"github.com/semcut/semcut/release"
)

// signable is a commit or a tag.
type signable interface {
	EncodeWithoutSignature(plumbing.EncodedObject) error
}

// sign gives the signature of an object's bytes as they are without it, which is what git verifies; "" without a signer. In
// a commit it goes into the header gpgsig, whatever its kind; in a tag it follows the message.
func sign(ctx context.Context, signer release.Signer, o signable) (string, error) {
	if signer == nil {
		return "", nil
	}
	encoded := &plumbing.MemoryObject{}
	if err := o.EncodeWithoutSignature(encoded); err != nil {
		return "", err
	}
	in, err := encoded.Reader()
	if err != nil {
		return "", err
	}
	defer in.Close()
	payload, err := io.ReadAll(in)
	if err != nil {
		return "", err
	}
	return signer.Sign(ctx, payload)
}
