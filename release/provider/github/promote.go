package github

import (
	"context"
	"fmt"
	"net/http"

	"github.com/semcut/semcut/release"
)

var _ release.Promoter = (*Provider)(nil)

// Promote marks the release as r says: GitHub knows of no channels, but of pre-releases and of the latest release. Title,
// notes and assets stay as they are; semantic-release resets the title here.
func (p *Provider) Promote(ctx context.Context, r release.Release) (release.Receipt, error) {
	doing := fmt.Sprintf("promoting the release %q on GitHub", r.Tag)
	found, err := p.find(ctx, r.Tag)
	if err != nil {
		return release.Receipt{}, p.explain(doing, err)
	}
	if found == nil || found.Draft {
		return p.Publish(ctx, r, nil)
	}
	done := "found"
	if found.Prerelease != r.Prerelease {
		edited, err := p.edit(ctx, found.ID, releaseInput{Prerelease: &r.Prerelease, MakeLatest: latest(r)})
		if statusOf(err) == http.StatusUnprocessableEntity && found.Immutable {
			return release.Receipt{}, release.Errorf(release.CodeForge, "the release is immutable: mark it at "+found.HTMLURL+", or leave it and release a new version",
				"%s: GitHub doesn't let it be changed", doing)
		}
		if err != nil {
			return release.Receipt{}, p.explain(doing, err)
		}
		found, done = edited, "changed"
	}
	return release.Receipt{Publisher: p.Name(), URL: found.HTMLURL, Done: done}, nil
}
