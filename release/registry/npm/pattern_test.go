package npm

import (
	"slices"
	"strings"
	"testing"
)

func TestBraces(t *testing.T) {
	for pattern, want := range map[string]string{
		"a": "a", "{a,b}": "a b", "x{a,b}y": "xay xby", "{a,b}{1,2}": "a1 a2 b1 b2", "{a,{b,c}}": "a b c", "{1..3}": "1 2 3", "{3..1}": "3 2 1", "{1..5..2}": "1 3 5", "{a..c}": "a b c",
		"{01..03}": "01 02 03", "{-1..1}": "-1 0 1", "{a}": "{a}", "{a": "{a", "a}": "a}", "{,a}": " a", "{a,b": "{a,b", "{{a,b}": "{a {b", "${a,b}": "${a,b}", `\{a,b}`: `\{a,b}`, "{}": "{}", "{{a,b}}": "{a} {b}",
		"{a,b}}": "a} b}", "{a..}": "{a..}",
	} {
		if got := strings.Join(expandBraces(pattern), " "); got != want {
			t.Errorf("%q is %q, want %q", pattern, got, want)
		}
	}
	if n := len(expandBraces(strings.Repeat("{a,b}", 100))); n != maxBraces {
		t.Errorf("there are %d patterns", n)
	}
	if n := len(expandBraces("{1..99999999}")); n != maxBraces {
		t.Errorf("there are %d numbers", n)
	}
}

func TestPatterns(t *testing.T) {
	for _, tt := range []struct{ pattern, yes, no string }{
		{"*.js", "a.js A.JS x/a.js .js", "a.ts"},
		{"a/*.js", "a/b.js", "a/b/c.js b.js"},
		{"/a", "/a", "a b/a"},
		{"a/**", "a/b a/b/c a/", "a b/a"},
		{"**/a", "a x/a x/y/a", "ab"},
		{"a/**/b", "a/b a/x/b a/x/y/b", "b a/bc"},
		{"?", "a é", "ab"},
		{"[a-c]", "a B c", "d"},
		{"[!a-c]", "d", "a"},
		{"[]a]", "] a", "b"},
		{"[a", "[a", "a"},
		{"a[b-]", "ab a-", "ac"},
		{"[z-a]", "", "a z m"},
		{"[[:digit:][:upper:]]", "1 A a", "-"},
		{`[\]]`, "]", `\`},
		{"@(a|b)c", "ac bc", "c abc"},
		{"?(a)c", "ac c", "aac"},
		{"*(a|b)c", "c ac abac", "xc"},
		{"+(a|b)c", "ac bbc", "c"},
		{"x/!(a|b)", "x/c x/ab x/", "x/a x/b"},
		{"x/!(a).js", "x/b.js x/ab.js", "x/a.js"},
		{"x/!()", "x/a", "x/"},
		{"@(a|@(b|c))", "a b c", "d"},
		{"@(a", "@(a", "a"},
		{`a\*`, "a*", "ab"},
		{"a/../b", "b x/b", "a"},
		{"", "", "a"},
	} {
		p := parsePattern(tt.pattern)
		for _, path := range strings.Fields(tt.yes) {
			if !p.match(path, false) {
				t.Errorf("%q is not %q", tt.pattern, path)
			}
		}
		for _, path := range strings.Fields(tt.no) {
			if p.match(path, false) {
				t.Errorf("%q is %q", tt.pattern, path)
			}
		}
	}
}

// TestPatternsEnd: nobody can write one that takes for ever.
func TestPatternsEnd(t *testing.T) {
	for _, pattern := range []string{
		strings.Repeat("*a", 30) + "b", "*(*(*(a)b)c)*(a)*(a)*(a)*(a)*(a)x", strings.Repeat("{", 60_000) + "}", strings.Repeat("{a,", 1000), strings.Repeat("+(", 1000),
		strings.Repeat("**/", 12) + "x", strings.Repeat("[", 5000),
	} {
		parsePattern(pattern).match(strings.Repeat("a", 60)+"/"+strings.Repeat("a/", 12), false)
	}
}

func TestAPackageThatIsTooBig(t *testing.T) {
	var out strings.Builder
	l := &limited{to: &out, left: 3}
	if _, err := l.Write([]byte("abc")); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Write([]byte("d")); err == nil || !strings.Contains(err.Error(), "it is bigger than 512 MiB") || out.String() != "abc" {
		t.Errorf("got %v, %q", err, out.String())
	}
}

func FuzzPattern(f *testing.F) {
	for _, s := range slices.Concat(sownAs, []string{"{a..z..2}", "[[:alpha:]-\\]", "!(!(a))", "a{,b}/**"}) {
		f.Add(s, "a/b.js")
	}
	f.Fuzz(func(t *testing.T, rule, path string) {
		if len(rule) > 100 || len(path) > 100 {
			t.Skip()
		}
		parsePattern(rule).match(path, true)
	})
}
