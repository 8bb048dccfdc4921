package release

// Placed are values by their places, which come in any order: what somebody makes of the chapters of EachChapter.
type Placed[V any] struct {
	values []V
	there  []bool
}

// Put puts a value at a place from 0 on.
func (p *Placed[V]) Put(place int, value V) {
	if more := place + 1 - len(p.values); more > 0 {
		p.values, p.there = append(p.values, make([]V, more)...), append(p.there, make([]bool, more)...)
	}
	p.values[place], p.there[place] = value, true
}

// InOrder gives the values in the order of their places, never nil. Nothing can be put after it.
func (p *Placed[V]) InOrder() []V {
	if len(p.values) == 0 {
		return []V{}
	}
	values := p.values[:0]
	for place, is := range p.there {
		if is {
			values = append(values, p.values[place])
		}
	}
	return values
}
