package main

import (
	"encoding/json"

	"github.com/semcut/semcut/commitparse/lint"
)

// lintJSON is the contract of "semcut lint --json" (docs/cli.md).
type lintJSON struct {
	Valid   bool             `json:"valid"`
	Results []lintResultJSON `json:"results"`
}

type lintResultJSON struct {
	Hash     string            `json:"hash"`
	Input    string            `json:"input"`
	Valid    bool              `json:"valid"`
	Ignored  bool              `json:"ignored"`
	Errors   []lintProblemJSON `json:"errors"`
	Warnings []lintProblemJSON `json:"warnings"`
	*mendedJSON
}

// mendedJSON is there under --fix: lines and columns are those of Output then.
type mendedJSON struct {
	Output string   `json:"output"`
	Mended []string `json:"mended"`
}

type lintProblemJSON struct {
	Rule    string     `json:"rule"`
	Level   lint.Level `json:"level"`
	Message string     `json:"message"`
	Line    int        `json:"line"`
	Column  int        `json:"column"`
}

func writeLintJSON(a *app, r *lintReport) error {
	doc := lintJSON{Valid: r.errors == 0, Results: make([]lintResultJSON, 0, len(r.results))}
	for _, one := range r.results {
		result := lintResultJSON{
			Hash: one.hash, Input: one.text, Valid: one.Valid, Ignored: one.Ignored, Errors: problemsJSON(one.Errors), Warnings: problemsJSON(one.Warnings),
		}
		if one.mended != nil {
			result.Input = one.mended.before
			result.mendedJSON = &mendedJSON{one.text, append([]string{}, one.mended.rules...)}
		}
		doc.Results = append(doc.Results, result)
	}
	enc := json.NewEncoder(a.Out)
	enc.SetEscapeHTML(false)
	return enc.Encode(doc)
}

func problemsJSON(problems []lint.Problem) []lintProblemJSON {
	found := make([]lintProblemJSON, 0, len(problems))
	for _, p := range problems {
		found = append(found, lintProblemJSON{p.Rule, p.Level, p.Text, p.Line, p.Col})
	}
	return found
}
