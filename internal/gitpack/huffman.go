package gitpack

import (
	"errors"
	"math/bits"
)

var errCode = errors.New("its code is damaged")

const (
	maxCodeLength = 15
	literalRoot   = 8 // the streams are small: a larger table costs more than it saves
	distanceRoot  = 6
	lengthRoot    = 7
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

// literalTable and distanceTable decode a Huffman code: the first bits of input, as many as the root, lead to a symbol or to a
// table of the second level. Their sizes are fixed, so that what is looked up needs no check.
type (
	literalTable  [literalEntries]code
	distanceTable [distanceEntries]code
)

// lengths are the symbols that have a code, in their order, by how long it is. A small stream uses few of all symbols: nothing is
// done for the others.
type lengths struct {
	count   [maxCodeLength + 1]int
	symbols [maxCodeLength + 1][512]uint16 // more than there are, so that no place needs a look
}

func (l *lengths) reset() { clear(l.count[:]) }

func (l *lengths) add(symbol int, length uint8) {
	length &= maxCodeLength
	l.symbols[length][l.count[length]&511] = uint16(symbol)
	l.count[length]++
}

// of gives the symbols whose codes are of a length.
func (l *lengths) of(length uint) []uint16 { return l.symbols[length][:l.count[length]] }

// build makes the table of a code in a room. As zlib it takes a code that is not complete only where that has a single code of one
// bit, and none at all, which no input fits.
func (l *lengths) build(root uint, room []code, symbols alphabet) error {
	longest := uint(maxCodeLength)
	for longest > 0 && l.count[longest] == 0 {
		longest--
	}
	if longest == 0 {
		for i := range room[:1<<root] {
			room[i] = newCode(1, invalidCode, 0)
		}
		return nil
	}
	left := 1
	for length := uint(1); length <= longest; length++ {
		if left = left*2 - l.count[length]; left < 0 {
			return errCode
		}
	}
	if left > 0 && longest != 1 {
		return errCode
	}
	return l.fill(root, longest, room, symbols)
}

// fill fills the table. As in libdeflate it is as large as the codes of a length need and is doubled for those that are one bit
// longer: copying writes more at once than each code for itself.
func (l *lengths) fill(root, longest uint, room []code, symbols alphabet) error {
	huff := uint32(0)
	room[1] = newCode(1, invalidCode, 0) // where there is one code only, nobody has the other
	for length := uint(1); ; length++ {
		for _, symbol := range l.of(length) {
			room[huff] = symbols.entry(symbol, length)
			huff = increment(huff, length)
		}
		if length == root {
			break
		}
		size := 1 << length
		copy(room[size:2*size], room[:size])
	}
	if longest <= root {
		return nil
	}
	return l.fillSecond(huff, root, longest, room, symbols)
}

// fillSecond fills the tables of the second level, from the first code that is longer than the root on (zlib's inflate_table).
func (l *lengths) fillSecond(huff uint32, root, longest uint, room []code, symbols alphabet) error {
	mask := uint32(1)<<root - 1
	used, next, current := 1<<root, uint32(0), root
	low := ^uint32(0)
	for length := root + 1; length <= longest; length++ {
		for _, symbol := range l.of(length) {
			if huff&mask != low {
				next += 1 << current
				current = length - root
				for left := 1 << current; current+root < longest; left <<= 1 {
					if left -= l.count[current+root]; left <= 0 {
						break
					}
					current++
				}
				if used += 1 << current; used > len(room) {
					return errCode
				}
				low = huff & mask
				room[low] = newCode(root, linkCode|uint32(current), next)
			}
			entry, step := symbols.entry(symbol, length-root), uint32(1)<<(length-root)
			for at := huff >> root; at < 1<<current; at += step {
				room[next+at] = entry
			}
			huff = increment(huff, length)
			l.count[length]-- // what is left of them may need a table more
		}
	}
	return nil
}

// increment counts a code up whose first bit is the lowest.
func increment(huff uint32, length uint) uint32 {
	zeros := huff ^ (1<<length - 1)
	if zeros == 0 {
		return 0
	}
	bit := uint32(1) << (bits.Len32(zeros) - 1) // the highest that is not set
	return huff&(bit-1) + bit
}
