package release

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/Masterminds/semver/v3"

	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/internal/lodash"
)

// Promotion puts a release that was merged from a higher branch on this branch's channel, too (semantic-release's
// addChannel, spec §2.7).
type Promotion struct {
	Release  Release  `json:"release"`  // as it stands on this branch
	Channels []string `json:"channels"` // those that it was on before; "" is the default channel

	noted   string               // the notes that the remote has of the tag
	commits []commitparse.Commit // what is in the release, newest first
	first   bool                 // there was no release before it
}

// planPromotion looks whether the last release came from a higher branch and isn't on this one's channel yet. Of several
// only the highest is promoted, and none below the branch's last release; so it is the last release or none.
// Pre-releases are never promoted: they lead to a release of their own.
func (p *planner) planPromotion(ctx context.Context, h History) error {
	if p.line.last == nil || p.Branch.Kind == PrereleaseBranch {
		return nil
	}
	last := *p.line.last
	if err := p.guardMerge(last.Version); err != nil || !p.Push {
		return err
	}
	channels, noted, err := p.channelsOf(ctx, h, last.Tag)
	if err != nil {
		return err
	}
	if !noted {
		channels = []string{""}
	}
	if slices.Contains(channels, p.Branch.Channel) || !p.cameFromAbove(channels) || last.Version.LessThan(p.mergeFloor()) {
		return nil
	}
	past := &line{Options: p.Options, history: h, tags: p.versions.all()}
	r, err := past.release(ctx, last)
	if err != nil {
		return err
	}
	before, _, err := past.previous(ctx, last)
	if err != nil {
		return err
	}
	commits, err := past.commits(ctx, h.Commits, before, last)
	if err != nil {
		return err
	}
	if before != nil {
		r.last = &Release{Version: before.Version, Tag: before.Name, Commit: before.Commit, Branch: p.Branch.Name}
	}
	p.plan.Promotion = &Promotion{Release: r, Channels: channels, commits: commits, first: before == nil}
	if p.Remote != nil {
		p.plan.Promotion.noted = p.Remote.Refs[channelRef(last.Name)]
	}
	p.promotionSteps(p.plan.Promotion)
	return nil
}

// guardMerge refuses a maintenance branch that was given a release from behind its range (semantic-release's
// EINVALIDMAINTENANCEMERGE): no version could follow it there.
func (p *planner) guardMerge(last *semver.Version) error {
	if p.Branch.Kind != MaintenanceBranch {
		return nil
	}
	if _, upper := p.Branch.bounds(); last.LessThan(upper) {
		return nil
	}
	return Errorf(CodeVersion, fmt.Sprintf("take what was merged out again: git reset --keep COMMIT, then git push --force-with-lease origin %s", p.Branch.Name),
		"releasing from branch %q: it contains the release %q, and its range is %q", p.Branch.Name, last, p.Branch.Range)
}

// cameFromAbove says whether one of the channels is that of a higher branch. Higher than a release branch are those behind
// it in the configuration; higher than a maintenance branch are all release branches and the maintenance branches of later
// versions.
func (p *planner) cameFromAbove(channels []string) bool {
	behind := p.Branch.Kind == MaintenanceBranch
	for _, l := range p.Lines {
		switch b := l.Branch; {
		case b.Name == p.Branch.Name:
			behind = true
		case b.Kind == ReleaseBranch && behind && slices.Contains(channels, b.Channel):
			return true
		case b.Kind == MaintenanceBranch && p.Branch.Kind == MaintenanceBranch && p.Branch.lower(b) && slices.Contains(channels, b.Channel):
			return true
		}
	}
	return false
}

// lower says whether a maintenance branch is for earlier versions than another one. The branch of a major comes behind
// those of its minors.
func (b Branch) lower(other Branch) bool {
	_, mine := b.bounds()
	_, others := other.bounds()
	return mine.LessThan(others) || mine.Equal(others) && !b.ofMajor() && other.ofMajor()
}

// mergeFloor is the first version that may be promoted to the branch. The branch of a major leaves those of its minors to
// their branches.
func (p *planner) mergeFloor() *semver.Version {
	if p.Branch.Kind != MaintenanceBranch {
		return semver.New(0, 0, 0, "", "")
	}
	floor, _ := p.Branch.bounds()
	major := floor.Major()
	for _, l := range p.Lines {
		if b := l.Branch; p.Branch.ofMajor() && b.Kind == MaintenanceBranch && !b.ofMajor() {
			if lower, upper := b.bounds(); lower.Major() == major && upper.GreaterThan(floor) {
				floor = upper
			}
		}
	}
	return floor
}

func (p *planner) promotionSteps(promotion *Promotion) {
	r := promotion.Release
	add := func(id, format string, args ...any) {
		p.plan.Steps = append(p.plan.Steps, Step{ID: id, Kind: KindPromote, Summary: fmt.Sprintf(format, args...)})
	}
	for _, name := range p.Publish {
		if why := p.Abstain[name]; why != "" {
			add(KindPromote+":"+name, "change nothing on %s: %s", name, why)
			continue
		}
		add(KindPromote+":"+name, "show the release %s on %s as one of %s", r.Tag, name, channelNames(r.Channel))
	}
	for n, hook := range p.Hooks[AtPromote] {
		add(AtPromote.stepID(n), "run the %s hook %.100q", AtPromote, lodash.Shown(hook.Line))
	}
	for _, name := range p.Announce {
		add(KindAnnounce+":"+name, "tell the pull requests and issues of %s on %s", r.Tag, name)
	}
	add(KindPromote, "note that %s, until now on %s, is on %s, too, and push the note", r.Tag, channelNames(promotion.Channels...), channelNames(r.Channel))
}

// promote carries the promotion out. The note comes last: it says that everything before it is done.
func (p *Plan) promote(ctx context.Context, d Deps) (receipts []Receipt, err error) {
	if p.Promotion == nil {
		return nil, nil
	}
	r := p.Promotion.Release
	for _, pub := range d.Publishers {
		promoter, can := pub.(Promoter)
		if !can {
			continue
		}
		receipt, err := promoter.Promote(ctx, r)
		if err != nil {
			return receipts, err
		}
		d.Log.Info(receipt.Done+" the release on "+pub.Name()+" for "+channelNames(r.Channel), "url", receipt.URL)
		p.Promotion.Release.URL = cmp.Or(receipt.URL, p.Promotion.Release.URL)
		receipts = append(receipts, receipt)
	}
	if err := p.hookPromotion(ctx, d); err != nil {
		return receipts, err
	}
	if err := p.tellPromotion(ctx, d); err != nil {
		return receipts, err
	}
	return receipts, p.notePromotion(ctx, d)
}

// tellPromotion tells those whom the release concerns that it is on this channel now.
func (p *Plan) tellPromotion(ctx context.Context, d Deps) error {
	for _, pub := range d.Publishers {
		announcer, can := pub.(Announcer)
		if !can {
			continue
		}
		warnings, err := announcer.Announce(ctx, Announcement{
			Release: p.Promotion.Release, Commits: p.Promotion.commits, First: p.Promotion.first, All: p.spec.work.AnnounceAll,
		})
		for _, text := range warnings {
			d.Log.Warn(text)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (p *Plan) notePromotion(ctx context.Context, d Deps) error {
	r, ref := p.Promotion.Release, channelRef(p.Promotion.Release.Tag)
	spec := NoteSpec{Base: p.Promotion.noted, Object: r.Commit, By: p.spec.commit.Committer}
	hash, err := d.writeChannels(ctx, ref, spec, append(slices.Clone(p.Promotion.Channels), r.Channel))
	if err != nil {
		return err
	}
	here, err := d.Worktree.LocalRefs(ctx, ref)
	if err != nil {
		return err
	}
	if err := d.Worktree.UpdateRefs(ctx, []RefUpdate{{Name: ref, Old: here[ref], New: hash}}); err != nil {
		return err
	}
	return d.Remote.Push(ctx, []RefUpdate{{Name: ref, Old: p.Promotion.noted, New: hash}})
}

// hookPromotion runs the project's own commands for a promotion. They are told of a plan whose release is the promoted one.
func (p *Plan) hookPromotion(ctx context.Context, d Deps) error {
	r := p.Promotion.Release
	told := &Plan{Head: r.Commit, Branch: p.Branch, Steps: []Step{}, Warnings: []string{}, spec: spec{commits: p.Promotion.commits}, Changes: []Change{{
		Last: r.last, Next: &r, Commits: []Decision{}, Edits: []Edit{}, Reasons: []string{}, Candidates: []Candidate{},
	}}}
	_, err := p.spec.work.Hooks.run(ctx, d.Runner, AtPromote, told)
	return err
}
