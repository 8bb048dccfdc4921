package gitpack

import (
	"bytes"
	"encoding/binary"
	"fmt"
)

// index is a pack's index of version 2: the names of its objects in order, and where each stands in the pack.
type index struct {
	names
	offsets  int64 // where the offsets begin
	large    int64 // where the offsets of 64 bits begin
	larges   int64 // how many there are
	checksum []byte
}

const (
	indexHeader = 8
	trailer     = 2 * 20
)

func openIndex(name string) (*index, error) {
	f, err := openFile(name)
	if err != nil {
		return nil, err
	}
	x := &index{names: names{file: f}}
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
	if err := x.readFan(indexHeader); err != nil {
		return err
	}
	n := int64(x.count)
	x.offsets = indexHeader + fanSize + n*nameSize + n*4
	x.large = x.offsets + n*4
	rest := x.size - trailer - x.large
	if rest < 0 || rest%8 != 0 || rest/8 > n {
		return x.corrupt(fmt.Sprintf("its size doesn't fit %d objects", n))
	}
	x.larges = rest / 8
	if x.checksum, err = x.at(x.size-trailer, 20); err != nil {
		return err
	}
	return x.readNames(indexHeader + fanSize)
}

// find gives the offset of an object in the pack.
func (x *index) find(id ID) (offset int64, ok bool) {
	place, ok := x.search(id)
	if !ok {
		return 0, false
	}
	offset, err := x.offset(place)
	return offset, err == nil
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
