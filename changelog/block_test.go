package changelog

import (
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

func TestBlock(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"empty", "", ""},
		{"blank", " \n\t\n", ""},
		{"paragraphs", "\na b\r\nc #1\n\n\n\nd\n\n", "a b\nc [#1](https://forge.example/issues/1)\n\nd"},
		{"indented", "    a\n\n\tb\n", "a\n\nb"},
		{"headings", "# a\n\nb\n===\nc\n---\nd\n-\n", "\\# a\n\nb\n\\===\nc\n\\---\nd\n\\-"},
		{"quote", "> a\n> b", "\\> a\n\\> b"},
		{"HTML", "<div>\n\n</div>\n<!-- a", "\\<div>\n\n\\</div>\n\\<!-- a"},
		{"table", "a | b\n--|--\n\na\n:-\n", "a \\| b\n\\--\\|--\n\na\n\\:-"},
		{"rules", "***\n* * *\n- - -\n___\n", "\\*\\*\\*\n\\* * \\*\n\\- - -\n\\_\\_\\_"},
		{"definitions", "[a]: https://b.example\n\n[^a]: b", "\\[a]: https://b.example\n\n\\[^a]: b"},
		{"link over lines", "[a\nb](c)\n![\n](d)", "\\[a\nb](c)\n!\\[\n](d)"},
		{"code over lines", "`a\n- b` *c*", "\\`a\n- b\\` \\*c\\*"},
		{"hard breaks", "a  \nb\\\nc", "a\nb\\\\\nc"},
		{"lists", "a:\n* b\n* c\n\n+ d\n- # e\n- [x] f", "a:\n- b\n- c\n\n- d\n- \\# e\n- \\[x] f"},
		{"nested", "- a\n    - b\n  c\n      1. d\n      2. e\n- f", "- a\n  - b\n    c\n    1. d\n    2. e\n- f"},
		{"numbers", "1. a\n   - b\n10) c\n    d\n\n    e\n\nf", "1. a\n   - b\n10) c\n    d\n\n    e\n\nf"},
		{"number in a sentence", "since version\n2. It is\n1. so", "since version\n2\\. It is\n1. so"},
		{"list of marks", "- -\n- - a\n1. 1. b", "- \\-\n- \\- a\n1. 1\\. b"},
		{"too deep", "- 1\n - 2\n  - 3\n   - 4\n    - 5\n     - 6\n      - 7", "- 1\n  - 2\n    - 3\n      - 4\n        - 5\n          - 6\n          - 7"},
		{"list of blanks", "a\n- \u00A0", "a\n\\-"},
		{"fence", "a\n```go\n\tx := `#1` // <b>\x1b[1m\u202E\n\n```\nb", "a\n```go\n\tx := `#1` // <b>\n\n```\nb"},
		{"open fence", "~~~\na\n\n# b\n", "~~~\na\n\n# b\n\n~~~"},
		{"fences in code", "```\n~~~\n``\n ````\n~~~\n```", "```\n~~~\n``\n```\n~~~\n```\n~~~"},
		{"longer fence", "```\na ````` b\n```", "``````\na ````` b\n``````"},
		{"fence in a list", "- a\n\n  ```\n  b\n   c\n ```\n- d", "- a\n\n  ```\n  b\n   c\n  ```\n- d"},
		{"fence behind another space", "\u00A0~~~ a\nb", "~~~ a\nb\n~~~"},
		{"fence of two runs", "~~~ ~~~\n~~~\n*b*", "~~~ ~~~\n~~~\n\\*b\\*"},
		{"no fence", "``` a ` b\n", "\\`\\`\\` a \\` b"},
	} {
		if got := linker.block(c.in); got != c.want {
			t.Errorf("%s: %q becomes\n%q, not\n%q", c.name, c.in, got, c.want)
		}
		checkBlock(t, linker, c.in)
	}
}

// TestBlockOfPieces tries all texts of up to four of these pieces.
func TestBlockOfPieces(t *testing.T) {
	for _, text := range compose([]string{"\n", "  ", "- ", "2. ", "a", "# ", "--", "```", "`", "[", "](b)", "|"}, 4) {
		checkBlock(t, linker, text)
		if t.Failed() {
			return
		}
	}
}

// FuzzBlock checks what block promises of any text.
func FuzzBlock(f *testing.F) {
	for _, seed := range []string{
		"a\nb\n\n- c\n  - d\n    1. e\n\n    f\n* g", "```go\nx\n````\n```\n~~~\n", "# a\n===\n> b\n---\n<c>\n\n    d\n\te", "|a|b|\n|-|-|\n|c|d|\n\n[a]: b\n[^c]: d",
		"a\n2. b\n3) c\n- - d\n  ```\n  e", "*a\nb* `c\nd` [e\nf](g) <h\ni> https://a.example/\n_b_\\\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) { checkBlock(t, linker, text) })
}

// checkBlock has a CommonMark parser read the text in an item of a list with another one below.
func checkBlock(t *testing.T, l *inliner, in string) {
	got := l.block(in)
	if strings.HasSuffix(got, "\n") || strings.HasPrefix(got, "\n") {
		t.Errorf("%q becomes %q with empty lines around it", in, got)
	}
	page := "* " + strings.ReplaceAll(got, "\n", "\n  ") + "\n* end\n"
	checkBlocks(t, in, []byte(page))
	if c := clean(in); strings.Contains(c, "```") || strings.Contains(c, "~~~") {
		return // what is said of the language isn't shown
	}
	if shown, want := marksOf(shownBy(t, []byte(page))), marksOf(clean(in)+" end"); shown != want {
		t.Errorf("%q becomes %q, which shows %q, not %q", in, page, shown, want)
	}
}

// marksOf drops what a list or code may take in, and the blanks.
func marksOf(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsDigit(r) || strings.ContainsRune("*+-.)`", r) {
			return -1
		}
		return r
	}, text)
}

var fenceInfo = regexp.MustCompile("(?m)^[ \t\\pZ]*(?:```|~~~)")

func checkBlocks(t *testing.T, in string, page []byte) {
	doc := github.Parser().Parse(text.NewReader(page))
	if list := doc.FirstChild(); doc.ChildCount() != 1 || list.Kind() != ast.KindList || list.ChildCount() != 2 {
		t.Errorf("%q becomes %q: not one list of two", in, page)
	}
	err := ast.Walk(doc, func(n ast.Node, enter bool) (ast.WalkStatus, error) {
		if !enter {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Document, *ast.List, *ast.ListItem, *ast.TextBlock, *ast.Paragraph:
		case *ast.FencedCodeBlock:
			if !fenceInfo.MatchString(clean(in)) {
				t.Errorf("%q becomes %q with code", in, page)
			}
			checkCode(t, in, page, n)
		default:
			if n.Type() != ast.TypeInline {
				t.Errorf("%q becomes %q with %s", in, page, n.Kind())
				break
			}
			if text, ok := n.(*ast.Text); ok && text.HardLineBreak() {
				t.Errorf("%q becomes %q with a line break", in, page)
			}
			checkNode(t, in, page, n)
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		t.Error(err)
	}
}

// checkCode: code has the lines of the text, but for what it was indented by.
func checkCode(t *testing.T, in string, page []byte, code *ast.FencedCodeBlock) {
	for i := range code.Lines().Len() {
		segment := code.Lines().At(i)
		line := strings.TrimSpace(string(segment.Value(page)))
		if !strings.Contains(clean(in), line) {
			t.Errorf("%q becomes %q with the code %q", in, page, line)
		}
	}
}

func BenchmarkBlock(b *testing.B) { benchmarkMarkdown(b, linker.block) }
