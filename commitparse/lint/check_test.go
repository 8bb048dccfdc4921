package lint

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// Parts are written as body|footer; "-" is one that isn't there.
var parseTests = []struct{ shows, text, header, parts string }{
	{"a header alone", "feat: a\n", "feat: a", "|"},
	{"a body", "feat: a\n\nb\nc\n", "feat: a", "b\nc|"},
	{"a token ends the body", "feat: a\n\nb\n\nRefs: #1\nc", "feat: a", "b|Refs: #1\nc"},
	{"so does prose that looks like one", "feat: a\n\nNote: b", "feat: a", "|Note: b"},
	{"a number in place of the colon", "feat: a\n\nCloses #1", "feat: a", "|Closes #1"},
	{"an issue in prose doesn't", "feat: a\n\nas in #1\nb", "feat: a", "as in #1\nb|"},
	{"nor a token without a value", "feat: a\n\nkey:\nb", "feat: a", "key:\nb|"},
	{"nor one that is indented", "feat: a\n\n  key: b", "feat: a", "  key: b|"},
	{"a note with all that follows", "feat: a\n\nb\nBREAKING CHANGE: c\nd", "feat: a", "b|BREAKING CHANGE: c\nd"},
	{"a note in small letters behind a bullet", "feat: a\n\n* breaking change: b", "feat: a", "|* breaking change: b"},
	{"three dashes are text", "feat: a\n\nb\n---\nc", "feat: a", "b\n---\nc|"},
	{"newlines at both ends", "\n\r\nfeat: a\r\n\r\nb\r\n\r\n", "feat: a", "b|"},
	{"a signature's line is no header", "gpg: good\nfeat: a", "feat: a", "|"},
	{"a lone CR stays", "feat: a\n\nb\rc", "feat: a", "b\rc|"},
}

func TestParse(t *testing.T) {
	for _, tt := range parseTests {
		p := ConventionalParser()
		m := parse(tt.text, &p)
		if got := m.Body + "|" + m.Footer; m.Header != tt.header || got != tt.parts {
			t.Errorf("%s: parse(%q) gives %q, %q, want %q, %q", tt.shows, tt.text, m.Header, got, tt.header, tt.parts)
		}
	}
}

func TestParseHeader(t *testing.T) {
	for _, tt := range []struct {
		form HeaderForm
		text string
		want string // type|scope|subject
	}{
		{PlainHeader, "feat: a", "feat||a"},
		{PlainHeader, "feat!: a", "||"},
		{PlainHeader, "feat(a): b(c): d", "feat|a): b(c|d"},
		{PlainHeader, "feat(): a", "feat||a"},
		{PlainHeader, "feat:a", "||"},
		{MarkedHeader, "feat(a)!: b", "feat|a|b"},
		{MarkedHeader, "feat(a)!: b (c): d", "feat|a|b (c): d"},
		{LooseHeader, "feat(a)!: b (c): d", "feat|a)!: b (c|d"},
		{LooseHeader, "feat: a\u2028b", "||"},
	} {
		p := AngularParser()
		p.Header = tt.form
		m := parse(tt.text, &p)
		if got := m.Type + "|" + m.Scope + "|" + m.Subject; got != tt.want {
			t.Errorf("form %d: %q gives %q, want %q", tt.form, tt.text, got, tt.want)
		}
	}
}

func TestReferences(t *testing.T) {
	p := ConventionalParser().normal()
	for text, want := range map[string]bool{
		"feat: a #1": true, "feat: a (#1)": true, "feat: a #1.": true, "feat: a #1:": false, "feat: a #general": false, "feat: a#1": true,
		"feat: a https://example.com/#1": false, "fix https://example.com #1": false, "https://example.com fix #1": true,
		"prefix #1": true, "owner/repo#1": true, "feat: a GH-1": false, "feat: a\r#1": false,
	} {
		if got := p.refer(text, false); got != want {
			t.Errorf("%q names an issue: %v, want %v", text, got, want)
		}
	}
}

func TestDefaultIgnores(t *testing.T) {
	for text, want := range map[string]bool{
		"Merge pull request #1 from a/b": true, "Merge branch 'a'": true, "Merge a into b": true, "Merge tag v1": true, "Merge branches a and b": false,
		"Revert \"a\"": true, "revert: a": false, "reapply a": true, "fixup! a": true, "Fixup! a": false, "amend!": true,
		"1.2.3": true, "v1.2.3-rc.1+5": true, "chore(release): 1.2.3 [skip ci]": true, "chore: v1.2.3 (ci-skip)": true, "1.2": false, "01.2.3": false,
		"chore(release): 1.2.3 [no ci]": false, "1.2.3-01": false, "99999999999999999.1.1": false,
		"Merged in a": true, "Merged PR 1: a": true, "Merged": false, "Auto-merged a into b": true, "Automatic merge": true,
		"Merge remote-tracking branch x": true, "feat: a\n\nMerge branch b": false, "\n\nMerge branch b": true,
	} {
		if got := Check(text, Conventional()).Ignored; got != want {
			t.Errorf("%q is ignored: %v, want %v", text, got, want)
		}
	}
}

func TestTrailers(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"a\n\nRefs: #1\nKey:  b \n", "Refs: #1;Key: b"},
		{"a\n\nb\nRefs: #1\n", ""},
		{"a\n\nb c\nSigned-off-by: x\n", "Signed-off-by: x"},
		{"a\n\nRefs: #1\n  more\n\n\n", "Refs: #1 more"},
		{"a\n\nRefs: #1\n---\ndiff\n", "Refs: #1"},
		{"a\n\nRefs: #1\n# comment\n", "Refs: #1"},
		{"Refs: #1\n", ""},
		{"a\n\nRefs: #1\n\nthe end\n", ""},
	} {
		if got := strings.Join(trailers(tt.text), ";"); got != tt.want {
			t.Errorf("trailers(%q) are %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestCases(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"camel-case", "foo bar XMLHttp 2nd", "fooBarXmlHttp2nd"},
		{"kebab-case", "fooBar déjà", "foo-bar-deja"},
		{"snake-case", "FooBar 10x", "foo_bar_10_x"},
		{"pascal-case", "foo bar", "FooBar"},
		{"start-case", "foo_bar baz", "Foo Bar Baz"},
		{"start-case", "🎉 party", "🎉 Party"},
		{"sentence-case", "straße A", "Straße A"},
		{"upper-case", "straße", "STRASSE"},
		{"lower-case", "ΑΣ", "ας"},
	} {
		if got := toCase(tt.text, tt.name); got != tt.want {
			t.Errorf("%s of %q is %q, want %q", tt.name, tt.text, got, tt.want)
		}
	}
}

// TestProblem looks at all that a problem says.
func TestProblem(t *testing.T) {
	text := "Feat(lid): Ünd 🎉 so.\nbody"
	r := Check(text, Conventional())
	if len(r.Warnings) != 1 || r.Warnings[0] != (Problem{"body-leading-blank", Warning, "body must have leading blank line", 2, 1, 4}) {
		t.Errorf("the warnings are %+v", r.Warnings)
	}
	for _, p := range r.Errors {
		if p.Rule == "subject-full-stop" && (p.Line != 1 || p.Col != 20 || p.Width != 1) {
			t.Errorf("the full stop stands at %+v", p)
		}
	}
	if len(r.Errors) != 4 || r.Valid {
		t.Errorf("the errors are %+v", r.Errors)
	}
}

func TestScopePaths(t *testing.T) {
	for _, tt := range []struct {
		pattern, path string
		want          bool
	}{
		{"src/lid", "src/lid/a.go", true}, {"src/lid/", "src/lid", true}, {"src/lid", "src/lids/a.go", false}, {"*.md", "README.md", true},
		{"*.md", "docs/a.md", false}, {"**/*.md", "docs/x/a.md", true}, {"**/*.md", "a.md", true}, {"src/*/test", "src/a/test/b", true},
	} {
		c := Config{Parser: ConventionalParser()}
		c.Set("scope-paths", Setting{Level: Error, Value: map[string]any{"a": []any{tt.pattern}}})
		if got := CheckChange("feat(a): b", []string{tt.path}, c).Valid; got != tt.want {
			t.Errorf("%q fits %q: %v, want %v", tt.path, tt.pattern, got, tt.want)
		}
	}
}

func FuzzCheck(f *testing.F) {
	for _, tt := range parseTests {
		f.Add(tt.text, "#")
	}
	for _, h := range hostile {
		f.Add(h.text[:50], "")
	}
	f.Fuzz(func(t *testing.T, text, comment string) {
		c := Config{Parser: ConventionalParser(), CheckAll: true}
		c.Parser.CommentChar = comment
		for _, r := range Rules() {
			c.Set(r.Name, r.Default)
		}
		checkSpots(t, text, Check(text, c))
		for i := range c.Rules {
			c.Rules[i].Never = !c.Rules[i].Never
		}
		checkSpots(t, text, Check(text, c))
	})
}

// checkSpots fails where a problem lies outside of the message.
func checkSpots(t *testing.T, text string, r Result) {
	t.Helper()
	lines := splitLines(strings.ToValidUTF8(text, "\uFFFD"))
	for _, p := range append(r.Errors, r.Warnings...) {
		if p.Line < 1 || p.Line > len(lines) || p.Col < 1 || p.Width < 0 || p.Col+p.Width > utf8.RuneCountInString(lines[p.Line-1])+1 {
			t.Fatalf("%s: %q: the spot %d:%d+%d lies outside", p.Rule, text, p.Line, p.Col, p.Width)
		}
	}
}
