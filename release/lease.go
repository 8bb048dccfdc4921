package release

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"
)

// lease is this run's hold of an open release: the value that the ref has at the remote. Whoever moves the ref from it
// has the release from then on, so a run that finds it moved stops. A nil lease is that of a release that nobody notes.
type lease struct {
	Deps
	mu    sync.Mutex
	open  OpenRelease
	hash  string    // what the remote's ref holds
	began time.Time // by the machine's clock, when the open release was written last
	fresh bool      // it was written just now, by the step before
	every time.Duration
}

// beat is how often a run that is still at work says so: a release is taken for abandoned after staleAfter.
const beat = 3 * time.Minute

func newLease(d Deps, open OpenRelease, hash string) *lease {
	if hash == "" {
		return nil
	}
	return &lease{Deps: d, open: open, hash: hash, began: time.Now(), fresh: true, every: beat}
}

// rewrite changes what the open release says, if this run still has it.
func (l *lease) rewrite(ctx context.Context, change func(*OpenRelease)) error {
	if l == nil {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	open := l.open
	open.Receipts = slices.Clone(open.Receipts)
	open.Since = open.Since.Add(time.Since(l.began).Truncate(time.Second))
	change(&open)
	hash, err := rewriteOpen(ctx, l.Deps, open, l.hash)
	if CodeOf(err) == CodeMoved {
		return errLost(open.Tag)
	}
	if CodeOf(err) == CodeRemote && hash != "" { // nobody knows what the remote did: look
		if refs, again := l.Remote.Refs(ctx); again == nil && refs.Refs[OpenPrefix+open.Tag] == hash {
			err = nil
		}
	}
	if err == nil {
		l.open, l.hash, l.began, l.fresh = open, hash, time.Now(), true
	}
	return err
}

// errLost says that another run has the release now.
func errLost(tag string) error {
	return &Error{Code: CodeOpen, Hint: "nothing is lost: the other run finishes it; see \"git ls-remote origin 'refs/semcut/open/*'\"",
		Err: fmt.Errorf("finishing the release %q: %w", tag, errTaken)}
}

var errTaken = errors.New("another run has taken it up meanwhile")

// holds says why the release isn't this run's any more; nil where it is. Each step asks it first.
func (l *lease) holds(ctx context.Context) error {
	if l == nil {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.fresh {
		l.fresh = false
		return nil
	}
	refs, err := l.Remote.Refs(ctx)
	if err == nil && refs.Refs[OpenPrefix+l.open.Tag] != l.hash {
		err = errLost(l.open.Tag)
	}
	return err
}

// keep says from time to time that this run is still at work. The context that it gives ends when the release is lost.
func (l *lease) keep(ctx context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	if l == nil {
		return ctx, func() { cancel(nil) }
	}
	stopped := make(chan struct{})
	ticker := time.NewTicker(l.every)
	go func() {
		defer close(stopped)
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
				if err := l.rewrite(ctx, func(*OpenRelease) {}); errors.Is(err, errTaken) {
					cancel(err)
					return
				}
			}
		}
	}()
	return ctx, func() {
		ticker.Stop()
		cancel(nil)
		<-stopped
	}
}

// step gives the receipt of a step that the world can't be asked about.
func (l *lease) step(id string) (StepReceipt, bool) {
	if l == nil {
		return StepReceipt{}, false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	i := slices.IndexFunc(l.open.Receipts, func(r StepReceipt) bool { return r.Step == id })
	if i < 0 {
		return StepReceipt{}, false
	}
	return l.open.Receipts[i], true
}

// note writes a step's receipt into the open release; a nil one takes it out.
func (l *lease) note(ctx context.Context, id string, receipt *StepReceipt) error {
	return l.rewrite(ctx, func(o *OpenRelease) {
		o.Receipts = slices.DeleteFunc(o.Receipts, func(r StepReceipt) bool { return r.Step == id })
		if receipt != nil {
			receipt.At = o.Since
			o.Receipts = append(o.Receipts, *receipt)
		}
	})
}

// close is the last step: the open release goes, at the remote with the lease and then here.
func (l *lease) close(ctx context.Context) error {
	if l == nil {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	ref := OpenPrefix + l.open.Tag
	err := l.Remote.Push(ctx, []RefUpdate{{Name: ref, Old: l.hash}})
	if CodeOf(err) == CodeMoved {
		err = errLost(l.open.Tag)
	}
	if err != nil {
		return fmt.Errorf("closing the release %q: %w", l.open.Tag, err)
	}
	return l.forgetOpen(ctx, l.open.Tag, "")
}

// forgetOpen drops this clone's note of an open release where it is the one of that hash; "" drops whichever it is.
func (d Deps) forgetOpen(ctx context.Context, tag, hash string) error {
	ref := OpenPrefix + tag
	here, err := d.Worktree.LocalRefs(ctx, ref)
	if err != nil || here[ref] == "" || hash != "" && here[ref] != hash {
		return err
	}
	return d.Worktree.UpdateRefs(ctx, []RefUpdate{{Name: ref, Old: here[ref]}})
}

// handBackTime bounds the last thing that a failed run does: CI gives a cancelled one only seconds.
const handBackTime = 5 * time.Second

// handBack says in the open release that nobody is at work on it any more, so that the next run needn't wait until it is
// stale. What stopped this run is what counts: a failure here costs no more than that wait.
func (l *lease) handBack(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), handBackTime)
	defer cancel()
	_ = l.rewrite(ctx, func(o *OpenRelease) { o.Process = Process{} })
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
