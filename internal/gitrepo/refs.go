package gitrepo

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/object"

	"github.com/semcut/semcut/internal/diskfile"
	"github.com/semcut/semcut/internal/gitpack"
	"github.com/semcut/semcut/release"
)

// refTable is all refs at one moment.
type refTable struct {
	packed packedRefs
	own    map[string]string // loose refs and others that go before the packed ones: full name → object
	links  map[string]string // symbolic refs: full name → full name
}

// openRefs gives the table with packed-refs in it, and with nothing loose yet.
func (r *Repo) openRefs() (*refTable, error) {
	packed, err := r.packedRefs()
	if err != nil {
		return nil, err
	}
	return &refTable{packed: packed, own: map[string]string{}, links: map[string]string{}}, nil
}

// readRefs reads packed-refs once and the loose refs over it.
func (r *Repo) readRefs() (*refTable, error) { return r.readRefsIn("refs") }

// readRefsIn reads of the loose refs only those in a folder.
func (r *Repo) readRefsIn(folder string) (*refTable, error) {
	t, err := r.openRefs()
	if err != nil {
		return nil, err
	}
	for _, dir := range r.refDirs() {
		if err := t.loose(dir, folder); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// refDirs are the folders that loose refs lie below, those of a linked work tree last.
func (r *Repo) refDirs() []string {
	if r.gitDir == r.commonDir {
		return []string{r.commonDir}
	}
	return []string{r.commonDir, r.gitDir}
}

func (t *refTable) loose(dir, folder string) error {
	return filepath.WalkDir(filepath.Join(dir, filepath.FromSlash(folder)), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !isRefPart(d.Name()) {
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		name := filepath.ToSlash(rel)
		if d.Type()&(fs.ModeNamedPipe|fs.ModeSocket|fs.ModeDevice) != 0 {
			return release.Errorf(release.CodeRepository, "delete it", "reading the ref %q: it is no file", name)
		}
		return t.read(dir, name)
	})
}

// read reads a loose ref, if there is one.
func (t *refTable) read(dir, name string) error {
	data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil // deleted meanwhile
	}
	if err != nil {
		return err
	}
	text := strings.TrimSpace(string(data))
	if target, ok := strings.CutPrefix(text, "ref: "); ok {
		t.links[name] = strings.TrimSpace(target)
		return nil
	}
	if !isHash(text) {
		return release.Errorf(release.CodeRepository, "see \"git fsck\"; delete the broken ref, or clone the repository anew", "reading the ref %q: %.60q is no object name", name, text)
	}
	t.own[name] = text
	return nil
}

// isRefPart says whether a ref's name may have such a part (git-check-ref-format(1)). Other files, as those that
// desktops leave in folders, are no refs.
func isRefPart(part string) bool {
	return !strings.HasPrefix(part, ".") && !strings.HasSuffix(part, ".") && !strings.HasSuffix(part, ".lock") &&
		!strings.Contains(part, "..") && !strings.Contains(part, "@{") && !strings.ContainsAny(part, " ~^:?*[\\\x7f") &&
		!strings.ContainsFunc(part, func(r rune) bool { return r < ' ' })
}

// direct gives the object of a ref that is no symbolic one, and what packed-refs tells that an annotated tag stands on.
func (t *refTable) direct(name string) (hash, peeled string, ok bool) {
	if hash, ok := t.own[name]; ok {
		return hash, "", true
	}
	if _, link := t.links[name]; link {
		return "", "", false
	}
	if ref := t.packed.find(name); ref != nil {
		return ref.hash, ref.peeled, true
	}
	return "", "", false
}

// maxLinks is how many symbolic refs may lead to each other, as in git.
const maxLinks = 5

// get gives the object of a ref, through symbolic refs.
func (t *refTable) get(name string) (string, bool) {
	for range maxLinks {
		if hash, _, ok := t.direct(name); ok {
			return hash, true
		}
		target, ok := t.links[name]
		if !ok {
			return "", false
		}
		name = target
	}
	return "", false
}

// below hands out the refs whose names begin so, by name, with what packed-refs tells that annotated tags stand on.
// Symbolic refs are none of them.
func (t *refTable) below(prefix string) iter.Seq[packedRef] {
	return func(yield func(packedRef) bool) {
		var own []string
		for name := range t.own {
			if strings.HasPrefix(name, prefix) {
				own = append(own, name)
			}
		}
		slices.Sort(own)
		for _, ref := range t.packed.below(prefix) {
			for len(own) > 0 && own[0] < ref.name {
				if !yield(packedRef{name: own[0], hash: t.own[own[0]]}) {
					return
				}
				own = own[1:]
			}
			if _, link := t.links[ref.name]; link || len(own) > 0 && own[0] == ref.name {
				continue
			}
			if !yield(ref) {
				return
			}
		}
		for _, name := range own {
			if !yield(packedRef{name: name, hash: t.own[name]}) {
				return
			}
		}
	}
}

// refs gives all refs that hold an object.
func (r *Repo) refs() (map[string]string, error) {
	t, err := r.readRefs()
	if err != nil {
		return nil, err
	}
	head, err := r.readHead()
	if err != nil {
		return nil, err
	}
	all := map[string]string{}
	for ref := range t.below("") {
		all[ref.name] = ref.hash
	}
	if hash := head.hash; hash != "" {
		all["HEAD"] = hash
	}
	return all, nil
}

// Ref gives the object that a full ref name holds.
func (r *Repo) Ref(name string) (hash string, ok bool) {
	hash, ok, err := r.lookUp(name)
	return hash, ok && err == nil
}

// lookUp gives the object of one ref, through symbolic refs, and reads no others.
func (r *Repo) lookUp(name string) (hash string, ok bool, err error) {
	t, err := r.openRefs()
	if err != nil {
		return "", false, err
	}
	at := name
	for range maxLinks {
		if err := r.readLoose(t, at); err != nil {
			return "", false, err
		}
		target, linked := t.links[at]
		if !linked {
			break
		}
		at = target
	}
	hash, ok = t.get(name)
	return hash, ok, nil
}

// readLoose reads one loose ref into a table, where there is one of that name.
func (r *Repo) readLoose(t *refTable, name string) error {
	if !strings.HasPrefix(name, "refs/") || strings.Contains(name, "..") {
		return nil
	}
	for _, dir := range r.refDirs() {
		if info, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(name))); err != nil || !info.Mode().IsRegular() && info.Mode()&fs.ModeSymlink == 0 {
			continue // a folder, or nothing
		}
		if err := t.read(dir, name); err != nil {
			return err
		}
	}
	return nil
}

// Branches lists the names of the branches that a remote had when it was asked last; where nobody asked one, of those that
// are here. What was never pushed is nobody's release branch.
func (r *Repo) Branches(remote string) ([]string, error) {
	t, err := r.readRefs()
	if err != nil {
		return nil, err
	}
	for _, prefix := range []string{"refs/remotes/" + remote + "/", "refs/heads/"} {
		var names []string
		for ref := range t.below(prefix) {
			names = append(names, ref.name[len(prefix):])
		}
		if len(names) > 0 {
			return names, nil
		}
	}
	return nil, nil
}

// OpenReleases lists the tags of the open releases that this clone knows of.
func (r *Repo) OpenReleases() ([]string, error) {
	t, err := r.readRefs()
	if err != nil {
		return nil, err
	}
	var tags []string
	for ref := range t.below(release.OpenPrefix) {
		tags = append(tags, ref.name[len(release.OpenPrefix):])
	}
	return tags, nil
}

// RemoteHead is the branch that the remote's HEAD pointed at when it was cloned, "" where nobody knows.
func (r *Repo) RemoteHead(remote string) string {
	data, err := os.ReadFile(filepath.Join(r.commonDir, "refs", "remotes", remote, "HEAD"))
	if err != nil {
		return ""
	}
	name, ok := strings.CutPrefix(strings.TrimSpace(string(data)), "ref: refs/remotes/"+remote+"/")
	if !ok {
		return ""
	}
	return name
}

// Head is what is checked out.
type Head struct {
	Commit   string // "" on a branch without commits
	Branch   string // "" where HEAD is detached
	Detached bool
	Unborn   bool
}

type rawHead struct{ link, hash string }

func (r *Repo) readHead() (rawHead, error) {
	file := filepath.Join(r.gitDir, "HEAD")
	data, err := os.ReadFile(file)
	if err != nil {
		return rawHead{}, release.Errorf(release.CodeRepository, "see \"git fsck\"", "reading %q: %w", file, diskfile.Cause(err))
	}
	text := strings.TrimSpace(string(data))
	if link, ok := strings.CutPrefix(text, "ref: "); ok {
		return rawHead{link: strings.TrimSpace(link)}, nil
	}
	if !isHash(text) {
		return rawHead{}, release.Errorf(release.CodeRepository, "mend it with \"git symbolic-ref HEAD refs/heads/BRANCH\"", "reading %q: %.60q is neither a branch nor a commit", file, text)
	}
	return rawHead{hash: text}, nil
}

// Head reads what is checked out.
func (r *Repo) Head(ctx context.Context) (Head, error) {
	raw, err := r.readHead()
	if err != nil {
		return Head{}, err
	}
	if raw.link == "" {
		commit, err := r.peel(raw.hash)
		return Head{Commit: commit, Detached: true}, err
	}
	hash, ok, err := r.lookUp(raw.link)
	if err != nil {
		return Head{}, err
	}
	h := Head{Branch: strings.TrimPrefix(raw.link, "refs/heads/")}
	if !ok {
		h.Unborn = true
		return h, ctx.Err()
	}
	h.Commit, err = r.peel(hash)
	return h, err
}

const tagRefs = "refs/tags/"

// Tags lists every tag that leads to a commit, by name.
func (r *Repo) Tags(ctx context.Context) ([]release.Tag, error) {
	tags, err := r.TagRefs(ctx)
	if err != nil {
		return nil, err
	}
	kept := tags[:0]
	for _, tag := range tags {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if tag.Commit, err = r.PeelTag(tag); err != nil {
			return nil, err
		}
		if tag.Commit != "" {
			kept = append(kept, tag)
		}
	}
	return kept, nil
}

// PeelTag gives the commit that a tag leads to, "" where it leads to none. What packed-refs says that it stands on is looked at.
func (r *Repo) PeelTag(tag release.Tag) (commit string, err error) {
	if r.fromDeep(tag) {
		return tag.Commit, nil
	}
	hash := tag.Commit
	if len(r.replaced) > 0 {
		hash = tag.Object
	}
	if commit, err = r.peelTo(hash); err != nil {
		return "", release.Errorf(release.CodeRepository, "fetch it again with \"git fetch --tags --force\", or see \"git fsck\"", "reading the tag %q: %w", tag.Name, err)
	}
	return commit, nil
}

// fromDeep says whether a tag came with the history that a shallow clone lacks.
func (r *Repo) fromDeep(tag release.Tag) bool {
	deep, ok := r.deepTags[tag.Name]
	return ok && deep == tag
}

// TagRefs lists every tag, by name, and looks at none of their objects: to do that for ten thousand tags takes longer than all
// the rest. What each stands on is what packed-refs says, else the object that it holds.
func (r *Repo) TagRefs(ctx context.Context) ([]release.Tag, error) {
	t, err := r.readRefs()
	if err != nil {
		return nil, err
	}
	for name := range t.links {
		if hash, ok := t.get(name); ok {
			t.own[name] = hash
		}
	}
	tags := make([]release.Tag, 0, len(t.packed.below(tagRefs)))
	for ref := range t.below(tagRefs) {
		tags = append(tags, release.Tag{Name: ref.name[len(tagRefs):], Object: ref.hash, Commit: cmp.Or(ref.peeled, ref.hash)})
	}
	here := len(tags)
	for _, tag := range r.deepTags {
		if _, _, there := t.direct(tagRefs + tag.Name); !there {
			tags = append(tags, tag)
		}
	}
	if len(tags) > here {
		slices.SortFunc(tags, func(a, b release.Tag) int { return strings.Compare(a.Name, b.Name) })
	}
	return tags, ctx.Err()
}

// errNoCommit says that an object leads to no commit.
var errNoCommit = errors.New("it leads to no commit")

// peel gives the commit that an object leads to.
func (r *Repo) peel(hash string) (string, error) {
	commit, err := r.peelTo(hash)
	if err == nil && commit == "" {
		err = errNoCommit
	}
	if err != nil {
		return "", release.Errorf(release.CodeRepository, "see \"git fsck\"; clone the repository anew", "reading the object %q: %w", hash, err)
	}
	return commit, nil
}

// maxNesting bounds tags of tags.
const maxNesting = 64

var errNested = errors.New("its tags are nested too deep")

// peelTo follows tags to what they stand on; "" where that is no commit.
func (r *Repo) peelTo(hash string) (commit string, err error) {
	defer recovered(&err)
	for range maxNesting {
		id, _ := gitpack.ParseID(hash)
		is, known := r.store.isCommit(r.standInOf(id))
		if !known {
			_, _, err := r.parentsOf(hash)
			if is = err == nil; err != nil && !errors.Is(err, errOtherType) {
				return "", err
			}
		}
		if is {
			return hash, nil
		}
		tag, err := object.GetTag(r.store, plumbing.NewHash(r.standIn(hash)))
		if errors.Is(err, plumbing.ErrObjectNotFound) {
			return "", nil // a tree or a blob
		}
		if err != nil {
			return "", err
		}
		hash = tag.Target.String()
	}
	return "", errNested
}

// recovered turns a panic of the library on a broken repository into an error.
func recovered(err *error) {
	if p := recover(); p != nil {
		*err = release.Errorf(release.CodeRepository, "see \"git fsck\"; clone the repository anew", "reading the repository: it is broken: %v", p)
	}
}
