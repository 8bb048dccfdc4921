package lint

import (
	"strings"

	"github.com/semcut/semcut/commitparse/internal/chars"
)

var signedOffByRule = Rule{
	Name:      "signed-off-by",
	Doc:       "The last line begins with the given text. Empty lines, comments and git's \"(cherry picked from commit \u2026)\" are passed over.",
	Mend:      "commit with \"git commit --signoff\"",
	MendNever: "take that line out",
	Good:      []string{"feat: a\n\nSigned-off-by: Ann <ann@example.com>"},
	Bad:       []string{"feat: a"},
	Default:   Setting{Level: Error, Value: "Signed-off-by:"},
	value:     textValue,
	check: func(m *Message, s Setting) *finding {
		last, at := "", 0
		for i, line := range m.lines {
			if line != "" && line[0] != '#' && !isCherryPick(chars.TrimSpace(line)) {
				last, at = line, i
			}
		}
		signed := last != "" && strings.HasPrefix(last, textOr(s.Value, ""))
		return judge(s, signed, "message must be signed off", "message must not be signed off", spot{at, 0, len(last)})
	},
}

// isCherryPick matches the line that "git cherry-pick -x" adds.
func isCherryPick(line string) bool {
	const begin = "(cherry picked from commit "
	if !chars.HasPrefixFold(line, begin) || !strings.HasSuffix(line, ")") {
		return false
	}
	hash := line[len(begin) : len(line)-1]
	return len(hash) >= 7 && len(hash) <= 64 && strings.Trim(hash, "0123456789abcdefABCDEF") == ""
}
