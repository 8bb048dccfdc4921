package release

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/Masterminds/semver/v3"
)

// staleAfter is how long a run may be silent before another one may take its release up.
const staleAfter = 10 * time.Minute

// FinishOptions say which unfinished releases may be taken up, and by whom.
type FinishOptions struct {
	Listing    *RemoteRefs // the remote, as it was just listed
	Branches   []Branch    // those that the configuration releases from
	TagFormat  TagFormat
	Repository string
	Process    Process
	Now        time.Time
	// Over says whether a process is known to be over.
	Over func(Process) bool
	// Only limits what is finished to the releases of one branch; "" takes all.
	Only string
	// OnlyTag limits it to the release of one tag; "" takes all.
	OnlyTag string
	// TakeOver finishes this tag's release at once, whoever is at work on it.
	TakeOver string
	LocalRef string // what a release commit moves in this clone, as in Options
}

// Finished is what FinishOpen did.
type Finished struct {
	Changes  []Change // what was finished: Last, Next and Bump as far as the open release tells them
	Receipts []Receipt
	// Busy names a release that another run is at work on; this run should leave everything alone.
	Busy string
}

// FinishOpen carries on every release that an earlier run began and didn't end: those that this clone
// had not pushed yet, and those that the remote shows. Run again it finds nothing to do.
func FinishOpen(ctx context.Context, h History, d Deps, o FinishOptions) (Finished, error) {
	f := &finisher{Deps: d, FinishOptions: o, history: h}
	local, err := d.Worktree.LocalRefs(ctx, OpenPrefix)
	if err != nil {
		return f.done, err
	}
	f.local = local
	for _, ref := range openRefs(local, o.Listing.Refs) {
		tag, _ := openTag(ref)
		if o.OnlyTag != "" && tag != o.OnlyTag {
			continue
		}
		hash, there := o.Listing.Refs[ref]
		if there {
			err = f.atRemote(ctx, tag, hash)
		} else {
			err = f.onlyHere(ctx, tag, local[ref])
		}
		if err != nil || f.done.Busy != "" {
			return f.done, err
		}
	}
	return f.done, nil
}

// openRefs lists the open releases of both sides, lower versions first where the names sort so.
func openRefs(local, remote map[string]string) []string {
	seen := map[string]bool{}
	var refs []string
	for _, side := range []map[string]string{local, remote} {
		for ref := range side {
			if _, ok := openTag(ref); ok && !seen[ref] {
				seen[ref] = true
				refs = append(refs, ref)
			}
		}
	}
	slices.Sort(refs)
	return refs
}

type finisher struct {
	Deps
	FinishOptions
	history History
	local   map[string]string // the open releases that this clone knows of
	done    Finished
}

// atRemote finishes a release whose branch and tag are pushed.
func (f *finisher) atRemote(ctx context.Context, tag, hash string) error {
	open, ok, err := f.read(ctx, tag, hash)
	if err != nil || !ok {
		return err
	}
	leave := func(why string) error {
		f.Log.Warn(fmt.Sprintf("leaving the unfinished release %q alone: %s", tag, why))
		return nil
	}
	if open.Repository != f.Repository {
		return leave(fmt.Sprintf("it belongs to %q, this is %q", open.Repository, f.Repository))
	}
	commit := f.Listing.TagCommit(tag)
	if commit == "" {
		return leave(fmt.Sprintf("its tag is gone at the remote; delete %s%s there, too", OpenPrefix, tag))
	}
	if commit != open.Commit {
		return leave("its tag was moved to " + short(commit))
	}
	version, fits := f.TagFormat.Version(tag)
	if !fits {
		return leave(fmt.Sprintf("the tag doesn't fit tagFormat %q", f.TagFormat))
	}
	if version.String() != open.Version {
		return leave(fmt.Sprintf("it speaks of version %q", open.Version))
	}
	branch, found, err := f.branchOf(ctx, commit, open.Branch)
	if err != nil {
		return err
	}
	if !found {
		return leave("its commit lies in no branch that releases are made from")
	}
	if f.Only != "" && branch.Name != f.Only {
		return nil
	}
	if !f.free(open) {
		f.done.Busy = fmt.Sprintf("%s is at work on %s since %s", describe(open.Process), tag, open.Since.Format(time.TimeOnly))
		return nil
	}
	hash, ok, err = f.takeUp(ctx, open, hash)
	if err != nil || !ok {
		return err
	}
	if f.local[OpenPrefix+tag] != "" { // this clone made it, and may be half way itself
		if err := f.advance(ctx, open); err != nil {
			return err
		}
	}
	return f.publish(ctx, open, branch, version, hash)
}

func (f *finisher) read(ctx context.Context, tag, hash string) (open OpenRelease, ok bool, err error) {
	data, here, err := f.Worktree.ReadOpen(ctx, hash)
	if err == nil && !here {
		data, err = f.Remote.ReadOpen(ctx, OpenPrefix+tag, hash)
	}
	if CodeOf(err) == CodeOpen || CodeOf(err) == CodeRevision { // somebody put something else under that name
		f.Log.Warn(fmt.Sprintf("leaving %s%s alone: %s; delete it if nobody needs it: git push origin :%s%s", OpenPrefix, tag, err, OpenPrefix, tag))
		return open, false, nil
	}
	if err != nil {
		return open, false, err
	}
	if open, err = decodeOpen(tag, data); err != nil {
		f.Log.Warn("leaving the unfinished release alone: " + err.Error())
		return open, false, nil
	}
	return open, true, nil
}

// branchOf finds the configured branch that the commit lies in, the one that the plan names first.
func (f *finisher) branchOf(ctx context.Context, commit, named string) (Branch, bool, error) {
	branches := slices.Clone(f.Branches)
	slices.SortStableFunc(branches, func(a, b Branch) int { return boolOrder(a.Name == named, b.Name == named) })
	for _, b := range branches {
		tip := f.Listing.Branch(b.Name)
		if tip == "" {
			continue
		}
		in, err := f.history.IsAncestor(ctx, commit, tip)
		if err != nil && CodeOf(err) != CodeRevision {
			return Branch{}, false, err
		}
		if in {
			return b, true, nil
		}
	}
	return Branch{}, false, nil
}

// free says whether this run may take the release up.
func (f *finisher) free(open OpenRelease) bool {
	return open.Tag == f.TakeOver || open.Process == f.Process || open.Process == (Process{}) || f.Now.Sub(open.Since) > staleAfter || f.Over(open.Process)
}

func describe(p Process) string {
	if p.Run != "" {
		return p.Run
	}
	return fmt.Sprintf("process %d on %s", p.PID, p.Host)
}

// takeUp writes this run into the open release, with a lease: of two that try, one gets it. What a run that was
// killed had sent may arrive late; then it is tried again.
func (f *finisher) takeUp(ctx context.Context, open OpenRelease, hash string) (mine string, ok bool, err error) {
	ref := OpenPrefix + open.Tag
	for range takeUpTries {
		open.Process, open.Since = f.Process, f.Now.UTC()
		mine, err = rewriteOpen(ctx, f.Deps, open, hash)
		if CodeOf(err) != CodeMoved {
			return mine, err == nil, err
		}
		refs, err := f.Remote.Refs(ctx)
		if err != nil {
			return "", false, err
		}
		if hash = refs.Refs[ref]; hash == "" {
			return "", false, nil // the other run has finished it
		}
		if open, ok, err = f.read(ctx, open.Tag, hash); err != nil || !ok {
			return "", false, err
		}
		if !f.free(open) {
			break
		}
	}
	f.done.Busy = fmt.Sprintf("another run has just taken up %s", open.Tag)
	return "", false, nil
}

// takeUpTries bounds how often a release is taken up anew.
const takeUpTries = 3

func (f *finisher) publish(ctx context.Context, open OpenRelease, branch Branch, version *semver.Version, hash string) error {
	f.Log.Info("finishing the release that an earlier run began", "tag", open.Tag)
	r := releaseOn(branch, version, open.Tag, open.Commit)
	r.Date, r.Notes = open.Date, open.Notes
	if ValidPath(open.Changelog) {
		r.Changelog = open.Changelog
	}
	receipts, err := publish(ctx, f.Deps, r, hash)
	f.done.Receipts = append(f.done.Receipts, receipts...)
	if err != nil {
		return err
	}
	r.URL = firstURL(receipts)
	c := Change{Next: &r, Bump: open.Bump, Commits: []Decision{}, Edits: []Edit{}, Reasons: []string{}, Candidates: []Candidate{}}
	if last, ok := f.TagFormat.Version(open.LastTag); ok {
		c.Last = &Release{Version: last, Tag: open.LastTag, Branch: branch.Name}
	}
	f.done.Changes = append(f.done.Changes, c)
	return nil
}

// releaseOn fills what follows from branch and version.
func releaseOn(b Branch, v *semver.Version, tag, commit string) Release {
	return Release{
		Version: v, Tag: tag, Commit: commit, Branch: b.Name, Channel: b.Channel,
		Prerelease: b.Kind == PrereleaseBranch || b.Kind == ReleaseBranch && !b.First || v.Prerelease() != "",
		Latest:     b.Kind == ReleaseBranch && b.First && v.Prerelease() == "",
	}
}

// Publish publishes a release whose tag the remote has and of which no open release speaks: one that
// another tool made, or an old one that never got its page.
func Publish(ctx context.Context, d Deps, r Release) ([]Receipt, error) {
	return publish(ctx, d, r, "")
}
