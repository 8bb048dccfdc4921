package commitparse

import (
	"strings"
	"testing"
)

func TestTakesBack(t *testing.T) {
	tests := []struct{ text, want string }{
		{"", ""},
		{"feat: a", ""},
		{"Revert \"feat: a\"\n\nThis reverts commit 0123456789abcdef0123456789abcdef01234567.", "0123456789abcdef0123456789abcdef01234567"},
		{"Reapply \"feat: a\"\n\nThis reverts commit 0123456.\n", "0123456"},
		{"revert: feat: a\n\nIt broke the build.\n\nthis reverts commit ABCDEF0", "ABCDEF0"},
		{"Revert two\n\nThis reverts commit 0123456.\nThis reverts commit 89abcde, too.", "0123456 89abcde"},
		{"This reverts commit 012345.", ""},
		{"This reverts commit 0123456xyz.", ""},
		{"This reverts commit " + strings.Repeat("a", 41), ""},
	}
	for _, tt := range tests {
		if got := strings.Join(TakesBack(tt.text), " "); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.text, got, tt.want)
		}
	}
}
