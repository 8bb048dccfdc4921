package release

import (
	"context"
	"slices"
	"sort"
	"strings"

	"github.com/Masterminds/semver/v3"

	"github.com/semcut/semcut/commitparse"
)

// Past is one release that was made, decided again.
type Past struct {
	Tag         string          `json:"tag"`
	PreviousTag string          `json:"previousTag"` // "" for the first
	Commit      string          `json:"commit"`
	Computed    *semver.Version `json:"computed"` // null where nothing would be released
	Bump        Bump            `json:"bump"`
	Actual      *semver.Version `json:"actual"`
	Agrees      bool            `json:"agrees"`
	Commits     int             `json:"commits"`
	Cause       Cause           `json:"cause"` // why it doesn't agree, as far as that can be told
	// Asking are the commits that ask for the computed bump; where none does, the first few of all.
	Asking []Decision `json:"-"`
}

// Replay decides every release that o.Head contains again, oldest first, and hands each to row. A tag
// is decided at its commit, where of the tags at it and below it only those of a lower version are
// known (docs/cli.md). The commit that a release made for itself doesn't count.
func Replay(ctx context.Context, h History, o Options, row func(Past) error) error {
	l, err := newLine(ctx, h, o)
	if err != nil {
		return err
	}
	for _, t := range slices.Backward(l.tags) {
		past, err := l.decide(ctx, t)
		if err != nil {
			return err
		}
		if err := row(past); err != nil {
			return err
		}
	}
	return nil
}

// line is the releases that one commit contains, highest first.
type line struct {
	Options
	history Ancestry
	graph   Graph // nil where the line was not read whole
	tags    []versionTag
}

func newLine(ctx context.Context, h History, o Options) (*line, error) {
	if o.Initial == nil {
		o.Initial = semver.New(1, 0, 0, "", "")
	}
	g, err := h.Graph(ctx, []string{o.Head})
	if err != nil {
		return nil, err
	}
	tags, err := g.Tags(ctx)
	if err != nil {
		return nil, err
	}
	return &line{Options: o, history: g, graph: g, tags: versionTags(tags, o.TagFormat)}, nil
}

// branchFor is the kind of branch that a version must have come from: one with the version's own
// identifier for a pre-release.
func (l *line) branchFor(v *semver.Version) Branch {
	if v.Prerelease() == "" {
		return Branch{Name: l.Branch.Name, Kind: ReleaseBranch, First: true}
	}
	id, _, _ := strings.Cut(v.Prerelease(), ".")
	return Branch{Name: id, Kind: PrereleaseBranch, Prerelease: id}
}

// previous gives the last release that the tool would have seen at t, and the highest version below it.
func (l *line) previous(ctx context.Context, t versionTag) (last *versionTag, highest *semver.Version, err error) {
	below := sort.Search(len(l.tags), func(i int) bool { return l.tags[i].Version.LessThan(t.Version) }) // the highest comes first
	if below == len(l.tags) {
		return nil, nil, nil
	}
	then, err := readLineage(ctx, l.history, pointers(l.tags[below:]), l.branchFor(t.Version), t.Commit, nil)
	return then.last, then.highest, err
}

// readRange reads the commits of a range, as Ancestry's Commits and Graph's Glance do.
type readRange func(ctx context.Context, from, to string) ([]commitparse.Commit, error)

// commits gives the parsed commits of a release, less the one that it made for itself.
func (l *line) commits(ctx context.Context, read readRange, last *versionTag, t versionTag) ([]commitparse.Commit, error) {
	from := ""
	if last != nil {
		from = last.Commit
	}
	commits, err := read(ctx, from, t.Commit)
	if err != nil {
		return nil, err
	}
	parsed := l.parse(commits)
	if len(parsed) > 0 && parsed[0].Hash == t.Commit && isReleaseCommit(parsed[0].Header, t.Version.Original()) {
		parsed = parsed[1:]
	}
	return parsed, nil
}

func (l *line) decide(ctx context.Context, t versionTag) (Past, error) {
	past := Past{Tag: t.Name, Commit: t.Commit, Actual: t.Version}
	last, highest, err := l.previous(ctx, t)
	if err != nil {
		return past, err
	}
	commits, err := l.commits(ctx, l.graph.Glance, last, t)
	if err != nil {
		return past, err
	}
	past.Commits = len(commits)
	asked, decisions := l.analyze(commits)
	var lastVersion *semver.Version
	if last != nil {
		past.PreviousTag, lastVersion = last.Name, last.Version
	}
	past.Bump = l.Policy.after(lastVersion, asked)
	if past.Bump > None {
		past.Computed = nextVersion(l.branchFor(t.Version), lastVersion, highest, past.Bump, l.Initial)
	}
	if v := l.named(commits, t); v != nil {
		past.Computed = v
	}
	past.Agrees = past.Computed != nil && past.Computed.Equal(t.Version)
	if !past.Agrees {
		past.Cause = causeOf(past, lastVersion, decisions)
		past.Asking = asking(asked, decisions)
	}
	return past, nil
}

// named is the version that a footer of the commits names, nil where none does or where that counts for nothing. A pre-release
// counts itself.
func (l *line) named(commits []commitparse.Commit, t versionTag) *semver.Version {
	if !l.Policy.Own || t.Version.Prerelease() != "" {
		return nil
	}
	v, _ := releaseAs(commits, func(string, ...any) {})
	return v
}

// releaseWords begin the header of a commit that a tool made for a release.
var releaseWords = []string{"chore", "build", "ci", "release", "bump", "version", "publish", "docs(changelog)"}

// isReleaseCommit says whether a header is that of a commit which a tool made for a version: it names
// the version and begins like one, or is nothing but the version.
func isReleaseCommit(header, version string) bool {
	if !commitparse.Fold(version).In(header) {
		return false // as most
	}
	header = strings.ToLower(strings.TrimSpace(header))
	before, after, names := strings.Cut(header, strings.ToLower(version))
	if !names || after != "" && isVersionByte(after[0]) {
		return false
	}
	before = strings.TrimSuffix(before, "v")
	if before != "" && isVersionByte(before[len(before)-1]) {
		return false
	}
	if strings.TrimSpace(before) == "" {
		return true
	}
	return slices.ContainsFunc(releaseWords, func(w string) bool { return strings.HasPrefix(before, w) })
}

// isVersionByte says whether a byte next to a version would make it part of a longer one.
func isVersionByte(b byte) bool { return b >= '0' && b <= '9' || b == '.' || b == '-' || b == '+' }
