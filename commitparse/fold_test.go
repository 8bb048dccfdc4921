package commitparse

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// TestFold: a text is found where small letters of ASCII find it.
func TestFold(t *testing.T) {
	random := rand.New(rand.NewPCG(13, 14))
	small := func(text string) string {
		return strings.Map(func(r rune) rune {
			if r >= 'A' && r <= 'Z' {
				r |= 0x20
			}
			return r
		}, text)
	}
	some := func(n int) string {
		var b strings.Builder
		for range random.IntN(n) {
			b.WriteString([]string{"a", "A", "k", "K", "\u212a", "s", "\u017f", " ", "#", "-", "z"}[random.IntN(11)])
		}
		return b.String()
	}
	found := 0
	for range 200_000 {
		part := strings.NewReplacer("\u212a", "k", "\u017f", "s").Replace(some(4))
		text := some(12)
		want := strings.Contains(small(text), small(part))
		if got := Fold(part).In(text); got != want {
			t.Fatalf("%q in %q: %v, want %v", part, text, got, want)
		}
		if at := strings.Index(small(text), small(part)); part != "" && Fold(part).index(text) != at {
			t.Fatalf("%q stands at %d of %q, not at %d", part, at, text, Fold(part).index(text))
		}
		if want {
			found++
		}
	}
	if found < 20_000 || found > 180_000 {
		t.Errorf("%d of 200000 were found", found)
	}
}
