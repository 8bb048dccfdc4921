package gitpack

import "errors"

var errCode = errors.New("its code is damaged")

const (
	maxCodeLength = 15
	literalRoot   = 8 // the streams are small: a larger table costs more than it saves
	distanceRoot  = 6
	// How many entries tables of two levels have room for, which is more than any code takes.
	literalEntries  = 8192
	distanceEntries = 1024
)

// code is an entry of a table: bits 0 to 7 are how many bits of input it takes, 8 to 15 what it is, 16 to 31 a symbol, what
// stands for it, or the place of a table of the second level.
type code uint32

const (
	symbolCode  = 0x00 // a symbol itself: a literal, or a length of a code
	endCode     = 0x10 // the end of the block
	baseCode    = 0x20 // a length or a distance from a base on; in its low bits how many bits more it takes
	linkCode    = 0x40 // in its low bits how many bits the table of the second level is asked with
	invalidCode = 0x80
)

func newCode(bits uint, op, value uint32) code { return code(value<<16 | op<<8 | uint32(bits)) }

// alphabet says what the symbols of a code stand for; nil is the symbols themselves.
type alphabet []code

func (a alphabet) entry(symbol uint16, bits uint) code {
	if a == nil {
		return newCode(bits, symbolCode, uint32(symbol))
	}
	return a[symbol] | code(bits)
}

func (c code) bits() uint    { return uint(c & 0xff) }
func (c code) op() uint32    { return uint32(c >> 8 & 0xff) }
func (c code) value() uint32 { return uint32(c >> 16) }

// table decodes a Huffman code: the first root bits of input lead to a symbol or to a table of the second level.
type table struct {
	root    uint
	entries []code
}

// lengths are how long the codes of the symbols are that have one. A small stream uses few of all symbols: nothing is done for
// the others.
type lengths struct {
	n       int
	symbols [320]uint16 // in their order
	length  [320]uint8  // of each
	count   [maxCodeLength + 1]int
}

func (l *lengths) reset() {
	l.n = 0
	clear(l.count[:])
}

func (l *lengths) add(symbol int, length uint8) {
	l.symbols[l.n], l.length[l.n] = uint16(symbol), length
	l.n++
	l.count[length&maxCodeLength]++
}

// build makes the table of a code. As zlib it takes a code that is not complete only where that has a single code of one bit,
// and none at all, which no input fits.
func (t *table) build(l *lengths, root uint, room []code, symbols alphabet) error {
	if l.n == 0 {
		room[0], room[1] = newCode(1, invalidCode, 0), newCode(1, invalidCode, 0)
		t.root, t.entries = 1, room[:2]
		return nil
	}
	shortest, longest := 1, maxCodeLength
	for l.count[longest] == 0 {
		longest--
	}
	for l.count[shortest] == 0 {
		shortest++
	}
	left := 1
	for length := 1; length <= maxCodeLength; length++ {
		if left = left*2 - l.count[length]; left < 0 {
			return errCode
		}
	}
	if left > 0 && longest != 1 {
		return errCode
	}
	t.root = max(uint(shortest), min(root, uint(longest)))
	var order [320]uint16
	return t.fill(l.sorted(&order), l.count, shortest, longest, room, symbols)
}

// sorted lists the symbols by the lengths of their codes.
func (l *lengths) sorted(order *[320]uint16) []uint16 {
	var at [maxCodeLength + 2]int
	for length := 1; length <= maxCodeLength; length++ {
		at[length+1] = at[length] + l.count[length]
	}
	for i := range l.n {
		length := l.length[i] & maxCodeLength
		order[at[length]] = l.symbols[i]
		at[length]++
	}
	return order[:l.n]
}

// fill fills the table (zlib's inflate_table).
func (t *table) fill(order []uint16, count [maxCodeLength + 1]int, shortest, longest int, room []code, symbols alphabet) error {
	root, mask := t.root, uint32(1)<<t.root-1
	used, next, current, drop := 1<<root, uint32(0), root, uint(0)
	low, huff := ^uint32(0), uint32(0)
	clear(room[:used])
	length := uint(shortest)
	for i := 0; ; {
		entry := symbols.entry(order[i], length-drop)
		step := uint32(1) << (length - drop)
		for at := huff >> drop; at < 1<<current; at += step {
			room[next+at] = entry
		}
		huff = increment(huff, length)
		i++
		if count[length]--; count[length] == 0 {
			if int(length) == longest {
				break
			}
			for length++; count[length] == 0; length++ {
			}
		}
		if length <= root || huff&mask == low {
			continue
		}
		if drop == 0 {
			drop = root
		}
		next += 1 << current
		current = length - drop
		for left := 1 << current; int(current+drop) < longest; left <<= 1 {
			if left -= count[current+drop]; left <= 0 {
				break
			}
			current++
		}
		if used += 1 << current; used > len(room) {
			return errCode
		}
		clear(room[next : next+1<<current])
		low = huff & mask
		room[low] = newCode(root, linkCode|uint32(current), next)
	}
	if huff != 0 { // one code only, which leaves one more that nobody has
		room[next+huff] = newCode(length-drop, invalidCode, 0)
	}
	t.entries = room[:used]
	return nil
}

// increment counts a code up whose first bit is the lowest.
func increment(huff uint32, length uint) uint32 {
	bit := uint32(1) << (length - 1)
	for huff&bit != 0 {
		bit >>= 1
	}
	if bit == 0 {
		return 0
	}
	return huff&(bit-1) + bit
}
