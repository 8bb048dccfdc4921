package github

import (
	"context"
	"fmt"
	"net/http"

	"github.com/semcut/semcut/internal/httpx"
	"github.com/semcut/semcut/release"
)

// releasePage is a release as GitHub tells of it.
type releasePage struct {
	ID         int64       `json:"id"`
	Tag        string      `json:"tag_name"`
	Draft      bool        `json:"draft"`
	Prerelease bool        `json:"prerelease"`
	Immutable  bool        `json:"immutable"`
	HTMLURL    string      `json:"html_url"`
	UploadURL  string      `json:"upload_url"`
	Assets     []assetFile `json:"assets"`
}

// releaseInput is what GitHub is told of a release; what is nil or "" it isn't told.
type releaseInput struct {
	Tag        string  `json:"tag_name,omitempty"`
	Target     string  `json:"target_commitish,omitempty"`
	Name       string  `json:"name,omitempty"`
	Body       *string `json:"body,omitempty"`
	Draft      *bool   `json:"draft,omitempty"`
	Prerelease *bool   `json:"prerelease,omitempty"`
	MakeLatest string  `json:"make_latest,omitempty"`
	Discussion string  `json:"discussion_category_name,omitempty"`
}

// Publish makes the release be there.
func (p *Provider) Publish(ctx context.Context, r release.Release, assets []release.Asset) (release.Receipt, error) {
	doing := fmt.Sprintf("publishing the release %q on GitHub", r.Tag)
	input, assets, err := p.write(r, assets)
	if err == nil {
		err = distinct(assets)
	}
	if err != nil {
		return release.Receipt{}, err
	}
	page, done, err := p.publish(ctx, input, assets)
	if err != nil {
		return release.Receipt{}, p.explain(doing, err)
	}
	return release.Receipt{Publisher: p.Name(), URL: page.HTMLURL, Done: done}, nil
}

func (p *Provider) publish(ctx context.Context, input releaseInput, assets []release.Asset) (page *releasePage, done string, err error) {
	page, err = p.find(ctx, input.Tag)
	if err != nil {
		return nil, "", err
	}
	done = "found"
	switch {
	case page == nil:
		done = "created"
		if page, err = p.create(ctx, input, p.Draft || len(assets) > 0); err != nil {
			return nil, "", err
		}
	case page.Draft && !p.Draft:
		done = "finished"
	}
	if err := p.upload(ctx, page, assets); err != nil {
		return nil, "", err
	}
	if page.Draft && !p.Draft {
		page, err = p.makePublic(ctx, page, input)
	}
	return page, done, err
}

// create makes the release. An answer that got lost may have had its effect: before it tries again,
// it looks. What is a draft can't be the latest, and nothing can be discussed there.
func (p *Provider) create(ctx context.Context, input releaseInput, draft bool) (*releasePage, error) {
	input.Draft = &draft
	if draft {
		input.MakeLatest, input.Discussion = "", ""
	}
	for try := 1; ; try++ {
		var made releasePage
		_, err := p.do(ctx, http.MethodPost, []string{"releases"}, input, &made)
		if err == nil {
			return &made, isOf(input.Tag, &made)
		}
		if !maybeDone(err) {
			return nil, err
		}
		found, again := p.findMade(ctx, input.Tag, try)
		if again == nil && found != nil {
			return found, nil
		}
		if try == httpx.WriteTries || ctx.Err() != nil {
			return nil, err
		}
		p.Log.Debug("creating the release again after: " + err.Error())
	}
}

// findMade looks for a release that may have been made a moment ago. GitHub shows a new one to those who ask next now
// and then only after a while, and making it twice would leave two drafts; so it looks twice.
func (p *Provider) findMade(ctx context.Context, tag string, try int) (found *releasePage, err error) {
	for range 2 {
		if err = httpx.Pause(ctx, p.Wait, try); err != nil {
			return nil, err
		}
		if found, err = p.find(ctx, tag); found != nil {
			return found, err
		}
	}
	return nil, err
}

// makePublic is the one moment in which a draft is shown to everybody; whatever an earlier run left in it becomes what
// the release is. Where an answer was lost, the next try may be refused since the discussion is open already: what counts
// is whether the release is public.
func (p *Provider) makePublic(ctx context.Context, page *releasePage, input releaseInput) (*releasePage, error) {
	public := false
	input.Tag, input.Draft = "", &public
	edited, err := p.edit(ctx, page.ID, input)
	if err == nil {
		return edited, nil
	}
	if now, again := p.get(ctx, page.ID); again == nil && !now.Draft {
		return now, nil
	}
	return nil, err
}

func (p *Provider) get(ctx context.Context, id int64) (*releasePage, error) {
	var page releasePage
	_, err := p.do(ctx, http.MethodGet, []string{"releases", fmt.Sprint(id)}, nil, &page)
	if err == nil && page.ID != id {
		err = errNotAsked
	}
	return &page, err
}

// edit changes a release. Done twice it changes nothing more, so a lost answer is no reason to stop; nor is it that
// GitHub doesn't know yet of what it has just made.
func (p *Provider) edit(ctx context.Context, id int64, input releaseInput) (*releasePage, error) {
	var edited *releasePage
	again := func(err error) bool { return maybeDone(err) || statusOf(err) == http.StatusNotFound }
	err := httpx.Insist(ctx, p.Wait, again, func() error {
		edited = &releasePage{}
		_, err := p.do(ctx, http.MethodPatch, []string{"releases", fmt.Sprint(id)}, input, edited)
		return err
	})
	if err != nil {
		return nil, err
	}
	return edited, nil
}

// latest says whether the release may become the one that GitHub shows first.
func latest(r release.Release) string {
	if r.Latest && !r.Prerelease {
		return "true"
	}
	return "false"
}
