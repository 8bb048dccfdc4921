package main

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// pairs is how many pairs of releases race; all of them where counterparts are tested.
func pairs() int {
	if everything() {
		return 50
	}
	return 10
}

// TestTwoAtOnce lets two clones release the same branch at the same moment, again and again; in between somebody pushes
// a commit, now and then in the middle of it. Each version is there once, on the branch, with one page; no commit is lost.
func TestTwoAtOnce(t *testing.T) {
	for _, c := range []struct {
		name   string
		commit bool // releases change a file
	}{{"with a release commit", true}, {"with a tag only", false}} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			raceInPairs(t, c.commit)
		})
	}
}

func raceInPairs(t *testing.T, commit bool) {
	s := newWorld(t, t.TempDir())
	s.fill(t)
	if !commit {
		s.git(t, s.work, "rm", "-q", "CHANGELOG.md")
		s.git(t, s.work, "commit", "-q", "-m", "chore: no changelog")
		s.git(t, s.work, "push", "-q", "origin", "HEAD:main")
	}
	pushed := []string{}
	won := map[string]int{}
	for i := range pairs() {
		pushed = append(pushed, s.push(t, fmt.Sprintf("fix: number %d", i)))
		runs := []*world{s.cloneAs(t, fmt.Sprintf("a%d", i)), s.cloneAs(t, fmt.Sprintf("b%d", i))}
		var group sync.WaitGroup
		for _, r := range runs {
			group.Go(func() { r.ci(t) })
		}
		if i%3 == 2 {
			pushed = append(pushed, s.push(t, fmt.Sprintf("feat: while number %d is released", i)))
		}
		group.Wait()
		for _, r := range runs {
			if err := os.RemoveAll(filepath.Join(s.dir, r.work)); err != nil {
				t.Fatal(err)
			}
		}
	}
	last := s.cloneAs(t, "last")
	last.ci(t)
	last.ci(t)
	s.judgeRace(t, pushed, won)
}

// judgeRace holds what is there against what must be.
func (s *world) judgeRace(t *testing.T, pushed []string, pages map[string]int) {
	t.Helper()
	refs := s.git(t, "origin.git", "for-each-ref", "--format=%(refname)")
	if strings.Contains(refs, "refs/semcut/") {
		t.Errorf("an open release is left:\n%s", refs)
	}
	for _, tag := range strings.Fields(s.git(t, "origin.git", "tag")) {
		pages[tag] = 0
		s.git(t, "origin.git", "merge-base", "--is-ancestor", tag, "main") // fails the test otherwise
	}
	for _, commit := range pushed {
		s.git(t, "origin.git", "merge-base", "--is-ancestor", commit, "main")
		if s.git(t, "origin.git", "tag", "--contains", commit) == "" {
			t.Errorf("commit %s was never released", commit)
		}
	}
	for _, r := range s.forge.Releases() {
		pages[r.Tag]++
		if r.Draft {
			t.Errorf("the page of %s is a draft", r.Tag)
		}
	}
	for tag, n := range pages {
		if n != 1 {
			t.Errorf("%s has %d pages", tag, n)
		}
	}
	if len(pages) < pairs()/2 { // some pairs meet a newer commit, and leave both to the next
		t.Errorf("only these versions were released: %v", slices.Sorted(maps.Keys(pages)))
	}
	s.git(t, "origin.git", "fsck", "--strict", "--no-dangling")
}

// push puts an empty commit on main, on top of whatever is there, and gives its hash.
func (s *world) push(t *testing.T, message string) string {
	t.Helper()
	for range 20 {
		s.git(t, s.work, "fetch", "-q", "origin", "main")
		s.git(t, s.work, "reset", "-q", "--hard", "FETCH_HEAD")
		s.git(t, s.work, "commit", "-q", "--allow-empty", "-m", message)
		cmd := exec.Command("git", "push", "-q", "origin", "HEAD:main")
		cmd.Dir, cmd.Env = filepath.Join(s.dir, s.work), s.env(today, "")
		if cmd.Run() == nil {
			return strings.TrimSpace(s.git(t, s.work, "rev-parse", "HEAD"))
		}
	}
	t.Fatal("a commit never got through")
	return ""
}

// cloneAs is the same world seen from a new clone in a folder of this name.
func (s *world) cloneAs(t *testing.T, name string) *world {
	t.Helper()
	s.git(t, ".", "clone", "-q", "https://github.com/acme/widget.git", name)
	return &world{dir: s.dir, work: name, forge: s.forge}
}

// ci types "semcut release --ci", which must end well whoever else releases at the same time.
func (s *world) ci(t *testing.T) {
	cmd := exec.Command(os.Args[0], "release", "--ci")
	cmd.Dir, cmd.Env = filepath.Join(s.dir, s.work), s.env(today, "0 never")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("semcut release in %s: %v\n%s", s.work, err, out)
	}
}
