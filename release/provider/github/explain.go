package github

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/google/go-github/v62/github"

	"github.com/semcut/semcut/release"
)

// explain turns what the client says into one line for people: what was being done, why it failed, and
// which setting mends it.
func (p *Provider) explain(doing string, err error) error {
	if _, told := errors.AsType[*release.Error](err); told || errors.Is(err, context.Canceled) {
		return err
	}
	if e, ok := errors.AsType[*github.RateLimitError](err); ok {
		return release.Errorf(release.CodeRateLimit, "run again after that; what is done stays done",
			"%s: GitHub's rate limit is used up until %s", doing, e.Rate.Reset.UTC().Format(time.RFC3339))
	}
	if e, ok := errors.AsType[*github.AbuseRateLimitError](err); ok {
		return release.Errorf(release.CodeRateLimit, "run again in some minutes; what is done stays done",
			"%s: GitHub asks to slow down: %s", doing, e.Message)
	}
	if _, garbled := errors.AsType[*json.SyntaxError](err); garbled {
		return release.Errorf(release.CodeForge, "see whether "+p.client.BaseURL.String()+" is the API of a GitHub (GITHUB_API_URL)", "%s: what %s answers is no JSON", doing, p.client.BaseURL.Host)
	}
	if _, other := errors.AsType[*json.UnmarshalTypeError](err); other {
		return release.Errorf(release.CodeForge, "see whether "+p.client.BaseURL.String()+" is the API of a GitHub (GITHUB_API_URL)", "%s: what %s answers is something else than was asked for", doing, p.client.BaseURL.Host)
	}
	e, ok := errors.AsType[*github.ErrorResponse](err)
	if !ok {
		return release.Errorf(release.CodeForge, "check the network and run again", "%s: %s", doing, plain(err))
	}
	code, hint := p.mend(e.Response.StatusCode)
	return release.Errorf(code, hint, "%s: GitHub answers %d %s", doing, e.Response.StatusCode, words(e))
}

func (p *Provider) mend(status int) (release.Code, string) {
	switch {
	case status == http.StatusUnauthorized:
		return release.CodeAuth, "the token is wrong or has expired: set GITHUB_TOKEN or GH_TOKEN to a good one"
	case status == http.StatusForbidden && p.env("GITHUB_ACTIONS") != "":
		return release.CodeForbidden, "add to the workflow's job: permissions: {contents: write}"
	case status == http.StatusForbidden:
		return release.CodeForbidden, "give the token the right \"Contents: read and write\" for this repository"
	case status == http.StatusNotFound:
		return release.CodeForbidden, fmt.Sprintf("check that %s/%s exists and that the token may see it", p.Owner, p.Repo)
	case status == http.StatusUnprocessableEntity:
		return release.CodeForge, "GitHub found the request itself wrong; see its words"
	case status == http.StatusTooManyRequests:
		return release.CodeRateLimit, "run again in some minutes; what is done stays done"
	case status >= 500:
		return release.CodeForge, "that is GitHub's own trouble (https://www.githubstatus.com); run again later"
	}
	return release.CodeForge, "run again with --verbose"
}

// words gives GitHub's message and details in one line.
func words(e *github.ErrorResponse) string {
	parts := []string{}
	if e.Message != "" {
		parts = append(parts, fmt.Sprintf("%q", e.Message))
	}
	for _, d := range e.Errors {
		detail := strings.TrimSpace(strings.Join([]string{d.Resource, d.Field, d.Code, d.Message}, " "))
		parts = append(parts, "("+detail+")")
	}
	if all := strings.Join(parts, " "); len(all) > maxWords {
		return strings.ToValidUTF8(all[:maxWords], "") + "…"
	} else {
		return all
	}
}

// maxWords is how much of what GitHub says is passed on.
const maxWords = 500

// plain gives a network error without the URL around it.
func plain(err error) string {
	if e, ok := errors.AsType[*url.Error](err); ok {
		return e.Err.Error()
	}
	return err.Error()
}
