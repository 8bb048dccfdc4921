package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/semcut/semcut/internal/secret"
	"github.com/semcut/semcut/release"
)

func checkCommand(a *app) *cobra.Command {
	var o releaseOptions
	var settings overrides
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Verify what a release would need, and write nothing",
		Long: `Verifies what "semcut release" would need: configuration, remote, the right to push, branch, token and rights, the
keys to sign with, and the files to be changed or published. Everything is asked, nothing is written or pushed, and no
hook runs.`,
		Example: "  semcut check",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			settings.into(a)
			return runCheck(cmd.Context(), a, o)
		},
	}
	cmd.Flags().StringVar(&o.Branch, "branch", "", "take HEAD for the branch `NAME`")
	cmd.Flags().BoolVar(&o.JSON, "json", false, "print the findings as one JSON document")
	settings.flags(cmd)
	return cmd
}

// runCheck prints one line for each thing that was verified, and goes on after a failure as far as it can.
func runCheck(ctx context.Context, a *app, o releaseOptions) error {
	o.Yes = true // judge as a run that writes
	r, err := newReleaser(ctx, a, o)
	if err != nil {
		return err
	}
	defer r.close()
	r.checks = true
	c := &checker{a: a, Checks: []finding{}}
	c.all(ctx, r)
	c.OK = c.first == nil
	if a.JSON {
		return errors.Join(printJSON(a.Out, c), c.first)
	}
	return c.first
}

// checker prints findings and keeps the first error. It is the contract of "check --json".
type checker struct {
	OK     bool      `json:"ok"`
	Checks []finding `json:"checks"`

	a     *app
	first error
}

// finding is one thing that was verified.
type finding struct {
	Name  string `json:"name"`
	Found string `json:"found"`
	Error string `json:"error"` // "" where it is well
	Hint  string `json:"hint"`  // what mends it
	// Warning is what a release can do without, and people may not want to; "" where there is nothing.
	Warning string `json:"warning"`
}

func (c *checker) say(what, found string, err error) {
	f := finding{Name: what, Found: oneLine(found)}
	mark := "ok  "
	if err != nil {
		f.Found = ""
		f.Error = oneLine(err.Error())
		if e, ok := errors.AsType[*release.Error](err); ok {
			f.Hint = oneLine(e.Hint)
		}
		mark = "FAIL"
		c.first = cmp.Or(c.first, err)
	}
	c.add(mark, f)
}

// warn tells of what is no hindrance to a release.
func (c *checker) warn(what, warning, hint string) {
	c.add("warn", finding{Name: what, Warning: oneLine(warning), Hint: oneLine(hint)})
}

func (c *checker) add(mark string, f finding) {
	c.Checks = append(c.Checks, f)
	if c.a.JSON {
		return
	}
	fmt.Fprintf(c.a.Out, "%s  %-14s %s\n", mark, f.Name, cmp.Or(f.Error, f.Warning, f.Found))
	if f.Hint != "" {
		fmt.Fprintf(c.a.Out, "      hint: %s\n", f.Hint)
	}
}

func (c *checker) all(ctx context.Context, r *releaser) {
	c.say("configuration", cmp.Or(r.cfg.File, "none, the defaults hold"), nil)
	err := r.listRemote(ctx)
	c.say("remote", secret.WithoutUser(r.url), err)
	if err == nil {
		c.say("push", "this account may push, branch and tag at once", r.remote.MayPush(ctx))
	}
	if err == nil && r.repo.Shallow() && r.cfg.Deepen {
		c.say("history", "read from the remote, this clone is shallow", r.deepen(ctx, r.a, r.remote, r.refs))
	}
	if err := r.pickBranch(); err != nil {
		c.say("branches", "", err)
		return
	}
	r.warnUnused()
	reason, err := r.judgeBranch()
	c.say("branch", cmp.Or(reason, r.name), err)
	if reason != "" || err != nil {
		return
	}
	if r.refs != nil {
		reason, err = r.position(ctx)
		c.say("position", cmp.Or(reason, fmt.Sprintf("HEAD at %.7s", r.rev)), err)
		c.open(ctx, r)
	}
	c.plan(ctx, r)
}

// plan plans, and asks everybody who would have to write.
func (c *checker) plan(ctx context.Context, r *releaser) {
	pubs, err := r.wirePublishers(ctx, r.cfg)
	if err != nil {
		c.say("publishers", "", err)
	}
	r.publishers = pubs
	plan, err := r.plan(ctx)
	if err != nil {
		c.say("plan", "", err)
		c.signing(r.keys)
		return
	}
	next := "nothing is due"
	if change := plan.Changes[0]; change.Next != nil {
		next = "next release " + change.Next.Tag
	}
	c.say("plan", next, nil)
	c.patterns(r, plan.Changes[0].Next)
	c.hooks(r.cfg.Hooks)
	c.workflows(r)
	c.signing(r.keys)
	for _, pub := range pubs {
		found := "token and rights"
		if a, may := pub.(release.Abstainer); may {
			if why := a.Abstains(); why != "" {
				found = "nothing to publish: " + why
			}
		}
		c.say(pub.Name(), found, pub.Check(ctx, plan))
		c.notices(pub, r.announces(), r.cfg.GitHub.FailureIssue.On)
	}
	c.say("files", fmt.Sprintf("%d to change", len(plan.Changes[0].Edits)), plan.CheckFiles(ctx, r.repo))
}
