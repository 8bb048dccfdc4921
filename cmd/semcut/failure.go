package main

import (
	"context"
	"errors"
	"time"

	"github.com/semcut/semcut/internal/config"
	"github.com/semcut/semcut/internal/secret"
	"github.com/semcut/semcut/release"
)

// failTime bounds what a failed run still does: telling of it is worth no more.
const failTime = 30 * time.Second

// fail tells the project of a release that failed: its own commands, and in CI an issue. Whoever interrupts a run, or only
// looks, knows already. plan is nil where it didn't come to one.
func (r *releaser) fail(ctx context.Context, plan *release.Plan, err error) {
	if ctx.Err() != nil || errors.Is(err, context.Canceled) || !r.mayWrite() || r.skip() != "" {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, failTime)
	defer cancel()
	f := r.failure(err)
	if r.cfg != nil {
		if err := r.cfg.Hooks.RunFail(ctx, r.runner(), plan, f); err != nil {
			r.warn(err)
		}
	}
	if r.ci.On {
		r.raise(ctx, f)
	}
}

func (r *releaser) failure(err error) release.Failure {
	f := release.Failure{Branch: r.a.Secrets.Hide(r.name), Code: "failed", Message: r.a.Secrets.Hide(secret.Hidden(oneLine(err.Error()))), Run: r.ci.url(r.a.Env)}
	if e, ok := errors.AsType[*release.Error](err); ok {
		f.Code, f.Hint = e.Code, r.a.Secrets.Hide(secret.Hidden(oneLine(e.Hint)))
	}
	return f
}

// raise opens or updates the issue that tells of releases that fail. A configuration that can't be read doesn't stop that:
// then the defaults hold, as far as it doesn't say no.
func (r *releaser) raise(ctx context.Context, f release.Failure) {
	cfg := r.cfg
	if cfg == nil {
		cfg = config.Default()
		cfg.GitHub.FailureIssue.On = r.wantsAlarm()
	}
	if !cfg.GitHub.FailureIssue.On || cfg.GitHub.Off {
		return
	}
	for _, alarm := range r.alarms(ctx, cfg) {
		url, err := alarm.Raise(ctx, f)
		if err != nil {
			r.warn(err)
			continue
		}
		r.a.Log.Info("told of the failure", "issue", url)
	}
}

// calm ends the alarm of the branch after a run that went well, whether or not there was anything to release: what was wrong
// may have been mended by a commit that asks for no release. Who can't, needn't.
func (r *releaser) calm(ctx context.Context, done outcome) {
	if !r.ci.On || !r.mayWrite() || !r.cfg.GitHub.FailureIssue.On || done.Plan == nil && len(done.Finished) == 0 {
		return
	}
	branch := r.branch.Name
	if c := done.last(); c != nil {
		branch = c.Next.Branch
	}
	for _, alarm := range r.alarms(ctx, r.cfg) {
		if err := alarm.Clear(ctx, r.hide(branch)); err != nil {
			r.a.Log.Debug(err.Error())
		}
	}
}

// alarms are the publishers that can tell of releases that fail. Where they can't be had, that is the failure itself, or
// what was done was done without.
func (r *releaser) alarms(ctx context.Context, cfg *config.Config) (alarms []release.Alarm) {
	publishers, _ := r.wirePublishers(ctx, cfg)
	for _, pub := range publishers {
		if alarm, can := pub.(release.Alarm); can {
			alarms = append(alarms, alarm)
		}
	}
	return alarms
}

// wantsAlarm says whether a configuration that can't be obeyed wants issues all the same.
func (r *releaser) wantsAlarm() bool {
	wanted := true
	_ = withSource(r.a, r.repo, func(s config.Source) error { // what is wrong with it was said before
		wanted = config.WantsAlarm(s)
		return nil
	})
	return wanted
}
