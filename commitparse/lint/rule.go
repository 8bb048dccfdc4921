package lint

import (
	"fmt"
)

// Rule is one row of the table.
type Rule struct {
	Name string
	Doc  string // what the rule asks, in one or two plain sentences
	Mend string // what to do with a message that fails
	// MendNever is the same where the setting says never, if that is another thing.
	MendNever string
	// Good pass and Bad fail under Default.
	Good, Bad []string
	Default   Setting
	// Own says that commitlint doesn't know the rule.
	Own bool

	value valueKind
	check func(*Message, Setting) *finding
	// fix gives messages that may pass in place of one that fails, the best first; nil where that would be a guess.
	fix func(*Message, Setting) []string
}

// finding is what a check has against a message.
type finding struct {
	text string
	at   spot
}

// Rules gives all rules, commitlint's first, each group by name.
func Rules() []Rule {
	rules := make([]Rule, len(table))
	for i, r := range table {
		rules[i] = *r
	}
	return rules
}

// RuleByName gives the rule of that name.
func RuleByName(name string) (Rule, bool) {
	for _, r := range table {
		if r.Name == name {
			return *r, true
		}
	}
	return Rule{}, false
}

// HowToMend says what to do with a message that fails under a setting.
func (r Rule) HowToMend(s Setting) string {
	if s.Never && r.MendNever != "" {
		return r.MendNever
	}
	return r.Mend
}

// Fixable says whether Fix knows a mend for some of the messages that fail.
func (r Rule) Fixable() bool { return r.fix != nil }

// Judge says what is wrong with a setting of the rule; nil where nothing is.
func (r Rule) Judge(s Setting) error {
	if s.Level < Off || s.Level > Error {
		return fmt.Errorf("the level must be 0, 1 or 2, not %d", s.Level)
	}
	if s.Level == Off {
		return nil
	}
	return judgeValue(r.value, s.Value)
}

// judge makes the finding of a rule that asks for one thing, and with never for its contrary.
func judge(s Setting, holds bool, must, mustNot string, at spot) *finding {
	switch {
	case holds != s.Never:
		return nil
	case s.Never:
		return &finding{mustNot, at}
	}
	return &finding{must, at}
}
