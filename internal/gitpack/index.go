package gitpack

import (
	"bytes"
	"encoding/binary"
	"fmt"
)

// index is a pack's index of version 2: the names of its objects in order, and where each stands in the pack.
type index struct {
	*file
	fan      [256]uint32
	count    uint32
	names    int64 // where the names begin
	offsets  int64 // where the offsets begin
	large    int64 // where the offsets of 64 bits begin
	larges   int64 // how many there are
	checksum []byte
	table    []byte // all names, where the file is mapped
}

const (
	indexHeader = 8
	fanSize     = 256 * 4
	trailer     = 2 * 20
)

func openIndex(name string) (*index, error) {
	f, err := openFile(name)
	if err != nil {
		return nil, err
	}
	x := &index{file: f}
	if err := x.read(); err != nil {
		f.close()
		return nil, err
	}
	return x, nil
}

func (x *index) read() error {
	head, err := x.at(0, indexHeader)
	if err != nil {
		return err
	}
	if !bytes.Equal(head[:4], []byte("\xfftOc")) || binary.BigEndian.Uint32(head[4:]) != 2 {
		return fmt.Errorf("%s: %w", x.name, ErrUnsupported)
	}
	fan, err := x.at(indexHeader, fanSize)
	if err != nil {
		return err
	}
	for i := range x.fan {
		x.fan[i] = binary.BigEndian.Uint32(fan[4*i:])
		if i > 0 && x.fan[i] < x.fan[i-1] {
			return x.corrupt("its fan-out goes down")
		}
	}
	x.count = x.fan[255]
	n := int64(x.count)
	x.names = indexHeader + fanSize
	x.offsets = x.names + n*20 + n*4
	x.large = x.offsets + n*4
	rest := x.size - trailer - x.large
	if rest < 0 || rest%8 != 0 || rest/8 > n {
		return x.corrupt(fmt.Sprintf("its size doesn't fit %d objects", n))
	}
	x.larges = rest / 8
	if x.checksum, err = x.at(x.size-trailer, 20); err != nil {
		return err
	}
	if x.data != nil {
		x.table, err = x.at(x.names, int(n*20))
	}
	return err
}

// find gives the offset of an object in the pack.
func (x *index) find(id ID) (offset int64, ok bool) {
	low, high := uint32(0), x.fan[id[0]]
	if id[0] > 0 {
		low = x.fan[id[0]-1]
	}
	for low < high {
		middle := low + (high-low)/2
		name, err := x.nameAt(middle)
		if err != nil {
			return 0, false
		}
		switch order := bytes.Compare(name, id[:]); {
		case order < 0:
			low = middle + 1
		case order > 0:
			high = middle
		default:
			offset, err := x.offset(middle)
			return offset, err == nil
		}
	}
	return 0, false
}

func (x *index) nameAt(i uint32) ([]byte, error) {
	if x.table != nil {
		return x.table[int(i)*20 : int(i)*20+20], nil
	}
	return x.at(x.names+int64(i)*20, 20)
}

func (x *index) offset(i uint32) (int64, error) {
	raw, err := x.at(x.offsets+int64(i)*4, 4)
	if err != nil {
		return 0, err
	}
	value := binary.BigEndian.Uint32(raw)
	if value&(1<<31) == 0 {
		return int64(value), nil
	}
	at := int64(value &^ (1 << 31))
	if at >= x.larges {
		return 0, x.corrupt("an offset lies outside of its table")
	}
	if raw, err = x.at(x.large+at*8, 8); err != nil {
		return 0, err
	}
	wide := binary.BigEndian.Uint64(raw)
	if wide >= 1<<62 {
		return 0, x.corrupt("an offset is too large")
	}
	return int64(wide), nil
}
