package gitrepo

import (
	"context"
	"os"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"

	"github.com/semcut/semcut/internal/diskfile"
	"github.com/semcut/semcut/release"
)

// Deepen reads the history that a shallow clone lacks from the remote, commits only where the server can, into a folder
// of its own: the clone stays as it was. From then on the Repo answers as a full clone of these branches would, with the
// remote's tags. refs is the remote as it was just listed; branches are those that matter, beside the commits that
// heads names; done throws the history away.
func (r *Remote) Deepen(ctx context.Context, refs *release.RemoteRefs, branches, heads []string) (done func(), err error) {
	done = func() {}
	wants := deepenWants(refs, branches, heads)
	if len(wants) == 0 {
		return done, nil
	}
	dir, err := os.MkdirTemp("", "semcut-history-")
	if err != nil {
		return done, release.Errorf(release.CodeFile, "check the free space of the folder for temporary files", "making room for the history that this clone lacks: %w", diskfile.Cause(err))
	}
	store, err := openStorage(dir)
	if err != nil {
		return done, err
	}
	done = func() {
		_ = store.Close()
		_ = os.RemoveAll(dir) // the system clears its folder for temporary files
	}
	if err := r.fetch(ctx, wish{doing: "reading the history that this clone lacks from", wants: wants, onlyCommits: true}, store); err != nil {
		done()
		return func() {}, err
	}
	r.repo.deepened(store, refs)
	return done, nil
}

// deepenWants picks what to ask for: the tips of the branches, and the heads that a ref of the remote holds, since a
// server gives nothing else. Where that is nothing, the tips of all branches.
func deepenWants(refs *release.RemoteRefs, branches, heads []string) []string {
	var wants []string
	add := func(hash string) {
		if hash != "" && !slices.Contains(wants, hash) {
			wants = append(wants, hash)
		}
	}
	for _, b := range branches {
		add(refs.Branch(b))
	}
	for name, hash := range refs.Refs {
		if slices.Contains(heads, hash) && !strings.HasPrefix(name, "refs/tags/") {
			add(hash)
		}
	}
	if len(wants) == 0 {
		for name, hash := range refs.Refs {
			if strings.HasPrefix(name, "refs/heads/") {
				add(hash)
			}
		}
	}
	slices.Sort(wants)
	return wants
}

// deepened makes the Repo read from the store what it lacks itself. Commits that are in it are no boundary any more.
func (r *Repo) deepened(store *objectStore, refs *release.RemoteRefs) {
	r.walking.Lock()
	defer r.walking.Unlock()
	r.deep, r.nodes = store, nil
	shallow := map[string]bool{}
	for hash := range r.shallow {
		if store.HasEncodedObject(plumbing.NewHash(hash)) != nil {
			shallow[hash] = true
		}
	}
	r.shallow = shallow
	if r.deepTags == nil {
		r.deepTags = map[string]release.Tag{}
	}
	for ref, object := range refs.Refs {
		name, ok := strings.CutPrefix(ref, "refs/tags/")
		commit := refs.TagCommit(name)
		if ok && store.HasEncodedObject(plumbing.NewHash(commit)) == nil {
			r.deepTags[name] = release.Tag{Name: name, Object: object, Commit: commit}
		}
	}
}

// ReadFiles reads the files of a commit into what Deepen made, if this clone lacks them. Those over a mebibyte may be left out.
func (r *Remote) ReadFiles(ctx context.Context, commit string) error {
	if _, err := r.repo.Files(ctx, commit); err == nil || r.repo.deep == nil {
		return err
	}
	return r.fetch(ctx, wish{doing: "reading the files of " + commit + " from", wants: []string{commit}, onlyFiles: true}, r.repo.deep)
}
