package changelog

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extensionast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"golang.org/x/net/html"
)

// linker knows all users but ghost, and all issues but #404.
var linker = &inliner{
	prefixes: []string{"#", "ABC-"},
	issue: func(prefix, id string) string {
		if prefix+id == "#404" {
			return ""
		}
		return "https://forge.example/issues/" + id
	},
	user: func(name string) string {
		if name == "ghost" {
			return ""
		}
		return "https://forge.example/" + name
	},
}

// TestInlineLeaves: what ordinary subjects hold stays readable.
func TestInlineLeaves(t *testing.T) {
	for _, subject := range []string{
		"add snake_case_name and näme_ü to the parser", "bump x from 1.2.3 to 2.0.0-rc.1", "foo-bar (again!), at last?",
		"2 * 3 and a _ b, 5 ~ 6", "use ~1.2 and ~/.config", "Q&A, R & D, AT&T; a&b", "a `code_span` with `*a* <b> @c #1 |`",
		"``a ` b``  ", "see https://a.example/b_c/_d_/~e?f=1&g=2#h.", "(see https://a.example/b_(c))", "www.example.org, too",
		"https://localhost:8080/x_y", "owner/repo#12 and x/#12", "a@b.c and @-x", "-foo +bar #baz", "1.2.3 is 1.x", "say \"hi\" 'x'", "--force is -f",
		"=> 5 > 4 >= 3", "C:\\dir\\file", "map[]string", "a: b; c", "#404 is gone", "#1e1e1e", "👨‍👩‍👧 ❤️ e\u0301 日本語", "$HOME ^1.0 {a} 100% a/b a+b = c", "!important, x!", "naïve — “quoted”…",
		"drop C# and F#", ":bug: emoji", "https://a.example/?a&copy;b", "ftp://a.example/b",
	} {
		want := strings.TrimSpace(subject)
		if got := linker.inline(subject); got != want {
			t.Errorf("%q becomes %q", subject, got)
		}
		checkInline(t, linker, subject)
	}
}

func TestInline(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""},
		{"  a \t b\r\nc\rd\ne\n", "a b c d e"},
		{"a  `b  c`  d", "a `b  c` d"},
		// what begins a block
		{"# a", `\# a`},
		{"## a", `\## a`},
		{"> a", `\> a`},
		{"- a", `\- a`},
		{"+ a", `\+ a`},
		{"* a", `\* a`},
		{"-", `\-`},
		{"1. a", `1\. a`},
		{"12) a", `12\) a`},
		{"---", `\---`},
		{"- - -", `\- - -`},
		{"===", `\===`},
		{"***", `\*\*\*`},
		{"_ _ _", `\_ _ \_`},
		{":-: | --", `\:-: \| --`},
		{"|---|", `\|---\|`},
		{"~~~ a", `\~\~\~ a`},
		{"```go", "\\`\\`\\`go"},
		{"    a", "a"},
		{"[x] a", `\[x] a`},
		{"[a]: https://b.example", `\[a]: https://b.example`},
		{"[^1]: a[^1]", `\[^1]: a\[^1]`},
		// what is marked up
		{"*a* **b** _c_ __d__ ~e~ ~~f~~", `\*a\* \*\*b\*\* \_c\_ \_\_d\_\_ ~e\~ \~\~f\~\~`},
		{"2*3", `2\*3`},
		{"__init__.py", `\_\_init\_\_.py`},
		{"<b>a</b><!-- c -->", `\<b>a\</b>\<!-- c -->`},
		{"![a](https://b.example/c.png)", `!\[a](https://b.example/c.png)`},
		{"[a](javascript:b)", `\[a](javascript:b)`},
		{"[]() [][a]", `\[]() \[]\[a]`},
		{"a | b", `a \| b`},
		{`\* \a \`, `\\\* \a \\`},
		{`\|`, `\\\|`},
		{"&amp; &#8203; &#xa0; &x", `\&amp; \&#8203; \&#xa0; &x`},
		// code
		{"a ` b", "a \\` b"},
		{"``a` b", "\\`\\`a\\` b"},
		{"\\`a`", "\\\\`a`"},
		{"`a` ` `<b>`", "`a` ` `\\<b>\\`"},
		{"*`*`*", "\\*`*`\\*"},
		// URLs
		{"<https://a.example>", `\<https://a.example&gt;`},
		{"<https://a.example/b>, c", `\<https://a.example/b&gt;, c`},
		{"<https://a.example>b", `\<<https://a.example>>b`},
		{"*https://a.example/b*", `\*<https://a.example/b>\*`},
		{"https://a.example/*b*/c", "<https://a.example/*b*/c>"},
		{"https://a.example/?b[]=c", "<https://a.example/?b[]=c>"},
		{"[https://a.example](https://b.example)", `\[<https://a.example>](https://b.example)`},
		{"https://a.example|b", `<https://a.example>\|b`},
		{`\https://a.example/*`, `\\<https://a.example/>\*`},
		{"www.example.org/*b*", `www\.example.org/\*b\*`},
		{"https://a.example/?b&amp; c", `<https://a.example/?b&amp>; c`},
		{"https://a.example/@ann/#12", "https://a.example/@ann/#12"},
		{"www.`a` https://`b`", "www\\.`a` https\\://`b`"},
		{"a`b@c.example` `d@e.example`", "&#97;`b@c.example` `d@e.example`"},
		{`a \ https://b.example *`, `a \\ https://b.example \*`},
		{"www.b*(https://c.example/*#1)", "www\\.b\\*(https\\://c.example/\\*[#1](https://forge.example/issues/1))"},
		{"`a`www.b.example#", "`a`www.b.example#"},
		{"www.b.example#c.https://d.example/_e_", `www\.b.example#c.https\://d.example/\_e\_`},
		// references
		{"#12, (#13) ABC-1a", "[#12](https://forge.example/issues/12), ([#13](https://forge.example/issues/13)) [ABC-1a](https://forge.example/issues/1a)"},
		{`a#1 /#2 \#3 &#4 xABC-5 &#6; #7_`, `a#1 /#2 \\#3 &#4 xABC-5 \&#6; #7\_`},
		{"!#12 [#13]", `\![#12](https://forge.example/issues/12) \[[#13](https://forge.example/issues/13)]`},
		{"#12*", `[#12](https://forge.example/issues/12)\*`},
		// users
		{"by @ann.", "by [@ann](https://forge.example/ann)."},
		{"@a-b @ghost @Everyone @HERE", "[@a-b](https://forge.example/a-b) @&#8203;ghost @&#8203;Everyone @&#8203;HERE"},
		{"@org/team @a_b @a.b @a-", `@&#8203;org/team @&#8203;a_b @&#8203;a.b @&#8203;a-`},
		{"@" + strings.Repeat("a", 39), "[@" + strings.Repeat("a", 39) + "](https://forge.example/" + strings.Repeat("a", 39) + ")"},
		{"@" + strings.Repeat("a", 40), "@&#8203;" + strings.Repeat("a", 40)},
		{"!@ann", `\![@ann](https://forge.example/ann)`},
		// what nobody sees
		{"\x1b[1;31mred\x1b[0m \x1b]0;title\x07a\x1b]8;;x\x1b\\b\x1bMc \x1b[", "red abc"},
		{"\x1b]open", "open"},
		{"a\x00\x07\u0085\x7fb\u202Ec\u2066d\u200Be\uFEFFf\u00ADg\U000E0041h\u2028i", "abcdefghi"},
		{"a\xffb", "a\uFFFDb"},
		{"\u200B# a", `\# a`},
		{"<\u200Bb>", `\<b>`},
		{"@\u200Bann", "[@ann](https://forge.example/ann)"},
	} {
		if got := linker.inline(c.in); got != c.want {
			t.Errorf("%q becomes\n%s, not\n%s", c.in, got, c.want)
		}
		checkInline(t, linker, c.in)
	}
}

// TestInlineOfPieces tries all lines of up to three of these pieces.
func TestInlineOfPieces(t *testing.T) {
	for _, line := range compose(markdownPieces, 3) {
		checkInline(t, linker, string(line))
		if t.Failed() {
			return
		}
	}
}

var markdownPieces = []string{
	"*", "_", "~", "`", "[", "](b)", "!", "<", ">", "|", "\\", "&amp;", "#1", "@a", "1.", " ", "é", "https://a.example/", "https://b", "www.a.example",
}

// TestInlineWithoutLinks: an inliner that knows nothing makes no link and notifies nobody.
func TestInlineWithoutLinks(t *testing.T) {
	if got, want := (&inliner{}).inline("#1 by @ann"), "#1 by @&#8203;ann"; got != want {
		t.Errorf("got %q, not %q", got, want)
	}
	odd := &inliner{prefixes: []string{"", "_["}, issue: func(_, id string) string { return "https://a.example/(" + id + " b" }}
	if got, want := odd.inline("_[1"), `[\_\[1](https://a.example/%281%20b)`; got != want {
		t.Errorf("got %q, not %q", got, want)
	}
}

// FuzzInline checks what inline promises of any text.
func FuzzInline(f *testing.F) {
	for _, seed := range []string{
		"fix(a): *b* _c_ `d` <e> [f](g) ![h](i) #1 @j &amp; \\ | ~~k~~", "``a` b `` c", "<https://a.example/_b_> www.a.example*", "# - > 1.",
		"https://a.example/*_~`[]()<>|\\&amp;!", "\x1b[1m\u202E\u200B\xff", "[a]: <b>\n[^1] - [x] |-|", "@a/b !@c !#1 @all", "* * * _ _ _ --- === +++",
		"<a@b.c> a_b@c.d mailto:a@b.c", "\\`a\\`*b*",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) { checkInline(t, linker, text) })
}

var github = goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote))

// checkInline has a CommonMark parser read the text in an item of a list and in a cell of a table.
func checkInline(t *testing.T, l *inliner, in string) {
	got := l.inline(in)
	if strings.Contains(got, "\n") || !utf8.ValidString(got) {
		t.Errorf("%q becomes %q: not one line of UTF-8", in, got)
	}
	item := []byte("* " + got + "\n")
	checkTree(t, in, item, "Document List ListItem TextBlock")
	if shown, want := shownBy(t, item), shownOf(in); shown != want {
		t.Errorf("%q becomes %q, which shows %q, not %q", in, got, shown, want)
	}
	if strings.Contains(got, "`") && strings.Contains(got, "|") {
		return // a table has no way to tell | in code from \|
	}
	table := []byte("| a |\n| --- |\n| " + got + " |\n")
	checkTree(t, in, table, "Document Table TableHeader TableCell TableRow TableCell")
	if shown, want := shownBy(t, table), strings.TrimSpace("a "+shownOf(in)); shown != want {
		t.Errorf("%q becomes %q, which shows %q in a table, not %q", in, got, shown, want)
	}
}

// checkTree compares the blocks of a page with those that are wanted, and looks for what mustn't be in any line.
func checkTree(t *testing.T, in string, page []byte, want string) {
	var blocks []string
	err := ast.Walk(github.Parser().Parse(text.NewReader(page)), func(n ast.Node, enter bool) (ast.WalkStatus, error) {
		switch {
		case !enter:
		case n.Type() != ast.TypeInline:
			blocks = append(blocks, n.Kind().String())
		default:
			checkNode(t, in, page, n)
		}
		return ast.WalkContinue, nil
	})
	got := strings.Join(blocks, " ")
	if err != nil || got != want && !(shownOf(in) == "" && strings.HasPrefix(want, got)) {
		t.Errorf("%q becomes %q, which is %s, not %s", in, page, got, want)
	}
}

func checkNode(t *testing.T, in string, page []byte, n ast.Node) {
	switch n := n.(type) {
	case *ast.Text, *ast.CodeSpan:
	case *ast.AutoLink:
		if !strings.Contains(clean(in), string(n.Label(page))) {
			t.Errorf("%q becomes %q with a link to %q", in, page, n.Label(page))
		}
	case *ast.Link:
		if !strings.HasPrefix(string(n.Destination), "https://forge.example/") {
			t.Errorf("%q becomes %q with a link to %q", in, page, n.Destination)
		}
	case *extensionast.Strikethrough, *ast.Emphasis, *ast.Image, *ast.RawHTML:
		t.Errorf("%q becomes %q with %s", in, page, n.Kind())
	default:
		t.Errorf("%q becomes %q with %s, which no test knows", in, page, n.Kind())
	}
}

// shownBy gives the text that a browser shows of a page, without the space that keeps a name from notifying.
func shownBy(t *testing.T, page []byte) string {
	var b strings.Builder
	if err := github.Convert(page, &b); err != nil {
		t.Fatal(err)
	}
	var shown strings.Builder
	for z := html.NewTokenizer(strings.NewReader(b.String())); ; {
		switch z.Next() {
		case html.ErrorToken:
			return strings.Join(strings.Fields(strings.ReplaceAll(shown.String(), "@\u200B", "@")), " ")
		case html.TextToken:
			shown.WriteString(string(z.Text()))
		}
	}
}

// shownOf gives the text that should be seen: all of it but the backticks around code. It looks for code as the
// specification of CommonMark tells it, which takes time.
func shownOf(in string) string {
	rest := strings.TrimSpace(strings.NewReplacer("\n", " ", "\t", " ").Replace(clean(in)))
	var shown strings.Builder
	for rest != "" {
		at := strings.IndexByte(rest, '`')
		if at < 0 {
			break
		}
		ticks := rest[at : len(rest)-len(strings.TrimLeft(rest[at:], "`"))]
		shown.WriteString(rest[:at])
		rest = rest[at+len(ticks):]
		if end := runOf(rest, ticks); end >= 0 {
			code := rest[:end]
			if strings.Trim(code, " ") != "" && code[0] == ' ' && code[end-1] == ' ' {
				code = code[1 : end-1]
			}
			shown.WriteString(code)
			rest = rest[end+len(ticks):]
		} else {
			shown.WriteString(ticks)
		}
	}
	return strings.Join(strings.Fields(shown.String()+rest), " ")
}

// runOf finds a run of backticks of just that size.
func runOf(text, ticks string) int {
	for at := 0; at < len(text); at++ {
		n := len(text) - at - len(strings.TrimLeft(text[at:], "`"))
		if n == len(ticks) {
			return at
		}
		at += n
	}
	return -1
}

// BenchmarkInline and BenchmarkBlock: see BenchmarkInsert for how to read them.
func BenchmarkInline(b *testing.B) { benchmarkMarkdown(b, linker.inline) }

func benchmarkMarkdown(b *testing.B, write func(string) string) {
	for _, unit := range []string{
		"a", "`", "` `` ", "[", "@", "@a", "*", "* ", "<", "_a", "~", "\\", "&", "&a", "#", "#1", "(", "h", "https://", "https://a.", "https://a,&amp;", "www.", "www.a*",
		"<https://a>", "\x1b]", "\x1b[", " ", "-", "- ", "1. ", "a\n", "```\n", "```\n````x\n", " - a\n", "\n\n", "!",
	} {
		for _, times := range []int{1, 4} {
			text := "`" + strings.Repeat(unit, times*100_000/len(unit))
			b.Run(fmt.Sprintf("%q/%dn", unit, times), func(b *testing.B) {
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					write(text)
				}
			})
		}
	}
}
