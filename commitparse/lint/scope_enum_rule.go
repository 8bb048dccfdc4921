package lint

import (
	"slices"
	"strings"
)

var scopeEnumRule = Rule{
	Name:      "scope-enum",
	Doc:       "The scope, or each part of it, is one of the given, or with never none is. Parts stand between \"/\", \"\\\" and \",\", or the delimiters of {scopes, delimiters}. An empty list allows all.",
	Mend:      "use one of the scopes that the setting lists",
	MendNever: "use another scope than those",
	Good:      []string{"feat(lid): a", "feat(lid,hinge): a", "feat: a"},
	Bad:       []string{"feat(box): a", "feat(lid,box): a"},
	Default:   Setting{Level: Error, Value: []any{"lid", "hinge"}},
	value:     scopesValue,
	fix:       fixScopeName,
	check: func(m *Message, s Setting) *finding {
		value, delimiters := scopeSetting(s.Value, "scopes")
		scopes := texts(value)
		if m.Scope == "" || len(scopes) == 0 {
			return nil
		}
		all, some := true, false
		for _, part := range segments(m.Scope, delimiters) {
			in := slices.Contains(scopes, part)
			all, some = all && in, some || in
		}
		list := "be one of [" + strings.Join(scopes, ", ") + "]"
		whole := slices.Contains(scopes, m.Scope)
		holds := all || whole
		if s.Never {
			holds = some || whole
		}
		return judge(s, holds, "scope must "+list, "scope must not "+list, m.atScope())
	},
}
