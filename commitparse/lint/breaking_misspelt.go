package lint

import (
	"strings"

	"github.com/semcut/semcut/commitparse/internal/chars"
)

func checkBreakingMisspelt(m *Message, s Setting) *finding {
	for i, line := range m.lines {
		if i <= m.header.line {
			continue
		}
		text := strings.TrimLeft(line, " \t*_|>-#")
		if !chars.HasPrefixFold(text, "breaking") || isAnnouncement(line) {
			continue
		}
		if n := misspelt(text); n > 0 {
			from := len(line) - len(text)
			return judge(s, false, "breaking changes must be announced by `BREAKING CHANGE: `", "breaking changes must not be announced", spot{i, from, from + n})
		}
	}
	return nil
}

// isAnnouncement says whether a line is spelt as Conventional Commits 1.0.0 has it.
func isAnnouncement(line string) bool {
	return strings.HasPrefix(line, "BREAKING CHANGE: ") || strings.HasPrefix(line, "BREAKING-CHANGE: ")
}

// misspelt gives the length of what looks like the token of a breaking note at the beginning of a text: the words with
// a colon, or alone on the line, or in capitals.
func misspelt(text string) int {
	n := len("breaking")
	capitals := text[:n] == "BREAKING"
	rest := text[n:]
	for _, word := range []string{"changes", "change", "chang", "chnage", "cahnge"} {
		after := strings.TrimLeft(rest, " -_")
		if chars.HasPrefixFold(after, word) && (len(after) == len(word) || !chars.IsWord(after[len(word)])) {
			capitals = capitals && after[:len(word)] == strings.ToUpper(word)
			rest = after[len(word):]
			break
		}
	}
	end := len(text) - len(rest)
	rest = strings.TrimLeft(rest, "*_ ")
	if strings.HasPrefix(rest, ":") || rest == "" && end > n || capitals && end > n {
		return end
	}
	return 0
}
