package github

import (
	"strings"
	"testing"
)

// TestALongCommentIsCut before the marker, which must stay.
func TestALongCommentIsCut(t *testing.T) {
	const marker = "<!-- m -->"
	got := marked(strings.Repeat("ä", maxComment), marker)
	if n := len([]rune(got)); n > maxComment || n < maxComment-3 || !endsWith(got, marker) || !strings.Contains(got, "ä…\n\n") {
		t.Errorf("it has %d characters", n)
	}
}

func TestQuietTexts(t *testing.T) {
	tests := []struct{ got, want string }{
		{plainText("a\n*b* @c [d](e) <f>"), "a \\*b\\* @\u200bc \\[d\\]\\(e\\) \\<f\\>"},
		{muted("@a/b a@b @ <!-- x"), "@\u200ba/b a@\u200bb @ &lt;!-- x"},
		{link("a", "javascript:alert(1)"), "a"}, {link("a", "https://x.example/(b)"), "[a](https://x.example/%28b%29)"}, {link("a", "https://x.example/ )b"), "[a](https://x.example/%20%29b)"},
		{fenced("a ```` b"), "`````text\na ```` b\n`````"},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
}
