package changelog

import (
	"strings"

	"github.com/semcut/semcut/internal/lazyregexp"
)

// escapeSequence is what moves the cursor of a terminal, colours its text, names its window.
var escapeSequence = lazyregexp.New(`\x1b(?:\[[0-?]*[ -/]*[@-~]?|[\]PX^_][^\x00-\x1f\x7f-\x{9f}]*(?:\x07|\x1b\\|\x{9c})|[ -/]*[0-~])?`)

// clean takes out what shows nothing itself and only makes the text around it look like something else.
func clean(text string) string {
	if isPlain(text) {
		return text
	}
	text = escapeSequence.ReplaceAllString(strings.ToValidUTF8(text, "\uFFFD"), "")
	text = lineEnds.Replace(text)
	return strings.Map(func(r rune) rune {
		if isHidden(r) {
			return -1
		}
		return r
	}, text)
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// isPlain says whether a text is of printable ASCII characters, tabs and line feeds, as most are.
func isPlain(text string) bool {
	for i := range len(text) {
		if c := text[i]; (c < ' ' || c > '~') && c != '\n' && c != '\t' {
			return false
		}
	}
	return true
}

func isHidden(r rune) bool {
	switch {
	case r == '\t' || r == '\n' || r == '\u200C' || r == '\u200D': // the last two join or part letters and emoji
		return false
	case r < ' ' || r >= 0x7F && r <= 0x9F: // control characters
		return true
	case r == '\u200E' || r == '\u200F' || r == '\u061C' || r >= '\u202A' && r <= '\u202E': // direction of writing
		return true
	case r == '\u2028' || r == '\u2029' || r >= '\u2060' && r <= '\u206F':
		return true
	}
	return r == '\u00AD' || r == '\u180E' || r == '\u200B' || r == '\uFEFF' || r >= 0xE0000 && r <= 0xE007F
}
