package commitparse

import (
	"strings"

	"github.com/semcut/semcut/commitparse/internal/chars"
)

// Unsquash gives the messages that a forge has put into the body of a squash commit: one for each line of the body that
// begins with a bullet and has the shape of a header under the format, with the lines that follow it. The message
// itself comes first, without them. A text without such lines is given back alone, and so is what only says the header
// again.
func Unsquash(text string, f Format) []string {
	header, body, found := strings.Cut(text, "\n")
	if !found {
		return []string{text}
	}
	var own strings.Builder
	own.WriteString(header)
	current := &own
	var parts []*strings.Builder
	for line := range strings.SplitSeq(strings.ReplaceAll(body, "\r\n", "\n"), "\n") {
		if inner, ok := bulletHeader(line, f); ok {
			current = &strings.Builder{}
			current.WriteString(inner)
			parts = append(parts, current)
			continue
		}
		current.WriteString("\n" + line)
	}
	if parts == nil {
		return []string{text}
	}
	messages := []string{chars.TrimSpace(own.String())}
	said := map[string]bool{withoutNumber(header): true}
	for _, part := range parts {
		message := chars.TrimSpace(part.String())
		first, _, more := strings.Cut(message, "\n")
		if said[withoutNumber(first)] && !more {
			continue
		}
		said[withoutNumber(first)] = true
		messages = append(messages, message)
	}
	return messages
}

// bulletHeader reads "* feat: a" and "- fix: b", indented or not.
func bulletHeader(line string, f Format) (string, bool) {
	rest := line[chars.SpaceAt(line):]
	if len(rest) < 2 || rest[0] != '*' && rest[0] != '-' || rest[1] != ' ' {
		return "", false
	}
	inner := strings.TrimLeft(rest[2:], " ")
	h, ok := splitHeader(inner, f.Bang)
	return inner, ok && h.typ != "" && h.description != ""
}

// withoutNumber takes the " (#12)" of a pull request off a header's end.
func withoutNumber(header string) string {
	header = chars.TrimSpace(header)
	if i := strings.LastIndex(header, " (#"); i > 0 && strings.HasSuffix(header, ")") && strings.Trim(header[i+3:len(header)-1], "0123456789") == "" {
		return header[:i]
	}
	return header
}
