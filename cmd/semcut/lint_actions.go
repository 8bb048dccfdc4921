package main

import (
	"bufio"
	"fmt"
	"strings"

	"github.com/semcut/semcut/commitparse/lint"
)

// writeLintActions prints commands from which GitHub Actions makes annotations.
func writeLintActions(a *app, r *lintReport) error {
	out := bufio.NewWriter(a.Out)
	for _, one := range r.results {
		for _, p := range append(append([]lint.Problem{}, one.Errors...), one.Warnings...) {
			level := "error"
			if p.Level == lint.Warning {
				level = "warning"
			}
			header, _, _ := strings.Cut(strings.TrimLeft(one.text, "\r\n"), "\n")
			title := fmt.Sprintf("%s %s", one.name(), p.Rule)
			text := fmt.Sprintf("%s\n%d:%d of %s %q", p.Text, p.Line, p.Col, one.name(), shorten(oneLine(header), 100))
			fmt.Fprintf(out, "::%s title=%s::%s\n", level, escapeActions(title, true), escapeActions(text, false))
		}
	}
	return out.Flush()
}

// escapeActions writes a text so that the runner takes it as one value.
func escapeActions(text string, property bool) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		lines[i] = harmless(l)
	}
	text = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(strings.Join(lines, "\n"))
	if property {
		text = strings.NewReplacer(":", "%3A", ",", "%2C").Replace(text)
	}
	return text
}
