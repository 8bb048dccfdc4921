package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/semcut/semcut/release"
)

func checkCommand(a *app) *cobra.Command {
	var o releaseOptions
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Verify what a release would need, and write nothing",
		Long: `Verifies what "semcut release" would verify first: configuration, branch, remote, token and rights, and the
files to be changed. Everything is asked, nothing is written.`,
		Example: "  semcut check",
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return runCheck(cmd.Context(), a, o) },
	}
	cmd.Flags().StringVar(&o.Branch, "branch", "", "take HEAD for the branch `NAME`")
	cmd.Flags().BoolVar(&o.JSON, "json", false, "print errors as JSON")
	return cmd
}

// runCheck prints one line for each thing that was verified, and goes on after a failure as far as it can.
func runCheck(ctx context.Context, a *app, o releaseOptions) error {
	o.Yes = true // judge as a run that writes
	r, err := newReleaser(ctx, a, o)
	if err != nil {
		return err
	}
	c := &checker{a: a}
	c.say("configuration", r.configName(), nil)
	err = r.listRemote(ctx)
	c.say("remote", r.url, err)
	if r.refs != nil && r.refs.Head != "" {
		r.pickBranch(r.refs.Head)
	}
	if !r.configured {
		_, err := r.judgeBranch()
		c.say("branch", r.name, err)
		return c.first
	}
	c.say("branch", r.branch.Name, nil)
	if r.refs != nil {
		_, err = r.position(ctx)
		c.say("position", fmt.Sprintf("HEAD at %.7s", r.rev), err)
	}
	c.checkPlan(ctx, r)
	return c.first
}

func (r *releaser) configName() string {
	if r.cfg.File == "" {
		return "none, the defaults hold"
	}
	return r.cfg.File
}

// checker prints findings and keeps the first error.
type checker struct {
	a     *app
	first error
}

func (c *checker) say(what, found string, err error) {
	if err == nil {
		fmt.Fprintf(c.a.Out, "ok    %-14s %s\n", what, oneLine(found))
		return
	}
	fmt.Fprintf(c.a.Out, "FAIL  %-14s %s\n", what, oneLine(err.Error()))
	if c.first == nil {
		c.first = err
	}
}

// checkPlan plans, and asks everybody who would have to write.
func (c *checker) checkPlan(ctx context.Context, r *releaser) {
	pubs, err := r.wirePublishers(ctx)
	if err != nil {
		c.say("publishers", "", err)
	}
	r.publishers = pubs
	plan, err := r.plan(ctx)
	if err != nil {
		c.say("plan", "", err)
		return
	}
	next := "nothing is due"
	if change := plan.Changes[0]; change.Next != nil {
		next = "next release " + change.Next.Tag
	}
	c.say("plan", next, nil)
	for _, pub := range pubs {
		c.say(pub.Name(), "token and rights", pub.Check(ctx, plan))
	}
	c.say("files", fmt.Sprintf("%d to change", len(plan.Changes[0].Edits)), release.CheckFiles(ctx, plan, r.repo.Worktree()))
}
