package github

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/google/go-github/v62/github"

	"github.com/semcut/semcut/internal/httpx"
)

// do sends a request to the repository's part of the API, and reads the answer into a value; nil reads nothing. It goes
// past the library's own sender, which would refuse requests by itself once it saw a limit, instead of waiting.
func (p *Provider) do(ctx context.Context, method string, path []string, body, into any) (*http.Response, error) {
	req, err := p.client.NewRequest(method, p.at(path...), body)
	if err != nil {
		return nil, err
	}
	return p.send(ctx, req, into)
}

func (p *Provider) send(ctx context.Context, req *http.Request, into any) (*http.Response, error) {
	resp, err := p.http.Do(req.WithContext(ctx))
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }() // it was only read
	if err := github.CheckResponse(resp); err != nil {
		return resp, err
	}
	if into == nil {
		return resp, nil
	}
	if err := json.NewDecoder(resp.Body).Decode(into); err != nil && !errors.Is(err, io.EOF) {
		return resp, err
	}
	return resp, nil
}

// at is the path of a thing of the repository below the API.
func (p *Provider) at(path ...string) string {
	owner, name := p.repository()
	escaped := "repos"
	for _, part := range append([]string{owner, name}, path...) {
		escaped += "/" + url.PathEscape(part)
	}
	return escaped
}

// repository is what the repository is called, after a renaming by its new name.
func (p *Provider) repository() (owner, name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.moved[0] != "" {
		return p.moved[0], p.moved[1]
	}
	return p.Owner, p.Repo
}

// fullName is "owner/name".
func (p *Provider) fullName() string {
	owner, name := p.repository()
	return owner + "/" + name
}

// page is a page of the repository for people.
func (p *Provider) page(path ...string) string {
	host := *p.client.BaseURL
	host.Host = strings.TrimPrefix(host.Host, "api.")
	host.Path = strings.TrimSuffix(strings.TrimSuffix(host.Path, "/"), "/api/v3")
	owner, name := p.repository()
	return host.JoinPath(append([]string{owner, name}, path...)...).String()
}

// pages asks for a list, page after page of a hundred, until enough says so, the list ends, or there were most of them.
func pages[T any](ctx context.Context, p *Provider, path []string, query string, most int, enough func([]T) bool) error {
	for n := 1; n <= most; n++ {
		req, err := p.client.NewRequest(http.MethodGet, fmt.Sprintf("%s?per_page=100&page=%d%s", p.at(path...), n, query), nil)
		if err != nil {
			return err
		}
		var list []T
		resp, err := p.send(ctx, req, &list)
		if err != nil {
			return err
		}
		if enough(list) || !strings.Contains(resp.Header.Get("Link"), `rel="next"`) {
			return nil
		}
	}
	return nil
}

// insist does something that does no harm if it is done twice, until it works.
func (p *Provider) insist(ctx context.Context, do func() error) error {
	return httpx.Insist(ctx, p.Wait, maybeDone, do)
}

// maybeDone says whether a request that failed so may have had its effect, or may be sent again.
func maybeDone(err error) bool {
	if e, ok := errors.AsType[*github.ErrorResponse](err); ok {
		return e.Response.StatusCode >= 500 || saysAlready(e)
	}
	_, broken := errors.AsType[*url.Error](err)
	return broken && !errors.Is(err, context.Canceled)
}

// saysAlready says whether GitHub refuses something because it is there.
func saysAlready(e *github.ErrorResponse) bool {
	for _, detail := range e.Errors {
		if detail.Code == "already_exists" && e.Response.StatusCode == http.StatusUnprocessableEntity {
			return true
		}
	}
	return false
}

// statusOf is the status that an error is the answer of, 0 where it is none.
func statusOf(err error) int {
	if resp, _ := answerOf(err); resp != nil {
		return resp.StatusCode
	}
	return 0
}
