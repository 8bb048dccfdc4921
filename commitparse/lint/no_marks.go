package lint

import (
	"strings"
	"unicode"
)

func checkNoConflictMarkers(m *Message, s Setting) *finding {
	for i, line := range m.lines {
		for _, mark := range []string{"<<<<<<<", ">>>>>>>", "|||||||"} {
			if rest, ok := strings.CutPrefix(line, mark); ok && (rest == "" || rest[0] == ' ') {
				return judge(s, false, "message must not hold conflict markers", "message must hold conflict markers", spot{i, 0, len(line)})
			}
		}
	}
	return nil
}

func checkNoBidi(m *Message, s Setting) *finding {
	return judgeRunes(m, s, "message must not hold characters that turn the direction of text", func(r, _ rune) bool {
		return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0x200e || r == 0x200f || r == 0x61c
	})
}

// checkNoInvisible passes over what joins emoji and letters: without it they would show as others.
func checkNoInvisible(m *Message, s Setting) *finding {
	return judgeRunes(m, s, "message must not hold invisible characters", func(r, before rune) bool {
		switch r {
		case '\t', '\r':
			return false
		case 0x200d, 0x200c:
			return before < 0x80
		case 0x200b, 0x2060, 0xfeff, 0xad, 0x180e, 0x3164, 0x115f, 0x1160:
			return true
		}
		return unicode.Is(unicode.Cc, r) || r >= 0xe0000 && r <= 0xe007f && before < 0x1f000
	})
}

// judgeRunes finds the first character that is not wanted; is gets the one before it, too.
func judgeRunes(m *Message, s Setting, text string, is func(r, before rune) bool) *finding {
	for i, line := range m.lines {
		before := rune(0)
		for at, r := range line {
			if is(r, before) {
				return judge(s, false, text, strings.Replace(text, "must not", "must", 1), spot{i, at, at + len(string(r))})
			}
			before = r
		}
	}
	return nil
}
