// Package markdown reads Markdown as CommonMark 0.31 has it, with bare web addresses as links, and writes it as HTML.
//
// It is what shows release notes to people. It is our own because the well-kept libraries set up tables of entities and
// expressions of their own when a program starts, whether it shows Markdown or not: a seventh of the time that a hook
// takes to look at a message. The tests hold it against one of those libraries.
package markdown

// Kind says what a block is.
type Kind int

// The kinds of blocks.
const (
	Document Kind = iota
	Quote
	List
	Item
	Paragraph
	Heading
	Code
	HTML
	Rule
)

// Block is a part of a text that stands below others. Which fields say something depends on its kind.
type Block struct {
	Kind   Kind
	Level  int       // of a heading: 1 to 6
	Start  int       // the first number of a list, -1 for bullets
	Tight  bool      // the items of a list stand close together
	Info   string    // what stands behind the opening fence of code
	Lines  []string  // of code and raw HTML, without line ends
	Text   []*Inline // of paragraphs and headings
	Blocks []*Block  // in documents, quotes, lists and items
}

// InlineKind says what a part of a paragraph is.
type InlineKind int

// The kinds of parts of a paragraph.
const (
	Text InlineKind = iota
	CodeSpan
	Emphasis
	Strong
	Link
	Image
	RawHTML
	SoftBreak
	HardBreak
)

// Inline is a part of a paragraph or heading.
type Inline struct {
	Kind       InlineKind
	Text       string    // of texts, code and raw HTML: as it is shown, escapes and references resolved
	URL, Title string    // of links and images
	Bare       bool      // the link is an address that stands in the text
	Inlines    []*Inline // in emphasis, links and images
}

// Parse reads a text: bad input there is none, what means nothing is text.
func Parse(source string) *Block {
	p := &blockParser{references: map[string]reference{}}
	p.open = []*openBlock{{Block: &Block{Kind: Document}}}
	for line := range lines(source) {
		p.line(line)
	}
	p.closeTo(0)
	doc := p.open[0].Block
	p.inlines()
	return doc
}
