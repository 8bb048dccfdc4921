package github

import (
	"context"
	"fmt"

	"github.com/google/go-github/v62/github"

	"github.com/semcut/semcut/release"
)

var _ release.Promoter = (*Provider)(nil)

// Promote marks the release as r says: GitHub knows of no channels, but of pre-releases and of the latest release. Title,
// notes and assets stay as they are; semantic-release resets the title here.
func (p *Provider) Promote(ctx context.Context, r release.Release) (release.Receipt, error) {
	found, err := p.find(ctx, r.Tag)
	if err != nil {
		return release.Receipt{}, p.explain(promoting(r), err)
	}
	if found == nil || found.GetDraft() {
		return p.Publish(ctx, r, nil)
	}
	done := "found"
	if found.GetPrerelease() != r.Prerelease {
		edit := &github.RepositoryRelease{Prerelease: &r.Prerelease, MakeLatest: latest(r)}
		if found, _, err = p.client.Repositories.EditRelease(ctx, p.Owner, p.Repo, found.GetID(), edit); err != nil {
			return release.Receipt{}, p.explain(promoting(r), err)
		}
		done = "changed"
	}
	return release.Receipt{Publisher: p.Name(), URL: found.GetHTMLURL(), Done: done}, nil
}

func promoting(r release.Release) string {
	return fmt.Sprintf("promoting the release %q on GitHub", r.Tag)
}
