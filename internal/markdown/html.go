package markdown

import (
	"html"
	"strconv"
	"strings"
)

// HTML writes a document as HTML that loads nothing and runs nothing: raw HTML is left out, images are links, and links
// lead to http, https and mail only.
func (b *Block) HTML() string {
	w := &writer{}
	w.blocks(b.Blocks, false)
	return w.String()
}

type writer struct{ strings.Builder }

// add writes what is HTML and what is text by turns.
func (w *writer) add(pieces ...string) {
	for i, s := range pieces {
		if i%2 == 1 {
			s = html.EscapeString(s)
		}
		w.WriteString(s)
	}
}

func (w *writer) blocks(blocks []*Block, tight bool) {
	for i, b := range blocks {
		w.block(b, tight)
		if !tight || b.Kind != Paragraph || i < len(blocks)-1 {
			w.add("\n")
		}
	}
}

func (w *writer) block(b *Block, tight bool) {
	switch b.Kind {
	case Heading:
		level := strconv.Itoa(b.Level)
		w.add("<h" + level + ">")
		w.inlines(b.Text)
		w.add("</h" + level + ">")
	case Quote:
		w.around("blockquote", "\n", b.Blocks, false)
	case List:
		w.list(b)
	case Code:
		w.code(b)
	case HTML:
		w.add("<!-- raw HTML omitted -->")
	case Rule:
		w.add("<hr>")
	default:
		if tight {
			w.inlines(b.Text)
			return
		}
		w.add("<p>")
		w.inlines(b.Text)
		w.add("</p>")
	}
}

func (w *writer) around(tag, begin string, blocks []*Block, tight bool) {
	w.add("<" + tag + ">" + begin)
	w.blocks(blocks, tight)
	w.add("</" + tag + ">")
}

func (w *writer) list(b *Block) {
	tag, start := "ul", ""
	if b.Start >= 0 {
		tag = "ol"
	}
	if b.Start >= 0 && b.Start != 1 {
		start = ` start="` + strconv.Itoa(b.Start) + `"`
	}
	w.add("<" + tag + start + ">\n")
	for _, item := range b.Blocks {
		begin := "\n"
		if len(item.Blocks) == 0 || b.Tight && item.Blocks[0].Kind == Paragraph {
			begin = ""
		}
		w.around("li", begin, item.Blocks, b.Tight)
		w.add("\n")
	}
	w.add("</" + tag + ">")
}

func (w *writer) code(b *Block) {
	w.add("<pre><code")
	if language, _, _ := strings.Cut(b.Info, " "); language != "" {
		w.add(` class="language-`, language, `"`)
	}
	w.add(">")
	for _, line := range b.Lines {
		w.add("", line, "\n")
	}
	w.add("</code></pre>")
}

func (w *writer) inlines(text []*Inline) {
	for _, i := range text {
		switch i.Kind {
		case CodeSpan:
			w.add("<code>", i.Text, "</code>")
		case Emphasis:
			w.within("em", i)
		case Strong:
			w.within("strong", i)
		case Link, Image:
			w.link(i)
		case RawHTML:
			w.add("<!-- raw HTML omitted -->")
		case SoftBreak:
			w.add("\n")
		case HardBreak:
			w.add("<br>\n")
		default:
			w.add("", i.Text)
		}
	}
}

func (w *writer) within(tag string, i *Inline) {
	w.add("<" + tag + ">")
	w.inlines(i.Inlines)
	w.add("</" + tag + ">")
}

func (w *writer) link(i *Inline) {
	w.add(`<a href="`, harmless(i.URL), `"`)
	if i.Title != "" {
		w.add(` title="`, i.Title, `"`)
	}
	w.add(">")
	w.inlines(i.Inlines)
	w.add("</a>")
}

// harmless gives an address that a person may follow, "" for others.
func harmless(url string) string {
	scheme, _, found := strings.Cut(url, ":")
	if !found || strings.ContainsAny(scheme, "/?#") {
		return url
	}
	switch strings.ToLower(scheme) {
	case "http", "https", "mailto":
		return url
	}
	return ""
}
