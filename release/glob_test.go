package release_test

import (
	"testing"

	"github.com/semcut/semcut/release"
)

// TestGlob: what micromatch 4.0.8 says (each row was asked of it).
func TestGlob(t *testing.T) {
	tests := []struct {
		pattern  string
		yes, not []string
	}{
		{"main", []string{"main"}, []string{"", "mai", "main2", "a/main"}},
		{"*", []string{"main", "1.x"}, []string{"", "a/b", ".hidden"}},
		{"**", []string{"main", "a/b"}, []string{"", ".hidden", ".git"}},
		{"+([0-9])?(.{+([0-9]),x}).x", []string{"1.x", "1.1.x", "10.2.x", "1.x.x"}, []string{"v1.x", "1.2.3", "x", "1.1.1.x"}},
		{"release/*", []string{"release/1"}, []string{"release", "release/1/2"}},
		{"release/**", []string{"release", "release/1", "release/1/2"}, []string{"releases"}},
		{"feature/{a,b}/*", []string{"feature/a/b"}, []string{"feature/c/b"}},
		{"!main", []string{"next", "!main"}, []string{"main", ""}},
		{"!(main)", []string{"next", ".hidden"}, []string{"main", "a/b"}},
		{"rel-!(a|b)", []string{"rel-c", "rel-"}, []string{"rel-a", "rel-b"}},
		{"@(a|b)c", []string{"ac", "bc"}, []string{"c", "abc"}},
		{"*(ab)", []string{"abab"}, []string{"", "a"}},
		{"?(v)1", []string{"1", "v1"}, []string{"vv1"}},
		{"(a|b)", []string{"a", "b"}, []string{"ab"}},
		{"[a-c]x", []string{"ax"}, []string{"dx"}},
		{"[!a-c]x", []string{"ax", "!x"}, []string{"dx"}},
		{"a{1..3}", []string{"a1", "a3"}, []string{"a4"}},
		{"{a,{b,c}}", []string{"a", "b", "c"}, []string{"{b", "ab"}},
		{"a{b", []string{"a{b"}, []string{"ab"}},
		{"*README*", []string{"xREADMEy"}, []string{"a/README"}},
		{`a\*b`, []string{"a*b"}, []string{"aXb"}},
		{"!!a", []string{"a"}, []string{"b"}},
		{"a.b", []string{"a.b"}, []string{"aXb"}},
	}
	for _, tt := range tests {
		g, err := release.ParseGlob(tt.pattern)
		if err != nil {
			t.Errorf("%s: %v", tt.pattern, err)
			continue
		}
		for _, name := range tt.yes {
			if !g.Match(name) {
				t.Errorf("%s doesn't match %q", tt.pattern, name)
			}
		}
		for _, name := range tt.not {
			if g.Match(name) {
				t.Errorf("%s matches %q", tt.pattern, name)
			}
		}
	}
	for _, wrong := range []string{"", "*!(x)", "!(a)!(b)"} {
		if _, err := release.ParseGlob(wrong); err == nil {
			t.Errorf("%q is taken", wrong)
		}
	}
}

func FuzzGlob(f *testing.F) {
	for _, seed := range []string{"a{b,{c,d}}e", "+(a|b)?(.{x,y})", "!(a)", "[!a]", "{{{{", "((((", `\`, "{a,b}{a,b}{a,b}", "**/*(x)"} {
		f.Add(seed, "main")
	}
	f.Fuzz(func(t *testing.T, pattern, name string) {
		g, err := release.ParseGlob(pattern)
		if err != nil {
			return
		}
		if g.Match("") || !g.Match(pattern) {
			t.Errorf("%q: no name and itself: %v, %v", pattern, g.Match(""), g.Match(pattern))
		}
		g.Match(name)
	})
}
