package release

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"github.com/Masterminds/semver/v3"

	"github.com/semcut/semcut/commitparse"
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
	// At gives what the configuration at a released commit says that is to be done after the push, and by whom, and the
	// files of that commit.
	At func(ctx context.Context, commit string) (publishers []Publisher, work Work, files fs.FS, err error)
	// Hide takes credentials out of notes that a run wrote which didn't know of them; nil where there is nothing to hide.
	Hide func(string) string
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
	open, ok, err := f.read(ctx, tag, &hash)
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

// read reads an open release; ok is false where there is none that could be finished. What another run changes or closes
// while it is read is read anew, and hash tells what was read.
func (f *finisher) read(ctx context.Context, tag string, hash *string) (open OpenRelease, ok bool, err error) {
	var data []byte
	for try := 1; ; try++ {
		here := false
		data, here, err = f.Worktree.ReadOpen(ctx, *hash)
		if err == nil && !here {
			data, err = f.Remote.ReadOpen(ctx, OpenPrefix+tag, *hash)
		}
		if err == nil || try == takeUpTries {
			break
		}
		refs, again := f.Remote.Refs(ctx)
		if again != nil || refs.Refs[OpenPrefix+tag] == *hash {
			break
		}
		if *hash = refs.Refs[OpenPrefix+tag]; *hash == "" {
			return open, false, nil // the other run has finished it
		}
		f.Listing = refs
	}
	if CodeOf(err) == CodeOpen || CodeOf(err) == CodeRevision { // somebody put something else under that name
		f.Log.Warn(fmt.Sprintf("leaving %s%s alone: %s; delete it if nobody needs it: git push origin :%s%s", OpenPrefix, tag, err, OpenPrefix, tag))
		return open, false, nil
	}
	if err != nil {
		return open, false, err
	}
	if open, err = DecodeOpen(tag, data); err != nil {
		f.Log.Warn("leaving the unfinished release alone: " + err.Error())
		return open, false, nil
	}
	open.Notes = hideWith(f.Hide, open.Notes)
	return open, true, nil
}

// branchOf finds the configured branch that the commit lies in, the one that the plan names first.
func (f *finisher) branchOf(ctx context.Context, commit, named string) (Branch, bool, error) {
	branches := slices.Clone(f.Branches)
	slices.SortStableFunc(branches, func(a, b Branch) int { return boolOrder(a.Name == named, b.Name == named) })
	return BranchOf(ctx, f.history, f.Listing, branches, commit)
}

// BranchOf finds the first of some branches in which a commit lies at the remote; ok is false where it lies in none.
func BranchOf(ctx context.Context, h History, remote *RemoteRefs, branches []Branch, commit string) (branch Branch, ok bool, err error) {
	for _, b := range branches {
		tip := remote.Branch(b.Name)
		if tip == "" {
			continue
		}
		in, err := h.IsAncestor(ctx, commit, tip)
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
		if open, ok, err = f.read(ctx, open.Tag, &hash); err != nil || !ok {
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
	latest, err := f.latest(ctx, r)
	if err != nil {
		return err
	}
	r.Latest = latest
	open.Process, open.Since = f.Process, f.Now.UTC() // as takeUp wrote it
	e, err := f.ending(ctx, &r, open, hash)
	if err != nil {
		newLease(f.Deps, open, hash).handBack(ctx)
		return err
	}
	receipts, err := e.run(ctx)
	f.done.Receipts = append(f.done.Receipts, receipts...)
	if err != nil {
		return err
	}
	f.done.Changes = append(f.done.Changes, e.plan.Changes[0])
	return nil
}

// ending is what is left to do of a release, as the configuration at its commit says it.
func (f *finisher) ending(ctx context.Context, r *Release, open OpenRelease, hash string) (*ending, error) {
	publishers, work, files, err := f.At(ctx, r.Commit)
	if err != nil {
		return nil, fmt.Errorf("finishing the release %q: %w", r.Tag, err)
	}
	d := f.Deps
	d.Publishers = publishers
	e := &ending{
		Deps: d, Work: work, release: r, first: open.LastTag == "", again: f.TakeOver == r.Tag, lease: newLease(d, open, hash),
		promise: promise{tag: r.Tag, list: open.Assets, here: d.Files, there: files},
		plan: &Plan{Head: open.Head, Branch: Branch{Name: r.Branch, Channel: r.Channel}, Steps: []Step{}, Warnings: []string{}, Changes: []Change{{
			Next: r, Bump: open.Bump, Commits: []Decision{}, Edits: []Edit{}, Reasons: []string{}, Candidates: []Candidate{},
		}}},
	}
	from := ""
	if last, ok := f.TagFormat.Version(open.LastTag); ok {
		from = f.Listing.TagCommit(open.LastTag)
		e.plan.Changes[0].Last = &Release{Version: last, Tag: open.LastTag, Commit: from, Branch: r.Branch}
	}
	r.last, r.bump = e.plan.Changes[0].Last, open.Bump
	e.plan.spec.read = func(ctx context.Context) ([]commitparse.Commit, error) {
		commits, err := f.history.Commits(ctx, from, open.Head)
		return ParseCommits(commits, work.Format), err
	}
	return e, f.remake(ctx, e)
}

// remake runs the prepare hooks once more where a file that was promised is gone and this is the commit that they made
// it from.
func (f *finisher) remake(ctx context.Context, e *ending) error {
	if len(e.Hooks[AtPrepare]) == 0 || !e.promise.missing() {
		return nil
	}
	head, err := f.here(ctx)
	if err != nil || head != e.release.Commit {
		return err
	}
	_, err = e.Hooks.run(ctx, e.Runner, AtPrepare, e.plan)
	return err
}

// here gives the commit that this clone is at.
func (f *finisher) here(ctx context.Context) (string, error) {
	refs, err := f.Worktree.LocalRefs(ctx, f.LocalRef)
	return refs[f.LocalRef], err
}

// latest says whether a release may become the one that a forge shows first: not where a later one of its branch is out.
func (f *finisher) latest(ctx context.Context, r Release) (bool, error) {
	if !r.Latest {
		return false, nil
	}
	for tag := range tagNames(f.Listing) {
		if v, ok := f.TagFormat.Version(tag); !ok || v.Prerelease() != "" || !v.GreaterThan(r.Version) {
			continue
		}
		on, err := f.history.IsAncestor(ctx, f.Listing.TagCommit(tag), f.Listing.Branch(r.Branch))
		if err != nil && CodeOf(err) != CodeRevision {
			return false, err
		}
		if on {
			return false, nil
		}
	}
	return true, nil
}

// releaseOn fills what follows from branch and version.
func releaseOn(b Branch, v *semver.Version, tag, commit string) Release {
	return Release{
		Version: v, Tag: tag, Commit: commit, Branch: b.Name, Channel: b.Channel,
		Prerelease: b.Kind == PrereleaseBranch || b.Kind == ReleaseBranch && !b.First || v.Prerelease() != "",
		Latest:     b.Kind == ReleaseBranch && b.First && v.Prerelease() == "",
	}
}

// FinishTag publishes a release whose tag the remote has and of which no open release speaks: one that another tool made, or
// an old one that never got its page.
func FinishTag(ctx context.Context, h History, d Deps, o FinishOptions, c Change) ([]Receipt, error) {
	f := &finisher{Deps: d, FinishOptions: o, history: h}
	open := OpenRelease{Tag: c.Next.Tag, Head: c.Next.Commit}
	if c.Last != nil {
		open.LastTag = c.Last.Tag
	}
	var err error
	if c.Next.Latest, err = f.latest(ctx, *c.Next); err != nil {
		return nil, err
	}
	e, err := f.ending(ctx, c.Next, open, "")
	if err != nil {
		return nil, err
	}
	if len(e.Assets) > 0 {
		if e.promise.list, err = f.assetsOf(ctx, e); err != nil {
			return nil, err
		}
	}
	return e.run(ctx)
}

// assetsOf finds the assets of a release that nobody has promised anything of: they are what the work tree has, which has
// to be that of its commit.
func (f *finisher) assetsOf(ctx context.Context, e *ending) ([]OpenAsset, error) {
	head, err := f.here(ctx)
	if err != nil {
		return nil, err
	}
	if f.Files == nil || head != e.release.Commit {
		return nil, Errorf(CodeAsset, fmt.Sprintf("git checkout %s, make its files, and run it again", e.release.Tag),
			"finishing the release %q: its assets are files of a work tree, and this one is at another commit", e.release.Tag)
	}
	if _, err := e.Hooks.run(ctx, e.Runner, AtPrepare, e.plan); err != nil {
		return nil, err
	}
	return e.gatherAssets(f.Files, e.release, f.Log)
}
