package gitpack

import "errors"

var errDelta = errors.New("the delta is damaged")

// readSize reads a size of a delta: seven bits a byte, the lowest first. n is 0 where it has no end.
func readSize(data []byte) (size int64, n int) {
	for i, b := range data {
		if i > 8 {
			return 0, 0
		}
		size |= int64(b&0x7f) << (7 * i)
		if b&0x80 == 0 {
			return size, i + 1
		}
	}
	return 0, 0
}

// applyDelta makes the object that a delta to base says, of at most limit bytes, in room, as far as there is enough.
func applyDelta(room, base, delta []byte, limit int) ([]byte, error) {
	from, n := readSize(delta)
	to, m := readSize(delta[n:])
	if n == 0 || m == 0 || from != int64(len(base)) {
		return nil, errDelta
	}
	if to > int64(limit) {
		return nil, ErrTooLarge
	}
	out := room[:0]
	if int64(cap(room)) < to {
		out = make([]byte, 0, to)
	}
	for delta = delta[n+m:]; len(delta) > 0; {
		op := delta[0]
		delta = delta[1:]
		switch {
		case op == 0:
			return nil, errDelta
		case op&0x80 == 0: // insert
			if int(op) > len(delta) || len(out)+int(op) > int(to) {
				return nil, errDelta
			}
			out = append(out, delta[:op]...)
			delta = delta[op:]
		default:
			offset, size, used, ok := copyOf(op, delta)
			if !ok || offset > len(base) || size > len(base)-offset || len(out)+size > int(to) {
				return nil, errDelta
			}
			out = append(out, base[offset:offset+size]...)
			delta = delta[used:]
		}
	}
	if len(out) != int(to) {
		return nil, errDelta
	}
	return out, nil
}

// copyOf reads what an operation copies from the base, and how many bytes say it.
func copyOf(op byte, data []byte) (offset, size, used int, ok bool) {
	for i := range 7 {
		if op&(1<<i) == 0 {
			continue
		}
		if used == len(data) {
			return 0, 0, 0, false
		}
		if i < 4 {
			offset |= int(data[used]) << (8 * i)
		} else {
			size |= int(data[used]) << (8 * (i - 4))
		}
		used++
	}
	if size == 0 {
		size = 0x10000
	}
	return offset, size, used, true
}
