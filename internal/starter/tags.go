package starter

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/semcut/semcut/release"
)

// readTags finds the format of the tags that are here, and the last release.
func (p *proposer) readTags() {
	p.format = p.Settings.TagFormat
	formats := map[string]string{} // with an example of each
	for _, t := range p.Tags {
		if format, _, ok := release.FormatOf(t.Name); ok {
			formats[format] = cmp.Or(formats[format], t.Name)
		}
	}
	p.pickLast()
	names := slices.Sorted(maps.Keys(formats))
	if p.last == nil && p.Settings.Dialect == "" && len(names) == 1 {
		if format, err := release.ParseTagFormat(names[0]); err == nil {
			p.format = format
			p.pickLast()
		}
	}
	switch {
	case p.last != nil:
		p.found("last release", p.last.Tag)
	case len(names) > 1:
		p.perPackage = true
		p.found("tags", fmt.Sprintf("of %d formats, like %s and %s", len(names), formats[names[0]], formats[names[1]]))
		p.note("the tags come in several formats, of which semcut follows one: write it as tagFormat in .semcut.yaml; until then the first " +
			"release is refused, and no workflow that releases is proposed")
	default:
		p.found("last release", "none")
	}
}

// pickLast finds the highest release of the format; a pre-release counts only where there is nothing else.
func (p *proposer) pickLast() {
	p.last = nil
	for _, t := range p.Tags {
		v, ok := p.format.Version(t.Name)
		if !ok {
			continue
		}
		r := &release.Release{Version: v, Tag: t.Name, Commit: t.Commit}
		if p.last == nil || better(r, p.last) {
			p.last = r
		}
	}
}

func better(r, than *release.Release) bool {
	if final := r.Version.Prerelease() == ""; final != (than.Version.Prerelease() == "") {
		return final
	}
	return r.Version.GreaterThan(than.Version)
}
