package lint

import (
	"strings"
)

var trailerExistsRule = Rule{
	Name:      "trailer-exists",
	Doc:       "One of the trailers that \"git interpret-trailers\" finds begins with the given text.",
	Mend:      "add the trailer in the last paragraph, such as with \"git commit --trailer\"",
	MendNever: "take the trailer out",
	Good:      []string{"feat: a\n\nRefs: #1"},
	Bad:       []string{"feat: a", "feat: a\n\nRefs: #1\n\nThe lid turns."},
	Default:   Setting{Level: Error, Value: "Refs:"},
	value:     textValue,
	check: func(m *Message, s Setting) *finding {
		value, has := textOr(s.Value, ""), false
		if has = value == ""; !has {
			for _, t := range trailers(m.Raw) {
				has = has || strings.HasPrefix(t, value)
			}
		}
		end := "have `" + value + "` trailer"
		return judge(s, has, "message must "+end, "message must not "+end, m.wholeFooter())
	},
}
