package release

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/Masterminds/semver/v3"

	"github.com/semcut/semcut/changelog"
	"github.com/semcut/semcut/commitparse"
)

// NewPlan decides what a release of o.Head would be. It reads history and the files that it is given,
// and writes nothing.
func NewPlan(ctx context.Context, h History, o Options) (*Plan, error) {
	p := &planner{Options: o, written: o.Initial, plan: &Plan{Head: o.Head, Branch: o.Branch, Changes: []Change{}, Steps: []Step{}, Warnings: []string{}}}
	if p.Initial == nil {
		p.Initial = semver.New(1, 0, 0, "", "")
	}
	if err := p.readTags(ctx, h); err != nil {
		return nil, err
	}
	if err := p.decide(ctx, h); err != nil {
		return nil, err
	}
	p.plan.spec = spec{
		localRef: o.LocalRef, repository: o.Repository, commit: o.Commit, tag: o.Tag, date: o.Now.UTC(), push: o.Push, process: o.Process,
		work: o.work(), commits: p.commits, loose: o.Loose, prepare: o.Prepare, replan: p.replan,
	}
	by := &p.plan.spec.commit
	by.Author.When, by.Committer.When = p.plan.spec.date, p.plan.spec.date
	if o.Remote != nil {
		p.plan.spec.base = o.Remote.Branch(o.Branch.Name)
	}
	if next := p.plan.Changes[0].Next; next != nil && p.notes(next) {
		p.plan.spec.note = true
		if o.Remote != nil {
			p.plan.spec.noted = o.Remote.Refs[channelRef(next.Tag)]
		}
	}
	return p.plan, nil
}

// work is what the release does after its push, but for the publishers.
func (o Options) work() Work {
	return Work{Hooks: o.Hooks, Assets: o.Assets, TagFormat: o.TagFormat, Floating: o.Tag.Floating, Format: o.Format, AnnounceAll: o.AnnounceAll, Hide: o.Hide}
}

// planner carries one planning through its steps.
type planner struct {
	Options
	plan     *Plan
	written  *semver.Version // the first version that the configuration names; nil where it says nothing
	tags     []Tag
	tagged   []Tag // all, also those that don't count
	versions *versionRanking
	line     lineage
	commits  []commitparse.Commit
}

func (p *planner) readTags(ctx context.Context, h History) error {
	local, err := h.TagRefs(ctx)
	if err != nil {
		return err
	}
	tags, differing, unpushed := withRemote(local, p.Remote, h.PeelTag)
	for _, name := range differing {
		if _, ok := p.TagFormat.Version(name); ok {
			p.warn("tag %q is another commit here than at the remote; the remote's is taken", name)
		}
	}
	p.tagged, p.tags = tags, tags
	if len(unpushed) > 0 {
		p.tags = slices.DeleteFunc(slices.Clone(tags), func(t Tag) bool { return p.onlyHere(t.Name, unpushed) })
	}
	p.versions = rankVersions(p.tags, p.TagFormat)
	p.versions.peel = p.peelTag(h)
	p.line, err = readLineage(ctx, h, p.versions.each(), p.Branch, p.Head, func(t *versionTag) (string, error) { return p.onChannel(ctx, h, t) })
	return cmp.Or(err, p.versions.err)
}

// peelTag gives what tells where a tag leads. What the remote's tags lead to it has told itself.
func (p *planner) peelTag(h History) func(Tag) (string, error) {
	return func(t Tag) (string, error) {
		if p.Remote != nil && p.Remote.TagCommit(t.Name) == t.Commit {
			return t.Commit, nil
		}
		return h.PeelTag(t)
	}
}

// leading leaves out the tags that lead to no commit.
func (p *planner) leading() []Tag {
	return slices.DeleteFunc(slices.Clone(p.tags), func(t Tag) bool {
		commit, err := p.versions.peel(t)
		return err == nil && commit == ""
	})
}

// onlyHere says whether a tag doesn't count since the remote has no such release: somebody made it here and never pushed
// it, or it was deleted there. One of a release that is under way here counts.
func (p *planner) onlyHere(name string, unpushed []string) bool {
	if !slices.Contains(unpushed, name) || slices.Contains(p.Pending, name) {
		return false
	}
	if _, isVersion := p.TagFormat.Version(name); !isVersion {
		return false
	}
	p.warn("tag %q is in this clone only and doesn't count; push it, or delete it", name)
	return true
}

func (p *planner) warn(format string, args ...any) {
	p.plan.Warnings = append(p.plan.Warnings, fmt.Sprintf(format, args...))
}

// decide fills the plan's one change: a repository is one package with the directory ".".
func (p *planner) decide(ctx context.Context, h History) error {
	change := Change{Commits: []Decision{}, Edits: []Edit{}, Reasons: []string{}, Candidates: p.line.lost, Last: p.lastRelease()}
	if change.Candidates == nil {
		change.Candidates = []Candidate{}
	}
	if err := p.planPromotion(ctx, h); err != nil {
		return err
	}
	if !p.line.releasedAt(p.Head) {
		if err := p.analyze(ctx, h, &change); err != nil {
			return err
		}
	}
	p.impose(&change)
	if change.Bump > None {
		if err := p.release(ctx, h, &change); err != nil {
			return err
		}
	}
	p.plan.Changes = append(p.plan.Changes, change)
	return nil
}

func (p *planner) lastRelease() *Release {
	if p.line.last == nil {
		return nil
	}
	t := p.line.last
	return &Release{Version: t.Version, Tag: t.Name, Commit: t.Commit, Branch: p.Branch.Name, Channel: p.Branch.Channel,
		Prerelease: t.Version.Prerelease() != ""}
}

func (p *planner) analyze(ctx context.Context, h History, change *Change) error {
	from := ""
	if p.line.last != nil {
		from = p.line.last.Commit
	}
	commits, err := h.Commits(ctx, from, p.Head)
	if err != nil {
		return err
	}
	p.commits = p.parse(commits)
	change.Bump, change.Commits = p.Options.analyze(p.commits)
	return nil
}

// ParseCommits reads the messages of commits under a format. As semantic-release does, the text is
// trimmed first; Raw keeps what git has.
func ParseCommits(commits []commitparse.Commit, f commitparse.Format) []commitparse.Commit {
	return parseHere(slices.Clone(commits), f)
}

// parseHere parses the messages in the list itself.
func parseHere(commits []commitparse.Commit, f commitparse.Format) []commitparse.Commit {
	for i := range commits {
		raw := commits[i].Raw
		commits[i].Message = commitparse.Parse(TrimMessage(raw), f)
		commits[i].Raw = raw
	}
	return commits
}

// TrimMessage takes JavaScript's white space off both ends: what semantic-release does to a message
// before it looks at it (spec §1.3).
func TrimMessage(text string) string { return strings.TrimFunc(text, commitparse.IsSpace) }

// release fills Next, the edits and the steps.
func (p *planner) release(ctx context.Context, h History, change *Change) error {
	if err := p.guardFirst(); err != nil {
		return err
	}
	var last *semver.Version
	if p.line.last != nil {
		last = p.line.last.Version
	}
	version := p.version(change, last)
	if err := p.guard(ctx, h, change, version, last); err != nil {
		return err
	}
	next := releaseOn(p.Branch, version, p.TagFormat.Tag(version), "")
	next.Date, next.last, next.bump = p.Now.UTC(), change.Last, change.Bump
	change.Next = &next
	if err := p.write(ctx, h, change); err != nil {
		return err
	}
	if err := p.edit(change); err != nil {
		return err
	}
	if err := p.editVersions(change); err != nil {
		return err
	}
	p.steps(change)
	return nil
}

// write makes the notes of the next release.
func (p *planner) write(ctx context.Context, h History, change *Change) (err error) {
	c := Chapter{changelog.Release{Version: change.Next.Version.String(), Tag: change.Next.Tag, Date: p.Now.UTC()}, p.Options.noted(p.commits)}
	from := ""
	if change.Last != nil {
		c.PreviousTag, from = change.Last.Tag, change.Last.Commit
	}
	o := p.Options
	o.Warn = func(text string) { p.warn("%s", text) }
	if !p.NoNotes {
		if err := c.meet(ctx, h, o, from); err != nil {
			return err
		}
		if change.Next.Notes, err = p.Writer().Render(c); err != nil {
			return err
		}
	}
	for _, text := range p.MoreNotes {
		change.Next.Notes = strings.TrimLeft(strings.TrimRight(change.Next.Notes, "\n")+"\n\n"+text+"\n", "\n")
	}
	change.Next.Notes = p.hide(change.Next.Notes)
	return nil
}

// Last gives the last release of o.Branch that o.Head reaches, nil where there is none, and what a person should know.
func Last(ctx context.Context, h History, o Options) (last *Release, warnings []string, err error) {
	p := &planner{Options: o, written: o.Initial, plan: &Plan{}}
	if err := p.readTags(ctx, h); err != nil {
		return nil, nil, err
	}
	return p.lastRelease(), p.plan.Warnings, nil
}
