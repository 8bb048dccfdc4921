package github

import (
	"context"
	"sync"
	"time"

	"github.com/semcut/semcut/internal/httpx"
)

// pacer keeps requests that notify people apart, as GitHub asks of those who make many.
type pacer struct {
	pace time.Duration

	mu   sync.Mutex
	last time.Time
}

// wait waits until the next such request may be sent.
func (p *pacer) wait(ctx context.Context) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	pace := p.pace
	if pace == 0 {
		pace = time.Second
	}
	err := ctx.Err()
	if rest := pace - time.Since(p.last); rest > 0 && !p.last.IsZero() {
		err = httpx.Pause(ctx, rest, 1)
	}
	p.last = time.Now()
	return err
}
