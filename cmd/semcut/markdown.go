package main

import (
	"bytes"
	_ "embed"
	"io"
	"text/template" // html/template takes 0.1 ms of every start

	"github.com/semcut/semcut/internal/markdown"
	"github.com/semcut/semcut/release"
)

// writeMarkdown shows Markdown: on a terminal with headings, colours and wrapped lines, else as it is.
func (a *app) writeMarkdown(markdown string) error {
	if !a.forTerminal() {
		return a.writeText(markdown)
	}
	_, err := io.WriteString(a.Out, onTerminal(harmless(markdown), a.width(), a.coloured()))
	return err
}

// forTerminal says whether results are made for a terminal.
func (a *app) forTerminal() bool { return a.OutTTY || a.Color == "always" }

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
func writePage(file, title, source string) error {
	var page bytes.Buffer
	t, err := template.New("page").Parse(pageTemplate)
	if err == nil {
		err = t.Execute(&page, map[string]any{"Title": title, "Body": markdown.Parse(source).HTML()}) // the page escapes the title
	}
	if err != nil {
		return release.Errorf(release.CodeFile, "", "writing %q: %w", file, err)
	}
	return writeFile(file, page.Bytes())
}
