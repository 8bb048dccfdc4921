package release

import (
	"context"
	"time"
)

// handBackTime bounds the last thing that a failed run does: CI gives a cancelled one only seconds.
const handBackTime = 5 * time.Second

// handBack says in the open release that nobody is at work on it any more, so that the next run needn't wait until it is
// stale. What stopped this run is what counts: a failure here costs no more than that wait.
func handBack(ctx context.Context, d Deps, tag, openHash string) {
	if openHash == "" {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), handBackTime)
	defer cancel()
	data, here, err := d.Worktree.ReadOpen(ctx, openHash)
	if err != nil || !here {
		return
	}
	open, err := decodeOpen(tag, data)
	if err != nil {
		return
	}
	open.Process = Process{}
	if data, err = open.encode(); err != nil {
		return
	}
	free, err := d.Worktree.WriteOpen(ctx, data, open.Since)
	if err != nil {
		return
	}
	_ = d.Remote.Push(ctx, []RefUpdate{{Name: OpenPrefix + tag, Old: openHash, New: free}})
}
