package markdown

import "strings"

// cursor is what is left of a line.
type cursor struct {
	text  string
	col   int
	spent bool // a block took all of the line
}

// indent is how many columns of blanks a line begins with.
func (c *cursor) indent() int {
	col := c.col
	for i := 0; i < len(c.text); i++ {
		switch c.text[i] {
		case ' ':
			col++
		case '\t':
			col += tabWidth - col%tabWidth
		default:
			return col - c.col
		}
	}
	return col - c.col
}

const tabWidth = 4

func (c *cursor) blank() bool     { return isBlank(c.text) }
func (c *cursor) content() string { return strings.TrimLeft(c.text, " \t") }

// skipBlanks takes columns of blanks off; what is left of a tab is blanks.
func (c *cursor) skipBlanks(columns int) {
	for to := c.col + columns; c.col < to && c.text != ""; {
		width := 1
		if c.text[0] == '\t' {
			width = tabWidth - c.col%tabWidth
		}
		c.text = c.text[1:]
		if width > to-c.col {
			c.text = strings.Repeat(" ", width-(to-c.col)) + c.text
			width = to - c.col
		}
		c.col += width
	}
}

// skipMark takes a mark off, with the blanks before it.
func (c *cursor) skipMark(size int) {
	c.skipBlanks(c.indent())
	c.text, c.col = c.text[size:], c.col+size
}

func (c *cursor) skipAll() { c.text, c.spent = "", true }

// skipQuote takes the mark of a quote off, with the blank that may be behind it.
func (c *cursor) skipQuote() {
	c.skipMark(1)
	c.skipBlanks(min(1, c.indent()))
}
