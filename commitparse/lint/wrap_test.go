package lint

import "testing"

func TestWrap(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"short", "one two", "one two"},
		{"between words", "one two three four", "one two\nthree four"},
		{"other lines stay", "a\nb\none two three four", "a\nb\none two\nthree four"},
		{"long words", "https://example.com/long and more", "https://example.com/long\nand more"},
		{"lists hang", "- one two three four", "- one two\n  three\n  four"},
		{"numbers hang", "1. one two three", "1. one two\n   three"},
		{"quotations", "> one two three", "> one two\n> three"},
		{"indented code", "    one two three four", "    one two three four"},
		{"fenced code", "```\none two three four\n```\none two three four", "```\none two three four\n```\none two\nthree four"},
		{"tables", "| one | two | three |", "| one | two | three |"},
		{"no footer is made", "all is of note: it", "all is\nof note:\nit"},
		{"what is too much goes on", "one two three\nfour five\nSix", "one two\nthree four\nfive\nSix"},
		{"a new sentence doesn't", "one two three\nFour five", "one two\nthree\nFour five"},
		{"in a quotation", "> one two three\n> four five", "> one two\n> three\n> four\n> five"},
		{"no list, heading, comment or issue", "see there - one #1 * b", "see\nthere - one #1 *\nb"},
		{"blanks between words stay", "a   b  c d e f", "a   b  c d\ne f"},
		{"surrogates count two", "🎉🎉🎉 🎉🎉", "🎉🎉🎉\n🎉🎉"},
	} {
		if got := Wrap(c.text, 10); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	if got := Wrap("one two three", 0); got != "one two three" {
		t.Errorf("without a width: %q", got)
	}
}
