package lint

import (
	"strings"
)

var breakingChangeExclamationMarkRule = Rule{
	Name:      "breaking-change-exclamation-mark",
	Doc:       "A breaking change is announced both by a \"!\" before the colon and by a footer BREAKING CHANGE, or by neither of them. With never it is one of them alone.",
	Mend:      "write the \"!\" and the footer \"BREAKING CHANGE: …\", or neither",
	MendNever: "write either the \"!\" or the footer \"BREAKING CHANGE: …\"",
	Good:      []string{"feat!: a\n\nBREAKING CHANGE: b", "feat: a"},
	Bad:       []string{"feat!: a", "feat: a\n\nBREAKING CHANGE: b"},
	Default:   Setting{Level: Error},
	fix:       fixMark,
	check: func(m *Message, s Setting) *finding {
		if m.Header == "" && m.Footer == "" {
			return nil
		}
		const end = "have both an exclamation mark in the header and BREAKING CHANGE in the footer to identify a breaking change"
		return judge(s, marked(m.Header) == announces(m.Footer), "breaking changes must "+end, "breaking changes must not "+end, m.wholeHeader())
	},
}

// fixMark gives the header with the "!" for a change that the footer says is breaking.
func fixMark(m *Message, s Setting) []string {
	if s.Never || !announces(m.Footer) || m.subj < len(": ") {
		return nil
	}
	before := m.subj - len(": ")
	return []string{m.replaced(m.atHeader(before, before), "!")}
}

// announces matches ^BREAKING[ -]CHANGE: in any line of a footer.
func announces(footer string) bool {
	for _, mark := range []string{"BREAKING CHANGE:", "BREAKING-CHANGE:"} {
		for at := 0; ; {
			i := strings.Index(footer[at:], mark)
			if i < 0 {
				break
			}
			at += i
			if at == 0 || startsLine(footer, at) {
				return true
			}
			at += len(mark)
		}
	}
	return false
}

// startsLine says whether a line end, JavaScript's included, stands right before a place.
func startsLine(text string, at int) bool {
	before := text[:at]
	return strings.HasSuffix(before, "\n") || strings.HasSuffix(before, "\r") || strings.HasSuffix(before, "\u2028") || strings.HasSuffix(before, "\u2029")
}
