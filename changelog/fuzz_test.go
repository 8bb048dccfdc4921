package changelog

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzInsert checks what Insert promises of any file. Its seeds are the folder testdata/fuzz/FuzzInsert.
func FuzzInsert(f *testing.F) {
	f.Fuzz(checkPromises)
}

// TestInsertKeepsItsPromises tries all files of up to four of these pieces.
func TestInsertKeepsItsPromises(t *testing.T) {
	pieces := []string{"```\n", "~~~ a\n", "    ```\n", "- ~~~\n", "<!--\n", "-->\n", "## 1.2.0\n", "---\n", "[a]: b\r\n", "1.2.0", "\n"}
	for _, file := range compose(pieces, 4) {
		checkPromises(t, []byte(file))
		if t.Failed() {
			return
		}
	}
}

func checkPromises(t *testing.T, file []byte) {
	before := bytes.Clone(file)
	got, err := Insert(file, lid)
	if !bytes.Equal(file, before) {
		t.Errorf("the file itself became %q", file)
	}
	if (err != nil) == utf8.Valid(file) {
		t.Errorf("inserting in %q gives the error %v", file, err)
	}
	if err != nil {
		return
	}
	if again, err := Insert(got, lid); err != nil || !bytes.Equal(again, got) {
		t.Errorf("inserting twice in %q gives %q, %v, once %q", file, again, err, got)
	}
	if !HasOwnUnreleased(file) {
		checkOnlyAdded(t, file, got)
		checkKept(t, file)
	}
}

// checkKept: a section with addresses of links moves no line of the file, and changes none but the address of what is
// unreleased.
func checkKept(t *testing.T, file []byte) {
	if len(bytes.TrimSpace(bytes.TrimPrefix(file, bom))) == 0 {
		return // there is nothing to keep
	}
	s := lid
	s.Markdown += "\n[1.3.0]: https://x.example/compare/v1.2.3...v1.3.0\n"
	got, err := Insert(file, s)
	if err != nil {
		t.Errorf("inserting in %q gives the error %v", file, err)
	}
	if again, err := Insert(got, s); err != nil || !bytes.Equal(again, got) {
		t.Errorf("inserting twice in %q gives %q, %v, once %q", file, again, err, got)
	}
	lines := linesOf(bytes.TrimPrefix(got, bom))
	for _, line := range linesOf(bytes.TrimPrefix(file, bom)) {
		at := slices.Index(lines, line)
		if at < 0 && !unreleasedAddress.MatchString(line) {
			t.Errorf("%q becomes %q, where the line %q is missing", file, got, line)
			return
		}
		lines = lines[at+1:]
	}
}

// linesOf gives lines without their ends.
func linesOf(text []byte) []string {
	return strings.FieldsFunc(string(text), func(r rune) bool { return r == '\n' || r == '\r' })
}

// checkOnlyAdded: without the one section and the line ends around it, the file is what it was.
func checkOnlyAdded(t *testing.T, file, got []byte) {
	text := bytes.TrimPrefix(file, bom)
	if bytes.Equal(got, file) || len(bytes.TrimSpace(text)) == 0 {
		return
	}
	section := strings.ReplaceAll(lid.Markdown, "\n", lineEnd(text))
	for at := 0; ; at++ {
		next := bytes.Index(got[at:], []byte(section))
		if next < 0 {
			t.Errorf("%q in place of %q is more than one section", got, file)
			return
		}
		at += next
		before, after := got[:at], got[at+len(section):]
		for n := range 3 { // line ends that were missing above
			if above, ok := bytes.CutSuffix(before, bytes.Repeat([]byte(lineEnd(text)), n)); ok {
				below := bytes.TrimPrefix(after, []byte(lineEnd(text)))
				if bytes.Equal(append(bytes.Clone(above), below...), file) {
					return
				}
			}
		}
	}
}

// FuzzBuild checks that any messages can be made notes of: one heading, one line end at the end, no other title than
// the layout's.
func FuzzBuild(f *testing.F) {
	f.Add("feat(a)!: b (#1), by @c\n\nfixes d/e#2", "Revert \"x\"\n\nThis reverts commit "+strings.Repeat("b", 40)+".")
	f.Fuzz(func(t *testing.T, first, second string) {
		for _, layout := range []string{"angular", "conventionalcommits", "semcut"} {
			o := release("1.3.0", pot)
			o.Layout = layout
			commits := history([]string{first, second})
			got := write(t, commits, o)
			if again := write(t, commits, o); again != got {
				t.Errorf("two answers: %q and %q", got, again)
			}
			if !strings.HasPrefix(strings.TrimLeft(got, "#"), " [1.3.0](https://github.com/ann/pot/compare/v1.2.3...v1.3.0) (2026-11-23)") ||
				!strings.HasSuffix(got, "\n") || strings.HasSuffix(got, "\n\n") {
				t.Errorf("the notes of %q and %q are %q", first, second, got)
			}
		}
	})
}
