package gitpack

import "sync"

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
