package main

import (
	"context"
	"fmt"

	"github.com/semcut/semcut/release"
)

// finish carries on what earlier runs began, and reads HEAD again, which that may have moved. stop says
// that this run has nothing more to do.
func (r *releaser) finish(ctx context.Context) (stop bool, err error) {
	if r.refs == nil || !r.mayWrite() {
		return false, nil
	}
	if r.o.Finish != "" {
		return true, r.finishTag(ctx, r.o.Finish)
	}
	only := ""
	if r.ci.On {
		only = r.branch.Name
	}
	done, err := release.FinishOpen(ctx, r.repo, r.deps(), r.finishOptions(ctx, only))
	if err != nil {
		return true, err
	}
	if done.Busy != "" {
		r.a.Log.Info("nothing is released here: " + done.Busy)
		return true, nil
	}
	if len(done.Releases) == 0 {
		return false, nil
	}
	for _, rel := range done.Releases {
		if err := renderDone(r.a.Out, &rel, false); err != nil {
			return true, err
		}
	}
	if r.refs, err = r.remote.Refs(ctx); err != nil {
		return true, err
	}
	if r.head, err = r.repo.Head(ctx); err != nil {
		return true, err
	}
	r.rev = r.head.Commit
	return false, nil
}

func (r *releaser) finishOptions(ctx context.Context, only string) release.FinishOptions {
	return release.FinishOptions{
		Listing: r.refs, Branches: r.allBranches(), TagFormat: r.cfg.TagFormat, Repository: r.identity.String(),
		Process: r.ci.process(), Now: now(r.a), Over: r.ci.over, Only: only, LocalRef: r.localRef(),
	}
}

func (r *releaser) allBranches() []release.Branch {
	head := r.defaultBranch()
	if r.refs != nil && r.refs.Head != "" {
		head = r.refs.Head
	}
	return release.Branches(r.cfg.Branches, head, r.name)
}

// finishTagBuild finishes the open release of the tag that a CI job is for. Other jobs that release
// nothing finish nothing either.
func (r *releaser) finishTagBuild(ctx context.Context) error {
	if r.ci.Tag == "" || r.ci.PullRequest || r.o.DryRun || r.o.NoPush {
		return nil
	}
	if err := r.listRemote(ctx); err != nil {
		return err
	}
	if _, open := r.refs.Refs[release.OpenPrefix+r.ci.Tag]; !open {
		return nil
	}
	var err error
	if r.publishers, err = r.wirePublishers(ctx); err != nil {
		return err
	}
	o := r.finishOptions(ctx, "")
	o.OnlyTag = r.ci.Tag
	done, err := release.FinishOpen(ctx, r.repo, r.deps(), o)
	if done.Busy != "" {
		r.a.Log.Info(done.Busy)
	}
	return err
}

// finishTag finishes one release at once: an open one, or any tag of ours that lacks its release page.
func (r *releaser) finishTag(ctx context.Context, tag string) error {
	o := r.finishOptions(ctx, "")
	o.OnlyTag, o.TakeOver = tag, tag
	done, err := release.FinishOpen(ctx, r.repo, r.deps(), o)
	if err != nil {
		return err
	}
	if len(done.Releases) > 0 {
		return renderDone(r.a.Out, &done.Releases[0], false)
	}
	commit := r.refs.TagCommit(tag)
	if commit == "" {
		return release.Errorf(release.CodeRevision, "see the remote's tags with \"git ls-remote --tags\"", "finishing the release %q: the remote has no such tag", tag)
	}
	opts, err := r.options(ctx, r.branch, now(r.a))
	if err != nil {
		return err
	}
	past, ok, err := release.PastNotes(ctx, r.repo, opts, tag)
	if err != nil {
		return err
	}
	if !ok || past.Commit != commit {
		return release.Errorf(release.CodeRevision, fmt.Sprintf("get it with \"git fetch origin tag %s\"; it must fit tagFormat", tag),
			"finishing the release %q: this clone has no such release tag", tag)
	}
	receipts, err := release.Publish(ctx, r.deps(), past)
	if err != nil {
		return err
	}
	for _, receipt := range receipts {
		past.URL = receipt.URL
	}
	return renderDone(r.a.Out, &past, false)
}
