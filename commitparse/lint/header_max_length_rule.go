package lint

import (
	"strconv"
)

var headerMaxLengthRule = Rule{
	Name:    "header-max-length",
	Doc:     "The header has at most the given number of characters.",
	Mend:    "shorten the header: details belong in the body",
	Good:    []string{"feat: a"},
	Bad:     []string{"feat: add a lid that turns"},
	Default: Setting{Level: Error, Value: 10.0},
	value:   numberValue,
	check: func(m *Message, s Setting) *finding {
		f := judgeLength(s, "header", m.Header, maximum, m.wholeHeader())
		switch {
		case m.Header == "":
			f = &finding{lengthText(s, "header", maximum) + ", current length is undefined", m.wholeHeader()}
		case f != nil:
			f.text += ", current length is " + strconv.Itoa(units(m.Header))
		}
		return f
	},
}
