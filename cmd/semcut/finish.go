package main

import (
	"context"
	"fmt"

	"github.com/semcut/semcut/release"
)

// finish carries on what earlier runs began, and reads HEAD again, which that may have moved. A reason says why
// this run has nothing more to do.
func (r *releaser) finish(ctx context.Context) (finished []release.Change, reason string, err error) {
	if r.refs == nil || !r.mayWrite() {
		return nil, "", nil
	}
	only := ""
	if r.ci.On {
		only = r.branch.Name
	}
	done, err := release.FinishOpen(ctx, r.repo, r.deps(), r.finishOptions(ctx, only))
	if err != nil || done.Busy != "" || len(done.Changes) == 0 {
		return done.Changes, done.Busy, err
	}
	if r.refs, err = r.remote.Refs(ctx); err != nil {
		return done.Changes, "", err
	}
	r.head, err = r.repo.Head(ctx)
	r.rev = r.head.Commit
	return done.Changes, "", err
}

func (r *releaser) finishOptions(ctx context.Context, only string) release.FinishOptions {
	return release.FinishOptions{
		Listing: r.refs, Branches: r.branches, TagFormat: r.cfg.TagFormat, Repository: r.identity.String(),
		Process: r.ci.process(), Now: now(r.a), Over: r.ci.over, Only: only, LocalRef: r.localRef(),
	}
}

// finishTagBuild finishes the open release of the tag that a CI job is for. Other jobs that release
// nothing finish nothing either.
func (r *releaser) finishTagBuild(ctx context.Context) ([]release.Change, error) {
	if r.ci.Tag == "" || r.ci.PullRequest || r.o.DryRun || r.o.NoPush {
		return nil, nil
	}
	if err := r.listRemote(ctx); err != nil {
		return nil, err
	}
	if _, open := r.refs.Refs[release.OpenPrefix+r.ci.Tag]; !open {
		return nil, nil
	}
	err := r.pickBranch()
	if err != nil {
		return nil, err
	}
	if r.publishers, err = r.wirePublishers(ctx); err != nil {
		return nil, err
	}
	o := r.finishOptions(ctx, "")
	o.OnlyTag = r.ci.Tag
	done, err := release.FinishOpen(ctx, r.repo, r.deps(), o)
	if done.Busy != "" {
		r.a.Log.Info(done.Busy)
	}
	return done.Changes, err
}

// finishTag finishes one release at once: an open one, or any tag of ours that lacks its release page.
func (r *releaser) finishTag(ctx context.Context, tag string) ([]release.Change, error) {
	o := r.finishOptions(ctx, "")
	o.OnlyTag, o.TakeOver = tag, tag
	done, err := release.FinishOpen(ctx, r.repo, r.deps(), o)
	if err != nil || len(done.Changes) > 0 {
		return done.Changes, err
	}
	past, err := r.pastRelease(ctx, tag)
	if err != nil {
		return nil, err
	}
	receipts, err := release.Publish(ctx, r.deps(), past)
	for _, receipt := range receipts {
		past.URL = receipt.URL
	}
	return []release.Change{{Next: &past, Commits: []release.Decision{}, Edits: []release.Edit{}, Reasons: []string{}, Candidates: []release.Candidate{}}}, err
}

// pastRelease is what a tag that the remote has was released as.
func (r *releaser) pastRelease(ctx context.Context, tag string) (release.Release, error) {
	commit := r.refs.TagCommit(tag)
	if commit == "" {
		return release.Release{}, release.Errorf(release.CodeRevision, "see the remote's tags with \"git ls-remote --tags\"",
			"finishing the release %q: the remote has no such tag", tag)
	}
	opts, err := r.options(ctx, r.branch, now(r.a))
	if err != nil {
		return release.Release{}, err
	}
	past, ok, err := release.PastRelease(ctx, r.repo, opts, tag)
	if err != nil {
		return release.Release{}, err
	}
	if !ok || past.Commit != commit {
		return release.Release{}, release.Errorf(release.CodeRevision, fmt.Sprintf("get it with \"git fetch origin tag %s\"; it must fit tagFormat", tag),
			"finishing the release %q: this clone has no such release tag", tag)
	}
	return past, nil
}
