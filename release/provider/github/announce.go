package github

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/semcut/semcut/release"
)

var _ release.Announcer = (*Provider)(nil)

// crowd is how many are told without being asked whether that is meant.
const crowd = 100

// announcement is the telling of one release.
type announcement struct {
	*Provider
	release.Announcement
	comments bool     // there are any
	labels   []string // there are for everybody
	marker   string   // of comments on this release
	wrong    warnings
	// barred are the things that the token turned out to have no right to.
	barred map[string]string
}

// Announce comments on the pull requests and issues that a release concerns, and labels them. What a comment of ours says
// of this release already, or a label, is not said again; a comment of somebody else's says nothing.
func (p *Provider) Announce(ctx context.Context, a release.Announcement) ([]string, error) {
	t := &announcement{Provider: p, Announcement: a, marker: markerOf(a.Release), barred: map[string]string{}}
	var err error
	if t.comments, t.labels, err = p.wanted(a); err != nil {
		return []string{"nobody is told of " + a.Release.Tag + ": " + whyOf(err)}, nil
	}
	if !t.comments && len(t.labels) == 0 || len(a.Commits) == 0 {
		return nil, nil
	}
	if p.Token == "" {
		return []string{"nobody is told of " + a.Release.Tag + ": there is no token for GitHub"}, nil
	}
	err = t.tellAll(ctx)
	if ctx.Err() != nil {
		return t.wrong.lines(), ctx.Err()
	}
	if err != nil {
		t.wrong.say(whyOf(p.explainFor("telling of "+a.Release.Tag, err, discussing)))
	}
	return t.wrong.lines(), nil
}

// wanted says what the release's people get. At a first release, which would reach everybody who was ever there, that is
// only what was asked for in so many words.
func (p *Provider) wanted(a release.Announcement) (comments bool, labels []string, err error) {
	shy := a.First && !a.All
	comments = !p.Comments.Off && (p.Comments.Pulls || p.Comments.Issues) && (p.Comments.Set || !shy)
	if shy && !p.LabelsSet {
		return comments, nil, nil
	}
	templates := p.Labels
	if templates == nil {
		templates = []string{"released"}
		if a.Release.Channel != "" {
			templates = []string{"released on @${channel}"}
		}
	}
	for _, template := range templates {
		label, err := a.Release.Fill(template)
		if err != nil {
			return false, nil, err
		}
		if label = strings.Join(strings.Fields(label), " "); label != "" && !slices.Contains(labels, label) {
			labels = append(labels, label)
		}
	}
	return comments, labels, nil
}

// tellAll finds out whom there is to tell, and does.
func (t *announcement) tellAll(ctx context.Context) error {
	pulls, err := t.releasedPulls(ctx)
	if err != nil || t.tooMany(len(pulls)) {
		return err
	}
	about, err := t.about(ctx, pulls, t.marker)
	if err != nil {
		return err
	}
	issues := t.resolvedIssues(about)
	if t.tooMany(len(pulls) + len(issues)) {
		return nil
	}
	more, err := t.about(ctx, issues, t.marker)
	if err != nil {
		return err
	}
	for _, gone := range missing(slices.Concat(pulls, issues), slices.Concat(about, more)) {
		t.wrong.add("telling", gone, "there is no such pull request or issue any more")
	}
	about = append(about, slices.DeleteFunc(more, func(i *target) bool { return i.pull })...)
	for i, target := range about {
		if err := t.tell(ctx, target); err != nil {
			t.wrong.say(fmt.Sprintf("%d of the %d pull requests and issues in %s are not told: %s", len(about)-i, len(about), t.Release.Tag, whyOf(err)))
			break
		}
	}
	return nil
}

func (t *announcement) tooMany(n int) bool {
	if n <= crowd || t.All {
		return false
	}
	t.wrong.say(fmt.Sprintf("%s concerns more than %d pull requests and issues, so none is told: run again with --announce-all if that is meant", t.Release.Tag, crowd))
	return true
}

func missing(asked []int, found []*target) (gone []int) {
	for _, n := range asked {
		if !slices.ContainsFunc(found, func(t *target) bool { return t.number == n }) {
			gone = append(gone, n)
		}
	}
	return gone
}

// discussing is the right to comment and to label.
var discussing = needs{{"issues", "write"}, {"pull_requests", "write"}}

// tell comments and labels. What can't be done on one is no reason to leave the others out, so that is only noted; the
// error is for what holds for all of them.
func (t *announcement) tell(ctx context.Context, to *target) error {
	if wanted, err := t.asked(to); err != nil || !wanted {
		return err
	}
	if t.comments && t.mayComment(to) {
		body, err := t.text(to)
		if err != nil {
			return err
		}
		if err := t.note(to, "commenting on", t.tryUnlessBarred("commenting on", to, func() error { return t.comment(ctx, to, body, t.marker) })); err != nil {
			return err
		}
	}
	missing := slices.DeleteFunc(slices.Clone(t.labels), to.labelled)
	if len(missing) == 0 {
		return nil
	}
	return t.note(to, "labelling", t.tryUnlessBarred("labelling", to, func() error { return t.label(ctx, to, missing) }))
}

// asked says whether the configuration's condition holds for a target.
func (t *announcement) asked(to *target) (bool, error) {
	if t.Comments.When == "" {
		return true, nil
	}
	text, err := t.Release.FillWith(t.Comments.When, to.lodash())
	return release.Holds(text), err
}

func (t *announcement) mayComment(to *target) bool {
	wanted := to.pull && t.Comments.Pulls || !to.pull && t.Comments.Issues
	if !wanted || to.told || slices.ContainsFunc(t.Comments.Unless, to.labelled) {
		return false
	}
	if to.locked {
		t.wrong.add("commenting on", to.number, "its conversation is locked")
		return false
	}
	return true
}

// errBarred says again what was said before.
var errBarred = errors.New("barred")

// tryUnlessBarred asks GitHub only once for what the token has no right to.
func (t *announcement) tryUnlessBarred(doing string, to *target, try func() error) error {
	kind := fmt.Sprint(doing, to.pull)
	if why, barred := t.barred[kind]; barred {
		t.wrong.add(doing, to.number, why)
		return errBarred
	}
	err := try()
	if resp, said := answerOf(err); resp != nil && strings.Contains(said, "not accessible by") {
		t.barred[kind] = whyOf(t.explainFor("", err, discussing))
	}
	return err
}

// note notes what went wrong with one, and gives back what will go wrong with all.
func (t *announcement) note(to *target, doing string, err error) error {
	if err == nil || err == errBarred {
		return nil
	}
	answered := statusOf(err) != 0
	err = t.explainFor("", err, discussing)
	switch release.CodeOf(err) {
	case release.CodeRateLimit, release.CodeAuth, "":
		return err
	}
	if !answered {
		return err
	}
	t.wrong.add(doing, to.number, whyOf(err))
	return nil
}
