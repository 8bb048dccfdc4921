package gitrepo

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/object"

	"github.com/semcut/semcut/internal/diskfile"
	"github.com/semcut/semcut/release"
)

// refTable is all refs at one moment.
type refTable struct {
	hashes map[string]string // full name → object
	peeled map[string]string // full name → commit or other object behind an annotated tag, as packed-refs tells
	links  map[string]string // symbolic refs: full name → full name
}

// readRefs reads packed-refs once and the loose refs over it.
func (r *Repo) readRefs() (*refTable, error) {
	t, err := r.packedRefs()
	if err != nil {
		return nil, err
	}
	dirs := []string{r.commonDir}
	if r.gitDir != r.commonDir {
		dirs = append(dirs, r.gitDir)
	}
	for _, dir := range dirs {
		if err := t.loose(dir); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// packedRefs reads packed-refs, or gives what was read before where the file is still the same.
func (r *Repo) packedRefs() (*refTable, error) {
	file := filepath.Join(r.commonDir, "packed-refs")
	info, err := os.Stat(file)
	r.mu.Lock()
	defer r.mu.Unlock()
	if was := r.packed.info; err != nil || was == nil || !os.SameFile(was, info) || was.Size() != info.Size() || !was.ModTime().Equal(info.ModTime()) {
		t := &refTable{hashes: map[string]string{}, peeled: map[string]string{}, links: map[string]string{}}
		if err := t.packed(file); err != nil {
			return nil, err
		}
		r.packed.info, r.packed.table = info, t
	}
	t := r.packed.table
	return &refTable{hashes: maps.Clone(t.hashes), peeled: maps.Clone(t.peeled), links: maps.Clone(t.links)}, nil
}

func (t *refTable) packed(file string) error {
	last, number := "", 0
	err := scanLines(file, func(line string) error {
		number++
		hash, name, ok := strings.Cut(line, " ")
		switch {
		case line == "", line[0] == '#':
		case line[0] == '^' && isHash(line[1:]) && last != "":
			t.peeled[last] = line[1:]
		case ok && isHash(hash):
			t.hashes[name], last = hash, name
		default:
			return fmt.Errorf("line %d is no ref: %.60q", number, line)
		}
		return nil
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return release.Errorf(release.CodeRepository, "see \"git fsck\"; clone the repository anew", "reading the refs in %q: %w", file, err)
	}
	return nil
}

func (t *refTable) loose(dir string) error {
	base := filepath.Join(dir, "refs")
	return filepath.WalkDir(base, func(path string, d fs.DirEntry, err error) error {
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
		data, err := os.ReadFile(path)
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
		t.hashes[name] = text
		delete(t.peeled, name)
		return nil
	})
}

// isRefPart says whether a ref's name may have such a part (git-check-ref-format(1)). Other files, as those that
// desktops leave in folders, are no refs.
func isRefPart(part string) bool {
	return !strings.HasPrefix(part, ".") && !strings.HasSuffix(part, ".") && !strings.HasSuffix(part, ".lock") &&
		!strings.Contains(part, "..") && !strings.Contains(part, "@{") && !strings.ContainsAny(part, " ~^:?*[\\\x7f") &&
		!strings.ContainsFunc(part, func(r rune) bool { return r < ' ' })
}

// get gives the object of a ref, through symbolic refs.
func (t *refTable) get(name string) (string, bool) {
	for range 5 {
		if hash, ok := t.hashes[name]; ok {
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
	if hash := head.hash; hash != "" {
		t.hashes["HEAD"] = hash
	}
	return t.hashes, nil
}

// Ref gives the object that a full ref name holds.
func (r *Repo) Ref(name string) (hash string, ok bool) {
	t, err := r.readRefs()
	if err != nil {
		return "", false
	}
	return t.get(name)
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
		for ref := range t.hashes {
			if name, ok := strings.CutPrefix(ref, prefix); ok {
				names = append(names, name)
			}
		}
		if len(names) > 0 {
			slices.Sort(names)
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
	for ref := range t.hashes {
		if tag, ok := strings.CutPrefix(ref, release.OpenPrefix); ok {
			tags = append(tags, tag)
		}
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
	t, err := r.readRefs()
	if err != nil {
		return Head{}, err
	}
	h := Head{Branch: strings.TrimPrefix(raw.link, "refs/heads/")}
	hash, ok := t.get(raw.link)
	if !ok {
		h.Unborn = true
		return h, ctx.Err()
	}
	h.Commit, err = r.peel(hash)
	return h, err
}

// Tags lists every tag that leads to a commit, by name.
func (r *Repo) Tags(ctx context.Context) ([]release.Tag, error) {
	t, err := r.readRefs()
	if err != nil {
		return nil, err
	}
	for name := range t.links {
		if hash, ok := t.get(name); ok {
			t.hashes[name] = hash
		}
	}
	var tags []release.Tag
	for ref, hash := range t.hashes {
		name, ok := strings.CutPrefix(ref, "refs/tags/")
		if !ok {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		target := hash
		if peeled := t.peeled[ref]; peeled != "" && len(r.replaced) == 0 {
			target = peeled
		}
		commit, err := r.peelTo(target)
		if err != nil {
			return nil, release.Errorf(release.CodeRepository, "fetch it again with \"git fetch --tags --force\", or see \"git fsck\"", "reading the tag %q: %w", name, err)
		}
		if commit != "" {
			tags = append(tags, release.Tag{Name: name, Object: hash, Commit: commit})
		}
	}
	for _, tag := range r.deepTags {
		if _, here := t.hashes["refs/tags/"+tag.Name]; !here {
			tags = append(tags, tag)
		}
	}
	slices.SortFunc(tags, func(a, b release.Tag) int { return strings.Compare(a.Name, b.Name) })
	return tags, nil
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
		is, known := r.store.isCommit(plumbing.NewHash(r.standIn(hash)))
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
