package gitrepo

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/semcut/semcut/release"
)

// packedRef is a ref with the object that it holds.
type packedRef struct {
	name, hash string
	peeled     string // what a tag stands on, through all tag objects; "" where nobody says
}

// packedRefs are the refs of the file packed-refs, by name. Their texts are pieces of the file's.
type packedRefs []packedRef

func (p packedRefs) find(name string) *packedRef {
	i, found := slices.BinarySearchFunc(p, name, func(r packedRef, name string) int { return strings.Compare(r.name, name) })
	if !found {
		return nil
	}
	return &p[i]
}

// below gives those whose names begin so.
func (p packedRefs) below(prefix string) packedRefs {
	from, _ := slices.BinarySearchFunc(p, prefix, func(r packedRef, name string) int { return strings.Compare(r.name, name) })
	to := from
	for to < len(p) && strings.HasPrefix(p[to].name, prefix) {
		to++
	}
	return p[from:to]
}

// packedRefs reads packed-refs, or gives what was read before where the file is still the same.
func (r *Repo) packedRefs() (packedRefs, error) {
	file := filepath.Join(r.commonDir, "packed-refs")
	info, err := os.Stat(file)
	r.mu.Lock()
	defer r.mu.Unlock()
	if was := r.packed.info; err == nil && was != nil && os.SameFile(was, info) && was.Size() == info.Size() && was.ModTime().Equal(info.ModTime()) {
		return r.packed.refs, nil
	}
	text, err := readText(file)
	refs := packedRefs{}
	if err == nil {
		refs, err = parsePackedRefs(text)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, release.Errorf(release.CodeRepository, "see \"git fsck\"; clone the repository anew", "reading the refs in %q: %w", file, err)
	}
	r.packed.info, r.packed.refs = info, refs
	return refs, nil
}

// readText reads a file that may be large into one text.
func readText(file string) (string, error) {
	f, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer f.Close()
	var text strings.Builder
	if info, err := f.Stat(); err == nil {
		text.Grow(int(info.Size()))
	}
	_, err = io.Copy(&text, f)
	return text.String(), err
}

// parsePackedRefs reads the text of packed-refs (git-pack-refs(1)). Of two lines for one ref the later one counts.
func parsePackedRefs(text string) (packedRefs, error) {
	refs := make(packedRefs, 0, len(text)/56)    // there is a hash in each line, and a name
	inOrder, peeled, after := true, false, false // after a ref may stand what it is peeled to
	for number := 1; text != ""; number++ {
		line, rest, _ := strings.Cut(text, "\n")
		line = strings.TrimSuffix(line, "\r")
		text = rest
		switch {
		case line == "":
		case line[0] == '#':
			traits := strings.Fields(line) // "# pack-refs with: peeled fully-peeled sorted"
			peeled = peeled || slices.Contains(traits, "fully-peeled")
		case line[0] == '^' && isHash(line[1:]) && after:
			refs[len(refs)-1].peeled, after = line[1:], false
		case len(line) > 41 && line[40] == ' ' && isHash(line[:40]):
			ref := packedRef{name: line[41:], hash: line[:40]}
			if peeled && strings.HasPrefix(ref.name, tagRefs) {
				ref.peeled = ref.hash // unless a line follows that tells more
			}
			inOrder = inOrder && (len(refs) == 0 || refs[len(refs)-1].name < ref.name)
			refs, after = append(refs, ref), true
		default:
			return nil, fmt.Errorf("line %d is no ref: %.60q", number, line)
		}
	}
	if inOrder {
		return refs, nil
	}
	slices.SortStableFunc(refs, func(a, b packedRef) int { return strings.Compare(a.name, b.name) })
	kept := refs[:0]
	for i, ref := range refs {
		if i+1 == len(refs) || refs[i+1].name != ref.name {
			kept = append(kept, ref)
		}
	}
	return kept, nil
}
