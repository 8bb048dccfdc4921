package release

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/internal/lodash"
)

// Work is what a release does after its push, as the configuration at its commit says.
type Work struct {
	Hooks       Hooks
	Assets      []AssetSpec // of a release that nobody has promised anything of
	TagFormat   TagFormat
	Floating    []Bump             // the parts of the version that have a tag which is moved: Major moves v1, Minor v1.2
	Format      commitparse.Format // how messages are read
	AnnounceAll bool               // however many there are to be told, and of a first release, too
	// Hide takes credentials out of a text; nil where there is nothing to hide.
	Hide func(string) string
}

// ending carries a release from its push to its end. Each step first asks whether its effect is there; what nobody can be
// asked about leaves receipts in the open release.
type ending struct {
	Deps
	Work
	plan    *Plan // what hooks are told
	release *Release
	promise promise
	lease   *lease
	again   bool // a hook that was begun and that nobody knows the end of runs again
	first   bool // there was no release before
}

// run does what is missing, and closes the open release. Where that fails it hands it back.
func (e *ending) run(ctx context.Context) (receipts []Receipt, err error) {
	ctx, stop := e.lease.keep(ctx)
	defer stop()
	receipts, err = e.publish(ctx)
	if err == nil {
		err = e.tell(ctx)
	}
	if err != nil {
		if lost := context.Cause(ctx); errors.Is(lost, errTaken) {
			return receipts, lost
		}
		e.lease.handBack(ctx)
		return receipts, err
	}
	return receipts, e.lease.close(ctx)
}

// publish runs the project's own publishing and then every publisher, the last of which tells of all.
func (e *ending) publish(ctx context.Context) (receipts []Receipt, err error) {
	if receipts, err = e.publishAfter(ctx, "", nil); err != nil {
		return receipts, err
	}
	for _, pub := range e.Publishers {
		if err := e.lease.holds(ctx); err != nil {
			return receipts, err
		}
		r := *e.release
		r.Elsewhere = receipts
		receipt, err := pub.Publish(ctx, r, e.promise.assets())
		if err != nil {
			return receipts, err
		}
		e.Log.Info(receipt.Done+" the release on "+pub.Name(), "url", receipt.URL)
		if receipts, err = e.publishAfter(ctx, pub.Name(), append(receipts, receipt)); err != nil {
			return receipts, err
		}
	}
	e.release.URL = pageURL(receipts)
	return receipts, nil
}

// publishAfter runs the publish hooks that come after a publisher, and puts what they say that they did to the receipts.
func (e *ending) publishAfter(ctx context.Context, name string, receipts []Receipt) ([]Receipt, error) {
	for n, hook := range e.Hooks[AtPublish] {
		if hook.After != name {
			continue
		}
		receipt, err := e.runOnce(ctx, AtPublish, n, hook)
		if err != nil {
			return receipts, err
		}
		if receipt != nil {
			receipts = append(receipts, *receipt)
		}
	}
	return receipts, nil
}

// pageURL is where the release can be seen, "" where nobody says: the page of the last that has one.
func pageURL(receipts []Receipt) (url string) {
	for _, r := range receipts {
		if r.URL != "" {
			url = r.URL
		}
	}
	return url
}

// tell does what comes when the release is out. Somebody's no is a warning there; what only went wrong is left to the next
// run.
func (e *ending) tell(ctx context.Context) error {
	for _, step := range []func(context.Context) error{e.float, e.announce, e.succeed} {
		err := step(ctx)
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (e *ending) warn(err error) {
	text := err.Error()
	if told, ok := errors.AsType[*Error](err); ok && told.Hint != "" {
		text += "; " + told.Hint
	}
	e.Log.Warn(text)
}

// announce tells the people whom the release concerns.
func (e *ending) announce(ctx context.Context) error {
	for _, pub := range e.Publishers {
		announcer, can := pub.(Announcer)
		if !can {
			continue
		}
		if err := e.lease.holds(ctx); err != nil {
			return err
		}
		commits, err := e.plan.history(ctx)
		if err != nil {
			return fmt.Errorf("telling whom the release %q concerns: %w", e.release.Tag, err)
		}
		warnings, err := announcer.Announce(ctx, Announcement{Release: *e.release, Commits: commits, First: e.first, All: e.AnnounceAll})
		for _, text := range warnings {
			e.Log.Warn(text)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// succeed runs the success hooks. One that fails is a warning: the release is out.
func (e *ending) succeed(ctx context.Context) error {
	for n, hook := range e.Hooks[AtSuccess] {
		if _, err := e.runOnce(ctx, AtSuccess, n, hook); err != nil {
			return err
		}
	}
	return nil
}

// runOnce runs a hook that nobody can be asked about, once for all runs of the release: its start is noted in the open
// release before, its end after it. One that failed has ended: it runs again with the next run, but for a success hook.
func (e *ending) runOnce(ctx context.Context, point Point, n int, hook Hook) (_ *Receipt, err error) {
	id := point.stepID(n)
	receipt, noted := e.lease.step(id)
	switch {
	case noted && receipt.Done:
		return receipt.Output, nil
	case noted && !e.again:
		return nil, Errorf(CodeHook, fmt.Sprintf("see whether it did its work; semcut release --finish %s runs it again", e.release.Tag),
			"running the %s hook %.100q for %q: a run before began it and broke off, so nobody knows whether it did its work", point, lodash.Shown(hook.Line), e.release.Tag)
	}
	if hook.Template { // what can go wrong before the hook begins must not look as if it had
		if _, err := e.plan.history(ctx); err != nil {
			return nil, err
		}
	}
	if err := e.lease.note(ctx, id, &StepReceipt{Step: id}); err != nil {
		return nil, err
	}
	output, err := runHook(ctx, e.Runner, point, hook, e.plan, nil)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil && point == AtPublish:
		return nil, errors.Join(err, e.lease.note(ctx, id, nil))
	case err != nil:
		e.warn(err)
	}
	done := StepReceipt{Step: id, Done: true}
	if point == AtPublish {
		done.Output = receiptOf(output)
	}
	return done.Output, e.lease.note(ctx, id, &done)
}

// receiptOf reads what a publish hook prints, if that says where it published, as semantic-release's exec plugin does:
// {"name": …, "url": …}.
func receiptOf(output string) *Receipt {
	var said struct{ Name, URL string }
	if json.Unmarshal([]byte(strings.TrimSpace(output)), &said) != nil || said.Name == "" && said.URL == "" {
		return nil
	}
	return &Receipt{Publisher: KindHook, Name: said.Name, URL: said.URL, Done: "created"}
}
