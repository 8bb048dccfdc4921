package changelog

import (
	"strings"

	"github.com/semcut/semcut/commitparse"
)

// Writer writes the notes of one release after the other. What is the same for all is found out once, and what one release took
// serves the next: a writer does one thing at a time.
type Writer struct {
	options Options
	layout  layout
	pen     *pen
	notes   Notes // of the last release
	read    []commitparse.Commit
}

// NewWriter makes a writer of notes that look as the options say; their release is nobody's.
func NewWriter(o Options) *Writer {
	w := &Writer{options: o}
	w.layout = layoutOf(&w.options)
	w.pen = newPen(&w.options)
	return w
}

// Render makes the notes of a release of commits, newest first, as Markdown: one heading, then the groups; they end with one
// newline. Only a template can fail.
func (w *Writer) Render(r Release, commits []commitparse.Commit) (string, error) {
	w.options.Release = r
	if w.layout.exact != nil {
		return w.layout.exact.write(&w.options, commits), nil
	}
	w.describe(commits, w.layout.people)
	return w.finish(&w.notes)
}

// Render makes the notes of one release, the options' own.
func Render(commits []commitparse.Commit, o Options) (string, error) {
	return NewWriter(o).Render(o.Release, commits)
}

// RenderNotes writes notes that were described before, and maybe edited since. The layouts of semantic-release know less
// than Describe tells: they read the entries as commits again, so that edited titles of groups are lost there.
func RenderNotes(n Notes, o Options) (string, error) {
	w := NewWriter(n.into(o))
	if w.layout.exact != nil {
		return w.layout.exact.write(&w.options, n.commits()), nil
	}
	return w.finish(&n)
}

func (w *Writer) finish(n *Notes) (string, error) {
	text, err := w.layout.write(w.pen, n)
	if err != nil {
		return "", err
	}
	trimmed := strings.TrimFunc(text, commitparse.IsSpace)
	if strings.HasPrefix(text, trimmed) && strings.HasPrefix(text[len(trimmed):], "\n") {
		return text[:len(trimmed)+1], nil
	}
	return trimmed + "\n", nil
}
