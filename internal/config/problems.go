package config

import (
	"fmt"
	"slices"

	"github.com/semcut/semcut/release"
)

// Misplaced is the part of an error that says where in a file something is wrong, and what.
type Misplaced struct {
	File         string
	Line, Column int // 0 where they aren't known
	Text         string
}

func (m *Misplaced) Error() string { return place(m.File, m.Line, m.Column) + ": " + m.Text }

// InFile says whether it is about a file, not about the environment or the command line.
func (m *Misplaced) InFile() bool { return m.File != environment && m.File != commandLine }

// wrongAt makes the error for a place in a file.
func wrongAt(code release.Code, hint, file string, line, col int, format string, args ...any) error {
	return release.Errorf(code, hint, "reading %w", &Misplaced{file, line, col, fmt.Sprintf(format, args...)})
}

// problems collects what is wrong with a configuration, each once. Without one the first error ends the reading.
type problems struct{ found []error }

// pass gives an error on, or keeps it, so that reading goes on behind it.
func (p *problems) pass(err error) error {
	if p == nil || err == nil {
		return err
	}
	if !slices.ContainsFunc(p.found, func(known error) bool { return known.Error() == err.Error() }) {
		p.found = append(p.found, err)
	}
	return nil
}

// any says whether something was kept.
func (p *problems) any() bool { return p != nil && len(p.found) > 0 }
