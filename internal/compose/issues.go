package compose

import (
	"strings"

	"github.com/semcut/semcut/internal/lazyregexp"
)

var (
	number    = lazyregexp.New(`^\d+$`)
	reference = lazyregexp.New(`^(?:[\w.-]+/[\w.-]+)?#\d+$|^[A-Z][A-Z0-9]+-\d+$|^https?://\S+$`)
)

// Issues turns what people write of issues, "12", "#12, #13", "Refs #4" or "PROJ-7", into one line each. What says nothing
// of what happens to an issue closes it.
func Issues(text string) []string {
	var lines []string
	for part := range strings.SplitSeq(text, ",") {
		fields := strings.Fields(part)
		refs := 0
		for i, f := range fields {
			if number.MatchString(f) && refs == i {
				fields[i] = "#" + f
			}
			if reference.MatchString(fields[i]) {
				refs++
			}
		}
		switch {
		case len(fields) == 0:
		case refs == len(fields):
			for _, f := range fields {
				lines = append(lines, "Closes "+f)
			}
		default:
			lines = append(lines, strings.ToUpper(fields[0][:1])+strings.Join(fields, " ")[1:])
		}
	}
	return lines
}
