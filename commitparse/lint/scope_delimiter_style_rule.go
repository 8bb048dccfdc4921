package lint

import (
	"slices"
	"strings"

	"github.com/semcut/semcut/commitparse/internal/chars"
)

var scopeDelimiterStyleRule = Rule{
	Name:      "scope-delimiter-style",
	Doc:       "What parts a scope is one of the given delimiters, by default \"/\", \"\\\" and \",\". All but ASCII letters, digits, \"-\" and \"_\" is a delimiter.",
	Mend:      "use one of the delimiters that the setting lists",
	MendNever: "use another delimiter than those",
	Good:      []string{"feat(lid/hinge): a", "feat(lid, hinge): a", "feat: a"},
	Bad:       []string{"feat(lid|hinge): a", "feat(lid hinge): a"},
	Default:   Setting{Level: Error},
	value:     textsValue,
	check: func(m *Message, s Setting) *finding {
		if m.Scope == "" {
			return nil
		}
		allowed := texts(s.Value)
		if len(allowed) == 0 {
			allowed = defaultDelimiters[:]
		}
		holds := true
		for _, d := range delimitersOf(m.Scope) {
			if chars.TrimSpace(d) == "," {
				d = ","
			}
			holds = holds && slices.Contains(allowed, d)
		}
		list := "be one of [" + strings.Join(allowed, ", ") + "]"
		return judge(s, holds, "scope delimiters must "+list, "scope delimiters must not "+list, m.atScope())
	},
}

// delimitersOf lists the runs of what is no part of a scope's names.
func delimitersOf(scope string) []string {
	return strings.FieldsFunc(scope, func(r rune) bool { return r < 0x80 && (r == '-' || chars.IsWord(byte(r))) })
}
