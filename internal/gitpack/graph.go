package gitpack

import (
	"bytes"
	"crypto/sha1"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// graph is one file of a commit-graph: of commits, in the order of their names, the parents and the time.
type graph struct {
	names
	base    uint32 // how many commits the files below it have
	records int64
	edges   int64 // of octopus merges
	edgeN   int64 // how many there are
}

const (
	graphRecord   = 20 + 16
	noParent      = 0x70000000
	moreParents   = 1 << 31
	maxGraphFiles = 100
)

// openGraphs opens the commit-graph of an objects folder, the lowest file first; none where there is none, or one that
// is not understood: it only tells what the commits tell, too.
func openGraphs(dir string) []*graph {
	if g, err := openGraph(filepath.Join(dir, "info", "commit-graph"), 0); err == nil {
		return []*graph{g}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	chain, err := os.ReadFile(filepath.Join(dir, "info", "commit-graphs", "commit-graph-chain"))
	if err != nil {
		return nil
	}
	var graphs []*graph
	base := uint32(0)
	for i, hash := range strings.Fields(string(chain)) {
		if _, ok := ParseID(hash); !ok || i == maxGraphFiles {
			break
		}
		g, err := openGraph(filepath.Join(dir, "info", "commit-graphs", "graph-"+hash+".graph"), base)
		if err != nil {
			break
		}
		graphs, base = append(graphs, g), base+g.count
	}
	return graphs
}

// openGraph opens a file of a commit-graph that stands on files with base commits.
func openGraph(name string, base uint32) (*graph, error) {
	f, err := openFile(name)
	if err != nil {
		return nil, err
	}
	g := &graph{names: names{file: f}, base: base}
	if err := g.read(); err != nil {
		f.close()
		return nil, err
	}
	return g, nil
}

// read finds the chunks of the file.
func (g *graph) read() error {
	head, err := g.at(0, 8)
	if err != nil {
		return err
	}
	if string(head[:4]) != "CGPH" || head[4] != 1 || head[5] != 1 {
		return fmt.Errorf("%s: %w", g.name, ErrUnsupported)
	}
	if err := g.verify(); err != nil {
		return err
	}
	chunks := int(head[6])
	table, err := g.at(8, (chunks+1)*12)
	if err != nil {
		return err
	}
	sizes := map[string][2]int64{}
	for i := range chunks {
		row, next := table[12*i:], table[12*i+12:]
		from, to := int64(binary.BigEndian.Uint64(row[4:])), int64(binary.BigEndian.Uint64(next[4:]))
		if from < 8 || to < from || to > g.size-20 {
			return g.corrupt("a part of it lies outside of the file")
		}
		sizes[string(row[:4])] = [2]int64{from, to - from}
	}
	return g.place(sizes)
}

// verify compares the file with its checksum: what it says is believed without looking at the commits.
func (g *graph) verify() error {
	all, err := g.at(0, int(g.size))
	if err != nil || len(all) < 28 {
		return errors.Join(err, g.corrupt("it is too short"))
	}
	end := len(all) - sha1.Size
	if sum := sha1.Sum(all[:end]); !bytes.Equal(sum[:], all[end:]) {
		return g.corrupt("its checksum doesn't fit")
	}
	return nil
}

// place takes the chunks that are needed, and judges their sizes.
func (g *graph) place(chunks map[string][2]int64) error {
	fan, list, data, edges := chunks["OIDF"], chunks["OIDL"], chunks["CDAT"], chunks["EDGE"]
	if fan[1] != fanSize {
		return g.corrupt("its fan-out has not 256 entries")
	}
	if err := g.readFan(fan[0]); err != nil {
		return err
	}
	if n := int64(g.count); list[1] != n*nameSize || data[1] != n*graphRecord || edges[1]%4 != 0 {
		return g.corrupt(fmt.Sprintf("its sizes don't fit %d commits", n))
	}
	g.records, g.edges, g.edgeN = data[0], edges[0], edges[1]/4
	return g.readNames(list[0])
}

// lookForGraphs opens the commit-graph when the first commit is asked for: nothing else needs it, and all of it is read.
func (s *Store) lookForGraphs() {
	for _, dir := range s.unseen {
		if s.graphs = openGraphs(dir); len(s.graphs) > 0 {
			break
		}
	}
	s.unseen = nil
}

// Parents gives what the commit-graph tells of a commit: its parents, added to a list, and its committer's time in seconds; ok
// is false where it doesn't have the commit.
func (s *Store) Parents(list []ID, id ID) (parents []ID, when int64, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lookForGraphs()
	for i := len(s.graphs) - 1; i >= 0; i-- {
		g := s.graphs[i]
		at, found := g.search(id)
		if !found {
			continue
		}
		record, err := g.at(g.records+int64(at)*graphRecord+20, 16)
		if err != nil {
			return nil, 0, false
		}
		when = int64(binary.BigEndian.Uint64(record[8:]) & (1<<34 - 1))
		if when >= 1<<33 { // of a time before 1970, or after 2513, it holds a part only
			return nil, 0, false
		}
		parents, ok = s.parents(list, g, binary.BigEndian.Uint32(record), binary.BigEndian.Uint32(record[4:]))
		return parents, when, ok
	}
	return nil, 0, false
}

// parents names the commits at two places; of more parents than two the second is the place of a list.
func (s *Store) parents(list []ID, g *graph, first, second uint32) (parents []ID, ok bool) {
	list, ok = s.addName(list, first)
	if second&moreParents == 0 || second == noParent {
		if ok {
			list, ok = s.addName(list, second)
		}
		return list, ok
	}
	for at := int64(second &^ moreParents); ok; at++ {
		if at >= g.edgeN {
			return nil, false
		}
		raw, err := g.at(g.edges+at*4, 4)
		if err != nil {
			return nil, false
		}
		edge := binary.BigEndian.Uint32(raw)
		if list, ok = s.addName(list, edge&^moreParents); edge&moreParents != 0 {
			break
		}
	}
	return list, ok
}

// addName adds the name of the commit at a place, where there is one.
func (s *Store) addName(list []ID, place uint32) ([]ID, bool) {
	if place == noParent {
		return list, true
	}
	id, ok := s.nameAt(place)
	return append(list, id), ok
}

// nameAt gives the name of the commit at a place, counted through all files.
func (s *Store) nameAt(place uint32) (id ID, ok bool) {
	for _, g := range s.graphs {
		if place < g.base || place-g.base >= g.count {
			continue
		}
		name, err := g.nameAt(place - g.base)
		if err != nil {
			return id, false
		}
		return ID(name), true
	}
	return id, false
}
