package release

import (
	"context"
	"encoding/json"
	"time"

	"github.com/semcut/semcut/commitparse"
)

// Edit is the new content of one file of the release commit.
type Edit struct {
	Path    string // slash-separated, below the root of the work tree
	Old     []byte // what HEAD holds; nil where the file is new
	New     []byte // nil deletes the file
	Created bool
	// Here says that the file of the work tree is somebody else's work: only the commit and the index get the new content.
	Here       bool
	Executable bool // of a file that is new, or Here
	// Before is what the index has of a file that is Here; with Back the index gets that again, whatever New is.
	Before Indexed
	Back   bool
	// Loose says that the file only changes in the work tree, from what it holds there; it is no part of the release commit
	// unless CommitOptions.Files name it, too.
	Loose bool
}

// Indexed is what an index has of a file: an object under a mode of git's. The zero Indexed is no file.
type Indexed struct {
	Object string
	Mode   uint32
}

// MarshalJSON writes the texts as texts; null where there is none.
func (e Edit) MarshalJSON() ([]byte, error) {
	text := func(b []byte) *string {
		if b == nil {
			return nil
		}
		s := string(b)
		return &s
	}
	return json.Marshal(struct {
		Path    string  `json:"path"`
		Created bool    `json:"created"`
		Old     *string `json:"old"`
		New     *string `json:"new"`
	}{e.Path, e.Created, text(e.Old), text(e.New)})
}

// RefUpdate moves one ref from Old to New. "" as Old means that the ref must not exist yet,
// "" as New that it is deleted. A ref that holds another value than Old is never touched.
type RefUpdate struct {
	Name, Old, New string
}

// CommitSpec describes a release commit: Base's tree with the edits put in, nothing else of index or
// work tree.
type CommitSpec struct {
	Base              string
	Edits             []Edit
	Message           string
	Author, Committer commitparse.Signature
	Signer            Signer // nil leaves it unsigned
}

// TagSpec describes a tag. Annotated tags get an object of their own; a lightweight one is its commit.
type TagSpec struct {
	Name      string
	Commit    string
	Annotated bool
	Message   string
	Tagger    commitparse.Signature
	Signer    Signer // nil leaves it unsigned; only annotated tags can be signed
}

// NoteSpec describes a git note.
type NoteSpec struct {
	Base   string // the commit of the notes so far; "" where there are none
	Object string // what the note is about
	Text   []byte
	By     commitparse.Signature
}

// Staged holds edits that are written beside their files, so that a full disk shows before anything
// has moved.
type Staged interface {
	Commit() error // renames them into place and brings the index up to date for exactly these paths
	Discard()      // removes them again; after Commit it does nothing
}

// Checkout is what a work tree can be asked without being able to write to it.
type Checkout interface {
	// CheckEdits says why edits can't be applied: a path that differs from base in work tree or index,
	// that is no plain file, leads out of the work tree, or can't be written.
	CheckEdits(ctx context.Context, base string, edits []Edit) error
}

// Worktree is the writing half of a repository. A dry run is never handed one.
//
// WriteCommit, WriteTag, WriteNote and WriteOpen only add objects, which nobody sees until a ref names them, and
// give the same hash for the same input; so they need not ask whether their effect is there.
type Worktree interface {
	Checkout
	WriteCommit(ctx context.Context, spec CommitSpec) (hash string, err error)
	WriteTag(ctx context.Context, spec TagSpec) (hash string, err error)
	// WriteNote writes a commit of git notes: those at spec.Base with one note more, or another one.
	WriteNote(ctx context.Context, spec NoteSpec) (hash string, err error)
	// WriteOpen writes an open release: a parentless commit whose tree holds only plan.json.
	WriteOpen(ctx context.Context, planJSON []byte, when time.Time) (hash string, err error)
	// ReadOpen gives plan.json of an open release that this clone has; ok is false where it lacks it.
	ReadOpen(ctx context.Context, hash string) (planJSON []byte, ok bool, err error)
	// WorkEdits gives what the files of the work tree that a spec, whose path is filled, stands for would change at a
	// commit. found says whether it stands for any.
	WorkEdits(ctx context.Context, base string, spec FileSpec) (edits []Edit, found bool, err error)
	// SameTree says whether two commits hold the same files.
	SameTree(ctx context.Context, a, b string) (bool, error)
	// Stage writes the edits beside their files. Edits whose New stands there already are left out.
	Stage(ctx context.Context, edits []Edit) (Staged, error)
	// Restore brings the files that the second commit has and the first has not, or has otherwise, to
	// what the second holds, where they still are as the first has them; others are left as they are. With loose the index
	// is left as it is.
	Restore(ctx context.Context, from, to string, loose bool) error
	// LocalRefs gives the refs of this clone whose names begin with prefix: name → hash.
	LocalRefs(ctx context.Context, prefix string) (map[string]string, error)
	// UpdateRefs moves refs of this clone one after the other. HEAD, detached, may be named too.
	UpdateRefs(ctx context.Context, updates []RefUpdate) error
}

// RemoteRefs is what a remote has, as one listing told it.
type RemoteRefs struct {
	Head   string            // the branch that its HEAD points at, "" where it doesn't say
	Refs   map[string]string // full name → object
	Peeled map[string]string // full name of an annotated tag → the commit behind it
}

// TagCommit gives the commit that the remote's tag leads to, "" where there is no such tag.
func (r *RemoteRefs) TagCommit(tag string) string {
	name := "refs/tags/" + tag
	if commit := r.Peeled[name]; commit != "" {
		return commit
	}
	return r.Refs[name]
}

// Branch gives the commit of the remote's branch, "" where there is no such branch.
func (r *RemoteRefs) Branch(name string) string { return r.Refs["refs/heads/"+name] }

// Remote is the repository that releases are pushed to.
type Remote interface {
	// Refs lists the remote, afresh at each call.
	Refs(ctx context.Context) (*RemoteRefs, error)
	// ReadOpen fetches plan.json of the open release at hash, without touching this clone.
	ReadOpen(ctx context.Context, ref, hash string) ([]byte, error)
	// Fetch brings the object that a ref holds, with all that it reaches, into this clone.
	Fetch(ctx context.Context, ref, hash string) error
	// MayPush asks whether these credentials may push here, and whether the server moves several refs at once, without
	// pushing. What it can't tell (rules for single branches and tags) shows in a push.
	MayPush(ctx context.Context) error
	// Push moves all the refs or none, each only from its old value, and lists the remote afterwards
	// to see that it is so. Errors carry CodeMoved where a ref had another value, CodeAuth or
	// CodeForbidden for credentials, CodeRefused with the server's own words, CodeRemote where it is
	// not known what the remote did.
	Push(ctx context.Context, updates []RefUpdate) error
}
