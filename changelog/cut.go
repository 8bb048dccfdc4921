package changelog

import (
	"strings"
	"unicode/utf16"
)

// Cut shortens notes to a number of UTF-16 units, which is how forges count characters: it ends them before the first entry
// or heading that doesn't fit any more, and adds the tail. Notes that fit stay as they are.
func Cut(notes string, limit int, tail string) (text string, cut bool) {
	if units(notes) <= limit {
		return notes, false
	}
	room := limit - units(tail) - 1
	end, size := 0, 0
	at := 0
	for line := range strings.Lines(notes) {
		if begins(line) {
			end = at
		}
		if size += units(line); size > room {
			break
		}
		at += len(line)
	}
	kept := strings.TrimRight(notes[:end], "\n")
	if i := strings.LastIndex(kept, "\n"); strings.HasPrefix(kept[i+1:], "#") && i > 0 {
		kept = strings.TrimRight(kept[:i], "\n") // a heading without entries
	}
	return kept + "\n" + tail, true
}

// begins says whether a line begins an entry or a part of the notes.
func begins(line string) bool {
	return strings.HasPrefix(line, "* ") || strings.HasPrefix(line, "- ") || strings.HasPrefix(line, "#")
}

func units(text string) int {
	n := 0
	for _, r := range text {
		n += utf16.RuneLen(r)
	}
	return n
}
