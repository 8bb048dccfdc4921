package main

import (
	"bufio"
	"fmt"
	"slices"
	"strings"

	"github.com/semcut/semcut/commitparse/lint"
)

// writeLintActions prints commands from which GitHub Actions makes annotations.
func writeLintActions(a *app, r *lintReport) error {
	out := bufio.NewWriter(a.Out)
	for _, one := range r.results {
		for _, p := range slices.Concat(one.Errors, one.Warnings) {
			header, _, _ := strings.Cut(strings.TrimLeft(one.text, "\r\n"), "\n")
			text := fmt.Sprintf("%s\n%d:%d of %s %q", p.Text, p.Line, p.Col, one.name(), shorten(oneLine(header), 100))
			out.WriteString(annotation(p.Level, one.name()+" "+p.Rule, text))
		}
	}
	return out.Flush()
}

// annotation is the command from which GitHub Actions makes one.
func annotation(level lint.Level, title, text string) string {
	return fmt.Sprintf("::%s title=%s::%s\n", levelName(level), escapeActions(title, true), escapeActions(text, false))
}

// levelName is a level in words.
func levelName(l lint.Level) string {
	if l == lint.Warning {
		return "warning"
	}
	return "error"
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
