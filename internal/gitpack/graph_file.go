package gitpack

import (
	"bytes"
	"crypto/sha1"
	"encoding/binary"
	"errors"
	"fmt"
)

// graphFile is one file of a commit-graph: of commits, in the order of their names, the parents and the time.
type graphFile struct {
	names
	base    uint32 // how many commits the files below it have
	records int64
	edges   chunk  // of octopus merges
	delays  chunk  // of each commit, how much its corrected time is behind its time
	longer  chunk  // those that need 64 bits
	below   []byte // the names of the files that it stands on
}

// chunk is a part of the file: where it begins, 0 for none, and how many entries it has.
type chunk struct{ at, count int64 }

const (
	graphRecord   = 20 + 16
	noParent      = 0x70000000
	isElsewhere   = 1 << 31 // a number is the place of what doesn't fit; in a list, it is the last
	maxGraphFiles = 100
)

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
	g.delays, g.longer = chunk{delays[0], delays[1] / 4}, chunk{longer[0], longer[1] / 8}
	if base := chunks["BASE"]; base[1] > 0 {
		below, err := g.at(base[0], int(base[1]))
		if err != nil {
			return err
		}
		g.below = below
	}
	return g.readNames(list[0])
}

// timeOf reads the time of a record.
func timeOf(raw []byte) int64 { return int64(binary.BigEndian.Uint64(raw) & (1<<34 - 1)) }

// isFar says of a time before 1970 or after 2242: the file holds a part of it only.
func isFar(when int64) bool { return when >= 1<<33 }

// addCorrected adds the corrected times of the file's commits to a list.
func (g *graphFile) addCorrected(all []int64) ([]int64, bool) {
	records, err := g.at(g.records, int(g.count)*graphRecord)
	if err != nil {
		return nil, false
	}
	delays, err := g.at(g.delays.at, int(g.count)*4)
	if err != nil {
		return nil, false
	}
	for ; len(delays) > 0; delays, records = delays[4:], records[graphRecord:] {
		delay := int64(binary.BigEndian.Uint32(delays))
		if delay&isElsewhere != 0 {
			var ok bool
			if delay, ok = g.longDelay(delay &^ isElsewhere); !ok {
				return nil, false
			}
		}
		all = append(all, timeOf(records[nameSize+8:])+delay)
	}
	return all, true
}

// longDelay gives a delay of 64 bits.
func (g *graphFile) longDelay(place int64) (int64, bool) {
	if place >= g.longer.count {
		return 0, false
	}
	raw, err := g.at(g.longer.at+place*8, 8)
	if err != nil {
		return 0, false
	}
	delay := binary.BigEndian.Uint64(raw)
	return int64(delay), delay < 1<<59
}

// comeAfterParents says whether each commit of the file has a later corrected time than its parents.
func (g *graphFile) comeAfterParents(corrected []int64) bool {
	records, err := g.at(g.records, int(g.count)*graphRecord)
	if err != nil {
		return false
	}
	list := make([]uint32, 0, 16)
	for _, when := range corrected[g.base:][:g.count] {
		parents, ok := g.parents(list, records[nameSize:graphRecord])
		if !ok {
			return false
		}
		for _, parent := range parents {
			if int(parent) >= len(corrected) || corrected[parent] >= when {
				return false
			}
		}
		records = records[graphRecord:]
	}
	return true
}

// record gives what stands of the commit at a place, without its tree.
func (g *graphFile) record(at uint32) ([]byte, error) {
	return g.at(g.records+int64(at)*graphRecord+nameSize, graphRecord-nameSize)
}

// parents gives the places of parents; of more than two the second is where a list of them begins.
func (g *graphFile) parents(list []uint32, record []byte) (parents []uint32, ok bool) {
	first, second := binary.BigEndian.Uint32(record), binary.BigEndian.Uint32(record[4:])
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
