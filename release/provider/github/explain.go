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

	"github.com/semcut/semcut/internal/httpx"
	"github.com/semcut/semcut/release"
)

// contents is what most of what is done here needs.
var contents = needs{{"contents", "write"}}

// explain turns what the client says into one line for people: what was being done, why it failed, and
// which setting mends it.
func (p *Provider) explain(doing string, err error) error { return p.explainFor(doing, err, contents) }

// explainFor explains what failed of something that needs other rights than the usual.
func (p *Provider) explainFor(doing string, err error, usual needs) error {
	if _, told := errors.AsType[*release.Error](err); told || errors.Is(err, context.Canceled) {
		return err
	}
	if e, ok := errors.AsType[*graphError](err); ok {
		return p.explainGraph(doing, e, usual)
	}
	resp, said := answerOf(err)
	if resp == nil {
		return p.explainNone(doing, err)
	}
	if until, limited := httpx.Limited(resp, said, time.Now()); limited {
		return limitedUntil(doing, until)
	}
	code, hint := p.mend(resp, usual)
	return release.Errorf(code, hint, "%s: GitHub answers %d %s", doing, resp.StatusCode, words(err))
}

// explainNone explains what is no answer of GitHub's.
func (p *Provider) explainNone(doing string, err error) error {
	hint := "see whether " + p.client.BaseURL.String() + " is the API of a GitHub (GITHUB_API_URL)"
	_, garbled := errors.AsType[*json.SyntaxError](err)
	_, other := errors.AsType[*json.UnmarshalTypeError](err)
	switch {
	case garbled:
		return release.Errorf(release.CodeForge, hint, "%s: what %s answers is no JSON", doing, p.client.BaseURL.Host)
	case other, errors.Is(err, errNotAsked):
		return release.Errorf(release.CodeForge, hint, "%s: what %s answers is something else than was asked for", doing, p.client.BaseURL.Host)
	}
	return release.Errorf(release.CodeForge, "check the network and run again", "%s: %s", doing, plain(err))
}

func limitedUntil(doing string, until time.Time) error {
	if until.IsZero() {
		return release.Errorf(release.CodeRateLimit, "run again in some minutes; what is done stays done", "%s: GitHub asks to slow down", doing)
	}
	return release.Errorf(release.CodeRateLimit, "run again after that; what is done stays done",
		"%s: GitHub's rate limit is used up until %s", doing, until.UTC().Format(time.RFC3339))
}

// answerOf is the answer that an error is about, with what it says; nil where it is about none. The library has an error
// of its own for some.
func answerOf(err error) (*http.Response, string) {
	if e, ok := errors.AsType[*github.ErrorResponse](err); ok {
		return e.Response, e.Message
	}
	if e, ok := errors.AsType[*github.RateLimitError](err); ok {
		return e.Response, e.Message
	}
	if e, ok := errors.AsType[*github.AbuseRateLimitError](err); ok {
		return e.Response, e.Message + " secondary rate limit"
	}
	return nil, ""
}

func (p *Provider) mend(resp *http.Response, usual needs) (release.Code, string) {
	switch status := resp.StatusCode; {
	case status == http.StatusUnauthorized:
		return release.CodeAuth, "the token is wrong or has expired: set GITHUB_TOKEN or GH_TOKEN to a good one"
	case status == http.StatusForbidden:
		return release.CodeForbidden, p.grantFor(resp.Header, usual)
	case status == http.StatusNotFound && resp.Header.Get("X-Accepted-GitHub-Permissions") != "" && resp.Request.Method != http.MethodGet:
		return release.CodeForbidden, p.grantFor(resp.Header, usual)
	case status == http.StatusNotFound:
		return release.CodeForbidden, fmt.Sprintf("check that %s exists and that the token may see it", p.fullName())
	case status == http.StatusGone:
		return release.CodeForge, "it was deleted, or is turned off in the repository's settings"
	case status == http.StatusUnprocessableEntity:
		return release.CodeForge, "GitHub found the request itself wrong; see its words"
	case status >= 500:
		return release.CodeForge, "that is GitHub's own trouble (https://www.githubstatus.com); run again later"
	}
	return release.CodeForge, "run again with --verbose"
}

// words gives GitHub's message and details in one line.
func words(err error) string {
	e, ok := errors.AsType[*github.ErrorResponse](err)
	if !ok {
		return ""
	}
	parts := []string{}
	if e.Message != "" {
		parts = append(parts, fmt.Sprintf("%q", e.Message))
	}
	for _, d := range e.Errors {
		detail := strings.TrimSpace(strings.Join([]string{d.Resource, d.Field, d.Code, d.Message}, " "))
		parts = append(parts, "("+strings.Join(strings.Fields(detail), " ")+")")
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
