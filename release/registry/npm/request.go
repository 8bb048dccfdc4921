package npm

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/semcut/semcut/internal/httpx"
)

// A session is a registry with what opens it.
type session struct {
	target
	credential
	settings  *settings
	transport http.RoundTripper
	http      *http.Client
	wait      time.Duration
	expires   time.Time // when the credential ends; zero where it doesn't say
	trusted   bool      // the credential is for this job, in exchange for its identity
	claims    claims    // what the identity says, then
	refused   string    // why the identity was of no use; "" where it was, or where there is none
}

// client makes the client that talks to a host with a credential.
func (r *Registry) client(t target, c credential, transport http.RoundTripper) *http.Client {
	return httpx.New(httpx.Options{
		UserAgent: r.UserAgent, Token: c.token, Basic: c.basic, Hosts: []string{t.base.Host}, Plain: t.base.Scheme == "http",
		Transport: transport, Wait: r.Wait, Moved: "the registry's address may have changed", Log: func(line string) { r.Log.Info(line) },
	})
}

// answer is what a registry said that isn't what was asked for.
type answer struct {
	resp  *http.Response
	words string // in one line
}

func (a *answer) Error() string { return strings.TrimSpace(a.resp.Status + " " + a.words) }

// statusOf is the status that an error is the answer of, 0 where it is none.
func statusOf(err error) int {
	if a, ok := errors.AsType[*answer](err); ok {
		return a.resp.StatusCode
	}
	return 0
}

// errNoJSON says that what came is something else than a registry sends.
var errNoJSON = errors.New("what it answers is no JSON of a registry")

const (
	maxAnswer = 1 << 20 // of an answer that is read as a whole
	maxWords  = 500     // of what a registry says that is passed on
)

// send sends a request and gives the answer, which the caller closes. A value is sent as JSON.
func (s *session) send(ctx context.Context, method, path string, body any) (*http.Response, error) {
	var data io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return nil, err
		}
		data = bytes.NewReader(text)
	}
	req, err := http.NewRequestWithContext(ctx, method, s.at(path), data)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept", "application/json")
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	resp, err := s.http.Do(req)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		defer func() { _ = resp.Body.Close() }() // it was only read
		return nil, &answer{resp, words(resp.Body)}
	}
	return resp, nil
}

// ask sends a request and reads the answer into a value; nil reads nothing.
func (s *session) ask(ctx context.Context, method, path string, body, into any) error {
	resp, err := s.send(ctx, method, path, body)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }() // it was only read
	if into == nil {
		return nil
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		return err
	}
	if json.Unmarshal(data, into) != nil {
		return errNoJSON
	}
	return nil
}

// words are what a registry says for itself: the "error", "reason" or "message" of its JSON, or the text if it is short.
func words(body io.Reader) string {
	data, _ := io.ReadAll(io.LimitReader(body, maxAnswer)) // what came is better than nothing
	var said struct{ Error, Reason, Message any }
	if json.Unmarshal(data, &said) == nil {
		for _, text := range []any{said.Error, said.Reason, said.Message} {
			if text, ok := text.(string); ok && text != "" {
				return shorten(text)
			}
		}
		return ""
	}
	if bytes.Contains(data, []byte("<")) {
		return "" // a page for people
	}
	return shorten(string(data))
}

// shorten makes one line of a text, and not too long a one.
func shorten(text string) string {
	text = strings.ToValidUTF8(strings.Join(strings.Fields(text), " "), "")
	if len(text) > maxWords {
		text = strings.ToValidUTF8(text[:maxWords], "") + "…"
	}
	if text == "" {
		return ""
	}
	return fmt.Sprintf("%q", text)
}

// pause waits before the next try.
func (s *session) pause(ctx context.Context, try int) error { return httpx.Pause(ctx, s.wait, try) }

// insist does something that does no harm if it is done twice, until it works.
func (s *session) insist(ctx context.Context, do func() error) error {
	return httpx.Insist(ctx, s.wait, maybeDone, do)
}

// maybeDone says whether a request that failed so may have had its effect, or may be sent again.
func maybeDone(err error) bool {
	if status := statusOf(err); status != 0 {
		return status >= 500
	}
	e, broken := errors.AsType[*url.Error](err)
	return broken && !errors.Is(err, context.Canceled) && !strings.Contains(e.Error(), "redirects it")
}
