package gitpack

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Graph is a commit-graph: parents and times of commits, each at a place. It may be used by several goroutines at once, until the
// store that gave it is closed.
type Graph struct {
	files     []*graphFile // the lowest first
	count     uint32
	corrected []int64 // by place; nil where there are none that fit
}

// openGraph opens the commit-graph of an objects folder; nil where there is none, or one that is not understood: it only tells
// what the commits tell, too.
func openGraph(dir string) *Graph {
	files := openGraphFiles(dir)
	if len(files) == 0 {
		return nil
	}
	last := files[len(files)-1]
	g := &Graph{files: files, count: last.base + last.count}
	g.readCorrected()
	return g
}

func openGraphFiles(dir string) []*graphFile {
	if g, err := openGraphFile(filepath.Join(dir, "info", "commit-graph"), 0); err == nil {
		return []*graphFile{g}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	chain, err := os.ReadFile(filepath.Join(dir, "info", "commit-graphs", "commit-graph-chain"))
	if err != nil {
		return nil
	}
	var files []*graphFile
	var below []byte // the names of those that the next one must stand on
	base := uint32(0)
	for i, hash := range strings.Fields(string(chain)) {
		id, ok := ParseID(hash)
		if !ok || i == maxGraphFiles {
			break
		}
		g, err := openGraphFile(filepath.Join(dir, "info", "commit-graphs", "graph-"+hash+".graph"), base)
		if err != nil {
			break
		}
		if !bytes.Equal(g.below, below) {
			g.close()
			break
		}
		files, base, below = append(files, g), base+g.count, append(below, id[:]...)
	}
	return files
}

// Graph gives the commit-graph, nil where there is none. It is opened when it is first asked for: all of it is read, for its
// checksum, and most commands need it not.
func (s *Store) Graph() *Graph {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, dir := range s.unseen {
		if s.graph = openGraph(dir); s.graph != nil {
			break
		}
	}
	s.unseen = nil
	return s.graph
}

// Count is how many commits there are; each has a place below it.
func (g *Graph) Count() int { return int(g.count) }

// Dated says whether it has corrected times.
func (g *Graph) Dated() bool { return g.corrected != nil }

// Corrected gives the corrected time of the commit at a place of a graph that is Dated: the committer's time or a later one, later
// than that of all its parents.
func (g *Graph) Corrected(place uint32) int64 { return g.corrected[place] }

// Place finds a commit.
func (g *Graph) Place(id ID) (place uint32, ok bool) {
	for i := len(g.files) - 1; i >= 0; i-- {
		if at, found := g.files[i].search(id); found {
			return g.files[i].base + at, true
		}
	}
	return 0, false
}

// file finds the file that a place is in, and where it is there.
func (g *Graph) file(place uint32) (f *graphFile, at uint32, ok bool) {
	for _, f := range g.files {
		if place >= f.base && place-f.base < f.count {
			return f, place - f.base, true
		}
	}
	return nil, 0, false
}

// Name gives the name of the commit at a place.
func (g *Graph) Name(place uint32) (id ID, ok bool) {
	f, at, ok := g.file(place)
	if !ok {
		return id, false
	}
	name, err := f.nameAt(at)
	if err != nil {
		return id, false
	}
	return ID(name), true
}

// Placed is what a commit-graph tells of a commit.
type Placed struct {
	Parents []uint32 // their places
	When    int64    // the committer's time in seconds
}

// At gives what it tells of the commit at a place, with the parents in the memory of a list; ok is false where it can't.
func (g *Graph) At(place uint32, list []uint32) (p Placed, ok bool) {
	f, at, ok := g.file(place)
	if !ok {
		return p, false
	}
	record, err := f.record(at)
	if err != nil {
		return p, false
	}
	if p.When = timeOf(record[8:]); isFar(p.When) { // it holds a part only
		return p, false
	}
	p.Parents, ok = f.parents(list[:0], record)
	return p, ok && !slices.ContainsFunc(p.Parents, func(parent uint32) bool { return parent >= g.count })
}

// readCorrected reads all corrected times, and keeps them where each commit has a later one than its parents: a walk relies on
// that, and of commits before 1970 or long after us, of which only a part is written, nothing comes out right.
func (g *Graph) readCorrected() {
	all := make([]int64, 0, g.count)
	for _, f := range g.files {
		if f.delays.at == 0 && f.count > 0 {
			return
		}
		var ok bool
		if all, ok = f.addCorrected(all); !ok {
			return
		}
	}
	for _, f := range g.files {
		if !f.comeAfterParents(all) {
			return
		}
	}
	g.corrected = all
}
