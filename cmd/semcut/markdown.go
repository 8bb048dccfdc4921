package main

import (
	"bytes"
	_ "embed"
	"io"
	"text/template" // html/template takes 0.1 ms of every start

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/semcut/semcut/release"
)

// writeMarkdown shows Markdown: on a terminal with headings, colours and wrapped lines, else as it is.
func (a *app) writeMarkdown(markdown string) error {
	if !a.OutTTY && a.Color != "always" {
		return a.writeText(markdown)
	}
	_, err := io.WriteString(a.Out, onTerminal(harmless(markdown), a.width(), a.coloured()))
	return err
}

// coloured says whether results may be coloured.
func (a *app) coloured() bool {
	return a.Color == "always" || a.Color == "auto" && a.Env("NO_COLOR") == "" && a.Env("TERM") != "dumb"
}

// width is how many characters a line may have: that of the terminal, but no more than can be read well.
func (a *app) width() int {
	const readable, unknown = 110, 80
	if a.Width == nil {
		return unknown
	}
	if w := a.Width(); w > 0 {
		return min(w, readable)
	}
	return unknown
}

//go:embed page.html
var pageTemplate string

// writePage writes Markdown as one HTML page that needs nothing else. Raw HTML in it is left out and images are links: what
// commits say loads nothing.
func writePage(file, title, markdown string) error {
	md := goldmark.New(goldmark.WithParser(markdownParser(util.Prioritized(imagesAsLinks{}, 1))))
	var body, page bytes.Buffer
	if err := md.Convert([]byte(markdown), &body); err != nil {
		return release.Errorf(release.CodeFile, "", "writing %q: %w", file, err)
	}
	t, err := template.New("page").Parse(pageTemplate)
	if err == nil {
		err = t.Execute(&page, map[string]any{"Title": title, "Body": body.String()}) // goldmark has escaped it; the page escapes the title
	}
	if err != nil {
		return release.Errorf(release.CodeFile, "", "writing %q: %w", file, err)
	}
	return writeFile(file, page.Bytes())
}

// imagesAsLinks makes links of all images.
type imagesAsLinks struct{}

// Transform is goldmark's.
func (imagesAsLinks) Transform(doc *ast.Document, _ text.Reader, _ parser.Context) {
	var images []*ast.Image
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if i, ok := n.(*ast.Image); ok && entering {
			images = append(images, i)
		}
		return ast.WalkContinue, nil
	})
	for _, i := range images {
		link := ast.NewLink()
		link.Destination, link.Title = i.Destination, i.Title
		for child := i.FirstChild(); child != nil; {
			next := child.NextSibling()
			link.AppendChild(link, child)
			child = next
		}
		i.Parent().ReplaceChild(i.Parent(), i, link)
	}
}
