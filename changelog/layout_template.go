package changelog

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"text/template"
	"time"
	"unicode/utf8"

	"github.com/semcut/semcut/internal/lazyregexp"
)

// Bounds of a template: a project's own mistake must not hang a release.
const (
	maxTemplateOutput = 16 << 20
	maxTemplateTime   = 5 * time.Second
)

// TemplateError is what is wrong with a template, and where.
type TemplateError struct {
	File      string
	Line, Col int // 0 where nobody knows
	Text      string
}

// Error gives "notes.tmpl:3:12: what is wrong".
func (e *TemplateError) Error() string {
	place := e.File
	if e.Line > 0 {
		place += ":" + strconv.Itoa(e.Line)
	}
	if e.Col > 0 {
		place += ":" + strconv.Itoa(e.Col)
	}
	return place + ": " + e.Text
}

// CheckTemplate says what is wrong with a template that can be seen without notes: a *TemplateError, or nil.
func CheckTemplate(file, text string) error {
	_, err := parseTemplate(&Options{Template: text, TemplateFile: file})
	return err
}

// writeTemplate fills the project's own template with the notes.
func writeTemplate(p *pen, n *Notes) (string, error) {
	o := p.options
	t, err := parseTemplate(o)
	if err != nil {
		return "", err
	}
	out := &boundedBuffer{until: time.Now().Add(maxTemplateTime)}
	done := make(chan error, 1)
	go func() { done <- t.Execute(out, *n) }() // a loop that writes nothing can't be stopped, only left
	select {
	case err = <-done:
	case <-time.After(maxTemplateTime + time.Second):
		return "", &TemplateError{File: o.TemplateFile, Text: errTooLong.Error()}
	}
	if err != nil {
		return "", templateError(o, err)
	}
	return out.String(), nil
}

func parseTemplate(o *Options) (*template.Template, error) {
	if !utf8.ValidString(o.Template) {
		return nil, &TemplateError{File: o.TemplateFile, Text: "it is not UTF-8"}
	}
	t, err := template.New("notes").Option("missingkey=error").Funcs(newPen(o).functions()).Parse(o.Template)
	if err != nil {
		return nil, templateError(o, err)
	}
	return t, nil
}

// functions are all that a template can call beside text/template's own (docs/notes.md). None reads anything.
func (p *pen) functions() template.FuncMap {
	return template.FuncMap{
		"inline": p.inliner.inline, "paragraphs": p.paragraphs,
		"indent": indent,
		"link":   p.link,
		"person": p.person,
		"short":  func(hash string) string { return hash[:min(7, len(hash))] },
		"upper":  strings.ToUpper, "lower": strings.ToLower, "trim": strings.TrimSpace,
		"join":    func(separator string, texts []string) (string, error) { return bounded(strings.Join(texts, separator)) },
		"replace": func(old, new, text string) (string, error) { return bounded(strings.ReplaceAll(text, old, new)) },
		"print":   func(values ...any) (string, error) { return bounded(fmt.Sprint(values...)) },
		"println": func(values ...any) (string, error) { return bounded(fmt.Sprintln(values...)) },
		"printf":  func(format string, values ...any) (string, error) { return bounded(fmt.Sprintf(format, values...)) },
	}
}

// maxTemplateText bounds what one function gives: texts that are put together again and again double each time.
const maxTemplateText = 1 << 20

func bounded(text string) (string, error) {
	if len(text) > maxTemplateText {
		return "", errTooMuch
	}
	return text, nil
}

// indent moves all lines of a text but the first to the right.
func indent(n int, text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if i > 0 && line != "" {
			lines[i] = strings.Repeat(" ", min(max(n, 0), 80)) + line
		}
	}
	return strings.Join(lines, "\n")
}

var (
	errTooLong = errors.New("it runs for too long")
	errTooMuch = errors.New("it writes too much")
)

// boundedBuffer stops a template that writes too much or too long.
type boundedBuffer struct {
	bytes.Buffer
	until time.Time
}

// Write takes bytes as long as the bounds allow it.
func (b *boundedBuffer) Write(p []byte) (int, error) {
	switch {
	case b.Len()+len(p) > maxTemplateOutput:
		return 0, errTooMuch
	case time.Now().After(b.until):
		return 0, errTooLong
	}
	return b.Buffer.Write(p)
}

// templatePlace is how text/template says where: template: notes:3:12: executing "notes" at <.Foo>: …
var templatePlace = lazyregexp.New(`^template: [^:]*:(\d+)(?::(\d+))?: (?s:(.*))$`)

// quotedWord is what text/template quotes as the culprit.
var quotedWord = lazyregexp.New(`"([^"]+)"`)

// templateError puts text/template's words into ours. It counts columns from 0, and only of what it executes; where it
// can't parse, the culprit is looked for in the line.
func templateError(o *Options, err error) error {
	e := &TemplateError{File: o.TemplateFile, Text: strings.TrimPrefix(err.Error(), "template: ")}
	m := templatePlace.FindStringSubmatch(err.Error())
	if m == nil {
		return e
	}
	e.Line, _ = strconv.Atoi(m[1])
	e.Text = m[3]
	if m[2] != "" {
		col, _ := strconv.Atoi(m[2])
		e.Col = col + 1
		return e
	}
	lines := strings.Split(o.Template, "\n")
	if e.Line < 1 || e.Line > len(lines) {
		return e
	}
	e.Col = max(strings.LastIndex(lines[e.Line-1], "{{"), 0) + 1
	if word := quotedWord.FindStringSubmatch(e.Text); word != nil {
		if at := strings.Index(lines[e.Line-1], word[1]); at >= 0 {
			e.Col = at + 1
		}
	}
	return e
}
