package main

import (
	"strings"

	"github.com/semcut/semcut/commitparse/lint"
	"github.com/semcut/semcut/internal/compose"
)

// judge tells of what the linter has against a message; errors are one, unless hooks are passed over anyway.
func (c *committing) judge(text string) error {
	if c.tell(text) && !c.o.git.noVerify() {
		return errLint
	}
	return nil
}

// tell shows what the linter has against a message, and says whether there are errors.
func (c *committing) tell(text string) (failed bool) {
	report := &lintReport{url: c.rules.HelpURL, config: c.rules}
	report.checkAll([]lintMessage{{text: text}})
	aside := *c.a // what is told here is no result
	aside.Out, aside.OutTTY, aside.Verbose = c.a.Err, c.a.ErrTTY, false
	_ = writeLintText(&aside, report) // nobody is left to tell
	return report.errors > 0
}

// headerProblem says what the linter has against a first line, "" for nothing. What it has against the rest, which isn't
// written yet, doesn't count.
func (c *committing) headerProblem(p compose.Parts) string {
	for _, e := range lint.Check(c.style.Header(p), c.rules.Config).Errors {
		part, _, _ := strings.Cut(e.Rule, "-")
		switch part {
		case "header", "type", "scope", "subject":
			return e.Text
		}
	}
	return ""
}
