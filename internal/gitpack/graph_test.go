package gitpack

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestGraph: parents and times are those that git tells, in one file, in several, and of merges of many.
func TestGraph(t *testing.T) {
	dir := repository(t)
	for i := range 5 {
		git(t, dir, "checkout", "-q", "-b", fmt.Sprintf("side%d", i), fmt.Sprintf("main~%d", 3*i))
		git(t, dir, "commit", "-q", "--allow-empty", "-m", fmt.Sprintf("side %d", i))
	}
	git(t, dir, "checkout", "-q", "main")
	git(t, dir, "merge", "-q", "-m", "an octopus", "side0", "side1", "side2", "side3", "side4")
	if n := compareGraph(t, dir); n != 0 {
		t.Errorf("without a graph it tells of %d commits", n)
	}
	git(t, dir, "commit-graph", "write", "--reachable")
	all := compareGraph(t, dir)
	if all < 40 {
		t.Errorf("it tells of %d commits", all)
	}
	if err := os.Remove(filepath.Join(dir, ".git", "objects", "info", "commit-graph")); err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		git(t, dir, "commit-graph", "write", "--reachable", "--split=no-merge")
		git(t, dir, "commit", "-q", "--allow-empty", "-m", fmt.Sprintf("one more %d", i))
		git(t, dir, "merge", "-q", "--no-ff", "-m", "merge", "-s", "ours", "--allow-unrelated-histories", "side0")
	}
	if n := compareGraph(t, dir); n < all {
		t.Errorf("several files tell of %d commits", n)
	}
}

// compareGraph compares with git's own answer, and counts the commits that the graph tells of.
func compareGraph(t *testing.T, dir string) (n int) {
	t.Helper()
	s, err := Open(filepath.Join(dir, ".git", "objects"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	g := s.Graph()
	if g == nil {
		return 0
	}
	for line := range strings.SplitSeq(strings.TrimSpace(string(git(t, dir, "-c", "core.commitGraph=false", "log", "--all", "--format=%H %ct %P"))), "\n") {
		hash, want, _ := strings.Cut(line, " ")
		id, _ := ParseID(hash)
		place, ok := g.Place(id)
		if !ok {
			continue
		}
		n++
		if name, ok := g.Name(place); name != id || !ok {
			t.Errorf("%s is named %s, %v", hash, name, ok)
		}
		p, ok := g.At(place, nil)
		got := strings.Builder{}
		fmt.Fprint(&got, p.When)
		for _, parent := range p.Parents {
			name, _ := g.Name(parent)
			fmt.Fprint(&got, " ", name)
			if g.Dated() && g.Corrected(parent) >= g.Corrected(place) {
				t.Errorf("%s has the time %d, its parent %d", hash, g.Corrected(place), g.Corrected(parent))
			}
		}
		if got.String() != strings.TrimSpace(want) || !ok || g.Dated() && g.Corrected(place) < p.When {
			t.Errorf("%s: got %s, want %s", hash, got.String(), want)
		}
	}
	return n
}

// TestDamagedGraph: a graph that is damaged is none.
func TestDamagedGraph(t *testing.T) {
	dir := repository(t)
	git(t, dir, "commit-graph", "write", "--reachable")
	file := filepath.Join(dir, ".git", "objects", "info", "commit-graph")
	good, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(11, 12))
	for i := range 300 {
		bad := bytes.Clone(good)
		if i%3 == 0 {
			bad = bad[:random.IntN(len(bad))]
		} else {
			bad[random.IntN(len(bad))] ^= 1 << random.IntN(8)
		}
		replace(t, file, bad)
		s, err := Open(filepath.Join(dir, ".git", "objects"))
		if err != nil {
			t.Fatal(err)
		}
		if s.Graph() != nil && !bytes.Equal(bad, good) {
			t.Fatal("a damaged graph is believed")
		}
		s.Close()
	}
}

// TestContradictions: of a graph where a parent has a later time no corrected time is believed. So it is where a time is too large
// for what the file has room for.
func TestContradictions(t *testing.T) {
	dir := repository(t)
	git(t, dir, "commit-graph", "write", "--reachable")
	dated := func() bool {
		s, err := Open(filepath.Join(dir, ".git", "objects"))
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		return s.Graph().Dated()
	}
	if !dated() {
		t.Fatal("the graph isn't dated")
	}
	t.Setenv("GIT_COMMITTER_DATE", "@17179869284 +0000")
	git(t, dir, "commit", "-q", "--allow-empty", "-m", "in 2514")
	git(t, dir, "commit-graph", "write", "--reachable")
	if dated() {
		t.Error("the corrected times are believed")
	}
}

// TestBrokenChain: of several files those are read that stand on one another as they say.
func TestBrokenChain(t *testing.T) {
	dir := repository(t)
	for i := range 3 {
		git(t, dir, "commit", "-q", "--allow-empty", "-m", fmt.Sprintf("one more %d", i))
		git(t, dir, "commit-graph", "write", "--reachable", "--split=no-merge")
	}
	list := filepath.Join(dir, ".git", "objects", "info", "commit-graphs", "commit-graph-chain")
	data, err := os.ReadFile(list)
	if err != nil {
		t.Fatal(err)
	}
	l := strings.Fields(string(data))
	if len(l) != 3 {
		t.Fatalf("there are %d files", len(l))
	}
	for _, tt := range []struct {
		files []string
		read  int
	}{{l, 3}, {l[:2], 2}, {[]string{l[0], l[2]}, 1}, {l[1:], 0}, {[]string{l[0], l[0], l[1]}, 1}, {[]string{l[1], l[0], l[2]}, 0}} {
		if err := errors.Join(os.Chmod(list, 0o644), os.WriteFile(list, []byte(strings.Join(tt.files, "\n")+"\n"), 0o644)); err != nil {
			t.Fatal(err)
		}
		s, err := Open(filepath.Join(dir, ".git", "objects"))
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		if g := s.Graph(); g != nil {
			n = len(g.files)
		}
		if s.Close(); n != tt.read {
			t.Errorf("of %.7q %d are read, want %d", tt.files, n, tt.read)
		}
	}
}
