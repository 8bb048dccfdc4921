package lint

import "slices"

var footerLeadingBlankRule = Rule{
	Name:      "footer-leading-blank",
	Doc:       "A blank line stands before the footer.",
	Mend:      "put an empty line before the first line of the footer",
	MendNever: "take the empty line before the footer out",
	Good:      []string{"feat: a\n\nThe lid turns.\n\nRefs: #1", "feat: a"},
	Bad:       []string{"feat: a\n\nThe lid turns.\nRefs: #1"},
	Default:   Setting{Level: Error},
	fix:       fixFooterBlank,
	check: func(m *Message, s Setting) *finding {
		if m.Footer == "" {
			return nil
		}
		return judge(s, blankBefore(m.lines, firstLine(m.Footer)), "footer must have leading blank line", "footer may not have leading blank line", m.wholeFooter())
	},
}

// blankBefore says whether an empty line stands before the first line of that text. As in commitlint, the first one is
// looked for in the whole message, and the last line stands before the first.
func blankBefore(lines []string, text string) bool {
	at := slices.Index(lines, text) - 1
	if at < 0 {
		at = max(0, len(lines)+at)
	}
	return lines[at] == ""
}
