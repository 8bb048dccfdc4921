package lint

import (
	"slices"
	"strings"
	"testing"

	"github.com/semcut/semcut/commitparse"
)

var fixTests = []struct {
	shows, text, want string
	rules             string // that were mended
}{
	{"nothing to mend", "feat: a\n", "feat: a\n", ""},
	{"the type's case", "FEAT(Lid): add", "feat(Lid): add", "type-case"},
	{"an alias", "Feature: add a lid", "feat: add a lid", "type-case type-enum"},
	{"an alias of a breaking change", "bugfix(lid)!: Add a lid.", "fix(lid)!: add a lid", "subject-case subject-full-stop type-enum"},
	{"no alias that the setting lacks", "feature: a", "feature: a", ""},
	{"an unknown type", "wibble: a", "wibble: a", ""},
	{"the first letter", "feat: Über den Deckel", "feat: über den Deckel", "subject-case"},
	{"no abbreviation", "feat: API for lids", "feat: API for lids", ""},
	{"no name in mixed case", "feat: GitHub knows lids", "feat: GitHub knows lids", ""},
	{"no code", "feat: Lid.turn is quick", "feat: Lid.turn is quick", ""},
	{"blanks and the stop behind them", " feat: add a lid. \n", "feat: add a lid\n", "header-trim subject-full-stop"},
	{"three dots stay", "feat: add a lid...", "feat: add a lid...", ""},
	{"two are no stop to guess at", "feat: add a lid..", "feat: add a lid..", ""},
	{"an address stays", "feat: see https://example.com/a.", "feat: see https://example.com/a.", ""},
	{"a blank line below the header", "feat: a\nThe lid turns.", "feat: a\n\nThe lid turns.", "body-leading-blank"},
	{"lines end as they do", "feat: a\r\nThe lid turns.\r\n", "feat: a\r\n\r\nThe lid turns.\r\n", "body-leading-blank"},
	{"a blank line before trailers", "feat: a\n\nThe lid turns.\nCloses #1\nSigned-off-by: A <a@b.c>\n", "feat: a\n\nThe lid turns.\n\nCloses #1\nSigned-off-by: A <a@b.c>\n", "footer-leading-blank"},
	{"none in the middle of a sentence", "feat: a\n\nThis is a\nfix #1 of which nobody knows\n", "feat: a\n\nThis is a\nfix #1 of which nobody knows\n", ""},
	{"long lines", "feat: a\n\n" + long + "\n\nCloses #1\n", "feat: a\n\n" + longWrapped + "\n\nCloses #1\n", "body-max-line-length"},
	{"long lines with CRLF", "feat: a\r\n\r\n" + long + "\r\n", "feat: a\r\n\r\n" + strings.ReplaceAll(longWrapped, "\n", "\r\n") + "\r\n", "body-max-line-length"},
	{"no code and no tables", "feat: a\n\n    " + long + "\n", "feat: a\n\n    " + long + "\n", ""},
	{"no fenced code", "feat: a\n\n```\n" + long + "\n```\n", "feat: a\n\n```\n" + long + "\n```\n", ""},
	{"the next line isn't joined", "feat: a\n\n" + long + "\nlid/hinge.go\n", "feat: a\n\n" + longWrapped + "\nlid/hinge.go\n", "body-max-line-length"},
	{"a dot that is a word", "fix: run go test in .", "fix: run go test in .", ""},
	{"an abbreviation", "fix: say it, e.g.", "fix: say it, e.g.", ""},
	{"single letters", "feat: C compiler", "feat: C compiler", ""},
	{"but for the article", "feat: A lid", "feat: a lid", "subject-case"},
	{"I", "feat: I'm done", "feat: I'm done", ""},
	{"no other letter", "feat: İstanbul", "feat: İstanbul", ""},
	{"no line with an address", "feat: a\n\n" + long + "\nsee " + long + " https://a.b\n", "feat: a\n\n" + longWrapped + "\nsee " + long + " https://a.b\n", "body-max-line-length"},
	{"what breaks", "feat: a\n\nBREAKING CHANGE: " + long + "\n", "", "-"},
	{"what breaks, twice", "feat: a\n\nBREAKING CHANGE: " + long + "\nRefs: #1\nBREAKING CHANGE: " + long + "\n", "", "-"},
	{"no trailer", "feat: a\n\nReviewed-by: " + long + "\n", "feat: a\n\nReviewed-by: " + long + "\n", ""},
	{"a merge is not looked at", "Merge branch 'A.'.", "Merge branch 'A.'.", ""},
	{"bytes that are no text stay", "Feat: a\xff", "Feat: a\xff", ""},
}

const (
	long        = "The quick hare jumps over the lazy hedgehog while the slow one looks on and the others are asleep in the grass."
	longWrapped = "The quick hare jumps over the lazy hedgehog while the slow one looks on and the others are asleep in\nthe grass."
)

func TestFix(t *testing.T) {
	for _, tt := range fixTests {
		c := Conventional()
		if tt.shows == "no alias that the setting lacks" {
			c.Set("type-enum", Setting{Level: Error, Value: []any{"wip"}})
		}
		got := Fix(tt.text, c)
		if tt.rules == "-" { // wrapped, wherever
			if got.Left.has("footer-max-line-length") || strings.Join(strings.Fields(got.Text), " ") != strings.Join(strings.Fields(tt.text), " ") {
				t.Errorf("%s: %q", tt.shows, got.Text)
			}
			continue
		}
		if rules := slices.Clone(got.Rules); got.Text != tt.want || strings.Join(sorted(rules), " ") != tt.rules {
			t.Errorf("%s: Fix(%q) gives %q by %s, want %q by %s", tt.shows, tt.text, got.Text, rules, tt.want, tt.rules)
		}
	}
}

// TestFixKeepsTrailers: git still finds them behind what breaks, whose lines that go on are indented.
func TestFixKeepsTrailers(t *testing.T) {
	text := "feat!: add\n\nbody\n\nBREAKING-CHANGE: " + long + "\nReviewed-by: X <x@y.z>\nRefs: 12\n"
	got := Fix(text, Conventional())
	if len(trailers(got.Text)) != 3 || got.Left.has("footer-max-line-length") || !strings.Contains(got.Text, "\n ") {
		t.Errorf("%q: %q", got.Text, trailers(got.Text))
	}
}

// TestFixLosesNoTrailer: of a paragraph with too many lines that are none git reads no trailers, so it isn't broken into more.
func TestFixLosesNoTrailer(t *testing.T) {
	text := "feat: a\n\nBREAKING CHANGE: " + strings.Repeat(long+" ", 4) + "\nSigned-off-by: A <a@b.c>\n"
	if len(trailers(text)) != 1 {
		t.Fatalf("there are %q to begin with", trailers(text))
	}
	if got := Fix(text, Conventional()); len(trailers(got.Text)) != 1 {
		t.Errorf("%q: %q", got.Text, trailers(got.Text))
	}
}

func sorted(s []string) []string { slices.Sort(s); return s }

func TestFixOnlyWhereItIsAsked(t *testing.T) {
	for _, tt := range []struct {
		rule, text, want string
		setting          Setting
	}{
		{"scope-case", "feat(Lid, Hinge): a", "feat(lid, hinge): a", Setting{Value: "lower-case"}},
		{"scope-case", "feat(myLid/theHinge): a", "feat(my-lid/the-hinge): a", Setting{Value: []any{"kebab-case"}}},
		{"scope-case", "feat(Déjà): a", "feat(Déjà): a", Setting{Value: "kebab-case"}}, // deja is another word
		{"scope-case", "feat(LID): a", "feat(lid): a", Setting{Never: true, Value: "upper-case"}},
		{"scope-enum", "feat(Lid/hinge): a", "feat(lid/hinge): a", Setting{Value: []any{"lid", "hinge"}}},
		{"scope-enum", "feat(box): a", "feat(box): a", Setting{Value: []any{"lid"}}},
		{"type-enum", "docs: a", "doc: a", Setting{Value: []any{"doc"}}},
		{"type-enum", "bug: a", "bug: a", Setting{Value: []any{"fix", "hotfix"}}}, // which of the two?
		{"subject-case", "feat: add", "feat: Add", Setting{Value: "sentence-case"}},
		{"subject-full-stop", "feat: add", "feat: add.", Setting{Value: "."}},
		{"header-full-stop", "feat: add!", "feat: add", Setting{Never: true, Value: "!"}},
		{"body-full-stop", "feat: a\n\nThe lid turns\n\nCloses #1\n", "feat: a\n\nThe lid turns.\n\nCloses #1\n", Setting{Value: "."}},
		{"body-full-stop", "feat: a\n\n    turn()", "feat: a\n\n    turn()", Setting{Value: "."}},
		{"body-full-stop", "feat: a\n\n```\nturn()", "feat: a\n\n```\nturn()", Setting{Value: "."}},
		{"breaking-change-exclamation-mark", "feat(x): a\n\nBREAKING CHANGE: b", "feat(x)!: a\n\nBREAKING CHANGE: b", Setting{}},
		{"breaking-change-exclamation-mark", "feat(x)!: a", "feat(x)!: a", Setting{}},
		{"body-leading-blank", "feat: a\n\nb", "feat: a\n\nb", Setting{Never: true}},
		{"body-max-line-length", "feat: a\n\nsee ; b\n", "feat: a\n\nsee ; b\n", Setting{Value: 4.0}},
	} {
		c := Config{Parser: ConventionalParser()}
		tt.setting.Level = Warning
		c.Set(tt.rule, tt.setting)
		if got := Fix(tt.text, c); got.Text != tt.want || got.Left.has(tt.rule) != (tt.text == tt.want) {
			t.Errorf("%s: Fix(%q) gives %q, want %q; left %+v", tt.rule, tt.text, got.Text, tt.want, got.Left)
		}
	}
}

// TestFixLeavesComments: with a comment character that wrapping doesn't avoid, no line becomes a comment.
func TestFixLeavesComments(t *testing.T) {
	c := Config{Parser: ConventionalParser()}
	c.Parser.CommentChar = "%"
	c.Set("body-max-line-length", Setting{Level: Error, Value: 8.0})
	text := "feat: a\n\nlid turn %d\n"
	if got := Fix(text, c); got.Text != text {
		t.Errorf("%q", got.Text)
	}
}

func FuzzFix(f *testing.F) {
	for _, tt := range fixTests {
		f.Add(tt.text, 20)
	}
	f.Fuzz(func(t *testing.T, text string, width int) {
		c := Config{Parser: ConventionalParser()}
		for _, r := range Rules() {
			c.Set(r.Name, r.Default)
		}
		c.Set("body-max-line-length", Setting{Level: Warning, Value: float64(width)})
		c.Set("footer-max-line-length", Setting{Level: Warning, Value: float64(width)})
		got := Fix(text, c)
		if again := Fix(got.Text, c); again.Text != got.Text {
			t.Fatalf("%q becomes %q, and that %q", text, got.Text, again.Text)
		}
		before, after := commitparse.Parse(text, commitparse.ConventionalCommits), commitparse.Parse(got.Text, commitparse.ConventionalCommits)
		if before.Breaking != after.Breaking || len(before.References) != len(after.References) {
			t.Fatalf("%q says another thing than %q", got.Text, text)
		}
		if a, b := letters(text), letters(got.Text); !slices.Contains(got.Rules, "type-enum") && a != b {
			t.Fatalf("%q has other words than %q", got.Text, text)
		}
	})
}

// letters are all letters of a text, with nothing between them.
func letters(text string) string { return strings.ToLower(lettersOf(text)) }
