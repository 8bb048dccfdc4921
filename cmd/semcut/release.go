package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/semcut/semcut/release"
)

type releaseOptions struct {
	DryRun        bool
	NoPush        bool
	CI            bool
	NoCI          bool
	Yes           bool
	Branch        string
	AllowUnpushed bool
	FirstRelease  bool
	Finish        string
	JSON          bool
}

func releaseCommand(a *app) *cobra.Command {
	var o releaseOptions
	cmd := &cobra.Command{
		Use:   "release",
		Short: "Plan, change files, commit, tag, push and publish; safe to run again at any time",
		Long: `Releases HEAD: decides the version, writes the changelog, commits, tags, pushes branch and tag in one atomic
push and publishes the release. Each step first asks whether its effect is there already, so that running it
again finishes what an interrupted run began.

Outside CI a person is asked first; without a terminal it is a dry run unless --yes is given.`,
		Example: "  semcut release --dry-run\n  semcut release\n  semcut release --finish v1.3.0",
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return runRelease(cmd.Context(), a, o) },
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
	f.StringVar(&o.Finish, "finish", "", "publish what is missing of the release `TAG`, whoever began it")
	f.BoolVar(&o.JSON, "json", false, "print the plan as JSON; after a real run, with the receipts")
	cmd.MarkFlagsMutuallyExclusive("ci", "no-ci")
	cmd.MarkFlagsMutuallyExclusive("ci", "yes")
	cmd.MarkFlagsMutuallyExclusive("finish", "dry-run")
	cmd.MarkFlagsMutuallyExclusive("finish", "no-push")
	return cmd
}

func runRelease(ctx context.Context, a *app, o releaseOptions) error {
	r, err := newReleaser(ctx, a, o)
	if err != nil {
		return err
	}
	if why := r.skip(); why != "" {
		a.Log.Info("nothing is released here: " + why)
		return r.finishTagBuild(ctx)
	}
	if stop, err := r.lookAtRemote(ctx); stop || err != nil {
		return err
	}
	if stop, err := r.finish(ctx); stop || err != nil {
		return err
	}
	if stop, err := r.position(ctx); stop || err != nil {
		return err
	}
	plan, err := r.plan(ctx)
	if err != nil {
		return err
	}
	if !r.mayWrite() {
		r.foresee(ctx, plan)
	}
	if goOn, err := r.show(plan); !goOn || err != nil {
		return err
	}
	receipts, err := plan.Apply(ctx, r.deps())
	return r.tell(plan, receipts, err)
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

// foresee says what would stop a real run: everything that it asks before it writes.
func (r *releaser) foresee(ctx context.Context, plan *release.Plan) {
	if !plan.Due() {
		return
	}
	for _, pub := range r.publishers {
		if err := pub.Check(ctx, plan); err != nil {
			r.warn(err)
		}
	}
}

// show prints the plan and asks the person whether to go on.
func (r *releaser) show(plan *release.Plan) (goOn bool, err error) {
	for _, w := range plan.Warnings {
		r.a.Log.Warn(w)
	}
	if !r.mayWrite() || !plan.Due() {
		if !r.o.DryRun && !r.mayWrite() {
			r.a.Log.Info("nobody can be asked here, so this is a dry run; give --yes to release")
		}
		if r.o.JSON {
			return false, printJSON(r.a.Out, newPlanDocument(plan, nil))
		}
		return false, renderPlan(r.a.Out, plan)
	}
	if r.ci.On || r.o.NoCI || r.o.Yes {
		return true, nil
	}
	if err := renderPlan(r.a.Err, plan); err != nil {
		return false, err
	}
	return confirm(r.a, fmt.Sprintf("Release %s?", plan.Changes[0].Next.Tag))
}

// tell reports what was done to people, scripts and GitHub Actions.
func (r *releaser) tell(plan *release.Plan, receipts []release.Receipt, err error) error {
	if err != nil {
		return err
	}
	next := plan.Changes[0].Next
	for _, receipt := range receipts {
		if next.URL == "" {
			next.URL = receipt.URL
		}
	}
	if r.ci.actions != nil {
		if err := tellActions(*r.ci.actions, plan); err != nil {
			r.a.Log.Warn(err.Error())
		}
	}
	if r.o.JSON {
		return printJSON(r.a.Out, newPlanDocument(plan, receipts))
	}
	return renderDone(r.a.Out, next, r.o.NoPush)
}
