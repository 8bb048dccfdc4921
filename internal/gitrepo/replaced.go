package gitrepo

import (
	"strings"

	"github.com/semcut/semcut/internal/gitpack"
)

// standIn gives the object to read in the place of another (refs/replace). A stand-in may have one of its own.
func (r *Repo) standIn(hash string) string {
	for range maxStandIns {
		other, ok := r.replaced[hash]
		if !ok {
			break
		}
		hash = other
	}
	return hash
}

func (r *Repo) standInOf(id gitpack.ID) gitpack.ID {
	if len(r.replaced) == 0 {
		return id
	}
	other, _ := gitpack.ParseID(r.standIn(id.String()))
	return other
}

// maxStandIns is how deep stand-ins may stand in for each other, as in git.
const maxStandIns = 5

// readReplaced reads refs/replace, which stands in for commits.
func (r *Repo) readReplaced() error {
	t, err := r.readRefs()
	if err != nil {
		return err
	}
	for name, hash := range t.hashes {
		if original, ok := strings.CutPrefix(name, "refs/replace/"); ok {
			if r.replaced == nil {
				r.replaced = map[string]string{}
			}
			r.replaced[original] = hash
		}
	}
	return nil
}
