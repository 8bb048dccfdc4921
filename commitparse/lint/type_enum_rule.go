package lint

import (
	"slices"
	"strings"
)

var typeEnumRule = Rule{
	Name:      "type-enum",
	Doc:       "The type is one of the given, or with never none of them.",
	Mend:      "use one of the types that the setting lists",
	MendNever: "use another type than those",
	Good:      []string{"feat: a", "fix: a", "no type at all"},
	Bad:       []string{"feature: a", "Feat: a"},
	Default:   Setting{Level: Error, Value: []any{"feat", "fix"}},
	value:     textsValue,
	fix:       fixTypeName,
	check: func(m *Message, s Setting) *finding {
		if m.Type == "" {
			return nil
		}
		types := texts(s.Value)
		list := "be one of [" + strings.Join(types, ", ") + "]"
		return judge(s, slices.Contains(types, m.Type), "type must "+list, "type must not "+list, m.atType())
	},
}
