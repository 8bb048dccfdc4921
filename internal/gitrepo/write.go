package gitrepo

import (
	"context"
	"errors"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/filemode"
	"github.com/go-git/go-git/v5/plumbing/object"

	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/internal/diskfile"
	"github.com/semcut/semcut/release"
)

// WriteCommit writes the commit object: base's tree with the edits put in. An empty base makes a root commit.
func (w *Worktree) WriteCommit(ctx context.Context, spec release.CommitSpec) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	commit := &object.Commit{Author: signature(spec.Author), Committer: signature(spec.Committer), Message: plainText(spec.Message)}
	base := plumbing.ZeroHash
	if spec.Base != "" {
		parent, err := object.GetCommit(w.repo.storage(), plumbing.NewHash(spec.Base))
		if err != nil {
			return "", unreadable("commit", spec.Base, err)
		}
		commit.ParentHashes, base = []plumbing.Hash{parent.Hash}, parent.TreeHash
	}
	edits := map[string]release.Edit{}
	for _, e := range spec.Edits {
		if err := checkPath(e.Path); err != nil {
			return "", err
		}
		edits[e.Path] = e
	}
	tree, err := w.writeTree(base, edits, "")
	if err == nil {
		commit.TreeHash = tree
		commit.PGPSignature, err = sign(ctx, spec.Signer, commit)
	}
	if err == nil {
		var hash string
		if hash, err = w.store(commit); err == nil {
			return hash, nil
		}
	}
	if _, told := errors.AsType[*release.Error](err); told {
		return "", err
	}
	if errors.Is(err, plumbing.ErrObjectNotFound) {
		return "", unreadable("tree of the commit", spec.Base, err)
	}
	return "", release.Errorf(release.CodeFile, "check the free space and the rights of the .git folder", "making the release commit: %w", diskfile.Cause(err))
}

// writeTree writes a tree with the edits of the folder at prefix put in.
func (w *Worktree) writeTree(base plumbing.Hash, edits map[string]release.Edit, prefix string) (plumbing.Hash, error) {
	tree := &object.Tree{}
	if !base.IsZero() {
		have, err := object.GetTree(w.repo.storage(), base)
		if err != nil {
			return plumbing.ZeroHash, err
		}
		tree.Entries = append(tree.Entries, have.Entries...)
	}
	here, below := splitEdits(edits)
	for name, e := range here {
		if err := w.putFile(tree, name, e, prefix); err != nil {
			return plumbing.ZeroHash, err
		}
	}
	for name, inner := range below {
		old := plumbing.ZeroHash
		for _, e := range tree.Entries {
			if e.Name == name && e.Mode == filemode.Dir {
				old = e.Hash
			}
		}
		sub, err := w.writeTree(old, inner, prefix+name+"/")
		if err == nil && sub.String() == emptyTree {
			tree.Entries = without(tree.Entries, name)
			continue
		}
		if err == nil {
			err = put(tree, name, filemode.Dir, sub, prefix)
		}
		if err != nil {
			return plumbing.ZeroHash, err
		}
	}
	sort.Sort(object.TreeEntrySorter(tree.Entries))
	hash, err := w.store(tree)
	return plumbing.NewHash(hash), err
}

// emptyTree is the tree of a folder without files, which git knows no folders of.
const emptyTree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"

// putFile puts a file into a tree, or takes it out.
func (w *Worktree) putFile(tree *object.Tree, name string, e release.Edit, prefix string) error {
	if e.New == nil {
		tree.Entries = without(tree.Entries, name)
		return nil
	}
	blob, err := w.writeBlob(e.New)
	if err != nil {
		return err
	}
	mode := filemode.Regular
	if e.Executable {
		mode = filemode.Executable
	}
	if err := put(tree, name, mode, blob, prefix); err != nil || !e.Here {
		return err
	}
	for i := range tree.Entries { // it goes as the work tree has it
		if tree.Entries[i].Name == name {
			tree.Entries[i].Mode = mode
		}
	}
	return nil
}

func without(entries []object.TreeEntry, name string) []object.TreeEntry {
	return slices.DeleteFunc(entries, func(e object.TreeEntry) bool { return e.Name == name })
}

// splitEdits parts the edits of a folder from those of the folders in it.
func splitEdits(edits map[string]release.Edit) (here map[string]release.Edit, below map[string]map[string]release.Edit) {
	here, below = map[string]release.Edit{}, map[string]map[string]release.Edit{}
	for path, e := range edits {
		name, rest, deep := strings.Cut(path, "/")
		if !deep {
			here[name] = e
			continue
		}
		if below[name] == nil {
			below[name] = map[string]release.Edit{}
		}
		below[name][rest] = e
	}
	return here, below
}

// put sets an entry. A file keeps its mode; one kind of entry never takes the place of another.
func put(tree *object.Tree, name string, mode filemode.FileMode, hash plumbing.Hash, prefix string) error {
	for i, e := range tree.Entries {
		if e.Name != name {
			continue
		}
		file := mode != filemode.Dir
		if file && e.Mode != filemode.Regular && e.Mode != filemode.Executable && e.Mode != filemode.Deprecated || !file && e.Mode != filemode.Dir {
			return release.Errorf(release.CodeFile, "name another path, or move away what is there", "changing %q: in the commit it is no plain file or folder (%s)", prefix+name, e.Mode)
		}
		tree.Entries[i].Hash = hash
		return nil
	}
	tree.Entries = append(tree.Entries, object.TreeEntry{Name: name, Mode: mode, Hash: hash})
	return nil
}

func (w *Worktree) writeBlob(data []byte) (plumbing.Hash, error) {
	encoded := w.repo.storage().NewEncodedObject()
	encoded.SetType(plumbing.BlobObject)
	out, err := encoded.Writer()
	if err != nil {
		return plumbing.ZeroHash, err
	}
	_, err = out.Write(data)
	if err = errors.Join(err, out.Close()); err != nil {
		return plumbing.ZeroHash, err
	}
	return w.repo.storage().SetEncodedObject(encoded)
}

// encoder is a git object that can be written.
type encoder interface {
	Encode(plumbing.EncodedObject) error
}

// store writes an object, unless it is there.
func (w *Worktree) store(o encoder) (string, error) {
	encoded := w.repo.storage().NewEncodedObject()
	if err := o.Encode(encoded); err != nil {
		return "", err
	}
	hash := encoded.Hash()
	if w.repo.storage().HasEncodedObject(hash) == nil {
		return hash.String(), nil
	}
	hash, err := w.repo.storage().SetEncodedObject(encoded)
	return hash.String(), err
}

// WriteTag writes the object of an annotated tag; a lightweight one has none but its commit.
func (w *Worktree) WriteTag(ctx context.Context, spec release.TagSpec) (string, error) {
	if !spec.Annotated {
		return spec.Commit, nil
	}
	tag := &object.Tag{
		Name: spec.Name, Tagger: signature(spec.Tagger), Message: plainText(spec.Message),
		TargetType: plumbing.CommitObject, Target: plumbing.NewHash(spec.Commit),
	}
	if spec.Signer != nil && !strings.HasSuffix(tag.Message, "\n") {
		tag.Message += "\n" // the signature must begin a line
	}
	var err error
	if tag.PGPSignature, err = sign(ctx, spec.Signer, tag); err != nil {
		return "", err
	}
	hash, err := w.store(tag)
	if err != nil {
		return "", release.Errorf(release.CodeFile, "check the free space and the rights of the .git folder", "making the tag %q: %w", spec.Name, diskfile.Cause(err))
	}
	return hash, nil
}

// WriteOpen writes an open release: a parentless commit whose tree holds only plan.json.
func (w *Worktree) WriteOpen(ctx context.Context, planJSON []byte, when time.Time) (string, error) {
	who := commitparse.Signature{Name: "semcut", Email: "semcut@localhost", When: when}
	return w.WriteCommit(ctx, release.CommitSpec{
		Edits: []release.Edit{{Path: planName, New: planJSON}}, Message: "semcut: a release is under way\n", Author: who, Committer: who,
	})
}

// ReadOpen reads plan.json of an open release that this clone has.
func (w *Worktree) ReadOpen(_ context.Context, hash string) ([]byte, bool, error) {
	if w.repo.storage().HasEncodedObject(plumbing.NewHash(hash)) != nil {
		return nil, false, nil
	}
	data, err := readPlan(w.repo.storage(), hash)
	if err != nil {
		return nil, false, release.Errorf(release.CodeOpen, "delete its ref, or see \"git fsck\"", "reading the open release %.7s: %w", hash, err)
	}
	return data, true, nil
}

// plainText leaves out the one character that git doesn't take.
func plainText(text string) string { return strings.ReplaceAll(text, "\x00", "") }

func signature(s commitparse.Signature) object.Signature {
	clean := func(text string) string {
		return strings.Map(func(r rune) rune {
			if r < ' ' || r == '<' || r == '>' {
				return -1
			}
			return r
		}, text)
	}
	return object.Signature{Name: strings.TrimSpace(clean(s.Name)), Email: clean(s.Email), When: s.When}
}

// difference lists the plain files that differ between two commits, as edits from the first to the second.
func (r *Repo) difference(from, to string) ([]release.Edit, error) {
	a, err := r.treeOf(from)
	if err != nil {
		return nil, err
	}
	b, err := r.treeOf(to)
	if err != nil {
		return nil, err
	}
	changes, err := a.Diff(b)
	if err != nil {
		return nil, unreadable("difference of", short(from)+" and "+short(to), err)
	}
	var edits []release.Edit
	for _, c := range changes {
		before, after, err := c.Files()
		if err != nil || before == nil && after == nil {
			continue // a link or a submodule is nothing that a release changes
		}
		e := release.Edit{Path: c.From.Name, Created: before == nil}
		if after != nil {
			e.Path, e.Executable = c.To.Name, after.Mode == filemode.Executable
			if e.New, err = contents(after); err != nil {
				return nil, err
			}
		}
		if before != nil {
			if e.Old, err = contents(before); err != nil {
				return nil, err
			}
		}
		edits = append(edits, e)
	}
	return edits, nil
}

// SameTree says whether two commits hold the same files.
func (w *Worktree) SameTree(_ context.Context, a, b string) (bool, error) {
	one, err := w.repo.treeOf(a)
	if err != nil {
		return false, err
	}
	other, err := w.repo.treeOf(b)
	return err == nil && one.Hash == other.Hash, err
}

func (r *Repo) treeOf(commit string) (*object.Tree, error) { return treeIn(r.storage(), commit) }

func treeIn(store *objectStore, commit string) (tree *object.Tree, err error) {
	defer recovered(&err)
	c, err := object.GetCommit(store, plumbing.NewHash(commit))
	if err == nil {
		tree, err = c.Tree()
	}
	if err != nil {
		return nil, unreadable("tree of the commit", commit, err)
	}
	return tree, nil
}

func contents(f *object.File) ([]byte, error) {
	text, err := f.Contents()
	return append([]byte{}, text...), err // an empty file is one, too
}
