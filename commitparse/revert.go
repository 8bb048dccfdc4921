package commitparse

import (
	"unicode/utf8"

	"github.com/semcut/semcut/commitparse/internal/chars"
)

const revertSentence = "This reverts commit "

var foldedSentence = Fold(revertSentence)

// revert reads which commit a message takes back: it begins with "Revert " or "revert: " in any case, and names
// the hash in a later sentence. What stands between is the header, without one pair of quotes and without the white
// space before the sentence.
func revert(text string, form RevertForm) *Revert {
	if !chars.HasPrefixFold(text, "revert") {
		return nil
	}
	start := len("revert")
	if start < len(text) && text[start] == ':' {
		start++
	}
	space, size := utf8.DecodeRuneInString(text[start:])
	if !chars.IsSpace(space) {
		return nil
	}
	start += size
	if start < len(text) && text[start] == '"' {
		if r := revertFrom(text, start+1, form); r != nil {
			return r
		}
	}
	return revertFrom(text, start, form)
}

// revertFrom looks for the sentence behind a header of at least one character that begins at start.
func revertFrom(text string, start int, form RevertForm) *Revert {
	_, first := utf8.DecodeRuneInString(text[start:])
	for at := start + first; first > 0; {
		i := foldedSentence.index(text[at:])
		if i < 0 {
			return nil
		}
		sentence := at + i
		if hash, ok := revertHash(text[sentence+len(revertSentence):], form); ok {
			end := sentence - chars.SpaceBefore(text[:sentence])
			if text[end-1] == '"' {
				end--
			}
			end = max(end, start+first)
			return &Revert{Header: text[start:end], Hash: hash}
		}
		at = sentence + 1
	}
	return nil
}

func revertHash(text string, form RevertForm) (string, bool) {
	n := 0
	for n < len(text) && chars.IsWord(text[n]) {
		n++
	}
	if form == RevertFullStop {
		return text[:n], n < len(text) && text[n] == '.'
	}
	return text[:n], n >= 7 && n <= 40
}
