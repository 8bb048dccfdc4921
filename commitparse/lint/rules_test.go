package lint

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// TestExamples checks each row's examples, under its default setting and turned round.
func TestExamples(t *testing.T) {
	for _, r := range Rules() {
		c := Config{Parser: ConventionalParser(), CheckAll: true}
		c.Set(r.Name, r.Default)
		if err := c.Judge(); err != nil {
			t.Errorf("%s: its default is wrong: %v", r.Name, err)
		}
		for _, text := range r.Good {
			if got := examine(text, r, c); !got.Valid {
				t.Errorf("%s: the good example %q fails: %+v", r.Name, text, got.Errors)
			}
		}
		for _, text := range r.Bad {
			got := examine(text, r, c)
			if got.Valid {
				t.Errorf("%s: the bad example %q passes", r.Name, text)
				continue
			}
			p := got.Errors[0]
			lines := splitLines(text)
			if p.Line < 1 || p.Line > len(lines) || p.Col < 1 || p.Col+p.Width > utf8.RuneCountInString(lines[p.Line-1])+1 {
				t.Errorf("%s: %q: the spot %d:%d+%d lies outside", r.Name, text, p.Line, p.Col, p.Width)
			}
		}
	}
}

// examine checks an example; those of scope-paths are about a change of src/lid.
func examine(text string, r Rule, c Config) Result {
	var paths []string
	if r.Name == "scope-paths" {
		paths = []string{"src/lid/turn.go"}
	}
	return CheckChange(text, paths, c)
}

func TestEveryRowIsFull(t *testing.T) {
	seen := map[string]bool{}
	known := 0
	for _, r := range Rules() {
		if seen[r.Name] {
			t.Errorf("%s stands in the table twice", r.Name)
		}
		seen[r.Name] = true
		if r.Doc == "" || r.Mend == "" || r.check == nil || r.Default.Level == Off || len(r.Good) == 0 || len(r.Bad) == 0 {
			t.Errorf("%s lacks doc, mend, check, default or examples", r.Name)
		}
		if !strings.HasSuffix(r.Doc, ".") {
			t.Errorf("%s: its doc is no sentence", r.Name)
		}
		if !r.Own {
			known++
		}
	}
	if known != 38 {
		t.Errorf("%d rules of commitlint, want 38", known)
	}
}
