package lint

import (
	"strings"

	"github.com/semcut/semcut/commitparse/internal/chars"
)

// Check judges a message. A blank one is valid, and nothing is checked of it. Rules that are not known are passed over,
// and of a setting that is wrong the answer is a guess: ask Config.Judge first.
func Check(text string, c Config) Result { return CheckChange(text, nil, c) }

// CheckChange is Check for a commit whose changed paths are known: some rules ask for them.
func CheckChange(text string, paths []string, c Config) Result {
	text = strings.ToValidUTF8(text, "\uFFFD")
	if chars.TrimSpace(text) == "" {
		return Result{Valid: true}
	}
	if c.ignores(text) {
		return Result{Valid: true, Ignored: true}
	}
	parser := c.Parser.normal()
	m := parse(text, &parser)
	m.Paths = paths
	if m.Header == "" && !m.bodyThere && !m.footerThere {
		return Result{Valid: true}
	}
	var r Result
	for _, asked := range c.Rules {
		if asked.Level == Off {
			continue
		}
		rule, ok := RuleByName(asked.Name)
		if !ok {
			continue
		}
		if f := rule.check(m, asked.Setting); f != nil {
			r.add(m, asked, f)
		}
	}
	r.Valid = len(r.Errors) == 0
	return r
}

func (r *Result) add(m *Message, asked RuleSetting, f *finding) {
	p := Problem{Rule: asked.Name, Level: asked.Level, Text: f.text}
	p.Line, p.Col, p.Width = m.resolve(f.at)
	if asked.Level == Error {
		r.Errors = append(r.Errors, p)
	} else {
		r.Warnings = append(r.Warnings, p)
	}
}

// ignores says whether a message is one that is not checked. The patterns see it without the white space at its end.
func (c Config) ignores(text string) bool {
	if !c.CheckAll && ignoredByDefault(text) {
		return true
	}
	text = trimEnd(text)
	for _, p := range c.Ignores {
		if p.FindStringSubmatchIndex(text) != nil {
			return true
		}
	}
	return false
}
