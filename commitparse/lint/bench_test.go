package lint

import (
	"strings"
	"testing"
)

// hostile are messages that make a careless scanner look at the same bytes again and again. Each has 100,000 of them and
// must take about a millisecond under the conventional rules.
var hostile = []struct{ name, text string }{
	{"letters", "feat: " + strings.Repeat("x", 100_000)},
	{"words", "feat: " + strings.Repeat("word ", 20_000)},
	{"capitals", "feat: " + strings.Repeat("A", 100_000)},
	{"mixed", "feat: " + strings.Repeat("бA", 33_000) + "1"},
	{"scopes", "feat(" + strings.Repeat(") :", 33_000)},
	{"hashes", "feat: " + strings.Repeat("#", 100_000)},
	{"references", "feat: " + strings.Repeat("fix #a ", 14_000)},
	{"quotes", "feat: " + strings.Repeat("'`\"", 33_000)},
	{"links", "feat: a\n\n" + strings.Repeat("http", 25_000)},
	{"lines", "feat: a\n\n" + strings.Repeat("b\n", 50_000)},
	{"footers", "feat: a\n\n" + strings.Repeat("A: b\n", 20_000)},
	{"notes", "feat: a\n\n" + strings.Repeat("BREAKING CHANGE: b\n", 5_000)},
	{"digits", "feat: " + strings.Repeat("1", 100_000)},
}

func BenchmarkCheck(b *testing.B) {
	c := Conventional()
	for _, h := range hostile {
		b.Run(h.name, func(b *testing.B) {
			for b.Loop() {
				Check(h.text, c)
			}
		})
	}
}

func BenchmarkCheckShort(b *testing.B) {
	c := Conventional()
	b.ReportAllocs()
	for b.Loop() {
		Check("feat(lid): close with a click (#12)\n\nThe old lid had to be turned.\n\nCloses: #12\n", c)
	}
}

// BenchmarkFix mends the same messages; what is made of each is judged again.
func BenchmarkFix(b *testing.B) {
	c := Conventional()
	for _, h := range hostile {
		b.Run(h.name, func(b *testing.B) {
			for b.Loop() {
				Fix(h.text, c)
			}
		})
	}
}
