package prompt

import (
	"context"
	"strings"
	"sync"

	"charm.land/huh/v2"
)

// Option is one thing to choose.
type Option struct{ Value, Label string }

// Select lets choose one option; start is the value that is chosen at first.
func (t *Terminal) Select(ctx context.Context, title string, options []Option, start string) (string, error) {
	value := options[0].Value
	var rows []huh.Option[string]
	for _, o := range options {
		rows = append(rows, huh.NewOption(o.Label, o.Value))
		if o.Value == start {
			value = start
		}
	}
	field := huh.NewSelect[string]().Title(title).Options(rows...).Value(&value)
	if len(rows) > visibleRows {
		field = field.Height(visibleRows + 1)
	}
	return value, t.ask(ctx, field)
}

// visibleRows is how many options are shown at once; more are scrolled.
const visibleRows = 12

// Line is a question that is answered with one line.
type Line struct {
	Title string
	Note  func(answer string) string // what stands below the title, and follows the answer; nil for nothing
	Check func(answer string) error  // what is wrong with an answer; nil for nothing
	Start string                     // the answer to begin with
}

// Input asks for a line.
func (t *Terminal) Input(ctx context.Context, q Line) (string, error) {
	title := q.Title
	if t.Accessible {
		title += " " + standing(q.Start)
		if q.Note != nil && q.Note("") != "" {
			title += "(" + q.Note("") + ") "
		}
	}
	given := &answer{Text: q.Start}
	field := huh.NewInput().Title(title).Accessor(given)
	if q.Note != nil {
		field = field.DescriptionFunc(func() string { return q.Note(given.Get()) }, given)
	}
	if q.Check != nil {
		field = field.Validate(q.Check)
	}
	err := t.ask(ctx, field)
	return given.Get(), err
}

// answer is what was typed so far: the library makes what follows it in another goroutine. Text is exported since the
// library tells from the exported fields whether it changed.
type answer struct {
	mu   sync.Mutex
	Text string
}

// Get gives the text.
func (a *answer) Get() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.Text
}

// Set changes the text.
func (a *answer) Set(text string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.Text = text
}

// standing shows in accessible mode what an empty answer means.
func standing(start string) string {
	if start == "" {
		return ""
	}
	return "[" + start + "] "
}

// Text asks for several lines, in accessible mode until an empty one.
func (t *Terminal) Text(ctx context.Context, title, start string) (string, error) {
	if t.Accessible {
		return t.textByLines(ctx, title, start)
	}
	value := start
	err := t.ask(ctx, huh.NewText().Title(title).Lines(6).ExternalEditor(false).Value(&value))
	return value, err
}

func (t *Terminal) textByLines(ctx context.Context, title, start string) (string, error) {
	if start != "" {
		keep, err := t.Confirm(ctx, title+": keep what is there?", true)
		if keep || err != nil {
			return start, err
		}
	}
	title += " (an empty line ends it)"
	var lines []string
	for {
		line, err := t.Input(ctx, Line{Title: title})
		if err != nil || line == "" {
			return strings.Join(lines, "\n"), err
		}
		lines = append(lines, line)
		title = "…"
	}
}

// Confirm asks for a yes or a no.
func (t *Terminal) Confirm(ctx context.Context, title string, start bool) (bool, error) {
	value := start
	err := t.ask(ctx, huh.NewConfirm().Title(title).Affirmative("Yes").Negative("No").Value(&value))
	return value, err
}
