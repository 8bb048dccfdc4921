package release

import (
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
	p := &planner{Options: o, plan: &Plan{Head: o.Head, Branch: o.Branch, Changes: []Change{}, Steps: []Step{}, Warnings: []string{}}}
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
	}
	if o.Remote != nil {
		p.plan.spec.base = o.Remote.Branch(o.Branch.Name)
	}
	return p.plan, nil
}

// planner carries one planning through its steps.
type planner struct {
	Options
	plan    *Plan
	tags    []Tag
	tagged  map[string]Tag // by name
	line    lineage
	commits []commitparse.Commit
}

func (p *planner) readTags(ctx context.Context, h History) error {
	local, err := h.Tags(ctx)
	if err != nil {
		return err
	}
	tags, differing := withRemote(local, p.Remote)
	for _, name := range differing {
		if _, ok := p.TagFormat.Version(name); ok {
			p.warn("tag %q is another commit here than at the remote; the remote's is taken", name)
		}
	}
	p.tags, p.tagged = tags, make(map[string]Tag, len(tags))
	for _, t := range tags {
		p.tagged[t.Name] = t
	}
	p.line, err = readLineage(ctx, h, versionTags(tags, p.TagFormat), p.Branch, p.Head)
	return err
}

func (p *planner) warn(format string, args ...any) {
	p.plan.Warnings = append(p.plan.Warnings, fmt.Sprintf(format, args...))
}

// decide fills the plan's one change: a repository is one package with the directory ".".
func (p *planner) decide(ctx context.Context, h History) error {
	change := Change{Commits: []Decision{}, Edits: []Edit{}, Last: p.lastRelease()}
	if p.line.atHead == nil {
		if err := p.analyze(ctx, h, &change); err != nil {
			return err
		}
	}
	if change.Bump > None {
		if err := p.release(&change); err != nil {
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
	p.commits = ParseCommits(commits, p.Format)
	change.Bump, change.Commits = analyze(p.commits, p.Rules)
	return nil
}

// ParseCommits reads the messages of commits under a format. As semantic-release does, the text is
// trimmed first; Raw keeps what git has.
func ParseCommits(commits []commitparse.Commit, f commitparse.Format) []commitparse.Commit {
	parsed := make([]commitparse.Commit, len(commits))
	for i, c := range commits {
		raw := c.Raw
		c.Message = commitparse.Parse(TrimMessage(raw), f)
		c.Raw = raw
		parsed[i] = c
	}
	return parsed
}

// TrimMessage takes JavaScript's white space off both ends: what semantic-release does to a message
// before it looks at it (spec §1.3).
func TrimMessage(text string) string { return strings.TrimFunc(text, commitparse.IsSpace) }

// release fills Next, the edits and the steps.
func (p *planner) release(change *Change) error {
	if err := p.guardFirst(); err != nil {
		return err
	}
	var last *semver.Version
	if p.line.last != nil {
		last = p.line.last.Version
	}
	version := nextVersion(p.Branch, last, p.line.highest, change.Bump, p.Initial)
	if err := p.guardVersion(version, last); err != nil {
		return err
	}
	next := releaseOn(p.Branch, version, p.TagFormat.Tag(version), "")
	next.Date = p.Now.UTC()
	change.Next = &next
	notes := p.Notes
	notes.Version, notes.Tag, notes.Date = version.String(), change.Next.Tag, p.Now.UTC()
	if change.Last != nil {
		notes.PreviousTag = change.Last.Tag
	}
	change.Next.Notes = changelog.Render(changelog.Build(p.commits, notes), notes)
	if err := p.edit(change); err != nil {
		return err
	}
	p.steps(change)
	return nil
}

// guardVersion refuses a version that goes backwards, leaves the branch's range or is taken.
func (p *planner) guardVersion(version, last *semver.Version) error {
	if last != nil && !version.GreaterThan(last) {
		return Errorf(CodeVersion, "give the next commit a type that fits, or tag by hand",
			"deciding the version after %q: %q is not higher", last, version)
	}
	if !p.Branch.Allows(version) {
		return Errorf(CodeVersion, "release this change from a branch with a wider range, or revert the commits that ask for it",
			"releasing %q from branch %q: its range is %q", version, p.Branch.Name, p.Branch.Range)
	}
	name := p.TagFormat.Tag(version)
	if t, taken := p.tagged[name]; taken {
		return Errorf(CodeTagTaken, fmt.Sprintf("see what it is with \"git show %s\"; merge its branch, or delete the tag if it is a mistake", name),
			"releasing %q: tag %q exists already, on commit %s, which branch %q doesn't contain", version, name, short(t.Commit), p.Branch.Name)
	}
	return nil
}

// guardFirst refuses a first release where tags look like versions in another format.
func (p *planner) guardFirst() error {
	if p.line.last != nil || p.FirstRelease {
		return nil
	}
	other, example := otherFormat(p.tags)
	if example == "" || other == p.TagFormat.String() {
		return nil
	}
	return Errorf(CodeFirst, fmt.Sprintf("set tagFormat: %q, or give --first-release", other),
		"deciding the first version: tag format %q fits no tag, but %q looks like a version", p.TagFormat, example)
}

// otherFormat guesses the tag format of tags that look like versions: the longest part of the highest
// one that reads as a version.
func otherFormat(tags []Tag) (format, example string) {
	var best *semver.Version
	for _, t := range slices.SortedFunc(slices.Values(tags), func(a, b Tag) int { return strings.Compare(a.Name, b.Name) }) {
		start := strings.IndexAny(t.Name, "0123456789")
		if start < 0 {
			continue
		}
		v, ok := ParseVersion(t.Name[start:])
		if ok && (best == nil || v.GreaterThan(best)) {
			best, format, example = v, t.Name[:start]+versionPlaceholder, t.Name
		}
	}
	return format, example
}

// Last gives the last release of o.Branch that o.Head reaches, nil where there is none.
func Last(ctx context.Context, h History, o Options) (*Release, error) {
	p := &planner{Options: o, plan: &Plan{}}
	if err := p.readTags(ctx, h); err != nil {
		return nil, err
	}
	return p.lastRelease(), nil
}
