package main

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/semcut/semcut/commitparse/lint"
	"github.com/semcut/semcut/internal/config"
)

// awkward are messages that a careless writer of a format trips over.
var awkward = []lintMessage{
	{text: "Bad"}, {text: "feat: <b>&\"'\x1b[31m\u202e.\n\x00\x07::error::x", hash: strings.Repeat("a", 40)},
	{text: "feat: " + strings.Repeat("🎉漢", 300) + ".\n##[error]x", file: "a b/ü%.txt"}, {text: "\ufefffeat: \t."}, {text: ""}, {text: "Merge branch 'a'"},
}

func awkwardReport() *lintReport {
	c := &config.Lint{Config: lint.Conventional()}
	r := &lintReport{config: c}
	r.checkAll(awkward)
	return r
}

// TestSARIF asks the official schema, which a later version of the library carries: setting up the judge would cost every start of semcut.
func TestSARIF(t *testing.T) {
	for name, r := range map[string]*lintReport{"problems": awkwardReport(), "none": {config: &config.Lint{}}} {
		var out bytes.Buffer
		if err := writeLintSARIF(&app{stdio: stdio{Out: &out}}, r); err != nil {
			t.Fatal(err)
		}
		log, err := sarif.FromBytes(out.Bytes())
		if err == nil {
			err = log.Validate()
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestLintFormats looks that each format can be read again, and shows nothing that a terminal or a runner would obey.
func TestLintFormats(t *testing.T) {
	for _, f := range lintFormats {
		var out, errs strings.Builder
		a := &app{stdio: stdio{Out: &out, Err: &errs}, Env: func(string) string { return "" }, Color: "auto"}
		if err := f.write(a, awkwardReport()); err != nil {
			t.Errorf("%s: %v", f.name, err)
		}
		text := out.String()
		if strings.ContainsAny(text, "\x1b\x00\x07\u202e") && f.name != "json" && f.name != "sarif" {
			t.Errorf("%s shows what a terminal obeys: %q", f.name, text)
		}
		for line := range strings.Lines(text) {
			if strings.HasPrefix(strings.TrimSpace(line), "::") != (f.name == "github") || strings.HasPrefix(line, "##[") {
				t.Errorf("%s writes the line %q", f.name, line)
			}
		}
		switch f.name {
		case "json", "sarif":
			if !json.Valid([]byte(text)) {
				t.Errorf("%s is no JSON: %q", f.name, text)
			}
		case "junit":
			if err := xml.Unmarshal([]byte(text), &junitSuites{}); err != nil {
				t.Errorf("junit is no XML: %v", err)
			}
		}
	}
}

func TestExcerptPointsAtTheSpot(t *testing.T) {
	long := strings.Repeat("漢", 80) + strings.Repeat("x", 80) + "." + strings.Repeat("y", 80)
	for _, tt := range []struct {
		line       string
		col, width int
		want       string
	}{
		{"feat: a.", 8, 1, "."}, {"🎉 a.", 4, 1, "."}, {long, 161, 1, "."}, {"a\x1bb", 2, 1, "?"}, {"a", 2, 0, ""}, {"", 1, 0, ""},
	} {
		shown, before, width := excerpt(tt.line, tt.col, tt.width)
		rest := ansi.TruncateLeft(shown, before, "")
		if got := ansi.Truncate(rest, width, ""); got != tt.want {
			t.Errorf("of %q the caret is below %q of %q, want %q", tt.line, got, shown, tt.want)
		}
		if w := ansi.StringWidth(shown); w > 2*excerptWidth+2 {
			t.Errorf("%q is %d columns wide", shown, w)
		}
	}
}

func TestCleanup(t *testing.T) {
	const cut = " ------------------------ >8 ------------------------\n"
	for _, tt := range []struct{ mode, comment, text, want string }{
		{"strip", "#", "\n\nfeat: a  \n\n\n\nb\n# c\n\n", "feat: a\n\nb\n"},
		{"strip", "#", "feat: a\n#" + cut + "diff\n", "feat: a\n"},
		{"strip", "//", "// x\nfeat: a\n# b\n", "feat: a\n# b\n"},
		{"strip", "auto", "feat: a\n#12\n; c\n;\n", "feat: a\n#12\n"},
		{"strip", "auto", "feat: a\n#12\n; c\n;" + cut + "diff\n", "feat: a\n#12\n"},
		{"strip", "auto", "feat: a\n", "feat: a\n"},
		{"scissors", "#", "feat: a\n# b\n#" + cut + "diff\n", "feat: a\n# b\n"},
		{"whitespace", "#", "feat: a \n# b\n", "feat: a\n# b\n"},
		{"verbatim", "#", "\nfeat: a \n# b", "\nfeat: a \n# b"},
		{"strip", "#", "# only\n", "\n"},
	} {
		if got := (cleanup{tt.mode, tt.comment}).clean(tt.text); got != tt.want {
			t.Errorf("%s with %q of %q gives %q, want %q", tt.mode, tt.comment, tt.text, got, tt.want)
		}
	}
}
