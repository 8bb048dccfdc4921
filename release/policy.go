package release

import (
	"fmt"
	"strings"

	"github.com/Masterminds/semver/v3"

	"github.com/semcut/semcut/commitparse"
)

// Policy is what a project makes of the bumps that its commits ask for. The zero Policy changes nothing.
type Policy struct {
	// ZeroBreaking and ZeroFeature are what a breaking change and a feature make while the version is 0.x; None
	// leaves them as they are.
	ZeroBreaking, ZeroFeature Bump
	// MaxBump is the biggest bump that needs no leave; None sets no limit.
	MaxBump Bump
	// Own goes beyond semantic-release: footers speak of the version ("Release-As: 2.0.0", "Allow-Bump: major"), and
	// reverts find what they take back by its hash alone.
	Own bool
	// Squash reads several changes from the body of one squash commit.
	Squash bool
	// AnyModulePath lets a Go module get a version that its path doesn't fit.
	AnyModulePath bool
}

// Wish is what a person asks for this time, whatever the commits say.
type Wish struct {
	Bump  Bump            // this one; None leaves it to the commits
	Least Bump            // this one, where the commits ask for less
	As    *semver.Version // exactly this version; nil leaves it to the bump
	Allow Bump            // a bump up to this one may pass MaxBump
}

// impose turns what the commits ask for into what settings and wishes make of it, and says so in the change.
func (p *planner) impose(c *Change) {
	why := func(format string, args ...any) { c.Reasons = append(c.Reasons, fmt.Sprintf(format, args...)) }
	if p.line.releasedAt(p.Head) {
		return // nothing to do here, whatever is wished
	}
	if p.Wish.As == nil && p.Policy.Own {
		if v, by := releaseAs(p.commits, p.warn); v != nil {
			p.Wish.As = v
			why("Release-As: %s in %s", v, short(by))
		}
	} else if p.Wish.As != nil {
		why("%s was asked for", p.Wish.As)
	}
	switch {
	case p.Wish.As != nil:
		c.Bump = p.stepTo(p.Wish.As)
		return
	case p.Wish.Bump > None:
		why("a %s release was asked for", p.Wish.Bump)
		c.Bump = p.Wish.Bump
	case p.Wish.Least > c.Bump:
		why("the version hook asks for a %s release", p.Wish.Least)
		c.Bump = p.Wish.Least
	}
	if p.line.last == nil {
		return
	}
	if to := p.Policy.after(p.line.last.Version, c.Bump); to != c.Bump {
		why("a %s change makes a %s release while the version is 0.x", c.Bump, to)
		c.Bump = to
	}
}

// after is what the settings for 0.x make of a bump; last is nil before the first release.
func (p Policy) after(last *semver.Version, b Bump) Bump {
	switch {
	case last == nil || last.Major() > 0:
	case b == Major && p.ZeroBreaking > None:
		return p.ZeroBreaking
	case b == Minor && p.ZeroFeature > None:
		return p.ZeroFeature
	}
	return b
}

// stepTo says how far a version is from the last one, at least a patch: it was asked for.
func (p *planner) stepTo(v *semver.Version) Bump {
	if p.line.last == nil {
		return Patch
	}
	last := p.line.last.Version
	switch {
	case v.Major() != last.Major():
		return Major
	case v.Minor() != last.Minor():
		return Minor
	}
	return Patch
}

// releaseAs reads the newest footer that names a version, and the commit that it stands in. warn is told of those that name none.
func releaseAs(commits []commitparse.Commit, warn func(format string, args ...any)) (*semver.Version, string) {
	for i := range commits {
		if text := footer(&commits[i], "Release-As"); text != "" {
			if v, ok := ParseVersion(strings.TrimPrefix(text, "v")); ok {
				return v, commits[i].Hash
			}
			warn("commit %s has a footer Release-As that names no version: %.40q", short(commits[i].Hash), text)
		}
	}
	return nil, ""
}

// footer gives the value of a footer of a commit, "" where it has none of that name.
func footer(c *commitparse.Commit, token string) string {
	for _, f := range c.Footers {
		if strings.EqualFold(f.Token, token) {
			return strings.TrimSpace(f.Value)
		}
	}
	return ""
}

// version is the one that the release gets. On a pre-release branch a wish for 2.0.0 is one for its next pre-release.
func (p *planner) version(c *Change, last *semver.Version) *semver.Version {
	if as := p.Wish.As; as != nil {
		core := semver.New(as.Major(), as.Minor(), as.Patch(), "", "")
		switch {
		case as.Prerelease() != "":
			return semver.New(as.Major(), as.Minor(), as.Patch(), as.Prerelease(), "")
		case p.Branch.Kind != PrereleaseBranch:
			return core
		case last != nil && last.Prerelease() != "" && core.Equal(semver.New(last.Major(), last.Minor(), last.Patch(), "", "")):
			return nextPrerelease(last)
		}
		return firstOf(core, p.Branch.Prerelease)
	}
	return nextVersion(p.Branch, last, p.line.highest, c.Bump, p.Initial)
}
