package gitrepo

import (
	"errors"
	"os"
	"path/filepath"

	"github.com/go-git/go-billy/v5/osfs"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/cache"
	"github.com/go-git/go-git/v5/storage/filesystem"

	"github.com/semcut/semcut/internal/gitpack"
)

// objectStore is go-git's storage with another reader of objects before it. Which of the two reads is decided when the
// repository is opened, and once for all of its objects.
type objectStore struct {
	*filesystem.Storage
	objects *gitpack.Store // nil where go-git reads
}

// readerVariable lets go-git read the objects, "go-git": for tests that compare, and for whoever finds a difference.
const readerVariable = "SEMCUT_OBJECT_READER"

// openStorage opens the storage in a folder .git.
func openStorage(dir string) (*objectStore, error) {
	s := &objectStore{Storage: filesystem.NewStorageWithOptions(osfs.New(dir), cache.NewObjectLRU(cache.DefaultMaxSize), filesystem.Options{
		KeepDescriptors: true, AlternatesFS: osfs.New("/"), LargeObjectThreshold: largeObject,
	})}
	if os.Getenv(readerVariable) == "go-git" {
		return s, nil
	}
	objects, err := gitpack.Open(filepath.Join(dir, "objects"))
	if _, corrupt := errors.AsType[*gitpack.CorruptError](err); err != nil && !corrupt && !errors.Is(err, gitpack.ErrUnsupported) {
		return nil, err
	}
	if err == nil {
		s.objects = objects
	}
	return s, nil
}

// EncodedObject reads an object. One that is large go-git reads, piece by piece.
func (s *objectStore) EncodedObject(kind plumbing.ObjectType, hash plumbing.Hash) (plumbing.EncodedObject, error) {
	if s.objects == nil {
		return s.Storage.EncodedObject(kind, hash)
	}
	is, data, err := s.objects.Get(gitpack.ID(hash), largeObject)
	switch {
	case errors.Is(err, gitpack.ErrTooLarge):
		return s.Storage.EncodedObject(kind, hash)
	case err != nil:
		return nil, asGoGit(err)
	case kind != plumbing.AnyObject && kind != plumbing.ObjectType(is):
		return nil, plumbing.ErrObjectNotFound
	}
	o := &readObject{hash: hash}
	o.SetType(plumbing.ObjectType(is))
	_, err = o.Write(data)
	return o, err
}

// viewCommit reads a commit, and shows its bytes, without its message maybe those before that only; known is false where go-git
// has to be asked.
func (s *objectStore) viewCommit(id gitpack.ID, message bool, use func(kind gitpack.Kind, data []byte) error) (known bool, err error) {
	if s.objects == nil {
		return false, nil
	}
	view := s.objects.ViewHead
	if message {
		view = s.objects.View
	}
	err = view(id, largeObject, use)
	if errors.Is(err, gitpack.ErrTooLarge) || errors.Is(err, gitpack.ErrNotFound) {
		return false, nil // it is read piece by piece, or looked for elsewhere
	}
	return true, err
}

// isCommit says whether an object is a commit; known is false where that takes to read it.
func (s *objectStore) isCommit(id gitpack.ID) (is, known bool) {
	if s.objects == nil {
		return false, false
	}
	kind, err := s.objects.Kind(id)
	return kind == gitpack.Commit, err == nil
}

// graph gives the commit-graph, nil where there is none.
func (s *objectStore) graph() *gitpack.Graph {
	if s.objects == nil {
		return nil
	}
	return s.objects.Graph()
}

// HasEncodedObject says with nil that there is such an object.
func (s *objectStore) HasEncodedObject(hash plumbing.Hash) error {
	if s.objects == nil {
		return s.Storage.HasEncodedObject(hash)
	}
	_, err := s.objects.Kind(gitpack.ID(hash))
	return asGoGit(err)
}

// EncodedObjectSize gives the size of an object in bytes.
func (s *objectStore) EncodedObjectSize(hash plumbing.Hash) (int64, error) {
	if s.objects == nil {
		return s.Storage.EncodedObjectSize(hash)
	}
	_, size, err := s.objects.Size(gitpack.ID(hash))
	return size, asGoGit(err)
}

// Close lets go of all files.
func (s *objectStore) Close() error {
	if s.objects != nil {
		s.objects.Close()
	}
	return s.Storage.Close()
}

// asGoGit gives the error that go-git has for the same.
func asGoGit(err error) error {
	if errors.Is(err, gitpack.ErrNotFound) {
		return plumbing.ErrObjectNotFound
	}
	return err
}

// readObject is an object whose name is known already.
type readObject struct {
	plumbing.MemoryObject
	hash plumbing.Hash
}

// Hash is the object's name.
func (o *readObject) Hash() plumbing.Hash { return o.hash }
