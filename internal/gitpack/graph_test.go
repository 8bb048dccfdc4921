package gitpack

import (
	"bytes"
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
	for line := range strings.SplitSeq(strings.TrimSpace(string(git(t, dir, "-c", "core.commitGraph=false", "log", "--all", "--format=%H %ct %P"))), "\n") {
		hash, want, _ := strings.Cut(line, " ")
		id, _ := ParseID(hash)
		parents, when, ok := s.Parents(nil, id)
		if !ok {
			continue
		}
		n++
		var got strings.Builder
		fmt.Fprint(&got, when)
		for _, p := range parents {
			fmt.Fprint(&got, " ", p)
		}
		if got.String() != strings.TrimSpace(want) {
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
	names := strings.Fields(string(git(t, dir, "rev-list", "--all")))
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
		for _, name := range names {
			id, _ := ParseID(name)
			if _, _, ok := s.Parents(nil, id); ok && !bytes.Equal(bad, good) {
				t.Fatalf("a damaged graph tells of %s", name)
			}
		}
		s.Close()
	}
}
