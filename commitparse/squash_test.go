package commitparse

import (
	"slices"
	"testing"
)

func TestUnsquash(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"one line", "feat: a", []string{"feat: a"}},
		{"a body in words", "feat: a\n\n* not a header\n- nor: this, says: nobody? yes: it is\n", []string{"feat: a\n\n* not a header", "nor: this, says: nobody? yes: it is"}},
		{"as GitHub writes it", "Add greetings (#12)\n\n* feat(api): list them\n\n* fix: end the line\n\nCloses #7\n\n* docs: say how\n\n---------\n\nCo-authored-by: Ada <ada@example.com>\n",
			[]string{"Add greetings (#12)", "feat(api): list them", "fix: end the line\n\nCloses #7", "docs: say how\n\n---------\n\nCo-authored-by: Ada <ada@example.com>"}},
		{"the title again", "feat: a (#12)\n\n* feat: a\n\n* fix: b", []string{"feat: a (#12)", "fix: b"}},
		{"said twice", "x\n\n* fix: b\n* fix: b\n", []string{"x", "fix: b"}},
		{"hyphens, indented, CRLF", "x\r\n\r\n  - feat!: a\r\n  - fix: b\r\n", []string{"x", "feat!: a", "fix: b"}},
		{"a bullet without a type", "x\n\n* : a\n", []string{"x\n\n* : a\n"}},
	}
	for _, tt := range tests {
		if got := Unsquash(tt.text, ConventionalCommits); !slices.Equal(got, tt.want) {
			t.Errorf("%s:\ngot  %q\nwant %q", tt.name, got, tt.want)
		}
	}
}
