package changelog

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

// TestPlainOrder: where no key is made the order is that of the keys.
func TestPlainOrder(t *testing.T) {
	c := collators.Get().(*collator)
	pieces := []string{"a", "A", "b", "B", "z", "0", "1", "9", "10", " ", "-", "_", "(", "é", "e\u0301", "\u0301", "ж", "ß", "l·", "æ", "\x00", "ch", "dž", "ﬁ"}
	random := rand.New(rand.NewPCG(3, 4))
	text := func() (s string) {
		for range random.IntN(6) {
			s += pieces[random.IntN(len(pieces))]
		}
		return s
	}
	decided := 0
	for range 100000 {
		a, b := text(), text()
		got := plainOrder(a, b)
		if got == 0 {
			continue
		}
		decided++
		var x, y []byte
		c.give(a, &x)
		c.give(b, &y)
		if want := bytes.Compare(x, y); want < 0 != (got < 0) || want == 0 {
			t.Fatalf("%q and %q: %d, the keys say %d", a, b, got, want)
		}
	}
	if decided < 10000 {
		t.Errorf("only %d were decided without keys", decided)
	}
}
