package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/semcut/semcut/release"
)

type releaseOptions struct {
	wishes
	DryRun        bool
	NoPush        bool
	CI            bool
	NoCI          bool
	Yes           bool
	Branch        string
	AllowUnpushed bool
	FirstRelease  bool
	Deepen        bool
	Finish        string
	AnnounceAll   bool
	RunHooks      bool
	JSON          bool
}

func releaseCommand(a *app) *cobra.Command {
	var o releaseOptions
	var settings overrides
	cmd := &cobra.Command{
		Use:   "release",
		Short: "Plan, change files, commit, tag, push and publish; safe to run again at any time",
		Long: `Releases HEAD: decides the version, writes the changelog, commits, tags, pushes branch and tag in one atomic
push and publishes the release. Each step first asks whether its effect is there already, so that running it
again finishes what an interrupted run began.

Outside CI a person is asked first; without a terminal it is a dry run unless --yes is given.`,
		Example: "  semcut release --dry-run\n  semcut release\n  semcut release --finish v1.3.0",
		Args:    settings.words,
		RunE: func(cmd *cobra.Command, _ []string) error {
			settings.into(a)
			return runRelease(cmd.Context(), a, o)
		},
	}
	f := cmd.Flags()
	f.BoolVarP(&o.DryRun, "dry-run", "d", false, "show the plan with every reason, and write nothing")
	f.BoolVar(&o.NoPush, "no-push", false, "stop before the push; a later release without it goes on from there")
	f.BoolVar(&o.CI, "ci", false, "behave as in CI: ask nothing")
	f.BoolVar(&o.NoCI, "no-ci", false, "release outside CI without being asked")
	f.BoolVarP(&o.Yes, "yes", "y", false, "the same as --no-ci")
	f.StringVar(&o.Branch, "branch", "", "take HEAD for the branch `NAME`")
	f.BoolVar(&o.AllowUnpushed, "allow-unpushed", false, "push commits that the remote's branch lacks along with the release")
	f.BoolVar(&o.FirstRelease, "first-release", false, "this is the first release, whatever looks like older versions")
	f.BoolVar(&o.Deepen, "deepen", false, "in a shallow clone read the missing history from the remote, whatever the configuration says")
	f.StringVar(&o.Finish, "finish", "", "publish what is missing of the release `TAG`, whoever began it")
	f.BoolVar(&o.AnnounceAll, "announce-all", false, "tell everybody whom a first release concerns, however many they are")
	f.BoolVar(&o.RunHooks, "run-hooks", false, "in a dry run, run the verify hooks")
	f.BoolVar(&o.JSON, "json", false, "print the plan as JSON; after a real run, with the receipts")
	o.wishes.flags(cmd)
	settings.flags(cmd)
	cmd.MarkFlagsMutuallyExclusive("ci", "no-ci")
	cmd.MarkFlagsMutuallyExclusive("ci", "yes")
	cmd.MarkFlagsMutuallyExclusive("finish", "dry-run")
	cmd.MarkFlagsMutuallyExclusive("finish", "no-push")
	return cmd
}

func runRelease(ctx context.Context, a *app, o releaseOptions) error {
	r, err := newReleaser(ctx, a, o)
	if err != nil {
		if r != nil {
			r.fail(ctx, nil, err)
		}
		return err
	}
	defer r.close()
	done, err := r.release(ctx)
	if release.CodeOf(err) == release.CodeShallow && r.refs != nil && (r.cfg.Deepen || o.Deepen) {
		err = r.again(ctx, &done, func() error { return r.deepen(ctx, a, r.remote, r.refs) })
	}
	if lost(err) {
		a.Log.Info(err.Error() + "; looking again")
		err = r.again(ctx, &done, func() error { return nil })
	}
	if err != nil {
		r.fail(ctx, done.Plan, err)
		return err
	}
	r.calm(ctx, done)
	return r.tell(done)
}

// again begins the release anew, after something was mended, and keeps what was done so far.
func (r *releaser) again(ctx context.Context, done *outcome, mend func() error) error {
	err := mend()
	if err != nil {
		return err
	}
	finished := done.Finished
	*done, err = r.release(ctx)
	done.Finished = append(finished, done.Finished...)
	return err
}

// lost says whether somebody else was faster at the remote. Nothing of this release is there then, and this clone is as
// it was: what the remote has now decides anew, once.
func lost(err error) bool {
	code := release.CodeOf(err)
	return code == release.CodeMoved || code == release.CodeTagTaken
}

// release goes from the repository to what was done. What ends it early without being wrong is its reason.
func (r *releaser) release(ctx context.Context) (done outcome, err error) {
	if why := r.skip(); why != "" {
		done.Reason = why
		done.Finished, err = r.finishTagBuild(ctx)
		return done, err
	}
	if r.o.Finish != "" {
		done.Reason = "only " + r.o.Finish + " was to be finished"
		done.Finished, err = r.finishTag(ctx, r.o.Finish)
		return done, err
	}
	if done.Reason, err = r.lookAtRemote(ctx); done.Reason != "" || err != nil {
		return done, err
	}
	if done.Finished, done.Reason, err = r.finish(ctx); done.Reason != "" || err != nil {
		return done, err
	}
	if done.Reason, err = r.position(ctx); done.Reason != "" || err != nil {
		return done, err
	}
	if done.Plan, err = r.plan(ctx); err != nil {
		return done, err
	}
	if goOn, err := r.show(ctx, done.Plan); !goOn || err != nil {
		return done, err
	}
	r.tag = done.Plan.Tag()
	done.Receipts, err = done.Plan.Apply(ctx, r.deps(r.publishers))
	done.Promoted = err == nil && done.Plan.Promotion != nil
	done.Released = err == nil && done.Plan.Due()
	return done, err
}

// skip says in a few words why a CI job of this kind never releases, "" where it may.
func (r *releaser) skip() string {
	switch {
	case !r.ci.On:
		return ""
	case r.ci.PullRequest:
		return "this is a pull request"
	case r.ci.Tag != "":
		return fmt.Sprintf("this job is for the tag %s", r.ci.Tag)
	}
	return ""
}

// mayWrite says whether this run is meant to write: not a dry run, and in CI or wanted by a person.
func (r *releaser) mayWrite() bool {
	return !r.o.DryRun && (r.ci.On || r.o.NoCI || r.o.Yes || r.a.InTTY && r.a.ErrTTY)
}

// show hands on the plan's warnings and says whether it is to be carried out: the person is asked.
func (r *releaser) show(ctx context.Context, plan *release.Plan) (goOn bool, err error) {
	for _, w := range plan.Warnings {
		r.a.Log.Warn(w)
	}
	switch {
	case plan.Idle():
		return false, nil
	case !r.mayWrite():
		r.foresee(ctx, plan)
		return false, nil
	case r.ci.On || r.o.NoCI || r.o.Yes:
		return true, nil
	}
	if err := renderPlan(r.a.Err, plan); err != nil {
		return false, err
	}
	if !plan.Due() {
		return confirm(r.a, fmt.Sprintf("Promote %s?", plan.Promotion.Release.Tag))
	}
	return confirm(r.a, fmt.Sprintf("Release %s?", plan.Changes[0].Next.Tag))
}

// foresee says what would stop a real run: everything that it asks before it writes.
func (r *releaser) foresee(ctx context.Context, plan *release.Plan) {
	if !r.o.DryRun {
		r.a.Log.Info("nobody can be asked here, so this is a dry run; give --yes to release")
	}
	for _, pub := range r.publishers {
		if err := pub.Check(ctx, plan); err != nil {
			r.warn(err)
		}
	}
	if err := plan.CheckFiles(ctx, r.repo); err != nil {
		r.warn(err)
	}
	if !r.o.RunHooks || !plan.Due() {
		return
	}
	if err := r.cfg.Hooks.RunVerify(ctx, r.runner(), plan); err != nil {
		r.warn(err)
	}
}
