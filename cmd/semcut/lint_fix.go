package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"github.com/semcut/semcut/commitparse/lint"
	"github.com/semcut/semcut/release"
)

// mended is what --fix made of a message.
type mended struct {
	before string
	rules  []string // whose problems are gone
}

// mendAll mends messages as far as that needs no guess, and writes their files anew; what is left is the report.
func (r *lintReport) mendAll(asked []lintMessage) error {
	for _, m := range asked {
		fixed := lint.FixChange(m.text, m.paths, r.config.Config)
		if m.draft != nil && len(fixed.Rules) > 0 {
			whole := m.draft.with(fixed.Text)
			if m.draft.scattered || m.draft.mode.clean(whole) != fixed.Text { // git would read another message in it
				fixed = lint.Fixed{Text: m.text, Left: lint.CheckChange(m.text, m.paths, r.config.Config)}
			} else if err := m.draft.write(whole); err != nil {
				return err
			}
		}
		before := m.text
		m.text = fixed.Text
		r.add(lintResult{m, fixed.Left, &mended{before, fixed.Rules}})
	}
	return nil
}

// write writes the file anew. What is no plain file, such as a pipe, can't be.
func (d draftFile) write(text string) error {
	if info, err := os.Stat(d.path); err != nil || !info.Mode().IsRegular() {
		return release.Errorf(release.CodeFile, "pipe the message in, and it is printed", "mending %q: it is no plain file", d.path)
	}
	return writeFile(d.path, []byte(text))
}

// canMend says why messages can't be mended; nil where they can.
func (o lintOptions) canMend(asked []lintMessage) error {
	for _, m := range asked {
		switch {
		case m.hash != "":
			return release.Errorf(release.CodeUsage, "mend the last commit with git commit --amend, others with git rebase --interactive",
				"mending the message of %.10s: commits can't be changed", m.hash)
		case m.draft == nil && o.Format != "text" && o.Format != "json":
			return release.Errorf(release.CodeUsage, "name a file, or write --format text or json", "mending the message: --format %s has no place for it", o.Format)
		}
	}
	return nil
}

// printMended shows what was changed in files. Messages that came in by other ways are the result then: it prints them, and
// gives the app that prints the report beside them.
func (r *lintReport) printMended(a *app) (*app, error) {
	out, beside := bufio.NewWriter(a.Out), a
	for _, one := range r.results {
		switch {
		case one.mended == nil:
		case one.draft == nil:
			if r.nul {
				fmt.Fprint(out, one.text+"\x00")
			} else {
				fmt.Fprintln(out, strings.TrimRight(one.text, "\n"))
			}
			copied := *a
			copied.Out, copied.OutTTY = a.Err, a.ErrTTY
			beside = &copied
		case len(one.mended.rules) > 0:
			fmt.Fprintf(out, "mended %s: %s\n%s\n", oneLine(one.name()), strings.Join(one.mended.rules, ", "), changedLines(one.mended.before, one.text))
		}
	}
	return beside, out.Flush()
}

// changedLines is a diff without its headings, made harmless.
func changedLines(before, after string) string {
	var b strings.Builder
	for i, line := range strings.Split(udiff.Unified("", "", before, after), "\n") {
		if i > 1 && line != "" && !strings.HasPrefix(line, "@@") && !strings.HasPrefix(line, `\`) {
			b.WriteString("  " + uncommanded(harmless(line)) + "\n")
		}
	}
	return b.String()
}
