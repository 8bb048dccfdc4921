package github

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/semcut/semcut/release"
)

// repositoryPage is what GitHub tells of the repository.
type repositoryPage struct {
	FullName    string          `json:"full_name"`
	Archived    bool            `json:"archived"`
	Permissions map[string]bool `json:"permissions"` // nil where the token has none of its own, as a job's hasn't
}

// Check asks for the repository: that says whether the token is good and whether it may write. A
// job's own token doesn't tell its rights; those show when it writes.
func (p *Provider) Check(ctx context.Context, _ *release.Plan) error {
	doing := fmt.Sprintf("looking at the repository %q on GitHub", p.fullName())
	if p.Token == "" {
		return release.Errorf(release.CodeAuth, "set GITHUB_TOKEN or GH_TOKEN (GH_ENTERPRISE_TOKEN for an Enterprise server), or log in with \"gh auth login\"",
			"%s: there is no token for %s", doing, p.client.BaseURL.Host)
	}
	var repo repositoryPage
	resp, err := p.do(ctx, http.MethodGet, nil, nil, &repo)
	if err != nil {
		return p.explain(doing, err)
	}
	if repo.FullName == "" {
		return p.explain(doing, errNotAsked)
	}
	p.follow(repo.FullName)
	if repo.Archived {
		return release.Errorf(release.CodeForbidden, "take it out of the archive: "+p.page("settings"), "%s: it is archived, nothing can be published there", doing)
	}
	if has := repo.Permissions; has != nil && !has["push"] && !has["maintain"] && !has["admin"] && p.env("GITHUB_ACTIONS") == "" {
		return release.Errorf(release.CodeForbidden, p.grantFor(resp.Header, contents), "%s: the token may read it, not write to it", doing)
	}
	return nil
}

// follow takes up the name that the repository has now.
func (p *Provider) follow(fullName string) {
	owner, name, ok := strings.Cut(fullName, "/")
	before := p.fullName()
	if !ok || strings.EqualFold(fullName, before) {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.moved = [2]string{owner, name}
	if !p.warned {
		p.warned = true
		p.Log.Warn(fmt.Sprintf("the repository %s is called %s now: git remote set-url to the new address", before, fullName))
	}
}
