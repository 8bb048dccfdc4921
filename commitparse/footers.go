package commitparse

import (
	"strings"

	"github.com/semcut/semcut/commitparse/internal/chars"
)

// bodyAndFooters parts what follows the header as Conventional Commits 1.0.0 says (items 6 to 10, 16). Footers are
// the last paragraphs that each begin with "Token: value" or "Token #value", and everything from a paragraph on
// that begins with BREAKING CHANGE; what stands between header and footers is the body.
func bodyAndFooters(rest string) (string, []Footer) {
	rest = strings.ReplaceAll(rest, "\r\n", "\n")
	start := footersStart(rest)
	return trimNewlines(rest[:start]), readFooters(rest[start:])
}

// footersStart finds where the footers begin; the end of the text where there are none.
func footersStart(text string) int {
	start, at, blank := len(text), 0, true
	for line := range strings.Lines(text) {
		content := strings.TrimRight(line, "\n")
		if chars.SpaceAt(content) == len(content) {
			blank = true
		} else if blank {
			blank = false
			switch token, _, ok := splitFooter(content); {
			case !ok:
				start = len(text)
			case token == "BREAKING CHANGE" || token == "BREAKING-CHANGE":
				return min(start, at)
			default:
				start = min(start, at)
			}
		}
		at += len(line)
	}
	return start
}

// splitFooter reads "Token: value" or "Token #value".
func splitFooter(line string) (token, value string, ok bool) {
	n := 0
	switch {
	case strings.HasPrefix(line, "BREAKING CHANGE"):
		n = len("BREAKING CHANGE")
	default:
		for n < len(line) && (line[n] == '-' && n > 0 || line[n] != '_' && chars.IsWord(line[n])) {
			n++
		}
	}
	if n == 0 {
		return "", "", false
	}
	if value, ok := strings.CutPrefix(line[n:], ": "); ok {
		return line[:n], value, true
	}
	if strings.HasPrefix(line[n:], " #") {
		return line[:n], line[n+1:], true
	}
	return "", "", false
}

// readFooters takes the lines apart: one that is no footer goes on with the value before it.
func readFooters(text string) []Footer {
	var footers []Footer
	from, at := 0, 0 // the value of the last one, and the line
	finish := func() {
		if len(footers) > 0 {
			footers[len(footers)-1].Value = chars.TrimSpace(text[from:at])
		}
	}
	for line := range strings.Lines(text) {
		content := strings.TrimSuffix(line, "\n")
		if token, value, ok := splitFooter(content); ok {
			finish()
			footers = append(footers, Footer{Token: token})
			from = at + len(content) - len(value)
		}
		at += len(line)
	}
	finish()
	return footers
}
