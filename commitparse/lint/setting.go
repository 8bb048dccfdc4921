package lint

// Level says what a failed rule is: commitlint's 0, 1 and 2.
type Level int

// The levels.
const (
	Off Level = iota
	Warning
	Error
)

// Setting is how one rule is asked for.
type Setting struct {
	Level Level
	Never bool // the rule must not hold
	// Value is what the rule compares with, in the types of JSON: nil, a string, a float64, a bool, a []any or a
	// map[string]any.
	Value any
}

// RuleSetting is the setting of the rule with that name.
type RuleSetting struct {
	Name string
	Setting
}

// Problem is what one rule has against a message. Line and column count from 1, columns in characters; Width is how many
// characters the spot has, and may be 0.
type Problem struct {
	Rule  string
	Level Level
	Text  string

	Line, Col, Width int
}

// Result is the judgement on one message.
type Result struct {
	Valid    bool // no rule of level Error failed
	Ignored  bool // it is one of those that nobody checks, such as a merge commit
	Errors   []Problem
	Warnings []Problem
}
