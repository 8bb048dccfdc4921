package release

import (
	"context"
	"fmt"
	"strconv"

	"github.com/Masterminds/semver/v3"
)

// Floating gives the name of the tag that goes with a version's line: v1 for Major, v1.2 for Minor.
func (f TagFormat) Floating(v *semver.Version, part Bump) string {
	line := strconv.FormatUint(v.Major(), 10)
	if part == Minor {
		line += "." + strconv.FormatUint(v.Minor(), 10)
	}
	return f.prefix + line + f.suffix
}

// float moves the floating tags: only for releases that are no pre-releases, only forward within their line, each from
// the value that was seen, in a push of its own. Somebody's no is a warning.
func (e *ending) float(ctx context.Context) error {
	if len(e.Floating) == 0 || e.release.Version.Prerelease() != "" {
		return nil
	}
	refs, err := e.Remote.Refs(ctx)
	if err != nil {
		return err
	}
	for _, part := range e.Floating {
		err := e.floatOne(ctx, refs, part)
		switch CodeOf(err) {
		case CodeRefused, CodeTagTaken, CodeMoved, CodeForbidden:
			e.warn(err)
		default:
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func (e *ending) floatOne(ctx context.Context, refs *RemoteRefs, part Bump) error {
	name := e.TagFormat.Floating(e.release.Version, part)
	highest, ours := e.lineOf(refs, part, refs.TagCommit(name))
	switch old := refs.TagCommit(name); {
	case old == e.release.Commit:
		return nil
	case highest.GreaterThan(e.release.Version):
		e.Log.Info(fmt.Sprintf("the tag %s stays where it is: %s is later", name, highest))
		return nil
	case old != "" && !ours:
		return Errorf(CodeTagTaken, fmt.Sprintf("if it is one of yours, move it: git push --force origin %s:refs/tags/%s", short(e.release.Commit), name),
			"moving the tag %q to %s: it is on %s, which is no release of its line", name, short(e.release.Commit), short(old))
	}
	update := RefUpdate{Name: "refs/tags/" + name, Old: refs.Refs["refs/tags/"+name], New: e.release.Commit}
	if err := e.Remote.Push(ctx, []RefUpdate{update}); err != nil {
		return err
	}
	e.Log.Info("moved the tag "+name, "commit", short(e.release.Commit))
	return e.floatHere(ctx, update)
}

// lineOf gives the highest version that the remote has of the release's line; ours says whether one of them is on a commit.
func (e *ending) lineOf(refs *RemoteRefs, part Bump, commit string) (highest *semver.Version, ours bool) {
	highest = e.release.Version
	for tag := range tagNames(refs) {
		v, ok := e.TagFormat.Version(tag)
		if !ok || v.Prerelease() != "" || v.Major() != highest.Major() || part == Minor && v.Minor() != highest.Minor() {
			continue
		}
		if v.GreaterThan(highest) {
			highest = v
		}
		ours = ours || refs.TagCommit(tag) == commit
	}
	return highest, ours
}

// floatHere moves the tag of this clone, too, where it was the same; another one is left to its owner.
func (e *ending) floatHere(ctx context.Context, update RefUpdate) error {
	here, err := e.Worktree.LocalRefs(ctx, update.Name)
	if err != nil || here[update.Name] != update.Old {
		return err
	}
	return e.Worktree.UpdateRefs(ctx, []RefUpdate{update})
}
