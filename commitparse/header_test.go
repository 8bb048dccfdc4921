package commitparse

import "testing"

// A header that has the shape reads as type|scope|description; one that has not, as "".
var headerTests = []struct{ header, angular, conventional string }{
	{"feat: add a lid", "feat||add a lid", "feat||add a lid"},
	{"fix(pot): close the lid", "fix|pot|close the lid", "fix|pot|close the lid"},
	{"FIX_2: x", "FIX_2||x", "FIX_2||x"},
	{": x", "||x", "||x"},                           // a type of no characters
	{"(pot): x", "|pot|x", "|pot|x"},                // and a scope behind it
	{"feat():  x", "feat|| x", "feat|| x"},          // an empty scope; one space is the colon's, the other stays
	{"feat: ", "feat||", "feat||"},                  // nothing described
	{"feat(a)(b): x", "feat|a)(b|x", "feat|a)(b|x"}, // up to the last ")" before a colon
	{"feat(a): b (c): d", "feat|a): b (c|d", "feat|a): b (c|d"},
	{"feat(a:b, c): x", "feat|a:b, c|x", "feat|a:b, c|x"},
	{"feat(größe): x", "feat|größe|x", "feat|größe|x"},
	{"feat: a\u00a0\ufffd", "feat||a\u00a0\ufffd", "feat||a\u00a0\ufffd"},

	{"feat!: x", "", "feat||x"},
	{"feat(pot)!: x", "", "feat|pot|x"},
	{"!: x", "", "||x"},
	{"feat(a)!: b (c): d", "feat|a)!: b (c|d", "feat|a|b (c): d"}, // the pattern with the "!" goes first
	{"feat(a): b (c)!: d", "feat|a|b (c)!: d", "feat|a): b (c|d"},

	{"feat:x", "", ""},
	{"feat : x", "", ""},
	{"feat (pot): x", "", ""},
	{"feat!(pot): x", "", ""},
	{"feat!!: x", "", ""},
	{"feat! : x", "", ""},
	{"feat(pot: x", "", ""},
	{"feat-pot: x", "", ""},
	{"größe: x", "", ""},
	{" feat: x", "", ""},
	{"* feat: x", "", ""},
	{"feat:\u00a0x", "", ""}, // only a plain space follows the colon
	{"feat: x\ry", "", ""},   // a CR alone ends no line, but the pattern's dot doesn't take it
	{"feat: x\u2028y", "", ""},
	{"fe\u2029at: x", "", ""},
	{"Merge branch 'pot' into main", "", ""},
}

func TestHeader(t *testing.T) {
	for _, tt := range headerTests {
		for _, f := range []struct {
			Format
			want string
		}{{Angular, tt.angular}, {ConventionalCommits, tt.conventional}} {
			m := Parse(tt.header, f.Format)
			got := ""
			if m.Conventional {
				got = m.Type + "|" + m.Scope + "|" + m.Description
			}
			if got != f.want {
				t.Errorf("%s: Parse(%q) reads %q, want %q", f.Name, tt.header, got, f.want)
			}
			if m.Header != tt.header {
				t.Errorf("%s: Parse(%q).Header = %q", f.Name, tt.header, m.Header)
			}
		}
	}
}

func TestHeaderIsTheFirstLineThatIsNotEmpty(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"feat: x\nfix: y", "feat: x"},
		{"\n\r\n\nfeat: x\r\nfix: y", "feat: x"},
		{"gpg: Good signature\n  gpg: by ann\nfeat: x\n\nbody", "feat: x"}, // what git prints of a signature
		{"Merge pull request #1 from ann/pot\n\nfeat: x", "Merge pull request #1 from ann/pot"},
		{"# a comment is a line like others\nfeat: x", "# a comment is a line like others"},
		{" \nfeat: x", " "}, // blank is not empty: who wants it trimmed does that before
		{"gpg: nothing else", ""},
		{"\n\r\n", ""},
		{"", ""},
	} {
		if got := Parse(tt.text, ConventionalCommits).Header; got != tt.want {
			t.Errorf("Parse(%q).Header = %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestMergeIsKnownByItsHeader(t *testing.T) {
	for _, tt := range []struct {
		header string
		want   bool
	}{
		{"Merge branch 'pot' into main", true},
		{"Merge branches 'pot' and 'pan'", true},
		{"Merge pull request #12 from ann/pot", true},
		{"Merge remote-tracking branch 'origin/main'", true},
		{"Merge tag 'v1.0.0'", true},
		{"Merge commit '0123abc'", true},
		{"Merge the two lids", false},
		{"merge branch 'pot'", false},
		{"feat: Merge branch 'pot'", false},
	} {
		if got := Parse(tt.header, Angular).Merge; got != tt.want {
			t.Errorf("Parse(%q).Merge = %v, want %v", tt.header, got, tt.want)
		}
	}
}
