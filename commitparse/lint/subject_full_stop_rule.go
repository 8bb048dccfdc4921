package lint

import (
	"strings"
)

var subjectFullStopRule = Rule{
	Name:      "subject-full-stop",
	Doc:       "The subject ends with the given character, or with never it does not. Three dots are no full stop.",
	Mend:      "end the header with that character",
	MendNever: "take the character at the end of the header out",
	Good:      []string{"feat: add a lid", "feat: add a lid...", "feat:"},
	Bad:       []string{"feat: add a lid."},
	Default:   Setting{Level: Error, Never: true, Value: "."},
	value:     textValue,
	fix:       fixHeaderStop,
	check: func(m *Message, s Setting) *finding {
		if colon := strings.IndexByte(m.Header, ':'); colon > 0 && colon == len(m.Header)-1 {
			return nil
		}
		stops := endsWith(m.Header, textOr(s.Value, ".")) && !strings.HasSuffix(m.Header, "...")
		at := m.atHeader(len(m.Header)-lastSize(m.Header), len(m.Header))
		return judge(s, stops, "subject must end with full stop", "subject may not end with full stop", at)
	},
}
