package github

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	"github.com/google/go-github/v62/github"

	"github.com/semcut/semcut/release"
)

// upload sends the assets that the release lacks. One that is there with another size is an upload that
// broke off if the release is still a draft, and somebody else's file if it is public.
func (p *Provider) upload(ctx context.Context, to *github.RepositoryRelease, assets []release.Asset) error {
	for _, a := range assets {
		i := slices.IndexFunc(to.Assets, func(have *github.ReleaseAsset) bool { return have.GetName() == a.Name })
		if i >= 0 {
			have := to.Assets[i]
			if int64(have.GetSize()) == a.Size && have.GetState() != "starter" {
				continue
			}
			if !to.GetDraft() {
				return release.Errorf(release.CodeForge, "delete it on the release page if it is wrong, and run again",
					"uploading %q: the public release has a file of that name with %d bytes, this one has %d", a.Name, have.GetSize(), a.Size)
			}
			if _, err := p.client.Repositories.DeleteReleaseAsset(ctx, p.Owner, p.Repo, have.GetID()); err != nil {
				return err
			}
		}
		if err := p.uploadOne(ctx, to, a); err != nil {
			return err
		}
	}
	return nil
}

func (p *Provider) uploadOne(ctx context.Context, to *github.RepositoryRelease, a release.Asset) error {
	target, _, _ := strings.Cut(to.GetUploadURL(), "{")
	u, err := url.Parse(target)
	if err != nil || !slices.Contains(p.uploads, strings.ToLower(u.Host)) {
		return fmt.Errorf("uploading %q: GitHub names the host %q for it, which is not its own", a.Name, target)
	}
	query := url.Values{"name": {a.Name}}
	if a.Label != "" {
		query.Set("label", a.Label)
	}
	u.RawQuery = query.Encode()
	file, err := a.Open()
	if err != nil {
		return fmt.Errorf("uploading %q: %w", a.Name, err)
	}
	defer func() { _ = file.Close() }() // it was only read
	mediaType := a.MediaType
	if mediaType == "" {
		mediaType = "application/octet-stream"
	}
	req, err := p.client.NewUploadRequest(u.String(), io.NopCloser(file), a.Size, mediaType)
	if err != nil {
		return err
	}
	_, err = p.client.Do(ctx, req, new(github.ReleaseAsset))
	return err
}
