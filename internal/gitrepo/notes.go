package gitrepo

import (
	"context"
	"fmt"
	"io"
	"sync"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/filemode"
	"github.com/go-git/go-git/v5/plumbing/object"
	"github.com/go-git/go-git/v5/plumbing/storer"
	"github.com/go-git/go-git/v5/storage/memory"

	"github.com/semcut/semcut/release"
)

// maxNote bounds the text of a note.
const maxNote = 64 << 10

// Note gives the git note that a ref of this clone holds for an object; nil where there is none.
func (r *Repo) Note(_ context.Context, ref, object string) ([]byte, error) {
	hash, ok := r.Ref(ref)
	if !ok {
		return nil, nil
	}
	return readNote(r.storage(), ref, hash, object)
}

// readNote reads the note for an object from the notes' commit at hash.
func readNote(store storer.EncodedObjectStorer, ref, hash, about string) (_ []byte, err error) {
	defer recovered(&err)
	_, found, err := findNote(store, hash, about)
	if err != nil || found.IsZero() {
		return nil, brokenNote(ref, err)
	}
	blob, err := object.GetBlob(store, found)
	if err == nil && blob.Size > maxNote {
		err = fmt.Errorf("the note has %d bytes", blob.Size)
	}
	if err != nil {
		return nil, brokenNote(ref, err)
	}
	in, err := blob.Reader()
	if err != nil {
		return nil, brokenNote(ref, err)
	}
	defer in.Close()
	text, err := io.ReadAll(in)
	return text, brokenNote(ref, err)
}

func brokenNote(ref string, err error) error {
	if err == nil {
		return nil
	}
	return release.Errorf(release.CodeRepository, fmt.Sprintf("see \"git fsck\"; fetch it again with \"git fetch origin +%s:%[1]s\"", ref), "reading the notes in %s: %w", ref, err)
}

// findNote walks to the note for an object: notes lie in a tree under the object's name, which git cuts into folders of
// two digits where there are many. path is where it lies, or would.
func findNote(store storer.EncodedObjectStorer, hash, about string) (path string, blob plumbing.Hash, err error) {
	commit, err := object.GetCommit(store, plumbing.NewHash(hash))
	if err != nil {
		return "", plumbing.ZeroHash, err
	}
	next, rest := commit.TreeHash, about
	for !next.IsZero() {
		tree, err := object.GetTree(store, next)
		if err != nil {
			return "", plumbing.ZeroHash, err
		}
		next = plumbing.ZeroHash
		for _, e := range tree.Entries {
			switch {
			case e.Name == rest && e.Mode != filemode.Dir:
				return path + rest, e.Hash, nil
			case len(rest) > 2 && e.Name == rest[:2] && e.Mode == filemode.Dir:
				next = e.Hash
			}
		}
		if !next.IsZero() {
			path, rest = path+rest[:2]+"/", rest[2:]
		}
	}
	return path + rest, plumbing.ZeroHash, nil
}

// WriteNote writes a commit of git notes: those of the commit at spec.Base, with the note for spec.Object put in.
func (w *Worktree) WriteNote(ctx context.Context, spec release.NoteSpec) (string, error) {
	path := spec.Object
	if spec.Base != "" {
		var err error
		if path, _, err = findNote(w.repo.storage(), spec.Base, spec.Object); err != nil {
			return "", unreadable("notes at the commit", spec.Base, err)
		}
	}
	return w.WriteCommit(ctx, release.CommitSpec{
		Base: spec.Base, Edits: []release.Edit{{Path: path, New: spec.Text}},
		Message: "Notes added by 'semcut release'\n", Author: spec.By, Committer: spec.By,
	})
}

// Fetch brings what a ref of the remote holds into this clone, without a ref of its own.
func (r *Remote) Fetch(ctx context.Context, ref, hash string) error {
	if r.repo.storage().HasEncodedObject(plumbing.NewHash(hash)) == nil {
		return nil
	}
	return r.fetch(ctx, wish{doing: "fetching " + ref + " of the remote", wants: []string{hash}}, r.repo.store)
}

// Online is the repository with the remote's notes in the place of its own: a clone has none, unless somebody fetched
// them. Each is read when it is asked for, into memory; the clone stays as it was.
func (r *Remote) Online(refs *release.RemoteRefs) *Online {
	return &Online{Repo: r.repo, remote: r, refs: refs, read: map[string]*memory.Storage{}}
}

// Online is what [Remote.Online] gives.
type Online struct {
	*Repo
	remote *Remote
	refs   *release.RemoteRefs

	mu   sync.Mutex
	read map[string]*memory.Storage // by ref
}

var _ release.History = (*Online)(nil)

// Note gives the git note that a ref of the remote holds for an object; nil where there is none.
func (o *Online) Note(ctx context.Context, ref, object string) ([]byte, error) {
	hash, there := o.refs.Refs[ref]
	if !there {
		return nil, nil
	}
	if o.storage().HasEncodedObject(plumbing.NewHash(hash)) == nil {
		return readNote(o.storage(), ref, hash, object)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	store := o.read[ref]
	if store == nil {
		store = memory.NewStorage()
		err := o.remote.fetch(ctx, wish{doing: "reading " + ref + " of the remote", wants: []string{hash}}, store)
		if err != nil {
			return nil, err
		}
		o.read[ref] = store
	}
	return readNote(store, ref, hash, object)
}
