package commitparse

import "github.com/semcut/semcut/commitparse/internal/chars"

// TakesBack gives the hashes of the commits that a message says it takes back, whole or abbreviated: those behind each
// "This reverts commit", in any case, whatever the header and the text before it are. So it sees what git writes for
// a revert, for the revert of a revert (Reapply) and for several at once; Message.Revert sees what semantic-release does.
func TakesBack(text string) []string {
	var hashes []string
	for {
		i := foldedSentence.index(text)
		if i < 0 {
			return hashes
		}
		text = text[i+len(revertSentence):]
		n := 0
		for n < len(text) && isHex(text[n]) {
			n++
		}
		if n >= 7 && n <= 40 && (n == len(text) || !chars.IsWord(text[n])) {
			hashes = append(hashes, text[:n])
		}
	}
}

func isHex(b byte) bool {
	b = chars.Lower(b)
	return b >= '0' && b <= '9' || b >= 'a' && b <= 'f'
}
