package chars

import "strings"

// HasURL matches \bhttps?:\/\/(www\.)?[-\w@:%+.~#?&/=]+\b: a web address with at least one word character.
func HasURL(text string) bool {
	for rest, before := text, byte(0); ; {
		i := strings.Index(rest, "http")
		if i < 0 {
			return false
		}
		if i > 0 {
			before = rest[i-1]
		}
		address := strings.TrimPrefix(rest[i+4:], "s")
		if path, ok := strings.CutPrefix(address, "://"); ok && !IsWord(before) && addressed(path) {
			return true
		}
		rest, before = rest[i+4:], 'p'
	}
}

// addressed says whether a run of the characters of an address has a word character in it.
func addressed(path string) bool {
	for i := range len(path) {
		if IsWord(path[i]) {
			return true
		}
		if strings.IndexByte("-@:%+.~#?&/=", path[i]) < 0 {
			return false
		}
	}
	return false
}

// IsRepository says whether a byte may stand in the name of a repository, with its owner.
func IsRepository(b byte) bool { return IsWord(b) || b == '-' || b == '.' || b == '/' }
