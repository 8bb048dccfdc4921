package prompt

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"

	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
)

// ErrStopped says that the person pressed Ctrl-C or closed the input, or that the program was told to end.
var ErrStopped = errors.New("stopped at a question")

// Terminal is where questions are asked.
type Terminal struct {
	In         io.Reader
	Out        io.Writer
	Accessible bool
	Coloured   bool

	lines *lineReader
}

// ask runs one question: drawn, or in accessible mode by lines.
func (t *Terminal) ask(ctx context.Context, field huh.Field) error {
	if ctx.Err() != nil {
		return ErrStopped
	}
	if t.Accessible {
		return t.askByLines(ctx, field)
	}
	options := []tea.ProgramOption{tea.WithoutSignalHandler(), tea.WithInput(t.In), tea.WithOutput(t.Out)}
	if !t.Coloured {
		options = append(options, tea.WithColorProfile(colorprofile.ASCII))
	}
	form := huh.NewForm(huh.NewGroup(field)).WithShowHelp(true).WithTheme(huh.ThemeFunc(t.theme)).WithProgramOptions(options...)
	err := form.RunWithContext(ctx)
	if ctx.Err() != nil || errors.Is(err, huh.ErrUserAborted) {
		return ErrStopped
	}
	return err
}

// askByLines asks in accessible mode. The library has no way to hand on there that the input ended: the reader panics
// with that, through the library up to here.
func (t *Terminal) askByLines(ctx context.Context, field huh.Field) (err error) {
	if t.lines == nil {
		t.lines = &lineReader{from: bufio.NewReader(t.In)}
	}
	defer func() {
		switch end := recover().(type) {
		case nil:
		case inputEnd:
			if err = end.error; ctx.Err() != nil || errors.Is(err, io.EOF) {
				err = ErrStopped
			}
		default:
			panic(end)
		}
	}()
	return field.WithTheme(huh.ThemeFunc(huh.ThemeBase)).RunAccessible(t.Out, t.lines)
}

// inputEnd is why no more answers come.
type inputEnd struct{ error }

// theme takes the terminal's own colours, which people have chosen so that they can read them.
func (t *Terminal) theme(dark bool) *huh.Styles {
	if !t.Coloured {
		return huh.ThemeBase(dark)
	}
	s := huh.ThemeBase16(dark)
	s.Focused.Option, s.Focused.UnselectedOption = lipgloss.NewStyle(), lipgloss.NewStyle()
	return s
}

// lineReader gives one line a read: whoever asks once must not swallow the answers to the next questions.
type lineReader struct {
	from *bufio.Reader
	rest []byte
}

func (r *lineReader) Read(p []byte) (int, error) {
	if len(r.rest) == 0 {
		line, err := r.from.ReadBytes('\n')
		if len(line) == 0 {
			panic(inputEnd{err})
		}
		r.rest = line
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

// Say prints a line between questions.
func (t *Terminal) Say(line string) { fmt.Fprintln(t.Out, line) }

// Wanted says whether the environment asks for the accessible mode.
func Wanted(env func(string) string) bool {
	return env("ACCESSIBLE") != "" || env("TERM") == "dumb"
}
