package changelog

import "strings"

// linkIssues replaces each prefix that is followed by an id with what link makes of it. An id is a run of
// bytes that ok takes.
func linkIssues(text string, prefixes []string, ok func(byte) bool, link func(prefix, id string) string) string {
	var out strings.Builder
	for i := 0; i < len(text); {
		prefix, id := issueAt(text[i:], prefixes, ok)
		if id == "" {
			out.WriteByte(text[i])
			i++
			continue
		}
		out.WriteString(link(prefix, id))
		i += len(prefix) + len(id)
	}
	return out.String()
}

// issueAt reads a prefix with an id at the start of text. As in a regular expression's alternation, the first
// prefix that fits counts.
func issueAt(text string, prefixes []string, ok func(byte) bool) (prefix, id string) {
	for _, p := range prefixes {
		rest, found := strings.CutPrefix(text, p)
		if !found {
			continue
		}
		n := 0
		for n < len(rest) && ok(rest[n]) {
			n++
		}
		if n > 0 {
			return p, rest[:n]
		}
	}
	return "", ""
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

func isLowerOrDigit(b byte) bool { return b >= 'a' && b <= 'z' || isDigit(b) }

func isWord(b byte) bool { return b == '_' || b >= 'A' && b <= 'Z' || isLowerOrDigit(b) }

// linkUsers replaces @name, where no word character stands before it, with a link. A name with a slash is a
// team or a package and stays; what stands between two backticks stays, too.
func linkUsers(text string, link func(name string) string) string {
	var out strings.Builder
	for i := 0; i < len(text); {
		if text[i] == '`' {
			if end := strings.IndexByte(text[i+1:], '`'); end >= 0 {
				out.WriteString(text[i : i+end+2])
				i += end + 2
				continue
			}
		}
		name := ""
		if text[i] == '@' && (i == 0 || !isWord(text[i-1])) {
			name = userAt(text[i+1:])
		}
		switch {
		case name == "":
			out.WriteByte(text[i])
			i++
		case strings.Contains(name, "/"):
			out.WriteString(text[i : i+1+len(name)])
			i += 1 + len(name)
		default:
			out.WriteString(link(name))
			i += 1 + len(name)
		}
	}
	return out.String()
}

// userAt reads [a-z0-9](?:-?[a-z0-9/]){0,38} at the start of text.
func userAt(text string) string {
	if text == "" || !isLowerOrDigit(text[0]) {
		return ""
	}
	n := 1
	for range 38 {
		next := n
		if next < len(text) && text[next] == '-' {
			next++
		}
		if next >= len(text) || !isLowerOrDigit(text[next]) && text[next] != '/' {
			break
		}
		n = next + 1
	}
	return text[:n]
}
