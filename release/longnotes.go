package release

import (
	"crypto/sha256"
	"fmt"
	"io"
	"strings"

	"github.com/semcut/semcut/changelog"
)

// ShortNotes gives the release with notes that a forge takes, which counts UTF-16 units: where they are longer than limit,
// they end with an entry and say where the rest is, and the whole text is one more asset. asset gives the address of an
// asset, file that of a file of the release.
func ShortNotes(r Release, assets []Asset, limit int, asset, file func(name string) string) (Release, []Asset) {
	const name = "release-notes.md"
	tail := "\nThese notes are longer than a page here may be: [the whole text](" + asset(name) + ")"
	if r.Changelog != "" {
		tail += ", [" + r.Changelog + "](" + file(r.Changelog) + ")"
	}
	tail += ".\n"
	short, cut := changelog.Cut(r.Notes, limit, tail)
	if !cut {
		return r, assets
	}
	whole := r.Notes
	r.Notes = short
	return r, append(append([]Asset{}, assets...), Asset{
		Name: name, Label: "Release notes", MediaType: "text/markdown", Size: int64(len(whole)), SHA256: fmt.Sprintf("%x", sha256.Sum256([]byte(whole))),
		Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(whole)), nil },
	})
}
