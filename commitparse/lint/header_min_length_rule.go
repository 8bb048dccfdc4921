package lint

import (
	"strconv"
)

var headerMinLengthRule = Rule{
	Name:    "header-min-length",
	Doc:     "The header has at least the given number of characters.",
	Mend:    "say more in the header",
	Good:    []string{"feat: add a lid that turns"},
	Bad:     []string{"feat: a"},
	Default: Setting{Level: Error, Value: 10.0},
	value:   numberValue,
	check: func(m *Message, s Setting) *finding {
		f := judgeLength(s, "header", m.Header, minimum, m.wholeHeader())
		switch {
		case m.Header == "":
			f = &finding{lengthText(s, "header", minimum) + ", current length is undefined", m.wholeHeader()}
		case f != nil:
			f.text += ", current length is " + strconv.Itoa(units(m.Header))
		}
		return f
	},
}
