package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/semcut/semcut/internal/secret"
	"github.com/semcut/semcut/release"
)

// The exit statuses. The same table stands in every help text.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitLint        = 3
	exitNothing     = 4
	exitInterrupted = 130
)

const exitTable = `Exit status:
  0    done, or nothing to do
  1    failed
  2    wrong usage or configuration
  3    lint found errors
  4    nothing to release, only where --exit-code was given
  130  interrupted
`

// errNothing is what --exit-code turns "nothing to release" into. It has been said already.
var errNothing = errors.New("nothing to release")

// exitCode is the only reader of release.Error's code that decides about the process.
func exitCode(err error) int {
	code := release.CodeOf(err)
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errNothing):
		return exitNothing
	case errors.Is(err, errLint), code == release.CodeLint:
		return exitLint
	case code == release.CodeInterrupted, errors.Is(err, context.Canceled):
		return exitInterrupted
	case strings.HasPrefix(string(code), "usage"), strings.HasPrefix(string(code), "config"):
		return exitUsage
	}
	return exitFailed
}

// report says what went wrong: one line, and one more with the mend.
func report(w io.Writer, err error, asJSON bool) {
	if err == nil || errors.Is(err, errNothing) || errors.Is(err, errLint) {
		return
	}
	if errors.Is(err, context.Canceled) {
		err = release.Errorf(release.CodeInterrupted, "run the same command again: it finishes what was begun", "interrupted")
	}
	e, ok := errors.AsType[*release.Error](err)
	if !ok {
		e = &release.Error{Code: "failed", Err: err}
	}
	message := secret.Hidden(oneLine(err.Error()))
	if asJSON {
		type body struct {
			Code    string `json:"code"`
			Message string `json:"message"`
			Hint    string `json:"hint"`
		}
		data, _ := json.Marshal(map[string]body{"error": {string(e.Code), message, oneLine(e.Hint)}})
		fmt.Fprintf(w, "%s\n", data)
		return
	}
	fmt.Fprintf(w, "semcut: %s\n", message)
	if e.Hint != "" {
		fmt.Fprintf(w, "  hint: %s\n", oneLine(e.Hint))
	}
}

// oneLine folds a text into one line and takes out what a terminal would obey.
func oneLine(text string) string {
	text = strings.TrimSpace(text)
	if isShown(text) {
		return uncommanded(text) // as most
	}
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\t':
			return ' '
		case obeyed(r):
			return '?'
		}
		return r
	}, text)
	return uncommanded(strings.ToValidUTF8(text, "?"))
}

// isShown says whether a text is of ASCII characters that show something, and blanks.
func isShown(text string) bool {
	for i := range len(text) {
		if text[i] < ' ' || text[i] > '~' {
			return false
		}
	}
	return true
}
