package lint

import "strings"

// fixHeaderStop and fixBodyStop give the message with or without the character at the end of header and body.
func fixHeaderStop(m *Message, s Setting) []string { return m.stopped(m.wholeHeader(), m.Header, s) }

func fixBodyStop(m *Message, s Setting) []string {
	lines := splitLines(m.Body)
	last := len(lines) - 1
	if keep := verbatim(lines); keep[last] || len(m.body) <= last {
		return nil
	}
	return m.stopped(m.atLine(m.body, last, 0, len(lines[last])), lines[last], s)
}

// stopped adds or takes the stop at the end of a line. An address stays whole, and what has more dots is no end of a sentence:
// "...", "e.g.", or a folder's ".".
func (m *Message) stopped(at spot, line string, s Setting) []string {
	stop := textOr(s.Value, ".")
	last := line[strings.LastIndexByte(line, ' ')+1:]
	rest := strings.TrimSuffix(last, stop)
	switch {
	case stop == "" || strings.Contains(last, "://") || strings.Contains(last, "`"):
		return nil
	case !s.Never:
		return []string{m.replaced(at, line+stop)}
	case rest == "" || strings.Contains(rest, stop):
		return nil
	}
	return []string{m.replaced(at, trimEnd(strings.TrimSuffix(line, stop)))}
}
