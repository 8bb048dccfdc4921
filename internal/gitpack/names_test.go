package gitpack

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestNames: each name is found at its place, and none that isn't there, however they are spread.
func TestNames(t *testing.T) {
	random := rand.New(rand.NewPCG(15, 16))
	for range 100 {
		all := make([]ID, 1+random.IntN(3000))
		alike := random.IntN(12) // how many of the first bytes are of few values
		for i := range all {
			for k := range all[i] {
				all[i][k] = byte(random.IntN(256))
				if k < alike {
					all[i][k] = byte(random.IntN(2) * 255)
				}
			}
		}
		slices.SortFunc(all, func(a, b ID) int { return bytes.Compare(a[:], b[:]) })
		all = slices.Compact(all)
		n := namesOf(all)
		for i, id := range all {
			if at, ok := n.search(id); !ok || at != uint32(i) {
				t.Fatalf("%v stands at %d of %d, not at %d, %v", id, i, len(all), at, ok)
			}
			for range 3 {
				absent := id
				switch random.IntN(3) {
				case 0: // beside it
					binary.BigEndian.PutUint64(absent[12:], binary.BigEndian.Uint64(absent[12:])+1)
				case 1: // behind all that begin like it
					copy(absent[1:], bytes.Repeat([]byte{255}, 19))
				default: // before them
					clear(absent[1:])
				}
				_, there := slices.BinarySearchFunc(all, absent, func(a, b ID) int { return bytes.Compare(a[:], b[:]) })
				if at, ok := n.search(absent); ok != there {
					t.Fatalf("%v is there: %v, and was found at %d: %v", absent, there, at, ok)
				}
			}
		}
	}
}

// namesOf makes what is read from a file that is mapped.
func namesOf(all []ID) *names {
	n := &names{count: uint32(len(all))}
	for _, id := range all {
		n.table = append(n.table, id[:]...)
		for first := int(id[0]); first < len(n.fan); first++ {
			n.fan[first]++
		}
	}
	return n
}
