package main

import (
	"net/url"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/semcut/semcut/commitparse/lint"
)

// writeLintSARIF prints a log in the Static Analysis Results Interchange Format 2.1.0. A message lies in the file that it
// was read from; that of a commit, which lies in none, in a place that is named by its hash.
func writeLintSARIF(a *app, r *lintReport) error { return newSARIF(r).PrettyWrite(a.Out) }

func newSARIF(r *lintReport) *sarif.Report {
	run := sarif.NewRunWithInformationURI("semcut", "https://github.com/semcut/semcut")
	index := map[string]int{}
	for _, one := range r.results {
		for _, problems := range [][]lint.Problem{one.Errors, one.Warnings} {
			for _, p := range problems {
				if _, known := index[p.Rule]; !known {
					index[p.Rule] = len(index)
					run.Tool.Driver.AddRule(ruleSARIF(p.Rule))
				}
				run.AddResult(resultSARIF(one, p, index[p.Rule]))
			}
		}
	}
	if run.Results == nil {
		run.Results = []*sarif.Result{}
	}
	run.WithColumnKind("unicodeCodePoints")
	report := sarif.NewReport()
	return report.AddRun(run)
}

func ruleSARIF(name string) *sarif.ReportingDescriptor {
	rule, _ := lint.RuleByName(name)
	text := func(s string) *sarif.MultiformatMessageString { return sarif.NewMultiformatMessageString().WithText(s) }
	return sarif.NewReportingDescriptor().WithID(name).WithShortDescription(text(rule.Doc)).WithHelp(text(rule.Doc))
}

func resultSARIF(one lintResult, p lint.Problem, index int) *sarif.Result {
	level := "error"
	if p.Level == lint.Warning {
		level = "warning"
	}
	region := sarif.NewRegion().WithStartLine(p.Line).WithStartColumn(p.Col)
	if p.Width > 0 {
		region.WithEndColumn(p.Col + p.Width)
	}
	where := sarif.NewArtifactLocation().WithURI((&url.URL{Path: one.place()}).String())
	location := sarif.NewLocation().WithPhysicalLocation(sarif.NewPhysicalLocation().WithArtifactLocation(where).WithRegion(region))
	return sarif.NewResult().WithRuleID(p.Rule).WithRuleIndex(index).WithLevel(level).
		WithMessage(sarif.NewMessage().WithText(p.Text)).WithLocations([]*sarif.Location{location})
}

// place is a path for a message.
func (m lintMessage) place() string {
	switch {
	case m.hash != "":
		return "commit/" + m.hash
	case m.file != "":
		return m.file
	}
	return "message"
}
