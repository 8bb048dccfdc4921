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
	"slices"
	"strings"
)

// Graph is a commit-graph: parents and times of commits, each at a place. It may be used by several goroutines at once, until the
// store that gave it is closed.
type Graph struct {
	files []*graphFile // the lowest first
	count uint32
	dated bool
}

// graphFile is one file of a commit-graph: of commits, in the order of their names, the parents and the time.
type graphFile struct {
	names
	base    uint32 // how many commits the files below it have
	records int64
	edges   chunk // of octopus merges
	delays  chunk // of each commit, how much its corrected time is behind its time
	longer  chunk // those that need 64 bits
}

// chunk is a part of the file: where it begins, 0 for none, and how many entries it has.
type chunk struct{ at, count int64 }

const (
	graphRecord   = 20 + 16
	noParent      = 0x70000000
	isElsewhere   = 1 << 31 // a number is the place of what doesn't fit; in a list, it is the last
	maxGraphFiles = 100
)

// openGraph opens the commit-graph of an objects folder; nil where there is none, or one that is not understood: it only tells
// what the commits tell, too.
func openGraph(dir string) *Graph {
	files := openGraphFiles(dir)
	if len(files) == 0 {
		return nil
	}
	last := files[len(files)-1]
	return &Graph{files: files, count: last.base + last.count, dated: !slices.ContainsFunc(files, func(f *graphFile) bool { return f.delays.at == 0 })}
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
	base := uint32(0)
	for i, hash := range strings.Fields(string(chain)) {
		if _, ok := ParseID(hash); !ok || i == maxGraphFiles {
			break
		}
		g, err := openGraphFile(filepath.Join(dir, "info", "commit-graphs", "graph-"+hash+".graph"), base)
		if err != nil {
			break
		}
		files, base = append(files, g), base+g.count
	}
	return files
}

// openGraphFile opens a file of a commit-graph that stands on files with base commits.
func openGraphFile(name string, base uint32) (*graphFile, error) {
	f, err := openFile(name)
	if err != nil {
		return nil, err
	}
	g := &graphFile{names: names{file: f}, base: base}
	if err := g.read(); err != nil {
		f.close()
		return nil, err
	}
	return g, nil
}

// read finds the chunks of the file.
func (g *graphFile) read() error {
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
func (g *graphFile) verify() error {
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
func (g *graphFile) place(chunks map[string][2]int64) error {
	fan, list, data, edges := chunks["OIDF"], chunks["OIDL"], chunks["CDAT"], chunks["EDGE"]
	delays, longer := chunks["GDA2"], chunks["GDO2"]
	if fan[1] != fanSize {
		return g.corrupt("its fan-out has not 256 entries")
	}
	if err := g.readFan(fan[0]); err != nil {
		return err
	}
	if n := int64(g.count); list[1] != n*nameSize || data[1] != n*graphRecord || edges[1]%4 != 0 || delays[1] != 0 && delays[1] != n*4 || longer[1]%8 != 0 {
		return g.corrupt(fmt.Sprintf("its sizes don't fit %d commits", n))
	}
	g.records, g.edges = data[0], chunk{edges[0], edges[1] / 4}
	if g.delays, g.longer = (chunk{delays[0], delays[1] / 4}), (chunk{longer[0], longer[1] / 8}); g.delays.at != 0 {
		if far, err := g.hasFarTimes(); far || err != nil {
			g.delays = chunk{}
		}
	}
	return g.readNames(list[0])
}

// hasFarTimes says whether the time of a commit lies before 1970 or after 2242. Of those the file holds a part only, so that what
// was added to them comes out wrong.
func (g *graphFile) hasFarTimes() (bool, error) {
	records, err := g.at(g.records, int(g.count)*graphRecord)
	for at := nameSize + 8; at < len(records); at += graphRecord {
		if isFar(timeOf(records[at:])) {
			return true, nil
		}
	}
	return false, err
}

// timeOf reads the time of a record.
func timeOf(raw []byte) int64 { return int64(binary.BigEndian.Uint64(raw) & (1<<34 - 1)) }

func isFar(when int64) bool { return when >= 1<<33 }

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
func (g *Graph) Dated() bool { return g.dated }

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
	Parents   []uint32 // their places
	When      int64    // the committer's time in seconds
	Corrected int64    // that time or a later one, later than that of all ancestors; 0 where the graph is not Dated
}

// At gives what it tells of the commit at a place, with the parents in the memory of a list; ok is false where it can't.
func (g *Graph) At(place uint32, list []uint32) (p Placed, ok bool) {
	f, at, ok := g.file(place)
	if !ok {
		return p, false
	}
	record, err := f.at(f.records+int64(at)*graphRecord+nameSize, 16)
	if err != nil {
		return p, false
	}
	if p.When = timeOf(record[8:]); isFar(p.When) { // it holds a part only
		return p, false
	}
	if g.dated {
		if p.Corrected, ok = f.corrected(at, p.When); !ok {
			return p, false
		}
	}
	p.Parents, ok = f.parents(list[:0], binary.BigEndian.Uint32(record), binary.BigEndian.Uint32(record[4:]))
	return p, ok && !slices.ContainsFunc(p.Parents, func(parent uint32) bool { return parent >= g.count })
}

// corrected adds the delay of the commit at a place to its time.
func (g *graphFile) corrected(at uint32, when int64) (int64, bool) {
	raw, err := g.at(g.delays.at+int64(at)*4, 4)
	if err != nil {
		return 0, false
	}
	delay := int64(binary.BigEndian.Uint32(raw))
	if delay&isElsewhere == 0 {
		return when + delay, true
	}
	place := delay &^ isElsewhere
	if place >= g.longer.count {
		return 0, false
	}
	if raw, err = g.at(g.longer.at+place*8, 8); err != nil {
		return 0, false
	}
	long := binary.BigEndian.Uint64(raw)
	return when + int64(long), long < 1<<59
}

// parents gives the places of parents; of more than two the second is where a list of them begins.
func (g *graphFile) parents(list []uint32, first, second uint32) (parents []uint32, ok bool) {
	if first != noParent {
		list = append(list, first)
	}
	if second == noParent || second&isElsewhere == 0 {
		if second != noParent {
			list = append(list, second)
		}
		return list, true
	}
	for at := int64(second &^ isElsewhere); ; at++ {
		if at >= g.edges.count {
			return nil, false
		}
		raw, err := g.at(g.edges.at+at*4, 4)
		if err != nil {
			return nil, false
		}
		edge := binary.BigEndian.Uint32(raw)
		if list = append(list, edge&^isElsewhere); edge&isElsewhere != 0 {
			return list, true
		}
	}
}
