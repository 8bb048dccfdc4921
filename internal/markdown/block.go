package markdown

import (
	"iter"
	"strings"
)

// deepest is how many blocks may stand in one another: more is text.
const deepest = 100

// openBlock is a block that more lines may belong to.
type openBlock struct {
	*Block
	mark      byte     // of a list: its bullet, or what is behind its numbers; of fenced code: the fence's
	fence     int      // the size of the fence, 0 for indented code
	indent    int      // the column that an item's content stands at; the blanks before a fence
	htmlEnd   string   // what ends raw HTML; "" for a blank line
	raw       []string // of a paragraph and a heading
	blankLast bool     // a blank line ended it
	parts     []*openBlock
}

// blockParser reads lines one by one: first each open block says whether the line goes on with it, then what is left of the line
// may begin blocks, and the rest is text. It is CommonMark's own strategy.
type blockParser struct {
	open       []*openBlock // from the document to the innermost
	texts      []*openBlock // whose text is to be read once all references are known
	references map[string]reference
}

func lines(source string) iter.Seq[string] {
	return func(yield func(string) bool) {
		source = strings.ReplaceAll(strings.ReplaceAll(source, "\r\n", "\n"), "\r", "\n")
		for line := range strings.Lines(strings.ReplaceAll(source, "\x00", "\ufffd")) {
			if !yield(strings.TrimSuffix(line, "\n")) {
				return
			}
		}
	}
}

func (p *blockParser) tip() *openBlock { return p.open[len(p.open)-1] }

func (p *blockParser) line(text string) {
	c := &cursor{text: text}
	depth := 1
	for depth < len(p.open) {
		goes, done := p.open[depth].goesOn(c)
		if done {
			p.closeTo(depth)
			return
		}
		if !goes {
			break
		}
		depth++
	}
	p.add(c, p.begin(c, depth))
}

// goesOn says whether a line goes on with the block, whose marks are taken off it then; done if it ends the block.
func (b *openBlock) goesOn(c *cursor) (goes, done bool) {
	switch b.Kind {
	case Quote:
		if c.indent() > 3 || !strings.HasPrefix(c.content(), ">") {
			return false, false
		}
		c.skipQuote()
		return true, false
	case List:
		return true, false
	case Item:
		if c.blank() {
			c.text = ""
			return len(b.parts) > 0, false
		}
		if c.indent() < b.indent-c.col {
			return false, false
		}
		c.skipBlanks(b.indent - c.col)
		return true, false
	case Code:
		return b.codeGoesOn(c)
	case HTML:
		return b.htmlEnd != "" || !c.blank(), false
	case Paragraph:
		return !c.blank(), false
	}
	return false, false
}

func (b *openBlock) codeGoesOn(c *cursor) (goes, done bool) {
	if b.fence == 0 {
		if !c.blank() && c.indent() < 4 {
			return false, false
		}
		c.skipBlanks(min(4, c.indent()))
		return true, false
	}
	if c.indent() < 4 {
		mark := strings.TrimRight(c.content(), " \t")
		if len(mark) >= b.fence && strings.Trim(mark, string(b.mark)) == "" {
			return false, true
		}
	}
	c.skipBlanks(min(b.indent, c.indent()))
	return true, false
}

// closeTo ends the blocks that stand deeper.
func (p *blockParser) closeTo(depth int) {
	for len(p.open) > max(depth, 1) {
		b := p.tip()
		p.open = p.open[:len(p.open)-1]
		p.finish(b)
	}
}

func (p *blockParser) finish(b *openBlock) {
	switch b.Kind {
	case Paragraph:
		p.define(b)
		if len(b.raw) == 0 {
			parent := p.tip()
			parent.Blocks, parent.parts = parent.Blocks[:len(parent.Blocks)-1], parent.parts[:len(parent.parts)-1]
		}
	case Code:
		for b.fence == 0 && len(b.Lines) > 0 && isBlank(b.Lines[len(b.Lines)-1]) {
			b.Lines = b.Lines[:len(b.Lines)-1]
		}
	case List:
		b.Tight = !b.isLoose()
	}
}

// isLoose says whether blank lines stand between the items of a list or between the blocks of one.
func (b *openBlock) isLoose() bool {
	for i, item := range b.parts {
		last := i == len(b.parts)-1
		if item.endsBlank() && !last {
			return true
		}
		for k, part := range item.parts {
			if part.endsBlank() && !(last && k == len(item.parts)-1) {
				return true
			}
		}
	}
	return false
}

func (b *openBlock) endsBlank() bool {
	for !b.blankLast && (b.Kind == List || b.Kind == Item) && len(b.parts) > 0 {
		b = b.parts[len(b.parts)-1]
	}
	return b.blankLast
}

// push begins a block in the one at depth-1, and gives the depth of what would stand in it.
func (p *blockParser) push(depth int, b *openBlock) int {
	p.closeTo(depth)
	if p.tip().Kind == List && b.Kind != Item {
		p.closeTo(depth - 1)
	}
	parent := p.tip()
	parent.Blocks, parent.parts = append(parent.Blocks, b.Block), append(parent.parts, b)
	p.open = append(p.open, b)
	if b.Kind == Paragraph || b.Kind == Heading {
		p.texts = append(p.texts, b)
	}
	return len(p.open)
}

// add takes what is left of a line as text of the block at depth-1.
func (p *blockParser) add(c *cursor, depth int) {
	blank := c.blank() && !c.spent
	if depth < len(p.open) && !blank && p.tip().Kind == Paragraph {
		p.tip().raw = append(p.tip().raw, c.content()) // lazy: a paragraph needs no marks to go on
		return
	}
	p.closeTo(depth)
	tip := p.tip()
	if blank && len(tip.parts) > 0 {
		tip.parts[len(tip.parts)-1].blankLast = true
	}
	ends := blank && tip.Kind != Quote && !(tip.Kind == Code && tip.fence > 0) && !(tip.Kind == Item && len(tip.parts) == 0)
	for _, b := range p.open {
		b.blankLast = ends
	}
	switch tip.Kind {
	case Code, HTML:
		p.addVerbatim(tip, c)
	case Paragraph:
		tip.raw = append(tip.raw, c.content())
	default:
		if !blank && !c.spent {
			p.push(len(p.open), &openBlock{Block: &Block{Kind: Paragraph}, raw: []string{c.content()}})
		}
	}
}

func (p *blockParser) addVerbatim(tip *openBlock, c *cursor) {
	if tip.Kind == Code && tip.Lines == nil {
		tip.Lines = []string{}
		if tip.fence > 0 {
			return // the fence itself
		}
	}
	tip.Lines = append(tip.Lines, c.text)
	if tip.htmlEnd != "" && strings.Contains(strings.ToLower(c.text), tip.htmlEnd) {
		p.closeTo(len(p.open) - 1)
	}
}

func isBlank(text string) bool { return strings.Trim(text, " \t") == "" }
