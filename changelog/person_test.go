package changelog

import (
	"strings"
	"testing"
	"unicode"

	"github.com/semcut/semcut/commitparse"
)

// TestWhatIsCleanStaysAsItIs: the short way gives what the long one does.
func TestWhatIsCleanStaysAsItIs(t *testing.T) {
	for _, text := range []string{"", "a", "Ada Lovelace", " a", "a ", "a  b", "a<b", "a>b", "a\tb", "a\u00a0b", "Ünal", "a\x7fb", "a\x00", "~!", "a b c"} {
		want := strings.Join(strings.Fields(strings.Map(func(r rune) rune {
			switch {
			case commitparse.IsSpace(r):
				return ' '
			case r == '<' || r == '>' || unicode.IsControl(r):
				return -1
			}
			return r
		}, text)), " ")
		if got := cleanName(text); got != want || isClean(text) && got != text {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
