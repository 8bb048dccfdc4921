package release

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// onlyHere finishes a release that this clone made and never pushed.
func (f *finisher) onlyHere(ctx context.Context, tag, hash string) error {
	open, ok, err := f.read(ctx, tag, &hash)
	if err != nil || !ok {
		return err
	}
	if f.Only != "" && open.Branch != f.Only {
		return nil
	}
	if !f.free(open) && open.Process.Host == f.Process.Host {
		f.done.Busy = fmt.Sprintf("%s is at work on %s", describe(open.Process), tag)
		return nil
	}
	tags, err := f.Worktree.LocalRefs(ctx, "refs/tags/"+tag)
	if err != nil {
		return err
	}
	switch there := f.Listing.TagCommit(tag); {
	case open.Commit == "": // it was being prepared
		return f.neverBegun(ctx, open, hash)
	case there == open.Commit:
		return f.pushed(ctx, open, hash)
	case there != "":
		return Errorf(CodeTagTaken, fmt.Sprintf("drop the one here: git tag -d %s && git update-ref -d %s%s", tag, OpenPrefix, tag),
			"pushing tag %q, made here on %s: the remote has it on %s", tag, short(open.Commit), short(there))
	case tags["refs/tags/"+tag] == "":
		return f.neverBegun(ctx, open, hash)
	case tags["refs/tags/"+tag] != open.TagObject:
		return Errorf(CodeTagTaken, fmt.Sprintf("forget the release: git update-ref -d %s%s", OpenPrefix, tag),
			"pushing tag %q: it was moved since it was made here", tag)
	}
	return f.pushHere(ctx, open, hash)
}

// DropUnbegun takes back what a killed run prepared in this clone, for a run that asks no remote: what is further along is left
// for one that does. busy says who is at work on it, "" where nobody is.
func DropUnbegun(ctx context.Context, h History, d Deps, o FinishOptions) (busy string, err error) {
	f := &finisher{Deps: d, FinishOptions: o, history: h}
	if f.local, err = d.Worktree.LocalRefs(ctx, OpenPrefix); err != nil {
		return "", err
	}
	for ref, hash := range f.local {
		tag, _ := openTag(ref)
		data, here, err := d.Worktree.ReadOpen(ctx, hash)
		if err != nil || !here {
			continue // it is for a run that finishes releases to tell of it
		}
		open, err := DecodeOpen(tag, data)
		if err != nil || open.Commit != "" {
			continue
		}
		if !f.free(open) && open.Process.Host == f.Process.Host {
			return fmt.Sprintf("%s is at work on %s", describe(open.Process), tag), nil
		}
		if err := f.neverBegun(ctx, open, hash); err != nil {
			return "", err
		}
	}
	return "", nil
}

// neverBegun drops the note of a release that never got its tag, and takes back what was prepared for it in the work tree.
func (f *finisher) neverBegun(ctx context.Context, open OpenRelease, hash string) error {
	if open.Prepared != "" {
		head, err := f.here(ctx)
		if err == nil && head == open.Head {
			err = f.Worktree.Restore(ctx, open.Prepared, cmp.Or(open.Before, open.Head), open.Before != "")
		}
		if err != nil {
			return err
		}
	}
	f.Log.Info("dropping a release that was never begun", "tag", open.Tag)
	return f.forgetOpen(ctx, open.Tag, hash)
}

// pushHere brings branch and files of an unpushed release to their end, and pushes it.
func (f *finisher) pushHere(ctx context.Context, open OpenRelease, hash string) error {
	branch, ok := FindBranch(f.Branches, open.Branch)
	version, fits := f.TagFormat.Version(open.Tag)
	if !ok || !fits {
		return Errorf(CodeOpen, fmt.Sprintf("forget it: git tag -d %s && git update-ref -d %s%s", open.Tag, OpenPrefix, open.Tag),
			"finishing the release %q that was begun here: the configuration no longer releases branch %q or such tags", open.Tag, open.Branch)
	}
	if err := f.advance(ctx, open); err != nil {
		return err
	}
	f.Log.Info("pushing the release that an earlier run made here", "tag", open.Tag)
	base := f.Listing.Branch(open.Branch)
	commit, err := f.fastForward(ctx, open, base)
	if err != nil {
		return err
	}
	here, err := f.Worktree.LocalRefs(ctx, channelRef(open.Tag))
	if err != nil {
		return err
	}
	noted, err := pushRelease(ctx, f.Deps, open.Tag, pushed{
		branch: RefUpdate{Name: "refs/heads/" + open.Branch, Old: base, New: commit},
		tag:    RefUpdate{Name: "refs/tags/" + open.Tag, New: open.TagObject},
		note:   RefUpdate{Name: channelRef(open.Tag), Old: f.Listing.Refs[channelRef(open.Tag)], New: here[channelRef(open.Tag)]},
		forge:  leftAtForge(f.Listing, open),
		open:   RefUpdate{Name: OpenPrefix + open.Tag, New: hash},
	}.updates())
	if CodeOf(err) == CodeMoved {
		return f.late(ctx, open, err)
	}
	if err == nil {
		err = f.forgetOpen(ctx, open.Tag, hash) // from now on the remote's note counts
	}
	if err != nil {
		return err
	}
	if !noted {
		hash = ""
	}
	return f.publish(ctx, open, branch, version, hash)
}

// arrival is how long a push may take to show all of its refs.
const arrival = 500 * time.Millisecond

// lookAgain lists the remote once more after a while, for the branch of a release.
func (f *finisher) lookAgain(ctx context.Context, open OpenRelease) (branch Branch, found bool, err error) {
	select {
	case <-ctx.Done():
		return branch, false, ctx.Err()
	case <-time.After(arrival):
	}
	if f.Listing, err = f.Remote.Refs(ctx); err != nil {
		return branch, false, err
	}
	return f.branchOf(ctx, open.Commit, open.Branch)
}

// late looks once more where a push came too late: what a killed run had sent may have arrived in the meantime.
func (f *finisher) late(ctx context.Context, open OpenRelease, moved error) error {
	refs, err := f.Remote.Refs(ctx)
	if err != nil {
		return err
	}
	if refs.TagCommit(open.Tag) != open.Commit {
		return moved
	}
	f.Listing = refs
	if hash, there := refs.Refs[OpenPrefix+open.Tag]; there {
		return f.atRemote(ctx, open.Tag, hash)
	}
	return nil // another run has finished it
}

// fastForward gives where the remote's branch, which is at base, has to go: forward to the release's commit, or
// nowhere where it contains that already.
func (f *finisher) fastForward(ctx context.Context, open OpenRelease, base string) (string, error) {
	if base == open.Base || base == "" {
		return open.Commit, nil
	}
	for _, way := range []struct{ from, to, end string }{{base, open.Commit, open.Commit}, {open.Commit, base, base}} {
		in, err := f.history.IsAncestor(ctx, way.from, way.to)
		if err != nil && CodeOf(err) != CodeRevision {
			return "", err
		}
		if in {
			return way.end, nil
		}
	}
	return "", Errorf(CodeMoved, fmt.Sprintf("take the release back and run again: git tag -d %s && git reset --keep %s && git pull", open.Tag, short(open.Head)),
		"pushing the release %q that was made here: branch %q moved on at the remote to %s, which doesn't contain it", open.Tag, open.Branch, short(base))
}

// pushed finishes a release whose tag is at the remote, with no note of it there: somebody pushed the tag by hand, or a run
// in another clone has finished it since this one was killed. To publish once more changes nothing; what the project's own
// commands did nobody knows.
func (f *finisher) pushed(ctx context.Context, open OpenRelease, hash string) error {
	branch, found, err := f.branchOf(ctx, open.Commit, open.Branch)
	if err == nil && !found { // a push that is just arriving shows its refs one after the other
		branch, found, err = f.lookAgain(ctx, open)
	}
	if err != nil {
		return err
	}
	version, fits := f.TagFormat.Version(open.Tag)
	if !found || !fits {
		f.Log.Warn(fmt.Sprintf("leaving the unfinished release %q alone: the remote has its tag, but no release branch with its commit", open.Tag))
		return nil
	}
	if err := f.advance(ctx, open); err != nil {
		return err
	}
	for _, step := range open.Steps {
		if strings.HasPrefix(step, KindHook+":") {
			open.Receipts = append(open.Receipts, StepReceipt{Step: step, At: open.Since}) // begun, as far as anybody knows
		}
	}
	mine, ok, err := f.takeUp(ctx, open, f.Listing.Refs[OpenPrefix+open.Tag])
	if _, refused := errors.AsType[*RefusedError](err); refused { // a server that takes no such notes
		mine, ok, err = "", true, nil
	}
	if err != nil || !ok {
		return err
	}
	if err := f.publish(ctx, open, branch, version, mine); err != nil {
		return err
	}
	return f.forgetOpen(ctx, open.Tag, hash)
}

// advance moves the branch and the files of this clone where the interrupted run left them behind.
func (f *finisher) advance(ctx context.Context, open OpenRelease) error {
	if open.Commit == open.Head {
		return nil
	}
	refs, err := f.Worktree.LocalRefs(ctx, f.LocalRef)
	if err != nil {
		return err
	}
	now := refs[f.LocalRef]
	if now == open.Head {
		if err := f.Worktree.UpdateRefs(ctx, []RefUpdate{{Name: f.LocalRef, Old: now, New: open.Commit}}); err != nil {
			return err
		}
		now = open.Commit
	}
	if now != open.Commit {
		return nil // commits on top, or another branch: the files are somebody else's business now
	}
	return f.Worktree.Restore(ctx, open.Head, open.Commit, false)
}
