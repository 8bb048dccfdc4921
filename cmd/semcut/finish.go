package main

import (
	"context"
	"fmt"
	"io/fs"
	"slices"

	"github.com/semcut/semcut/internal/config"
	"github.com/semcut/semcut/release"
)

// finish carries on what earlier runs began, and reads HEAD again, which that may have moved. A reason says why
// this run has nothing more to do.
func (r *releaser) finish(ctx context.Context) (finished []release.Change, reason string, err error) {
	if !r.mayWrite() {
		return nil, "", nil
	}
	if r.refs == nil {
		reason, err = release.DropUnbegun(ctx, r.repo, r.deps(nil), r.finishOptions(ctx, ""))
		return nil, reason, err
	}
	only := ""
	if r.ci.On {
		only = r.branch.Name
	}
	done, err := release.FinishOpen(ctx, r.repo, r.deps(nil), r.finishOptions(ctx, only))
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
		Process: r.ci.process(), Now: now(r.a), Over: func(p release.Process) bool { return r.ci.over(p) || r.runOver(ctx, p) }, Only: only, LocalRef: r.localRef(), At: r.workAt, Hide: r.hide,
	}
}

// workAt is what the configuration at a released commit says that is to be done after the push: a release is finished as
// it was begun, whatever the configuration says by now.
func (r *releaser) workAt(ctx context.Context, commit string) (publishers []release.Publisher, work release.Work, files fs.FS, err error) {
	if files, err = r.repo.Files(ctx, commit); err != nil {
		return nil, work, nil, err
	}
	cfg := r.cfg
	if r.a.Config == "" {
		if cfg, err = config.Load(config.Source{Root: installed{files, r.repo.WorkFiles()}, Env: r.a.Env, Flags: r.a.Overrides, Ignore: r.a.IgnorePlugins}); err != nil {
			return nil, work, nil, err
		}
	}
	if cfg.Blocked != nil {
		return nil, work, nil, cfg.Blocked
	}
	if publishers, err = r.wirePublishers(ctx, cfg); err != nil {
		return nil, work, nil, err
	}
	return r.deps(publishers).Publishers, r.workOf(cfg, publishers), files, nil
}

// workOf is what a configuration wants done after the push.
func (r *releaser) workOf(cfg *config.Config, publishers []release.Publisher) release.Work {
	work := release.Work{
		Hooks: cfg.Hooks, Assets: cfg.GitHub.Assets, TagFormat: cfg.TagFormat, Floating: cfg.Floating, Format: cfg.Format,
		AnnounceAll: r.o.AnnounceAll, Hide: r.hide,
	}
	if !slices.ContainsFunc(publishers, func(p release.Publisher) bool { return p.Name() == "github" }) {
		work.Assets = nil // there is nobody who would take them
	}
	return work
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
	if err := r.pickBranch(); err != nil {
		return nil, err
	}
	o := r.finishOptions(ctx, "")
	o.OnlyTag = r.ci.Tag
	done, err := release.FinishOpen(ctx, r.repo, r.deps(nil), o)
	if done.Busy != "" {
		r.a.Log.Info(done.Busy)
	}
	return done.Changes, err
}

// finishTag finishes one release at once: an open one, or any tag of ours that lacks its release page.
// It needn't be at the tip of its branch, nor this clone on any.
func (r *releaser) finishTag(ctx context.Context, tag string) ([]release.Change, error) {
	if err := r.listRemote(ctx); err != nil {
		return nil, err
	}
	if err := r.pickBranch(); err != nil {
		return nil, err
	}
	o := r.finishOptions(ctx, "")
	o.OnlyTag, o.TakeOver = tag, tag
	done, err := release.FinishOpen(ctx, r.repo, r.deps(nil), o)
	if err != nil || len(done.Changes) > 0 {
		return done.Changes, err
	}
	past, err := r.pastRelease(ctx, tag)
	if err != nil {
		return nil, err
	}
	_, err = release.FinishTag(ctx, r.repo, r.deps(nil), o, past)
	return []release.Change{past}, err
}

// pastRelease is what a tag that the remote has was released as.
func (r *releaser) pastRelease(ctx context.Context, tag string) (release.Change, error) {
	commit := r.refs.TagCommit(tag)
	if commit == "" {
		return release.Change{}, release.Errorf(release.CodeRevision, "see the remote's tags with \"git ls-remote --tags\"",
			"finishing the release %q: the remote has no such tag", tag)
	}
	branch, err := r.branchOf(ctx, commit)
	if err != nil {
		return release.Change{}, err
	}
	opts, err := r.options(ctx, branch, now(r.a))
	if err != nil {
		return release.Change{}, err
	}
	opts.Hide = r.a.Secrets.Hide
	past, ok, err := release.PastRelease(ctx, r.repo, opts, tag)
	if err != nil {
		return release.Change{}, err
	}
	if !ok || past.Next.Commit != commit {
		return release.Change{}, release.Errorf(release.CodeRevision, fmt.Sprintf("get it with \"git fetch origin tag %s\"; it must fit tagFormat", tag),
			"finishing the release %q: this clone has no such release tag", tag)
	}
	return past, nil
}

// branchOf gives the release branch that a commit lies in: this one if it can be.
func (r *releaser) branchOf(ctx context.Context, commit string) (release.Branch, error) {
	branches := r.branches
	if r.configured {
		branches = append([]release.Branch{r.branch}, branches...)
	}
	b, ok, err := release.BranchOf(ctx, r.repo, r.refs, branches, commit)
	if err != nil || ok {
		return b, err
	}
	return release.Branch{}, release.Errorf(release.CodeBranch, "see \"git branch -r --contains "+commit[:7]+"\", and \"branches\" in the configuration",
		"finishing the release on %.7s: it lies in no branch that releases are made from", commit)
}

// runOver asks the service that a run is of whether that run is over. Who can't be asked leaves it to the clock.
func (r *releaser) runOver(ctx context.Context, p release.Process) bool {
	publishers, err := r.wirePublishers(ctx, r.cfg)
	if err != nil || p.Run == "" || p.Run == r.ci.Run {
		return false
	}
	for _, pub := range publishers {
		service, can := pub.(interface {
			RunOver(ctx context.Context, id string) (bool, error)
		})
		if !can {
			continue
		}
		over, err := service.RunOver(ctx, p.Run)
		if err != nil {
			r.a.Log.Debug(err.Error())
		}
		if over {
			return true
		}
	}
	return false
}
