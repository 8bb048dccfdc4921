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
		{"the next line stays", "one two three\nfour five", "one two\nthree\nfour five"},
		{"in a quotation", "> one two three\n> four five", "> one two\n> three\n> four\n> five"},
		{"code in a quotation", ">     one two three four", ">     one two three four"},
		{"a longer fence", "````md\n```\none two three four\n```\none two three four\n````\none two three", "````md\n```\none two three four\n```\none two three four\n````\none two\nthree"},
		{"no fence's end", "~~~~\n~~~ not the end\none two three four\n~~~~", "~~~~\n~~~ not the end\none two three four\n~~~~"},
		{"code in a line", "do `git   commit   -a` now", "do\n`git   commit   -a`\nnow"},
		{"headings", "### one two three four", "### one two three four"},
		{"headings that are underlined", "one two three four\n====\none two three", "one two three four\n====\none two\nthree"},
		{"tables without a border", "one | two three\n--- | ---\nfour | five six seven\nend of the table", "one | two three\n--- | ---\nfour | five six seven\nend of the\ntable"},
		{"patches", "+one two three four\n-one two three four\n@@ one two three", "+one two three four\n-one two three four\n@@ one two three"},
		{"letters number, too", "a) one two three", "a) one two\n   three"},
		{"blanks that don't break", "one\u00a0two three\u3000four", "one\u00a0two\nthree\u3000four"},
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
