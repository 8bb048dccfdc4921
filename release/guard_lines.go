package release

import (
	"context"
	"fmt"

	"github.com/Masterminds/semver/v3"
)

// guardLines refuses a version that another branch's releases leave no room for (spec §2.3, §1.10 EINVALIDNEXTVERSION).
// Other than in semantic-release 25 pre-releases bound nothing, ranges are compared as numbers and within their own
// major, and 0.x lines have room.
func (p *planner) guardLines(ctx context.Context, h History, version *semver.Version) error {
	switch p.Branch.Kind {
	case ReleaseBranch:
		return p.guardRelease(ctx, h, version)
	case MaintenanceBranch:
		return p.guardMaintenance(ctx, h, version)
	}
	return nil
}

// guardRelease keeps a release branch above what the release branches before it have released, and below what the one behind
// it has released on top of all those.
func (p *planner) guardRelease(ctx context.Context, h History, version *semver.Version) error {
	floor, behind := p.line.highest, false
	for _, line := range p.Lines {
		switch {
		case line.Branch.Name == p.Branch.Name:
			behind = true
		case line.Branch.Kind != ReleaseBranch:
		case behind:
			return p.guardBelow(ctx, h, line, version, floor)
		default:
			highest, err := p.highestOn(ctx, h, line)
			if err != nil {
				return err
			}
			if highest == nil {
				continue
			}
			if !version.GreaterThan(highest) {
				return p.tooLow(line, version, highest)
			}
			if floor == nil || highest.GreaterThan(floor) {
				floor = highest
			}
		}
	}
	return nil
}

func (p *planner) tooLow(line Line, version, highest *semver.Version) error {
	return Errorf(CodeVersion, fmt.Sprintf("merge branch %s into %s first, or release this change from %[1]s", line.Branch.Name, p.Branch.Name),
		"releasing %q from branch %q: branch %q is at %q, so only higher versions fit here", version, p.Branch.Name, line.Branch.Name, highest)
}

func (p *planner) guardBelow(ctx context.Context, h History, line Line, version, floor *semver.Version) error {
	released, _, err := p.releasedOn(ctx, h, line)
	if err != nil {
		return err
	}
	for _, v := range released { // the highest first
		if !v.GreaterThan(version) && (floor == nil || v.GreaterThan(floor)) {
			return Errorf(CodeVersion, fmt.Sprintf("release this change from branch %s, or merge that branch first", line.Branch.Name),
				"releasing %q from branch %q: branch %q has released %q, so only lower versions fit here", version, p.Branch.Name, line.Branch.Name, v)
		}
	}
	return nil
}

// guardMaintenance keeps a maintenance branch below the first release branch, and one of a major above those of its
// minors.
func (p *planner) guardMaintenance(ctx context.Context, h History, version *semver.Version) error {
	var maintained *semver.Version // the highest release of any maintenance branch
	var first *Line
	lines := append([]Line{{p.Branch, p.Head}}, p.Lines...)
	for i, line := range lines {
		if line.Branch.First {
			first = &lines[i]
		}
		if line.Branch.Kind != MaintenanceBranch || i > 0 && line.Branch.Name == p.Branch.Name {
			continue
		}
		if err := p.guardMinor(line.Branch, version); err != nil {
			return err
		}
		highest, err := p.highestOn(ctx, h, line)
		if err != nil {
			return err
		}
		if highest != nil && (maintained == nil || highest.GreaterThan(maintained)) {
			maintained = highest
		}
	}
	if first == nil {
		return nil
	}
	released, known, err := p.releasedOn(ctx, h, *first)
	if err != nil || !known {
		return err
	}
	if len(released) == 0 {
		return p.guardUnreleased(*first, version)
	}
	bound := released[0]
	for _, v := range released {
		if maintained == nil || v.GreaterThan(maintained) {
			bound = v // the lowest of those that are higher
		}
	}
	if version.LessThan(bound) {
		return nil
	}
	return Errorf(CodeVersion, fmt.Sprintf("release this change from branch %s; a maintenance branch follows behind it", first.Branch.Name),
		"releasing %q from branch %q: branch %q is at %q, so only lower versions fit here", version, p.Branch.Name, first.Branch.Name, bound)
}

// guardUnreleased leaves the first version to the branch that everything else follows.
func (p *planner) guardUnreleased(first Line, version *semver.Version) error {
	if version.LessThan(p.Initial) {
		return nil
	}
	return Errorf(CodeVersion, fmt.Sprintf("release branch %s first; a maintenance branch follows behind it", first.Branch.Name),
		"releasing %q from branch %q: branch %q has released nothing yet, so only versions below %q fit here", version, p.Branch.Name, first.Branch.Name, p.Initial)
}

// guardMinor leaves the versions of a minor to the branch of that minor.
func (p *planner) guardMinor(other Branch, version *semver.Version) error {
	own, _ := p.Branch.bounds()
	lower, upper := other.bounds()
	if !p.Branch.ofMajor() || other.ofMajor() || lower.Major() != own.Major() || !version.LessThan(upper) {
		return nil
	}
	return Errorf(CodeVersion, fmt.Sprintf("release this change from branch %s", other.Name),
		"releasing %q from branch %q: versions below %q are for branch %q", version, p.Branch.Name, upper, other.Name)
}

// releasedOn gives the stable versions that a branch contains, the highest first.
func (p *planner) releasedOn(ctx context.Context, h History, line Line) (released []*semver.Version, known bool, err error) {
	known, err = p.eachReleased(ctx, h, line, func(v *semver.Version) bool {
		released = append(released, v)
		return true
	})
	return released, known, err
}

// highestOn gives the highest stable version that a branch contains, nil where there is none.
func (p *planner) highestOn(ctx context.Context, h History, line Line) (highest *semver.Version, err error) {
	_, err = p.eachReleased(ctx, h, line, func(v *semver.Version) bool {
		highest = v
		return false
	})
	return highest, err
}

// eachReleased hands out the stable versions that a branch contains, the highest first, as long as more are wanted. Of a
// branch that this clone lacks nothing is known, and it is said.
func (p *planner) eachReleased(ctx context.Context, h History, line Line, more func(*semver.Version) bool) (known bool, err error) {
	below := reachable{history: h, head: line.Commit}
	for t := range p.versions.each() {
		if t.Version.Prerelease() != "" {
			continue
		}
		in, err := below.reaches(ctx, t.Commit)
		if CodeOf(err) == CodeRevision {
			p.warn("branch %q is not in this clone, so what it has released is not looked at", line.Branch.Name)
			return false, nil
		}
		if err != nil {
			return false, err
		}
		if in && !more(t.Version) {
			break
		}
	}
	return true, p.versions.err
}
