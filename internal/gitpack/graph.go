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
	*file
	fan     [256]uint32
	count   uint32
	base    uint32 // how many commits the files below it have
	names   int64
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
	g := &graph{file: f, base: base}
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
	fan := chunks["OIDF"]
	if fan[1] != fanSize {
		return g.corrupt("its fan-out has not 256 entries")
	}
	raw, err := g.at(fan[0], fanSize)
	if err != nil {
		return err
	}
	for i := range g.fan {
		g.fan[i] = binary.BigEndian.Uint32(raw[4*i:])
		if i > 0 && g.fan[i] < g.fan[i-1] {
			return g.corrupt("its fan-out goes down")
		}
	}
	g.count = g.fan[255]
	names, data, edges := chunks["OIDL"], chunks["CDAT"], chunks["EDGE"]
	if n := int64(g.count); names[1] != n*20 || data[1] != n*graphRecord || edges[1]%4 != 0 {
		return g.corrupt(fmt.Sprintf("its sizes don't fit %d commits", n))
	}
	g.names, g.records, g.edges, g.edgeN = names[0], data[0], edges[0], edges[1]/4
	return nil
}

// find gives the place of a commit in the file.
func (g *graph) find(id ID) (uint32, bool) {
	low, high := uint32(0), g.fan[id[0]]
	if id[0] > 0 {
		low = g.fan[id[0]-1]
	}
	for low < high {
		middle := low + (high-low)/2
		name, err := g.at(g.names+int64(middle)*20, 20)
		if err != nil {
			return 0, false
		}
		switch order := bytes.Compare(name, id[:]); {
		case order < 0:
			low = middle + 1
		case order > 0:
			high = middle
		default:
			return middle, true
		}
	}
	return 0, false
}

// Parents gives what the commit-graph tells of a commit: its parents, and its committer's time in seconds; ok is false
// where it doesn't have the commit.
func (s *Store) Parents(id ID) (parents []ID, when int64, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := len(s.graphs) - 1; i >= 0; i-- {
		g := s.graphs[i]
		at, found := g.find(id)
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
		parents, ok = s.parents(g, binary.BigEndian.Uint32(record), binary.BigEndian.Uint32(record[4:]))
		return parents, when, ok
	}
	return nil, 0, false
}

// parents names the commits at two places; of more parents than two the second is a list.
func (s *Store) parents(g *graph, first, second uint32) (parents []ID, ok bool) {
	places := []uint32{first, second}
	if second&moreParents != 0 && second != noParent {
		places = places[:1]
		for at := int64(second &^ moreParents); ; at++ {
			if at >= g.edgeN {
				return nil, false
			}
			raw, err := g.at(g.edges+at*4, 4)
			if err != nil {
				return nil, false
			}
			edge := binary.BigEndian.Uint32(raw)
			if places = append(places, edge&^moreParents); edge&moreParents != 0 {
				break
			}
		}
	}
	for _, place := range places {
		if place == noParent {
			continue
		}
		id, ok := s.nameAt(place)
		if !ok {
			return nil, false
		}
		parents = append(parents, id)
	}
	return parents, true
}

// nameAt gives the name of the commit at a place, counted through all files.
func (s *Store) nameAt(place uint32) (id ID, ok bool) {
	for _, g := range s.graphs {
		if place < g.base || place-g.base >= g.count {
			continue
		}
		name, err := g.at(g.names+int64(place-g.base)*20, 20)
		if err != nil {
			return id, false
		}
		return ID(name), true
	}
	return id, false
}
