package gitpack

import (
	"encoding/binary"
	"errors"
	"hash/adler32"
	"sync"
)

// The streams of git's objects are small, and known in length: the tables of their codes cost more than their data. So
// they are inflated from memory to memory here, with tables that are made in place, in less than half of the time that
// the standard library takes (BenchmarkInflate); what it takes, this takes, and nothing else (FuzzInflate).

var (
	errShort    = errors.New("it ends too early")
	errTooLong  = errors.New("it has more than it says")
	errHeader   = errors.New("it doesn't begin like a compressed stream")
	errChecksum = errors.New("its checksum doesn't fit")
	errStored   = errors.New("the length of a stored block is damaged")
	errDistance = errors.New("it copies from before its beginning")
	errBlock    = errors.New("a block is of an unknown kind")
)

// inflater inflates zlib streams. It can be used again, by one goroutine at a time.
type inflater struct {
	in        []byte
	at        int
	bits      uint64
	n         uint // how many of bits there are
	out       []byte
	want      int // how long the output is to be
	literals  *literalTable
	distances *distanceTable
	lit, dist lengths
	room      struct {
		literals  literalTable
		distances distanceTable
	}
}

// slack is how much is written behind the end where that needs no look at each step: a match, and what is copied at once.
const slack = 258 + 8

// inflate decompresses the zlib stream at the beginning of in, of exactly size bytes, into room, as far as there is enough.
// used is how long the stream is.
func (z *inflater) inflate(room, in []byte, size int) (out []byte, used int, err error) {
	if cap(room) < size+slack {
		room = make([]byte, 0, size+slack)
	}
	z.in, z.at, z.bits, z.n, z.out, z.want = in, 0, 0, 0, room[:0], size
	err = z.stream()
	out, used = z.out, z.at
	z.in, z.out = nil, nil
	return out, used, err
}

// inflateSome decompresses the first bytes of a stream, at most size, into room; a stream that has fewer gives what it has.
func (z *inflater) inflateSome(room, in []byte, size int) ([]byte, error) {
	out, _, err := z.inflate(room, in, size)
	if err == errTooLong {
		err = nil
	}
	return out, err
}

// stream reads header, blocks and checksum (RFC 1950).
func (z *inflater) stream() error {
	if len(z.in) < 2 {
		return errShort
	}
	head := binary.BigEndian.Uint16(z.in)
	if z.in[0]&15 != 8 || z.in[0]>>4 > 7 || head%31 != 0 || z.in[1]&0x20 != 0 {
		return errHeader
	}
	z.at = 2
	if err := z.blocks(); err != nil {
		return err
	}
	if len(z.out) != z.want {
		return errShort
	}
	z.at -= int(z.n / 8)
	z.bits, z.n = 0, 0
	if len(z.in)-z.at < 4 {
		return errShort
	}
	sum := binary.BigEndian.Uint32(z.in[z.at:])
	if z.at += 4; sum != adler32.Checksum(z.out) {
		return errChecksum
	}
	return nil
}

// blocks reads all blocks (RFC 1951).
func (z *inflater) blocks() error {
	for {
		head, err := z.take(3)
		if err != nil {
			return err
		}
		switch head >> 1 {
		case 0:
			err = z.stored()
		case 1:
			z.literals, z.distances = fixedTables()
			err = z.compressed()
		case 2:
			if err = z.readTables(); err == nil {
				err = z.compressed()
			}
		default:
			err = errBlock
		}
		if err != nil || head&1 != 0 {
			return err
		}
	}
}

// Counts of bits are shifted by modulo 64 here: they are never more, but Go doesn't know, and would look at each.

// fill gets more bits, as many as there is room for.
func (z *inflater) fill() {
	if z.at+8 <= len(z.in) {
		z.bits |= binary.LittleEndian.Uint64(z.in[z.at:]) << (z.n & 63)
		z.at += int((63 - z.n) >> 3)
		z.n |= 56
		return
	}
	for z.n <= 56 && z.at < len(z.in) {
		z.bits |= uint64(z.in[z.at]) << (z.n & 63)
		z.at++
		z.n += 8
	}
}

// take takes up to 32 bits.
func (z *inflater) take(n uint) (uint32, error) {
	if z.n < n {
		if z.fill(); z.n < n {
			return 0, errShort
		}
	}
	v := uint32(z.bits & (1<<(n&63) - 1))
	z.bits >>= n & 63
	z.n -= n
	return v, nil
}

// stored copies a block that is not compressed.
func (z *inflater) stored() error {
	z.bits >>= z.n & 7
	z.n &^= 7
	z.at -= int(z.n / 8)
	z.bits, z.n = 0, 0
	if len(z.in)-z.at < 4 {
		return errShort
	}
	n, not := binary.LittleEndian.Uint16(z.in[z.at:]), binary.LittleEndian.Uint16(z.in[z.at+2:])
	if z.at += 4; n != ^not {
		return errStored
	}
	if len(z.in)-z.at < int(n) {
		return errShort
	}
	room := min(int(n), z.want-len(z.out))
	z.out = append(z.out, z.in[z.at:z.at+room]...)
	if z.at += int(n); room < int(n) {
		return errTooLong
	}
	return nil
}

// codeOrder is the order in which the lengths of the code for lengths stand.
var codeOrder = [19]uint8{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

// readTables reads the codes of a block.
func (z *inflater) readTables() error {
	head, err := z.take(14)
	if err != nil {
		return err
	}
	literals, distances, codes := int(head&31)+257, int(head>>5&31)+1, int(head>>10)+4
	if literals > 286 || distances > 30 {
		return errCode
	}
	var given [19]uint8
	for i := range codes {
		v, err := z.take(3)
		if err != nil {
			return err
		}
		given[codeOrder[i]] = uint8(v)
	}
	z.lit.reset()
	for symbol, length := range given {
		if length > 0 {
			z.lit.add(symbol, length)
		}
	}
	if err := z.lit.build(lengthRoot, z.room.distances[:], nil); err != nil { // the distances need it later
		return err
	}
	if err := z.readLengths(&z.room.distances, literals, literals+distances); err != nil {
		return err
	}
	litSymbols, distSymbols := alphabets()
	if err := z.lit.build(literalRoot, z.room.literals[:], litSymbols); err != nil {
		return err
	}
	z.literals, z.distances = &z.room.literals, &z.room.distances
	return z.dist.build(distanceRoot, z.room.distances[:], distSymbols)
}

// readLengths reads n lengths of codes, many of which are said by repeating: first those of the literals, then those of the
// distances.
func (z *inflater) readLengths(codes *distanceTable, literals, n int) error {
	z.lit.reset()
	z.dist.reset()
	value := uint8(0)
	for i := 0; i < n; {
		if z.n < 14 { // as many bits as a symbol and what follows it can take
			z.fill()
		}
		c := codes[z.bits&(1<<lengthRoot-1)]
		used := c.bits()
		if used > z.n {
			return errShort
		}
		if c.op() == invalidCode || used == 0 {
			return errCode
		}
		z.bits >>= used & 63
		z.n -= used
		symbol, times := c.value(), 1
		if symbol < 16 {
			value = uint8(symbol)
		} else {
			extra := uint(3)
			switch times = 3; symbol {
			case 16:
				if extra = 2; i == 0 {
					return errCode
				}
			case 18:
				extra, times = 7, 11
				fallthrough
			default:
				value = 0
			}
			if extra > z.n {
				return errShort
			}
			times += int(z.bits & (1<<(extra&63) - 1))
			z.bits >>= extra & 63
			z.n -= extra
		}
		if times > n-i {
			return errCode
		}
		if value > 0 {
			for k := i; k < i+times; k++ {
				if k < literals {
					z.lit.add(k, value)
				} else {
					z.dist.add(k-literals, value)
				}
			}
		}
		i += times
	}
	return nil
}

var (
	lengthBase    = [29]uint16{3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258}
	lengthExtra   = [29]uint8{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0}
	distanceBase  = [30]uint16{1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577}
	distanceExtra = [30]uint8{0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13}
)

// alphabets are what the symbols of the two codes stand for.
var alphabets = sync.OnceValues(func() (literals, distances alphabet) {
	literals, distances = make(alphabet, 288), make(alphabet, 32)
	for i := range literals {
		switch length := i - 257; {
		case length < -1:
			literals[i] = newCode(0, symbolCode, uint32(i))
		case length == -1:
			literals[i] = newCode(0, endCode, 0)
		case length < len(lengthBase):
			literals[i] = newCode(0, baseCode|uint32(lengthExtra[length]), uint32(lengthBase[length]))
		default:
			literals[i] = newCode(0, invalidCode, 0)
		}
	}
	for i := range distances {
		distances[i] = newCode(0, invalidCode, 0)
		if i < len(distanceBase) {
			distances[i] = newCode(0, baseCode|uint32(distanceExtra[i]), uint32(distanceBase[i]))
		}
	}
	return literals, distances
})

// compressed reads the symbols of a block.
func (z *inflater) compressed() error {
	if ended, err := z.fast(); ended || err != nil {
		return err
	}
	return z.careful()
}

// fast reads symbols while there is enough input for whatever comes next; ended says that the block is over. What it works on is
// held in variables: this is where the time goes.
func (z *inflater) fast() (ended bool, err error) {
	literals, distances := z.literals, z.distances
	in, at, bits, n := z.in, z.at, z.bits, z.n
	out, o := z.out[:z.want+slack], len(z.out)
	for at+8 <= len(in) && o <= z.want {
		if n < 48 { // as many bits as a length and a distance can take
			bits |= binary.LittleEndian.Uint64(in[at:]) << (n & 63)
			at += int((63 - n) >> 3)
			n |= 56
		}
		c := literals[bits&(1<<literalRoot-1)]
		if c&(linkCode<<8) != 0 {
			bits >>= literalRoot
			n -= literalRoot
			c = literals[(uint64(c>>16)+bits&(1<<(c>>8&31)-1))&(literalEntries-1)]
		}
		bits >>= c & 63
		n -= uint(c & 63)
		if c&0xff00 == 0 {
			out[o] = byte(c >> 16)
			o++
			continue
		}
		if c&(baseCode<<8) == 0 {
			ended = c.op() == endCode
			if err = errCode; ended {
				err = nil
			}
			break
		}
		extra := uint(c >> 8 & 31)
		length := int(c>>16) + int(bits&(1<<extra-1))
		bits >>= extra
		d := distances[bits&(1<<distanceRoot-1)]
		if d&(linkCode<<8) != 0 {
			bits >>= distanceRoot
			n -= distanceRoot
			d = distances[(uint64(d>>16)+bits&(1<<(d>>8&31)-1))&(distanceEntries-1)]
		}
		bits >>= d & 63
		more := uint(d >> 8 & 31)
		back := int(d>>16) + int(bits&(1<<more-1))
		bits >>= more
		n -= extra + uint(d&63) + more
		if d&(baseCode<<8) == 0 {
			return false, errCode
		}
		if back > o {
			return false, errDistance
		}
		o = repeatFast(out, o, back, length)
	}
	z.at, z.bits, z.n, z.out = at, bits, n, out[:min(o, z.want)]
	if err == nil && o > z.want {
		err = errTooLong
	}
	return ended, err
}

// repeatFast is repeat where there is room behind the end: it copies eight bytes at once.
func repeatFast(out []byte, at, back, n int) (end int) {
	end = at + n
	if back < 8 {
		for ; at < end; at++ {
			out[at] = out[at-back]
		}
		return end
	}
	for ; at < end; at += 8 {
		binary.LittleEndian.PutUint64(out[at:], binary.LittleEndian.Uint64(out[at-back:]))
	}
	return end
}

// careful reads symbols at the end of the input.
func (z *inflater) careful() error {
	literals, distances := z.literals, z.distances
	in, at, bits, n := z.in, z.at, z.bits, z.n
	out, o := z.out[:z.want], len(z.out)
	for {
		if n < 48 { // as many bits as a length and a distance can take
			if at+8 <= len(in) {
				bits |= binary.LittleEndian.Uint64(in[at:]) << (n & 63)
				at += int((63 - n) >> 3)
				n |= 56
			} else {
				z.at, z.bits, z.n = at, bits, n
				z.fill()
				at, bits, n = z.at, z.bits, z.n
			}
		}
		c := literals[bits&(1<<literalRoot-1)]
		if c&(linkCode<<8) != 0 {
			first := c & 0xff
			if c = literals[(uint64(c>>16)+bits>>literalRoot&(1<<(c>>8&31)-1))&(literalEntries-1)]; c&0xff != 0 {
				c += first
			}
		}
		used := uint(c & 0xff)
		if used > n || used == 0 {
			return shortOr(errCode, used > n)
		}
		bits >>= used & 63
		n -= used
		if c&0xff00 == 0 {
			if o == len(out) {
				z.out = out
				return errTooLong
			}
			out[o] = byte(c >> 16)
			o++
			continue
		}
		if c&(baseCode<<8) == 0 {
			z.at, z.bits, z.n, z.out = at, bits, n, out[:o]
			if c.op() == endCode {
				return nil
			}
			return errCode
		}
		extra := uint(c >> 8 & 0x1f)
		if extra > n {
			return errShort
		}
		length := int(c>>16) + int(bits&(1<<(extra&63)-1))
		bits >>= extra & 63
		n -= extra
		d := distances.next(bits)
		used, extra = uint(d&0xff), uint(d>>8&0x1f)
		if used+extra > n || d&(baseCode<<8) == 0 {
			return shortOr(errCode, used > n || d&(baseCode<<8) != 0)
		}
		bits >>= used & 63
		back := int(d>>16) + int(bits&(1<<(extra&63)-1))
		bits >>= extra & 63
		n -= used + extra
		if back > o {
			return errDistance
		}
		room := min(length, len(out)-o)
		if o = repeat(out, o, back, room); room < length {
			z.out = out
			return errTooLong
		}
	}
}

// shortOr gives err, or that the input is too short.
func shortOr(err error, short bool) error {
	if short {
		return errShort
	}
	return err
}

// next gives the entry that the next bits lead to, with all the bits that it takes.
func (t *distanceTable) next(bits uint64) code {
	c := t[bits&(1<<distanceRoot-1)]
	if c.op()&linkCode == 0 {
		return c
	}
	second := t[(uint64(c.value())+bits>>distanceRoot&(1<<(c.op()&31)-1))&(distanceEntries-1)]
	if second.bits() == 0 {
		return 0
	}
	return second + code(c.bits())
}

// repeat copies n bytes from back before a place to that place, of which they may become a part while they are copied.
func repeat(out []byte, at, back, n int) (end int) {
	if back >= n {
		return at + copy(out[at:at+n], out[at-back:])
	}
	for n > 0 {
		piece := copy(out[at:at+min(n, back)], out[at-back:at])
		at += piece
		n -= piece
	}
	return at
}

// fixedTables are those of blocks that bring none.
var fixedTables = sync.OnceValues(func() (*literalTable, *distanceTable) {
	var lit, dist lengths
	for i := range 288 {
		switch {
		case i < 144:
			lit.add(i, 8)
		case i < 256:
			lit.add(i, 9)
		case i < 280:
			lit.add(i, 7)
		default:
			lit.add(i, 8)
		}
	}
	for i := range 32 { // 30 and 31 are never used, and refused where they are
		dist.add(i, 5)
	}
	litSymbols, distSymbols := alphabets()
	literals, distances := new(literalTable), new(distanceTable)
	if lit.build(literalRoot, literals[:], litSymbols) != nil || dist.build(distanceRoot, distances[:], distSymbols) != nil {
		panic("gitpack: the fixed codes are none")
	}
	return literals, distances
})
