package markdown

import (
	"strconv"
	"strings"

	"github.com/semcut/semcut/internal/lazyregexp"
)

// begin begins the blocks that a line begins, in the block at depth-1, and gives the depth of what would stand in the last.
func (p *blockParser) begin(c *cursor, depth int) int {
	for {
		in := p.open[depth-1]
		if in.Kind == Code || in.Kind == HTML || len(p.open) > deepest {
			return depth
		}
		next := p.beginOne(c, depth, in)
		if next == 0 {
			return depth
		}
		depth = next
	}
}

// beginOne begins one block, 0 if the line begins none.
func (p *blockParser) beginOne(c *cursor, depth int, in *openBlock) int {
	if c.blank() {
		return 0
	}
	if c.indent() >= 4 {
		if p.tip().Kind == Paragraph || in.Kind == Paragraph {
			return 0
		}
		c.skipBlanks(4)
		return p.push(depth, &openBlock{Block: &Block{Kind: Code}})
	}
	line := c.content()
	switch line[0] {
	case '>':
		c.skipQuote()
		return p.push(p.outOf(depth), &openBlock{Block: &Block{Kind: Quote}})
	case '#':
		if level := headingLevel(line); level > 0 {
			c.skipAll()
			return p.push(p.outOf(depth), &openBlock{Block: &Block{Kind: Heading, Level: level}, raw: []string{headingText(line[level:])}})
		}
	case '`', '~':
		if size := runOf(line); size >= 3 && (line[0] == '~' || strings.IndexByte(line[size:], '`') < 0) {
			b := &openBlock{Block: &Block{Kind: Code, Info: unescape(strings.Trim(line[size:], " \t"))}, mark: line[0], fence: size, indent: c.indent()}
			return p.push(p.outOf(depth), b)
		}
	case '<':
		if end, ok := htmlBegins(line, in.Kind == Paragraph || p.tip().Kind == Paragraph); ok {
			return p.push(p.outOf(depth), &openBlock{Block: &Block{Kind: HTML}, htmlEnd: end})
		}
	case '=', '-':
		if underline := strings.TrimRight(line, " \t"); in.Kind == Paragraph && strings.Trim(underline, line[:1]) == "" && p.underline(in, line[0]) {
			c.skipAll()
			return depth
		}
	}
	if isRule(line) {
		c.skipAll()
		return p.push(p.outOf(depth), &openBlock{Block: &Block{Kind: Rule}})
	}
	return p.item(c, depth, in)
}

// outOf gives the depth for a block that ends the paragraph it would stand in.
func (p *blockParser) outOf(depth int) int {
	if p.open[depth-1].Kind == Paragraph {
		return depth - 1
	}
	return depth
}

// underline makes a heading of a paragraph; not if all of it defines references.
func (p *blockParser) underline(b *openBlock, mark byte) bool {
	p.define(b)
	if len(b.raw) == 0 {
		return false
	}
	b.Kind, b.Level = Heading, 1
	if mark == '-' {
		b.Level = 2
	}
	return true
}

func headingLevel(line string) int {
	level := runOf(line)
	if level > 6 || level < len(line) && line[level] != ' ' && line[level] != '\t' {
		return 0
	}
	return level
}

// headingText is a heading without the marks that may close it.
func headingText(text string) string {
	text = strings.Trim(text, " \t")
	open := strings.TrimRight(text, "#")
	if open == "" || open != text && strings.ContainsAny(open[len(open)-1:], " \t") {
		return strings.TrimRight(open, " \t")
	}
	return text
}

func isRule(line string) bool {
	if strings.IndexByte("*-_", line[0]) < 0 {
		return false
	}
	return strings.Count(line, line[:1]) >= 3 && strings.Trim(line, line[:1]+" \t") == ""
}

// item begins an item, and a list for it where it belongs to none.
func (p *blockParser) item(c *cursor, depth int, in *openBlock) int {
	line := c.content()
	mark, start, size := itemMark(line)
	if size == 0 || size < len(line) && line[size] != ' ' && line[size] != '\t' {
		return 0
	}
	empty := isBlank(line[size:])
	if in.Kind == Paragraph && (empty || start > 1 || start == 0) {
		return 0
	}
	c.skipMark(size)
	blanks := c.indent()
	if empty || blanks > 4 {
		blanks = 1
	}
	at := c.col + blanks
	c.skipBlanks(blanks)
	depth = p.outOf(depth)
	if list := p.open[depth-1]; list.Kind != List || list.mark != mark {
		if list.Kind == List {
			depth--
		}
		depth = p.push(depth, &openBlock{Block: &Block{Kind: List, Start: start}, mark: mark})
	}
	return p.push(depth, &openBlock{Block: &Block{Kind: Item}, indent: at})
}

// itemMark reads the mark of an item: its last byte, its number (-1 for a bullet) and its size.
func itemMark(line string) (mark byte, start, size int) {
	if strings.IndexByte("-+*", line[0]) >= 0 {
		return line[0], -1, 1
	}
	digits := len(line) - len(strings.TrimLeft(line, "0123456789"))
	if digits == 0 || digits > 9 || digits == len(line) || line[digits] != '.' && line[digits] != ')' {
		return 0, 0, 0
	}
	start, _ = strconv.Atoi(line[:digits])
	return line[digits], start, digits + 1
}

// runOf is how often a text's first byte stands at its beginning.
func runOf(text string) int {
	return len(text) - len(strings.TrimLeft(text, text[:1]))
}

var (
	verbatimTag = lazyregexp.New(`(?i)^<(script|pre|style|textarea)(?:[ \t>]|$)`)
	blockTag    = lazyregexp.New(`(?i)^</?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul)(?:[ \t]|/?>|$)`)
	aloneTag    = lazyregexp.New(`^(?:` + openTag + `|` + closeTag + `)[ \t]*$`)
)

// htmlBegins says whether a line begins raw HTML, and what ends it.
func htmlBegins(line string, inParagraph bool) (end string, ok bool) {
	switch {
	case verbatimTag.MatchString(line):
		return "</" + strings.ToLower(verbatimTag.FindStringSubmatch(line)[1]) + ">", true
	case strings.HasPrefix(line, "<!--"):
		return "-->", true
	case strings.HasPrefix(line, "<?"):
		return "?>", true
	case strings.HasPrefix(line, "<![CDATA["):
		return "]]>", true
	case strings.HasPrefix(line, "<!") && len(line) > 2 && isLetter(line[2]):
		return ">", true
	case blockTag.MatchString(line):
		return "", true
	}
	return "", !inParagraph && aloneTag.MatchString(line)
}

func isLetter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }
