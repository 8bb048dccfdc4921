package lint

import "fmt"

// Config says what is checked, and how messages are read. It is plain data.
type Config struct {
	// Rules are in the order in which they are checked.
	Rules  []RuleSetting
	Parser Parser
	// CheckAll drops the default ignores: merge commits and the like are checked, too.
	CheckAll bool
	// Ignores match messages that nobody checks.
	Ignores []Pattern
}

// Set asks for a rule, in its place if there was one of that name, else after all others.
func (c *Config) Set(name string, s Setting) {
	for i := range c.Rules {
		if c.Rules[i].Name == name {
			c.Rules[i].Setting = s
			return
		}
	}
	c.Rules = append(c.Rules, RuleSetting{name, s})
}

// Setting gives how a rule is asked for; ok is false where it isn't.
func (c Config) Setting(name string) (s Setting, ok bool) {
	for _, r := range c.Rules {
		if r.Name == name {
			return r.Setting, true
		}
	}
	return s, false
}

// Judge says what is wrong with the configuration; nil where nothing is.
func (c Config) Judge() error {
	for _, r := range c.Rules {
		rule, ok := RuleByName(r.Name)
		if !ok {
			return fmt.Errorf("the rule %q is not known", r.Name)
		}
		if err := rule.Judge(r.Setting); err != nil {
			return fmt.Errorf("rule %q: %w", r.Name, err)
		}
	}
	return nil
}

// Conventional is @commitlint/config-conventional 21.
func Conventional() Config {
	c := Config{Parser: ConventionalParser()}
	c.Set("body-leading-blank", Setting{Level: Warning})
	c.Set("body-max-line-length", Setting{Level: Error, Value: 100.0})
	c.Set("footer-leading-blank", Setting{Level: Warning})
	c.Set("footer-max-line-length", Setting{Level: Error, Value: 100.0})
	c.Set("header-max-length", Setting{Level: Error, Value: 100.0})
	c.Set("header-trim", Setting{Level: Error})
	setCommon(&c)
	c.Set("type-enum", Setting{Level: Error, Value: []any{"build", "chore", "ci", "docs", "feat", "fix", "perf", "refactor", "revert", "style", "test"}})
	return c
}

// Angular is @commitlint/config-angular 21.
func Angular() Config {
	c := Config{Parser: AngularParser()}
	c.Parser.Header = LooseHeader
	c.Set("subject-exclamation-mark", Setting{Level: Error, Never: true})
	c.Set("body-leading-blank", Setting{Level: Warning})
	c.Set("footer-leading-blank", Setting{Level: Warning})
	c.Set("header-max-length", Setting{Level: Error, Value: 72.0})
	c.Set("scope-case", Setting{Level: Error, Value: "lower-case"})
	setCommon(&c)
	c.Set("type-enum", Setting{Level: Error, Value: []any{"build", "ci", "docs", "feat", "fix", "perf", "refactor", "revert", "style", "test"}})
	return c
}

// setCommon sets what both ask for in the same words.
func setCommon(c *Config) {
	c.Set("subject-case", Setting{Level: Error, Never: true, Value: []any{"sentence-case", "start-case", "pascal-case", "upper-case"}})
	c.Set("subject-empty", Setting{Level: Error, Never: true})
	c.Set("subject-full-stop", Setting{Level: Error, Never: true, Value: "."})
	c.Set("type-case", Setting{Level: Error, Value: "lower-case"})
	c.Set("type-empty", Setting{Level: Error, Never: true})
}
