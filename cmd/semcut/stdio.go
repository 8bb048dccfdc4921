package main

import (
	"bytes"
	"io"
	"os"
	"strings"
	"sync"

	"golang.org/x/term"
)

// stdio are the streams of one run. Results go to Out, everything else to Err.
type stdio struct {
	In       io.Reader
	Out, Err io.Writer
	OutTTY   bool
	ErrTTY   bool
	InTTY    bool
	Width    func() int // of the terminal, 0 where it doesn't tell; nil where there is none
	// Console is the terminal that a person sits at, for questions and for programs that talk to people; nil where nobody does.
	Console *console
}

// console is a terminal with its files as they are: what is drawn on it must not wait for the end of a line.
type console struct{ In, Out *os.File }

// newConsole finds the terminal: questions go to standard error, or where that leads elsewhere to standard output.
func newConsole(in, out, errs *os.File, tty func(*os.File) bool) *console {
	switch {
	case !tty(in):
		return nil
	case tty(errs):
		return &console{in, errs}
	case tty(out):
		return &console{in, out}
	}
	return nil
}

func systemStdio() stdio {
	tty := func(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }
	width := func() int {
		w, _, err := term.GetSize(int(os.Stdout.Fd()))
		if err != nil {
			return 0
		}
		return w
	}
	return stdio{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, OutTTY: tty(os.Stdout), ErrTTY: tty(os.Stderr), InTTY: tty(os.Stdin), Width: width,
		Console: newConsole(os.Stdin, os.Stdout, os.Stderr, tty)}
}

// masked is a writer that hides credentials. It passes whole lines on, so that one that is written in
// two pieces is seen; Flush writes what is left.
type masked struct {
	mu      sync.Mutex
	to      io.Writer
	secrets *secrets
	held    bytes.Buffer
}

func (m *masked) Write(p []byte) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var err error
	end := bytes.LastIndexAny(p, "\n\r") + 1
	switch {
	case end == 0:
	case m.held.Len() == 0 && m.secrets.none():
		_, err = m.to.Write(p[:end])
	default:
		m.held.Write(p[:end])
		err = m.pass()
	}
	m.held.Write(p[end:])
	return len(p), err
}

// WriteString does the same without a copy of what may be large.
func (m *masked) WriteString(text string) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var err error
	end := strings.LastIndexAny(text, "\n\r") + 1
	switch {
	case end == 0:
	case m.held.Len() > 0:
		m.held.WriteString(text[:end])
		err = m.pass()
	default:
		_, err = io.WriteString(m.to, m.secrets.Hide(text[:end]))
	}
	m.held.WriteString(text[end:])
	return len(text), err
}

// pass passes on what was held.
func (m *masked) pass() error {
	_, err := io.WriteString(m.to, m.secrets.Hide(m.held.String()))
	m.held.Reset()
	return err
}

// Flush writes the last line, which no newline ended.
func (m *masked) Flush() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.pass()
}
