package changelog

import "strings"

// Prepend puts notes at the top of a changelog as @semantic-release/changelog does (spec §5.1): below the title, if there is
// one, and above all that the file holds. It compares nothing with what is there.
func Prepend(file []byte, title, notes string) []byte {
	notes = strings.TrimSpace(notes)
	if notes == "" {
		return file
	}
	have := strings.TrimSpace(string(file))
	if title != "" {
		have = strings.TrimSpace(strings.TrimPrefix(have, title))
	}
	text := notes + "\n"
	if have != "" {
		text += "\n" + have + "\n"
	}
	if title != "" {
		text = title + "\n\n" + text
	}
	return []byte(text)
}
