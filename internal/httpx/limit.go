package httpx

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Limited says whether an answer means that too much was asked, so that nothing was done, and from which time on, by the
// server's clock, it may be asked again; that is zero where the server doesn't say. words are what the answer's body says.
func Limited(resp *http.Response, words string, now time.Time) (until time.Time, limited bool) {
	h := resp.Header
	switch {
	case resp.StatusCode != http.StatusForbidden && resp.StatusCode != http.StatusTooManyRequests:
		return time.Time{}, false
	case h.Get("Retry-After") != "":
		return retryAfter(h.Get("Retry-After"), serverTime(resp, now)), true
	case h.Get("X-RateLimit-Remaining") == "0" && h.Get("X-RateLimit-Reset") != "":
		if reset, err := strconv.ParseInt(h.Get("X-RateLimit-Reset"), 10, 64); err == nil {
			return time.Unix(reset, 0), true
		}
		return time.Time{}, true
	}
	return time.Time{}, resp.StatusCode == http.StatusTooManyRequests || strings.Contains(strings.ToLower(words), "secondary rate limit")
}

// retryAfter reads seconds or a date.
func retryAfter(value string, now time.Time) time.Time {
	if seconds, err := strconv.Atoi(value); err == nil {
		return now.Add(time.Duration(seconds) * time.Second)
	}
	if date, err := http.ParseTime(value); err == nil {
		return date
	}
	return time.Time{}
}

// serverTime is what the server's clock said when it answered: its times are meant by that, and ours may be wrong.
func serverTime(resp *http.Response, now time.Time) time.Time {
	if date, err := http.ParseTime(resp.Header.Get("Date")); err == nil {
		return date
	}
	return now
}

const (
	// budget is how long all the waits of a client may take together.
	budget = 5 * time.Minute
	// unsaid is the first wait where the server doesn't say how long.
	unsaid = time.Minute
	// limitedTries is how often a request is sent that runs into limits again and again.
	limitedTries = 8
	// maxWords is how much of an answer is searched for what it says of a limit.
	maxWords = 64 << 10
)

// limiter waits where the server says that it was asked too much, and sends the request again: whatever it was, it had
// no effect. A wait that goes beyond the budget is not begun; the caller gets the answer.
type limiter struct {
	next http.RoundTripper
	Options

	mu     sync.Mutex
	waited time.Duration
}

func (l *limiter) RoundTrip(r *http.Request) (*http.Response, error) {
	for try := 1; ; try++ {
		resp, err := l.next.RoundTrip(r)
		if err != nil {
			return resp, err
		}
		pause, limited := l.pause(resp, try)
		again, replayable := replay(r)
		if !limited || !replayable || try == limitedTries || !l.spend(pause) {
			return resp, nil
		}
		_ = resp.Body.Close() // it is of no use
		l.Log(fmt.Sprintf("%s asks to slow down: waiting %s", r.URL.Host, pause.Round(time.Second)))
		if err := l.Sleep(r.Context(), pause); err != nil {
			return nil, err
		}
		if r, err = again(); err != nil {
			return nil, err
		}
	}
}

// pause says how long to wait for a limit. It grows from try to try: a server that says too little is believed once.
func (l *limiter) pause(resp *http.Response, try int) (time.Duration, bool) {
	now := l.Now()
	until, limited := Limited(resp, "", now)
	if !limited && resp.StatusCode == http.StatusForbidden {
		until, limited = Limited(resp, peek(resp), now)
	}
	if !limited {
		return 0, false
	}
	least := time.Second
	if l.Wait > 0 {
		least = l.Wait
	}
	if until.IsZero() {
		first := unsaid
		if l.Wait > 0 {
			first = l.Wait
		}
		return first * time.Duration(try), true
	}
	return max(until.Sub(serverTime(resp, now)), least<<(try-1)), true
}

// peek reads what an answer says and leaves it readable.
func peek(resp *http.Response) string {
	var seen bytes.Buffer
	_, _ = io.Copy(&seen, io.LimitReader(resp.Body, maxWords)) // who reads on meets the error again
	text := seen.String()
	resp.Body = struct {
		io.Reader
		io.Closer
	}{io.MultiReader(&seen, resp.Body), resp.Body}
	return text
}

// spend takes a wait out of the budget, if it is there.
func (l *limiter) spend(pause time.Duration) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.waited+pause > l.Budget {
		return false
	}
	l.waited += pause
	return true
}

// replay says whether a request can be sent once more, and makes it.
func replay(r *http.Request) (again func() (*http.Request, error), can bool) {
	if r.Body == nil || r.Body == http.NoBody {
		return func() (*http.Request, error) { return r, nil }, true
	}
	return func() (*http.Request, error) {
		body, err := r.GetBody()
		if err != nil {
			return nil, err
		}
		next := r.Clone(r.Context())
		next.Body = body
		return next, nil
	}, r.GetBody != nil
}

// sleep waits, unless the context ends.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
