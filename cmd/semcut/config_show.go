package main

import (
	"bufio"
	"fmt"
	"text/tabwriter"

	"github.com/semcut/semcut/internal/config"
)

// printConfig prints the settings as a table, each on one line.
func printConfig(a *app, doc *configInForce) error {
	a.tell(doc.Warnings, doc.Notes)
	out := bufio.NewWriter(a.Out)
	switch {
	case doc.File == "":
		fmt.Fprintln(out, "no configuration file; the defaults are in force")
	case doc.Dialect == "semcut":
		fmt.Fprintf(out, "file: %s\n", oneLine(doc.File))
	default:
		fmt.Fprintf(out, "file: %s (%s)\n", oneLine(doc.File), doc.Dialect)
	}
	rows := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for i, s := range doc.Settings {
		if i == 0 {
			fmt.Fprint(rows, "\nKEY\tVALUE\tORIGIN\n")
		}
		fmt.Fprintf(rows, "%s\t%s\t%s\n", s.Key, valueCell(s.Value), originCell(s))
	}
	if err := rows.Flush(); err != nil {
		return err
	}
	return out.Flush()
}

// tell says what a person should know of a configuration.
func (a *app) tell(warnings, notes []string) {
	for _, w := range warnings {
		a.Log.Warn(w)
	}
	for _, n := range notes {
		a.Log.Info("note: " + n)
	}
}

// valueCell is a value on one line, cut to what fits beside its key.
func valueCell(value any) string {
	const width = 60
	return shorten(oneLine(config.Translated{Value: value}.YAMLOf()), width)
}

// originCell says where a value was written; where that is another key than its own, which.
func originCell(s settingRow) string {
	where := oneLine(s.Origin.String())
	if s.Origin.Kind == config.FromFile && s.Origin.Key != s.Key && s.Origin.Key != "" {
		where += " (" + oneLine(s.Origin.Key) + ")"
	}
	return where
}
