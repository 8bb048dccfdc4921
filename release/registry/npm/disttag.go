package npm

import (
	"context"
	"net/http"
	"slices"

	"github.com/Masterminds/semver/v3"
)

// tags asks for a package's dist-tags. A registry that doesn't tell them by themselves has them in the document.
func (s *session) tags(ctx context.Context, p *packument) (map[string]string, error) {
	var tags map[string]string
	err := s.ask(ctx, http.MethodGet, "-/package/"+escaped(p.name)+"/dist-tags", nil, &tags)
	if slices.Contains([]int{http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusNotImplemented}, statusOf(err)) {
		return p.tags, nil
	}
	return tags, err
}

// setTag moves a dist-tag. That does no harm if it is done twice.
func (s *session) setTag(ctx context.Context, name, tag, version string) error {
	return s.insist(ctx, func() error {
		return s.ask(ctx, http.MethodPut, "-/package/"+escaped(name)+"/dist-tags/"+tag, version, nil)
	})
}

// removeTag takes a dist-tag away. That does no harm if it is done twice.
func (s *session) removeTag(ctx context.Context, name, tag string) error {
	return s.insist(ctx, func() error {
		err := s.ask(ctx, http.MethodDelete, "-/package/"+escaped(name)+"/dist-tags/"+tag, nil, nil)
		if statusOf(err) == http.StatusNotFound {
			return nil
		}
		return err
	})
}

// later says whether a version comes after another one; a text that is no version comes after none.
func later(text string, than *semver.Version) bool {
	v, err := semver.NewVersion(text)
	return err == nil && v.GreaterThan(than)
}
