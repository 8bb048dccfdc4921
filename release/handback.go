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
	_, _ = rewriteOpen(ctx, d, open, openHash)
}

// rewriteOpen puts open in the place of the open release that the remote has at old, and nowhere else.
func rewriteOpen(ctx context.Context, d Deps, open OpenRelease, old string) (hash string, err error) {
	data, err := open.encode()
	if err != nil {
		return "", err
	}
	if hash, err = d.Worktree.WriteOpen(ctx, data, open.Since); err != nil {
		return "", err
	}
	return hash, d.Remote.Push(ctx, []RefUpdate{{Name: OpenPrefix + open.Tag, Old: old, New: hash}})
}
