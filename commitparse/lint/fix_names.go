package lint

import (
	"slices"
	"strings"
)

// aliases are names that people give to one type.
var aliases = [...][]string{
	{"feat", "feats", "feature", "features"},
	{"fix", "fixes", "fixed", "bug", "bugs", "bugfix", "bugfixes", "hotfix"},
	{"docs", "doc", "documentation"},
	{"test", "tests", "testing"},
	{"perf", "performance"},
	{"refactor", "refactors", "refactoring"},
	{"style", "styles", "styling"},
	{"build", "builds"},
	{"chore", "chores"},
	{"revert", "reverts"},
}

// fixTypeName gives the header with the one type of the setting that the type is another name of.
func fixTypeName(m *Message, s Setting) []string {
	types := texts(s.Value)
	if s.Never {
		return nil
	}
	if same := theOnly(types, func(t string) bool { return strings.EqualFold(t, m.Type) }); same != "" {
		return []string{m.replaced(m.atType(), same)}
	}
	for _, names := range aliases {
		if !slices.Contains(names, strings.ToLower(m.Type)) {
			continue
		}
		if meant := theOnly(types, func(t string) bool { return slices.Contains(names, t) }); meant != "" {
			return []string{m.replaced(m.atType(), meant)}
		}
	}
	return nil
}

// fixScopeName gives the header with each part of the scope written as the one of the setting that differs in case only.
func fixScopeName(m *Message, s Setting) []string {
	value, delimiters := scopeSetting(s.Value, "scopes")
	if s.Never {
		return nil
	}
	scopes := texts(value)
	scope := eachSegment(m.Scope, delimiters, func(part string) string {
		if same := theOnly(scopes, func(one string) bool { return strings.EqualFold(one, part) }); same != "" && !slices.Contains(scopes, part) {
			return same
		}
		return part
	})
	return []string{m.replaced(m.atScope(), scope)}
}

// theOnly gives the one that fits; "" where none does, or several.
func theOnly(names []string, fits func(string) bool) string {
	i := slices.IndexFunc(names, fits)
	if i < 0 || slices.IndexFunc(names[i+1:], fits) >= 0 {
		return ""
	}
	return names[i]
}
