package commitparse

import (
	"strings"
	"testing"
)

func TestMentions(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"thanks @ann", "ann"},
		{"@ann, @bob-2 and @c_d.", "ann bob-2 c_d"},
		{"@ann\n\n@ann", "ann ann"}, // in order of appearance, and as often
		{"Signed-off-by: Ann <ann@pot.example>", "pot"},
		{"@pot/pan", "pot"},
		{"@@ann", "ann"},
		{"@ann@bob", "ann bob"},
		{"@-", "-"},
		{"@größe", "gr"},
		{"@ @. @", ""},
		{"nobody", ""},
	} {
		for _, f := range []Format{Angular, ConventionalCommits} {
			if got := strings.Join(Parse(tt.text, f).Mentions, " "); got != tt.want {
				t.Errorf("%s: Parse(%q) mentions %q, want %q", f.Name, tt.text, got, tt.want)
			}
		}
	}
}
