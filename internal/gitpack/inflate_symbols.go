package gitpack

import "encoding/binary"

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
	for at+16 <= len(in) && o <= z.want {
		bits, at, n = refill(in, at, bits, n) // for three symbols, most of which are literals
		var c code
		if c, bits, n = literals.next(bits, n); c&0xff00 == 0 {
			out[o] = byte(c >> 16)
			o++
			if c, bits, n = literals.next(bits, n); c&0xff00 == 0 {
				out[o] = byte(c >> 16)
				o++
				if c, bits, n = literals.next(bits, n); c&0xff00 == 0 {
					out[o] = byte(c >> 16)
					o++
					continue
				}
			}
			bits, at, n = refill(in, at, bits, n) // for what follows a length
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

// refill gets at least 56 bits.
func refill(in []byte, at int, bits uint64, n uint) (uint64, int, uint) {
	return bits | binary.LittleEndian.Uint64(in[at:])<<(n&63), at + int((63-n)>>3), n | 56
}

// next takes a symbol off the bits.
func (t *literalTable) next(bits uint64, n uint) (code, uint64, uint) {
	c := t[bits&(1<<literalRoot-1)]
	if c&(linkCode<<8) != 0 {
		bits >>= literalRoot
		n -= literalRoot
		c = t[(uint64(c>>16)+bits&(1<<(c>>8&31)-1))&(literalEntries-1)]
	}
	return c, bits >> (c & 63), n - uint(c&63)
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
	for {
		c, err := z.next(z.literals[:], literalRoot)
		switch {
		case err != nil || c.op() == endCode:
			return err
		case c.op()&baseCode != 0:
			err = z.match(c)
		case c.op() != symbolCode:
			err = errCode
		case len(z.out) == z.want:
			err = errTooLong
		default:
			z.out = append(z.out, byte(c.value()))
		}
		if err != nil {
			return err
		}
	}
}

// next reads a symbol.
func (z *inflater) next(table []code, root uint) (code, error) {
	if z.n < maxCodeLength {
		z.fill()
	}
	c := table[z.bits&(1<<(root&63)-1)]
	used := c.bits()
	if c.op()&linkCode != 0 {
		c = table[uint64(c.value())+z.bits>>(root&63)&(1<<(c.op()&31)-1)]
		used = root + c.bits()
	}
	if used > z.n {
		return 0, errShort
	}
	z.bits >>= used & 63
	z.n -= used
	return c, nil
}

// match copies what was there before, as a symbol and what follows it say.
func (z *inflater) match(c code) error {
	more, err := z.take(uint(c.op() & 31))
	if err != nil {
		return err
	}
	d, err := z.next(z.distances[:], distanceRoot)
	if err == nil && d.op()&baseCode == 0 {
		err = errCode
	}
	if err != nil {
		return err
	}
	farther, err := z.take(uint(d.op() & 31))
	if err != nil {
		return err
	}
	at, length, back := len(z.out), int(c.value()+more), int(d.value()+farther)
	if back > at {
		return errDistance
	}
	room := min(length, z.want-at)
	z.out = z.out[:at+room]
	for i := at; i < at+room; i++ {
		z.out[i] = z.out[i-back]
	}
	if room < length {
		return errTooLong
	}
	return nil
}
