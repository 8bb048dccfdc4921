package main

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/semcut/semcut/internal/lazyregexp"
)

// bareAddress is a web address; what ends a sentence, or closes a bracket, is no part of it.
var bareAddress = lazyregexp.New(`^https?://[^\s<>"` + "`" + `]*[^\s<>"` + "`" + `.,:;!?'*_~()\[\]]`)

// bareLinks makes links of web addresses that stand in a text, as GitHub does. goldmark's own extension, with all that
// stands beside it, would be set up in every start of the program.
type bareLinks struct{}

// Trigger is goldmark's: the parser is asked at the beginning of a line, and at what may stand right before an address.
func (bareLinks) Trigger() []byte { return []byte(before) }

const before = " (*_~"

// Parse is goldmark's.
func (bareLinks) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	if pc.IsInLinkLabel() {
		return nil
	}
	line, at := block.PeekLine()
	skip := 0
	if len(line) > 0 && strings.IndexByte(before, line[0]) >= 0 {
		skip = 1
	}
	n := len(bareAddress.Find(line[skip:]))
	if n == 0 {
		return nil
	}
	if skip > 0 {
		ast.MergeOrAppendTextSegment(parent, at.WithStop(at.Start+skip))
	}
	block.Advance(skip + n)
	return ast.NewAutoLink(ast.AutoLinkURL, ast.NewTextSegment(text.NewSegment(at.Start+skip, at.Start+skip+n)))
}

// markdownParser reads Markdown as CommonMark says, with bare addresses as links.
func markdownParser(more ...util.PrioritizedValue) parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithInlineParsers(append(parser.DefaultInlineParsers(), util.Prioritized(bareLinks{}, 999))...),
		parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
		parser.WithASTTransformers(more...),
	)
}
