package gitrepo

import (
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/format/packfile"
	"github.com/go-git/go-git/v5/plumbing/object"
	"github.com/go-git/go-git/v5/plumbing/protocol/packp"
	"github.com/go-git/go-git/v5/plumbing/protocol/packp/capability"
	"github.com/go-git/go-git/v5/plumbing/protocol/packp/sideband"
	"github.com/go-git/go-git/v5/plumbing/storer"
	"github.com/go-git/go-git/v5/plumbing/transport"
	"github.com/go-git/go-git/v5/storage"
	"github.com/go-git/go-git/v5/storage/memory"

	"github.com/semcut/semcut/release"
)

// wish says what to fetch.
type wish struct {
	doing string
	wants []string
	haves []string
	// onlyCommits leaves trees and files out where the server can.
	onlyCommits bool
	// onlyFiles asks for the commits that are wanted and none below, with their files, but for large ones where the server can.
	onlyFiles bool
}

// fetch gets what the wants reach and the haves don't, into a store of its own: the clone stays as it is.
func (r *Remote) fetch(ctx context.Context, w wish, store storage.Storer) error {
	return r.talk(ctx, w.doing, func(c transport.Transport, ep *transport.Endpoint, auth transport.AuthMethod) error {
		session, err := c.NewUploadPackSession(ep, auth)
		if err != nil {
			return err
		}
		defer session.Close()
		adv, err := session.AdvertisedReferencesContext(ctx)
		if err != nil {
			return err
		}
		req, err := w.request(adv)
		if err != nil {
			return err
		}
		answer, err := session.UploadPack(ctx, req)
		if err != nil {
			return err
		}
		defer answer.Close()
		return packfile.UpdateObjectStorage(store, packOf(req, answer))
	})
}

func (w wish) request(adv *packp.AdvRefs) (*packp.UploadPackRequest, error) {
	req := packp.NewUploadPackRequestFromCapabilities(adv.Capabilities)
	if adv.Capabilities.Supports(capability.NoProgress) {
		if err := req.Capabilities.Set(capability.NoProgress); err != nil {
			return nil, err
		}
	}
	if w.onlyCommits && adv.Capabilities.Supports(capability.Filter) {
		req.Filter = packp.FilterTreeDepth(0)
		if err := req.Capabilities.Set(capability.Filter); err != nil {
			return nil, err
		}
	}
	if w.onlyFiles && adv.Capabilities.Supports(capability.Shallow) {
		req.Depth = packp.DepthCommits(1)
		if err := req.Capabilities.Set(capability.Shallow); err != nil {
			return nil, err
		}
		if adv.Capabilities.Supports(capability.Filter) {
			req.Filter = packp.FilterBlobLimit(1, packp.BlobLimitPrefixMebi)
			if err := req.Capabilities.Set(capability.Filter); err != nil {
				return nil, err
			}
		}
	}
	for _, want := range w.wants {
		req.Wants = append(req.Wants, plumbing.NewHash(want))
	}
	for _, have := range w.haves {
		req.Haves = append(req.Haves, plumbing.NewHash(have))
	}
	return req, nil
}

// packOf takes the pack out of the side band that it may come over.
func packOf(req *packp.UploadPackRequest, answer io.Reader) io.Reader {
	switch {
	case req.Capabilities.Supports(capability.Sideband64k):
		return sideband.NewDemuxer(sideband.Sideband64k, answer)
	case req.Capabilities.Supports(capability.Sideband):
		return sideband.NewDemuxer(sideband.Sideband, answer)
	}
	return answer
}

// Contains says whether the remote's commit tip, which its ref holds, reaches commit, which this clone has.
func (r *Remote) Contains(ctx context.Context, ref, tip, commit string) (bool, error) {
	if r.repo.storage().HasEncodedObject(plumbing.NewHash(tip)) == nil {
		return r.repo.IsAncestor(ctx, commit, tip)
	}
	store := memory.NewStorage()
	if err := r.fetch(ctx, wish{doing: "asking the remote about " + ref + " at", wants: []string{tip}, haves: []string{commit}, onlyCommits: true}, store); err != nil {
		return false, err
	}
	// The server left out what commit reaches; so tip reaches commit just where a new commit has it as parent.
	for _, encoded := range store.Commits {
		c, err := object.DecodeCommit(store, encoded)
		if err != nil {
			return false, err
		}
		if slices.Contains(c.ParentHashes, plumbing.NewHash(commit)) {
			return true, nil
		}
	}
	return false, nil
}

// maxPlan bounds plan.json of an open release.
const maxPlan = 16 << 20

// ReadOpen fetches plan.json of the open release at hash.
func (r *Remote) ReadOpen(ctx context.Context, ref, hash string) ([]byte, error) {
	store := memory.NewStorage()
	if err := r.fetch(ctx, wish{doing: "reading " + ref + " of the remote", wants: []string{hash}}, store); err != nil {
		return nil, err
	}
	data, err := readPlan(store, hash)
	if err != nil {
		return nil, release.Errorf(release.CodeOpen, "delete it there, if nobody's release needs it", "reading %s of the remote: %w", ref, err)
	}
	return data, nil
}

// readPlan reads plan.json out of an open release's commit.
func readPlan(store storer.EncodedObjectStorer, hash string) ([]byte, error) {
	commit, err := object.GetCommit(store, plumbing.NewHash(hash))
	if err != nil {
		return nil, err
	}
	tree, err := commit.Tree()
	if err != nil {
		return nil, err
	}
	file, err := tree.File(planName)
	if err != nil {
		return nil, fmt.Errorf("it holds no %s", planName)
	}
	if file.Size > maxPlan {
		return nil, fmt.Errorf("%s has %d bytes", planName, file.Size)
	}
	in, err := file.Reader()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	return io.ReadAll(in)
}
