package github

import (
	"context"
	"errors"
	"testing"
	"time"
)

func TestPacer(t *testing.T) {
	p, begin := pacer{pace: 20 * time.Millisecond}, time.Now()
	for range 3 {
		if err := p.wait(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if took := time.Since(begin); took < 40*time.Millisecond {
		t.Errorf("three requests took %s", took)
	}
	slow := pacer{}
	ctx, cancel := context.WithCancel(t.Context())
	if err := slow.wait(ctx); err != nil {
		t.Fatal(err)
	}
	cancel()
	if err := slow.wait(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
