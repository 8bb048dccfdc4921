package main

import (
	"fmt"
	"io/fs"
	"strings"

	"github.com/semcut/semcut/internal/diskfile"
	"github.com/semcut/semcut/internal/starter"
	"github.com/semcut/semcut/release"
)

// patterns tells which files commit.files and github.assets stand for right now. That there are none is a failure only
// where no prepare hook could make them.
func (c *checker) patterns(r *releaser, next *release.Release) {
	if next == nil {
		return // nobody knows what the templates stand for
	}
	made := len(r.cfg.Hooks[release.AtPrepare]) > 0
	look := lookFor{r.repo.WorkFiles(), next, made}
	var found []string
	var err error
	for _, spec := range r.cfg.CommitFiles {
		found, err = look.add(found, err, spec, release.CodeFile, !spec.Optional && !release.IsPattern(spec.Path))
	}
	if len(found) > 0 || err != nil {
		c.say("commit.files", strings.Join(found, ", "), err)
	}
	found, err = nil, nil
	for _, spec := range r.cfg.GitHub.Assets {
		if len(r.publishers) > 0 && !strings.HasPrefix(spec.Path, "!") {
			found, err = look.add(found, err, spec.FileSpec, release.CodeAsset, !spec.Optional)
		}
	}
	if len(found) > 0 || err != nil {
		c.say("assets", strings.Join(found, ", "), err)
	}
}

// lookFor looks for files of the work tree.
type lookFor struct {
	files fs.FS
	next  *release.Release
	made  bool // a hook may make what isn't there
}

// add adds what one entry stands for to what was found so far; the first error stays. Where needed says so, an entry that
// stands for nothing is one.
func (l lookFor) add(found []string, first error, spec release.FileSpec, code release.Code, needed bool) ([]string, error) {
	pattern, err := l.next.Fill(spec.Path)
	place := spec.Place
	var names []string
	if err == nil && l.files != nil {
		spec.Path = pattern
		names, err = spec.Match(l.files)
	}
	switch {
	case first != nil:
		return found, first
	case err != nil:
		return found, release.Errorf(code, "write a path below the root of the repository, or a pattern like dist/*", "reading %s: looking for %q: %w", place, pattern, diskfile.Cause(err))
	case len(names) == 0 && needed && !l.made:
		return found, release.Errorf(code, "make the file before the release (hooks.prepare), or mend the path", "reading %s: there is no file %q", place, pattern)
	case len(names) == 0 && !needed && !release.IsPattern(pattern):
		return found, nil
	case len(names) == 1:
		return append(found, pattern+": 1 file now"), nil
	}
	return append(found, fmt.Sprintf("%s: %d files now", pattern, len(names))), nil
}

// hooks tells at which points commands are configured. None of them runs.
func (c *checker) hooks(hooks release.Hooks) {
	var points []string
	for _, point := range release.Points {
		switch n := len(hooks[point]); n {
		case 0:
		case 1:
			points = append(points, string(point))
		default:
			points = append(points, fmt.Sprintf("%s (%d)", point, n))
		}
	}
	if len(points) > 0 {
		c.say("hooks", strings.Join(points, ", ")+"; none was run", nil)
	}
}

// notices tells which further rights a publisher needs to tell people of releases. A forge says so only when it is asked
// to write; who may push may do that, too, but a job's token has just the rights that its workflow names.
func (c *checker) notices(pub release.Publisher, announces, alarms bool) {
	var what []string
	rights := "issues: write"
	if _, can := pub.(release.Announcer); can && announces {
		what, rights = append(what, "comments, labels"), "issues: write, pull-requests: write"
	}
	if _, can := pub.(release.Alarm); can && alarms {
		what = append(what, "failure issue")
	}
	if len(what) > 0 {
		c.say(pub.Name()+" notices", "for "+strings.Join(what, ", ")+": "+rights+" (not asked)", nil)
	}
}

// workflows warns of GitHub workflows that wait for what the release makes, and that nothing will start.
func (c *checker) workflows(r *releaser) {
	files := r.repo.WorkFiles()
	if files == nil || !onGitHub(r, r.cfg) {
		return
	}
	for _, w := range starter.Silents(files) {
		why := "what GITHUB_TOKEN makes starts no workflow"
		if w.Push && strings.Contains(r.cfg.CommitMessage, "[skip ci]") {
			why += ", and [skip ci] in the release commit silences it whoever pushes"
		}
		c.warn("workflows", w.File+" waits for "+w.Waits+": "+why, "do its work in the job that releases, in a step with if: steps.semcut.outputs.released == 'true'")
	}
}
