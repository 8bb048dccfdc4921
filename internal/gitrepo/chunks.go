package gitrepo

// chunks is a list that grows without being copied, and whose elements stay where they are.
type chunks[T any] struct {
	parts [][]T
	count int
}

const chunkBits = 10

// at gives the element of a number.
func (c *chunks[T]) at(i int32) *T {
	return &c.parts[i>>chunkBits][i&(1<<chunkBits-1)]
}

// add gives a new element, and its number.
func (c *chunks[T]) add() (*T, int32) {
	if c.count&(1<<chunkBits-1) == 0 {
		c.parts = append(c.parts, make([]T, 1<<chunkBits))
	}
	i := int32(c.count)
	c.count++
	return c.at(i), i
}
