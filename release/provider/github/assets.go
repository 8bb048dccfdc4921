package github

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/semcut/semcut/internal/httpx"
	"github.com/semcut/semcut/internal/lazyregexp"
	"github.com/semcut/semcut/release"
)

// assetFile is an asset as GitHub tells of it.
type assetFile struct {
	ID     int64  `json:"id"`
	Name   string `json:"name"`
	State  string `json:"state"` // "uploaded"; what broke off is a "starter"
	Size   int64  `json:"size"`
	Digest string `json:"digest"` // "sha256:…"; "" on servers that don't tell
}

// upload makes the release have the assets, and looks at what it has first. What is there under an asset's name with
// other bytes is an upload that broke off if the release is still a draft, and somebody else's file if it is public.
func (p *Provider) upload(ctx context.Context, page *releasePage, assets []release.Asset) error {
	for _, a := range assets {
		if err := p.uploadAsset(ctx, page, a); err != nil {
			return err
		}
	}
	return nil
}

// distinct refuses assets that would overwrite each other, GitHub's names for them counted.
func distinct(assets []release.Asset) error {
	names := map[string]string{}
	for _, a := range assets {
		if other, taken := names[keptName(a.Name)]; taken {
			return release.Errorf(release.CodeConfig, "give one of them another name: github.assets takes {path: …, name: …}",
				"uploading %q and %q: on GitHub both are called %q", other, a.Name, keptName(a.Name))
		}
		names[keptName(a.Name)] = a.Name
	}
	return nil
}

// uploadAsset sends one asset, unless it is there. What came of an upload that failed is seen by looking.
func (p *Provider) uploadAsset(ctx context.Context, page *releasePage, a release.Asset) error {
	var failed error
	for try := 1; ; try++ {
		have := page.asset(a.Name)
		if have != nil && have.holds(a) {
			return nil
		}
		if failed != nil && try > httpx.WriteTries {
			return failed
		}
		if err := p.clear(ctx, page, have, a); err != nil {
			return err
		}
		made, err := p.sendAsset(ctx, page, a)
		if err == nil {
			page.Assets = append(page.Assets, *made)
			return nil
		}
		if !mayUploadAgain(err) {
			return err
		}
		failed = err
		p.Log.Debug(fmt.Sprintf("looking at the release again after uploading %q: %s", a.Name, err))
		if err := p.reload(ctx, page, try); err != nil {
			return err
		}
	}
}

// clear makes room for an asset. Only in a draft anything is deleted for it.
func (p *Provider) clear(ctx context.Context, page *releasePage, have *assetFile, a release.Asset) error {
	switch {
	case have != nil && !page.Draft:
		return release.Errorf(release.CodeForge, "delete it at "+page.HTMLURL+" if it is wrong, and run again; if the release's is wrong, leave it out of the assets",
			"uploading %q: the public release has a file of that name with %d bytes (%s), this one has %d (%s)",
			a.Name, have.Size, digits(strings.TrimPrefix(have.Digest, "sha256:")), a.Size, digits(a.SHA256))
	case page.Immutable:
		return release.Errorf(release.CodeForge, "an immutable release stays as it is: release a new version that has the file, or take it out of the assets",
			"uploading %q: the public release lacks it and is immutable", a.Name)
	case have == nil:
		return nil
	}
	_, err := p.do(ctx, http.MethodDelete, []string{"releases", "assets", fmt.Sprint(have.ID)}, nil, nil)
	if err != nil && statusOf(err) != http.StatusNotFound {
		return fmt.Errorf("deleting the upload of %q that broke off: %w", a.Name, err)
	}
	page.Assets = slices.DeleteFunc(page.Assets, func(f assetFile) bool { return f.ID == have.ID })
	return nil
}

// reload looks at what the release has now.
func (p *Provider) reload(ctx context.Context, page *releasePage, try int) error {
	if err := httpx.Pause(ctx, p.Wait, try); err != nil {
		return err
	}
	now, err := p.get(ctx, page.ID)
	if err == nil {
		page.Assets = now.Assets
	}
	if statusOf(err) == http.StatusNotFound { // GitHub doesn't know everywhere yet of what it has just made
		return nil
	}
	return err
}

// asset finds an asset by its name, or by what GitHub made of that.
func (r *releasePage) asset(name string) *assetFile {
	for i := range r.Assets {
		if have := r.Assets[i].Name; have == name || have == keptName(name) {
			return &r.Assets[i]
		}
	}
	return nil
}

// holds says whether a file has an asset's bytes; of a server that tells no digest the size has to do.
func (f *assetFile) holds(a release.Asset) bool {
	if f.State != "" && f.State != "uploaded" || f.Size != a.Size {
		return false
	}
	told, ok := strings.CutPrefix(f.Digest, "sha256:")
	return !ok || a.SHA256 == "" || strings.EqualFold(told, a.SHA256)
}

// digits are enough of a digest to tell two apart.
func digits(digest string) string {
	if len(digest) < 12 {
		return "no digest"
	}
	return "sha256 " + digest[:12] + "…"
}

var strange = lazyregexp.New(`[^A-Za-z0-9_+@-]+`)

// keptName is what GitHub calls an asset: characters that it doesn't like become a dot, and none is at an end.
func keptName(name string) string {
	return strings.Trim(strange.ReplaceAllString(name, "."), ".")
}
