package gitpack

import (
	"encoding/binary"
	"errors"
	"hash/adler32"
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
const slack = 2 + 258 + 8

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
