package gitrepo

import (
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

const replaceRefs = "refs/replace/"

// readReplaced reads refs/replace, which stands in for commits.
func (r *Repo) readReplaced() error {
	t, err := r.readRefsIn("refs/replace")
	if err != nil {
		return err
	}
	for ref := range t.below(replaceRefs) {
		if r.replaced == nil {
			r.replaced = map[string]string{}
		}
		r.replaced[ref.name[len(replaceRefs):]] = ref.hash
	}
	return nil
}
