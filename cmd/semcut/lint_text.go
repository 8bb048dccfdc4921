package main

import (
	"bufio"
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/semcut/semcut/commitparse/lint"
)

// The looks of problems on a terminal.
const (
	errorLook   = "\x1b[1;31m"
	warningLook = "\x1b[1;33m"
	faintLook   = "\x1b[2m"
)

// writeLintText tells of problems as a compiler does: the line, a caret under the spot, the rule, and how to mend it. Of
// messages without problems it says nothing.
func writeLintText(a *app, r *lintReport) error {
	a, err := r.printMended(a)
	if err != nil {
		return err
	}
	out := &lintPage{Writer: bufio.NewWriter(a.Out), coloured: a.coloured() && (a.OutTTY || a.Color == "always")}
	bad := 0
	for _, one := range r.results {
		if len(one.Errors)+len(one.Warnings) == 0 {
			if a.Verbose {
				out.print("", fmt.Sprintf("%s: %s\n", one.name(), fine(one)))
			}
			continue
		}
		bad++
		out.message(one, r.mend)
	}
	if bad > 0 {
		of := ""
		if len(r.results) > 1 {
			of = fmt.Sprintf(" in %d of %d messages", bad, len(r.results))
		}
		out.print("", fmt.Sprintf("%s, %s%s\n", counted(r.errors, "error"), counted(r.warnings, "warning"), of))
		if r.url != "" {
			out.print("", "see "+oneLine(r.url)+"\n")
		}
	}
	return out.Flush()
}

func fine(one lintResult) string {
	if one.Ignored {
		return "not checked"
	}
	return "fine"
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// lintPage is text for people.
type lintPage struct {
	*bufio.Writer
	coloured bool
}

func (p *lintPage) print(look, text string) {
	if p.coloured && look != "" {
		text = look + text + noLook
	}
	_, _ = p.WriteString(text) // Flush tells
}

func (p *lintPage) message(one lintResult, mend func(rule string) string) {
	lines := strings.Split(one.text, "\n")
	if one.hash != "" {
		header := ""
		for _, l := range lines {
			if header = oneLine(l); header != "" {
				break
			}
		}
		p.print("", one.name()+" "+shorten(header, 100)+"\n\n")
	}
	for _, problem := range one.Errors {
		p.problem(one, lines, problem, mend(problem.Rule))
	}
	for _, problem := range one.Warnings {
		p.problem(one, lines, problem, mend(problem.Rule))
	}
}

func (p *lintPage) problem(one lintResult, lines []string, problem lint.Problem, mend string) {
	look := errorLook
	if problem.Level == lint.Warning {
		look = warningLook
	}
	p.print(look, levelName(problem.Level))
	p.print("", ": "+oneLine(problem.Text))
	p.print(faintLook, " ["+problem.Rule+"]")
	p.print("", fmt.Sprintf("\n  --> %s:%d:%d\n", oneLine(one.name()), problem.Line, problem.Col))
	if problem.Line <= len(lines) {
		number := fmt.Sprint(problem.Line)
		shown, before, width := excerpt(lines[problem.Line-1], problem.Col, problem.Width)
		p.print(faintLook, "  "+number+" | ")
		p.print("", shown+"\n")
		p.print(faintLook, "  "+strings.Repeat(" ", len(number))+" | ")
		p.print("", strings.Repeat(" ", before))
		p.print(look, strings.Repeat("^", max(1, width))+"\n")
	}
	p.print("", "  = "+mend+"\n\n")
}

// excerptWidth is how much of a long line is shown.
const excerptWidth = 100

// excerpt gives what is shown of a line, harmless and cut to the neighbourhood of the spot, with the columns on the screen
// before the spot and of the spot.
func excerpt(line string, col, width int) (shown string, before, spot int) {
	runes := []rune(strings.TrimSuffix(line, "\r"))
	from, to := min(col-1, len(runes)), min(col-1+width, len(runes))
	start, end := 0, len(runes)
	if end > excerptWidth {
		start = max(0, from-excerptWidth/2)
		end = min(len(runes), start+excerptWidth)
		to = min(to, end)
	}
	left, mark := "", ""
	if start > 0 {
		mark = "…"
	}
	left = mark + visible(runes[start:from])
	middle := visible(runes[from:to])
	shown = left + middle + visible(runes[to:end])
	if end < len(runes) {
		shown += "…"
	}
	return uncommanded(shown), ansi.StringWidth(left), ansi.StringWidth(middle)
}

// visible shows blanks at the end of a line, and in the place of what a terminal obeys, one character.
func visible(runes []rune) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case obeyed(r):
			return '?'
		}
		return r
	}, string(runes))
}
