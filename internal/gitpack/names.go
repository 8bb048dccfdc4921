package gitpack

import (
	"bytes"
	"encoding/binary"
)

// names are the names in a file in their order, with a fan-out of how many begin with each byte or a lower one: what a
// pack's index and a commit-graph have in common.
type names struct {
	*file
	fan   [256]uint32
	count uint32
	first int64  // where they begin
	table []byte // all of them, where the file is mapped
}

const (
	nameSize = 20
	fanSize  = 256 * 4
)

// readFan reads the fan-out, which says how many names there are.
func (n *names) readFan(offset int64) error {
	raw, err := n.at(offset, fanSize)
	if err != nil {
		return err
	}
	for i := range n.fan {
		n.fan[i] = binary.BigEndian.Uint32(raw[4*i:])
		if i > 0 && n.fan[i] < n.fan[i-1] {
			return n.corrupt("its fan-out goes down")
		}
	}
	n.count = n.fan[255]
	return nil
}

// readNames takes the names, as many as the fan-out says, from an offset.
func (n *names) readNames(offset int64) (err error) {
	n.first = offset
	if n.data != nil {
		n.table, err = n.at(offset, int(n.count)*nameSize)
	}
	return err
}

// guesses is how often a place is guessed from the name itself before the rest is halved: names are spread evenly, so that
// one or two do, and where a file's are not, halving ends soon. near is how far from a guess a name is looked for one by one:
// what stands beside it is at hand.
const (
	guesses = 6
	near    = 24
)

// search gives the place of a name.
func (n *names) search(id ID) (uint32, bool) {
	low, high := uint32(0), n.fan[id[0]]
	if id[0] > 0 {
		low = n.fan[id[0]-1]
	}
	key := uint64(binary.BigEndian.Uint32(id[1:]))
	from, to := uint64(0), uint64(1)<<32 // what stands between low and high begins so, after the first byte
	for tries := 0; low < high; tries++ {
		middle := low + (high-low)/2
		if tries < guesses && from <= key && key < to {
			middle = low + uint32(uint64(high-low)*(key-from)/(to-from))
		}
		if n.table != nil {
			middle = n.approach(key, low, middle, high)
		}
		name, err := n.nameAt(middle)
		if err != nil {
			return 0, false
		}
		switch order := bytes.Compare(name, id[:]); {
		case order < 0:
			low, from = middle+1, uint64(binary.BigEndian.Uint32(name[1:]))
		case order > 0:
			high, to = middle, uint64(binary.BigEndian.Uint32(name[1:]))+1
		default:
			return middle, true
		}
	}
	return 0, false
}

// approach goes from a place between low and high towards the first name that begins with the key after its first byte, but not far.
func (n *names) approach(key uint64, low, place, high uint32) uint32 {
	at := func(i uint32) uint64 { return uint64(binary.BigEndian.Uint32(n.table[int(i)*nameSize+1:])) }
	if at(place) < key {
		for end := min(high-1, place+near); place < end && at(place) < key; {
			place++
		}
		return place
	}
	for end := max(low, place-min(place, near)); place > end && at(place-1) >= key; {
		place--
	}
	return place
}

// nameAt gives the name at a place.
func (n *names) nameAt(place uint32) ([]byte, error) {
	if n.table != nil {
		return n.table[int(place)*nameSize : (int(place)+1)*nameSize], nil
	}
	return n.at(n.first+int64(place)*nameSize, nameSize)
}
