package main

import (
	"github.com/semcut/semcut/release"
)

// outcome is what a run of "semcut release" came to.
type outcome struct {
	Plan     *release.Plan     // nil where it didn't come to planning
	Receipts []release.Receipt // of this run's own release
	Finished []release.Change  // releases that earlier runs began
	Released bool              // the plan was carried out, and with it a release was made
	Promoted bool              // the plan was carried out, and with it a release promoted
	Reason   string            // why nothing was planned
}

// last is the release that later steps of a job want to know of, nil where there is none.
func (o outcome) last() *release.Change {
	switch {
	case o.Released:
		return &o.Plan.Changes[0]
	case len(o.Finished) > 0:
		return &o.Finished[len(o.Finished)-1]
	}
	return nil
}

// outcomeDocument is the contract of "release --json": the plan, where there is one, and what was done.
type outcomeDocument struct {
	*release.Plan
	Released bool              `json:"released"`
	Promoted bool              `json:"promoted"`
	Reason   string            `json:"reason,omitempty"`
	Receipts []release.Receipt `json:"receipts"`
	Finished []release.Change  `json:"finished"`
}

// tell reports what was done to people, scripts and GitHub Actions.
func (r *releaser) tell(o outcome) error {
	if r.ci.actions != nil {
		if err := tellActions(*r.ci.actions, o, r.hide); err != nil {
			r.a.Log.Warn(err.Error())
		}
	}
	if o.Reason != "" && len(o.Finished) == 0 {
		r.a.Log.Info("nothing is released here: " + o.Reason)
	}
	if r.o.JSON {
		d := outcomeDocument{Plan: o.Plan, Released: o.Released, Promoted: o.Promoted, Reason: o.Reason, Receipts: o.Receipts, Finished: o.Finished}
		if d.Receipts == nil {
			d.Receipts = []release.Receipt{}
		}
		if d.Finished == nil {
			d.Finished = []release.Change{}
		}
		return printJSON(r.a.Out, d)
	}
	for _, c := range o.Finished {
		if err := renderDone(r.a.Out, c.Next, false); err != nil {
			return err
		}
	}
	if o.Promoted {
		if err := renderPromoted(r.a.Out, o.Plan.Promotion); err != nil {
			return err
		}
	}
	switch {
	case o.Released:
		return renderDone(r.a.Out, o.Plan.Changes[0].Next, r.o.NoPush)
	case o.Plan != nil && !o.Promoted:
		return renderPlan(r.a.Out, o.Plan)
	}
	return nil
}
