package compose

import (
	"math"
	"slices"
	"strconv"

	"github.com/semcut/semcut/commitparse/lint"
)

// Style is what a linter's configuration says of the parts of a message.
type Style struct {
	Types       []Type // to choose from, the commonest first
	AnyType     bool   // others are allowed, too
	NoType      bool   // there must be none
	Scopes      []string
	AnyScope    bool // others than Scopes are allowed, too
	NoScope     bool
	ScopeNeeded bool
	NoBody      bool
	BodyNeeded  bool

	HeaderLimit            int  // in UTF-16 units, as commitlint counts; 0 for none
	BodyWidth, FooterWidth int  // where lines are wrapped; 0 for nowhere
	Bang                   bool // "!" may say that a change is breaking
	NoteNeeded             bool // a footer has to say it too

	config lint.Config
}

// Type is one kind of change with what it means.
type Type struct{ Name, About string }

// known are the types that people know from commitizen, in its order.
var known = []Type{
	{"feat", "a new feature"},
	{"fix", "a bug fix"},
	{"docs", "documentation only"},
	{"style", "white space, formatting and the like; the meaning of the code stays"},
	{"refactor", "a change of code that neither fixes a bug nor adds a feature"},
	{"perf", "a change of code that makes it faster"},
	{"test", "tests that were missing, or better ones"},
	{"build", "the build system, or what is depended on"},
	{"ci", "the configuration and scripts of CI"},
	{"chore", "other changes that touch neither source nor tests"},
	{"revert", "takes an earlier commit back"},
}

// defaultWidth is where bodies are wrapped if no rule says.
const defaultWidth = 72

// NewStyle reads a style from the rules.
func NewStyle(c lint.Config) Style {
	s := Style{config: c, HeaderLimit: limit(c, "header-max-length", 0)}
	s.BodyWidth = limit(c, "body-max-line-length", defaultWidth)
	s.FooterWidth = limit(c, "footer-max-line-length", 0)
	s.setTypes()
	s.setScopes()
	s.NoType = forbidden(c, "type-empty")
	s.NoScope, s.ScopeNeeded = forbidden(c, "scope-empty"), needed(c, "scope-empty")
	s.NoBody, s.BodyNeeded = forbidden(c, "body-empty"), needed(c, "body-empty")
	const note = "\n\nBREAKING CHANGE: a"
	s.Bang = s.errors("feat!: a"+note) <= s.errors("feat: a"+note)
	s.NoteNeeded = !s.Bang || s.errors("feat!: a") > s.errors("feat!: a"+note)
	return s
}

func (s *Style) errors(text string) int { return len(lint.Check(text, s.config).Errors) }

func (s *Style) setTypes() {
	setting, on := active(s.config, "type-enum")
	names := texts(setting.Value)
	switch {
	case !on || len(names) == 0 && !setting.Never:
		s.Types, s.AnyType = known, true
		return
	case setting.Never:
		s.AnyType = true
		s.Types = slices.DeleteFunc(slices.Clone(known), func(t Type) bool { return slices.Contains(names, t.Name) })
		return
	}
	for _, t := range known {
		if slices.Contains(names, t.Name) {
			s.Types = append(s.Types, t)
		}
	}
	for _, name := range names {
		if !slices.ContainsFunc(s.Types, func(t Type) bool { return t.Name == name }) {
			s.Types = append(s.Types, Type{Name: name})
		}
	}
}

func (s *Style) setScopes() {
	setting, on := active(s.config, "scope-enum")
	value := setting.Value
	if object, ok := value.(map[string]any); ok {
		value = object["scopes"]
	}
	if names := texts(value); on && !setting.Never && len(names) > 0 {
		s.Scopes = names
		return
	}
	s.AnyScope = true
}

// active gives the setting of a rule that is on.
func active(c lint.Config, rule string) (lint.Setting, bool) {
	s, asked := c.Setting(rule)
	return s, asked && s.Level != lint.Off
}

// needed and forbidden are the two ways of a rule that asks whether a part is empty.
func needed(c lint.Config, rule string) bool {
	s, on := active(c, rule)
	return on && s.Never
}

func forbidden(c lint.Config, rule string) bool {
	s, on := active(c, rule)
	return on && !s.Never
}

// limit reads a length; JavaScript's "100" is one, too.
func limit(c lint.Config, rule string, without int) int {
	setting, on := active(c, rule)
	n, _ := setting.Value.(float64)
	if text, ok := setting.Value.(string); ok {
		n, _ = strconv.ParseFloat(text, 64)
	}
	if !on || n < 1 || n > math.MaxInt32 {
		return without
	}
	return int(n)
}

func texts(value any) []string {
	list, _ := value.([]any)
	var found []string
	for _, item := range list {
		if s, ok := item.(string); ok {
			found = append(found, s)
		}
	}
	return found
}
