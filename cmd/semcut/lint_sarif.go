package main

import (
	"net/url"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/semcut/semcut/commitparse/lint"
)

// writeLintSARIF prints a log in the Static Analysis Results Interchange Format 2.1.0. A message lies in the file that it
// was read from; that of a commit, which lies in none, in a place that is named by its hash.
func writeLintSARIF(a *app, r *lintReport) error {
	report, err := newSARIF(r)
	if err != nil {
		return err
	}
	return report.PrettyWrite(a.Out)
}

func newSARIF(r *lintReport) (*sarif.Report, error) {
	run := sarif.NewRunWithInformationURI("semcut", "https://github.com/semcut/semcut")
	index := map[string]int{}
	for _, one := range r.results {
		for _, problems := range [][]lint.Problem{one.Errors, one.Warnings} {
			for _, p := range problems {
				if _, known := index[p.Rule]; !known {
					index[p.Rule] = len(index)
					rule, _ := lint.RuleByName(p.Rule)
					run.AddRule(p.Rule).WithShortDescription(sarif.NewMultiformatMessageString(rule.Doc)).WithHelp(sarif.NewMultiformatMessageString(rule.Doc))
				}
				run.AddResult(resultSARIF(one, p, index[p.Rule]))
			}
		}
	}
	language := "en-US"
	run.WithColumnKind("unicodeCodePoints").WithLanguage(language).WithNewlineSequences([]string{"\r\n", "\n"})
	run.Tool.Driver.Language = &language
	report, err := sarif.New(sarif.Version210)
	if err == nil {
		report.AddRun(run)
	}
	return report, err
}

func resultSARIF(one lintResult, p lint.Problem, index int) *sarif.Result {
	region := sarif.NewRegion().WithStartLine(p.Line).WithStartColumn(p.Col)
	if p.Width > 0 {
		region.WithEndColumn(p.Col + p.Width)
	}
	where := sarif.NewSimpleArtifactLocation((&url.URL{Path: one.place()}).String())
	location := sarif.NewLocation().WithPhysicalLocation(sarif.NewPhysicalLocation().WithArtifactLocation(where).WithRegion(region))
	return sarif.NewRuleResult(p.Rule).WithRuleIndex(index).WithLevel(levelName(p.Level)).
		WithMessage(sarif.NewTextMessage(p.Text)).WithLocations([]*sarif.Location{location})
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
