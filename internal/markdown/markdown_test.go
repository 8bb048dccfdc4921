package markdown

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// dump writes a document in a form that goldmark's can be written in as well.
func dump(b *Block) string {
	var w strings.Builder
	dumpBlock(&w, b)
	return w.String()
}

func dumpBlock(w *strings.Builder, b *Block) {
	names := []string{"document", "quote", "list", "item", "paragraph", "heading", "code", "html", "rule"}
	fmt.Fprintf(w, "(%s", names[b.Kind])
	switch b.Kind {
	case Heading:
		fmt.Fprint(w, b.Level)
	case List:
		fmt.Fprint(w, " ", b.Start, b.Tight)
	case Code:
		language, _, _ := strings.Cut(b.Info, " ")
		fmt.Fprintf(w, " %q %q", language, joined(b.Lines))
	case HTML:
		fmt.Fprintf(w, " %q", joined(b.Lines))
	}
	dumpInlines(w, b.Text)
	for _, part := range b.Blocks {
		w.WriteString("\n")
		dumpBlock(w, part)
	}
	w.WriteString(")")
}

// joined gives lines without the blanks at their ends.
func joined(lines []string) string {
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " \t")
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n")
}

func dumpInlines(w *strings.Builder, text []*Inline) {
	for _, i := range text {
		switch i.Kind {
		case Text:
			w.WriteString(i.Text)
		case SoftBreak:
			w.WriteString("⏎")
		case HardBreak:
			w.WriteString("⏎⏎")
		case RawHTML:
			fmt.Fprintf(w, "{raw %s}", i.Text)
		default:
			fmt.Fprintf(w, "{%s", []string{"", "code", "em", "strong", "link", "image"}[i.Kind])
			if i.Kind == Link || i.Kind == Image {
				fmt.Fprintf(w, " %q %q", i.URL, i.Title)
			}
			w.WriteString(" " + i.Text)
			dumpInlines(w, i.Inlines)
			w.WriteString("}")
		}
	}
}

// dumpOther is dump for what goldmark read.
func dumpOther(w *strings.Builder, n ast.Node, source []byte) {
	closing := ")"
	if n.Type() == ast.TypeInline {
		if closing = "}"; !beginOtherInline(w, n, source) {
			return
		}
	} else {
		beginOther(w, n, source)
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Kind() == ast.KindLinkReferenceDefinition {
			continue
		}
		if c.Type() == ast.TypeBlock {
			w.WriteString("\n")
		}
		dumpOther(w, c, source)
	}
	w.WriteString(closing)
}

func beginOther(w *strings.Builder, n ast.Node, source []byte) {
	switch n := n.(type) {
	case *ast.Document:
		w.WriteString("(document")
	case *ast.Blockquote:
		w.WriteString("(quote")
	case *ast.List:
		start := n.Start
		if !n.IsOrdered() {
			start = -1
		}
		fmt.Fprint(w, "(list ", start, n.IsTight)
	case *ast.ListItem:
		w.WriteString("(item")
	case *ast.Paragraph, *ast.TextBlock:
		w.WriteString("(paragraph")
	case *ast.Heading:
		fmt.Fprint(w, "(heading", n.Level)
	case *ast.ThematicBreak:
		w.WriteString("(rule")
	case *ast.FencedCodeBlock:
		fmt.Fprintf(w, "(code %q %q", unescape(string(n.Language(source))), otherLines(n, source))
	case *ast.CodeBlock:
		fmt.Fprintf(w, "(code %q %q", "", otherLines(n, source))
	case *ast.HTMLBlock:
		all := otherLines(n, source)
		if n.HasClosure() {
			all = strings.TrimLeft(all+"\n"+string(n.ClosureLine.Value(source)), "\n")
		}
		fmt.Fprintf(w, "(html %q", strings.TrimRight(all, "\n "))
	}
}

// beginOtherInline says whether what stands in it is to follow.
func beginOtherInline(w *strings.Builder, n ast.Node, source []byte) bool {
	switch n := n.(type) {
	case *ast.Text:
		value := string(n.Segment.Value(source))
		if !n.IsRaw() {
			value = unescape(value)
		}
		w.WriteString(value)
		if n.HardLineBreak() {
			w.WriteString("⏎⏎")
		} else if n.SoftLineBreak() {
			w.WriteString("⏎")
		}
		return false
	case *ast.CodeSpan:
		w.WriteString("{code ")
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			if segment, ok := c.(*ast.Text); ok {
				w.WriteString(strings.ReplaceAll(string(segment.Segment.Value(source)), "\n", " "))
			}
		}
		w.WriteString("}")
		return false
	case *ast.Emphasis:
		w.WriteString("{" + []string{"", "em ", "strong "}[n.Level])
	case *ast.Link:
		fmt.Fprintf(w, "{link %q %q ", unescape(string(n.Destination)), unescape(string(n.Title)))
	case *ast.Image:
		fmt.Fprintf(w, "{image %q %q ", unescape(string(n.Destination)), unescape(string(n.Title)))
	case *ast.AutoLink:
		url := string(n.URL(source))
		if n.AutoLinkType == ast.AutoLinkEmail {
			url = "mailto:" + strings.TrimPrefix(url, "mailto:")
		}
		fmt.Fprintf(w, "{link %q %q %s}", url, "", n.Label(source))
		return false
	case *ast.RawHTML:
		w.WriteString("{raw ")
		for i := range n.Segments.Len() {
			segment := n.Segments.At(i)
			w.Write(segment.Value(source))
		}
		w.WriteString("}")
		return false
	}
	return true
}

func otherLines(n ast.Node, source []byte) string {
	var lines []string
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		lines = append(lines, strings.TrimSuffix(string(line.Value(source)), "\n"))
	}
	return joined(lines)
}

func other(source string) string {
	var w strings.Builder
	dumpOther(&w, goldmark.DefaultParser().Parse(text.NewReader([]byte(source))), []byte(source))
	return w.String()
}

var pieces = strings.Split("a|b|word| |  |\n|\n\n|\n    |\n  |* |- |+ |1. |2) |> |# |## |#|***|**|*|_|__|`|``|```|~~~|[|]|(|)|![|[x]|\n\n[x]: /y\n\n|\"t\"|<|>|<b>|</b>|<!-- c -->|<div>|<x@y.z>|<ab:c>|&amp;|&#65;|&x;|\\|\\*|\\[|---|===|=|-|!|.|é|\t|:|\n- |\n  - |\n> |\n1. |\n```\n", "|")

// errs is where goldmark reads other than CommonMark says: items without text in their line, tabs behind a mark and behind
// raw HTML, a blank line in a fence in a list, info strings of one sign, declarations
var errs = regexp.MustCompile("(?:[-+*]|[12][.)])[ \\t]*\n|(?:[-+*]|[12][.)]) *\\t|>[ ]*\\t|(?s:[-+*]|1\\.).*(?:```|~~~).*\n[ \\t]*\n|(?:```|~~~)[ \\t]*[^a-z\\s`~]|<![a-z]|\\]:.*[(<]|(?:[-+*]|[12][.)]) +\\[.*\\]:")

// TestAsGoldmark: texts put together of marks are read as goldmark reads them.
func TestAsGoldmark(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 3))
	compared := 0
	for range 30000 {
		var b strings.Builder
		for range 1 + random.IntN(14) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		in := b.String() + "\n"
		if errs.MatchString(in) {
			continue
		}
		compared++
		if got, want := dump(Parse(in)), other(in); got != want {
			t.Fatalf("%q:\n%s\n--- goldmark:\n%s", in, got, want)
		}
	}
	if compared < 10000 {
		t.Errorf("only %d were compared", compared)
	}
}

// TestLinksAsGoldmark: brackets in brackets, which chance puts together too seldom.
func TestLinksAsGoldmark(t *testing.T) {
	for _, in := range []string{
		"[a [b](c) d](e)", "[a ![b](c) d](e)", "![a [b](c) d](e)", "![[a](b)](c)", "[![a](b)](c) [d](e)", "[a [b [c](d)](e)](f)", "[a](b) [c](d) ] [e](f)",
		"[a *b](c) d*", "*a [b*](c)", "[a][b] [b][] [b] [a [b]]\n\n[b]: /u 'v'", "[a](<b c>) [a](b\\)c) [a](b(c)d) [a]( b 'c' )", "[`a](b)`", "[a](b \"c\" d) [a](b",
	} {
		if got, want := dump(Parse(in)), other(in); got != want {
			t.Errorf("%q:\n%s\n--- goldmark:\n%s", in, got, want)
		}
	}
}

func TestHTML(t *testing.T) {
	const in = "## [1.0.0][c] (*now*)\n\n* **lid:** a `<b>`, see https://x.example/a_b.\n  ![logo](x.svg 'L')\n* two  \n  lines <img src=x>\n\n3. three\n\n   ```go\n   x < y\n   ```\n\n> [bad](javascript:alert(1))\n---\n<div>\n\n[c]: <https://x.example/c>\n"
	const want = `<h2><a href="https://x.example/c">1.0.0</a> (<em>now</em>)</h2>
<ul>
<li><strong>lid:</strong> a <code>&lt;b&gt;</code>, see <a href="https://x.example/a_b">https://x.example/a_b</a>.
<a href="x.svg" title="L">logo</a></li>
<li>two<br>
lines <!-- raw HTML omitted --></li>
</ul>
<ol start="3">
<li>
<p>three</p>
<pre><code class="language-go">x &lt; y
</code></pre>
</li>
</ol>
<blockquote>
<p><a href="">bad</a></p>
</blockquote>
<hr>
<!-- raw HTML omitted -->
`
	if got := Parse(in).HTML(); got != want {
		t.Errorf("got\n%s", got)
	}
}
