package main

import (
	"context"
	"io"
)

// interruptible is a stream whose reader doesn't wait for input any more once it is interrupted.
type interruptible struct {
	ctx  context.Context
	from io.Reader
	rest []byte
}

type readResult struct {
	data []byte
	err  error
}

func (r *interruptible) Read(p []byte) (int, error) {
	if len(r.rest) > 0 {
		n := copy(p, r.rest)
		r.rest = r.rest[n:]
		return n, nil
	}
	done := make(chan readResult, 1)
	go func() { // it may be left behind: nothing else can end a read from a terminal
		data := make([]byte, max(len(p), 1))
		n, err := r.from.Read(data)
		done <- readResult{data[:n], err}
	}()
	select {
	case <-r.ctx.Done():
		return 0, r.ctx.Err()
	case got := <-done:
		n := copy(p, got.data)
		r.rest = got.data[n:]
		return n, got.err
	}
}
