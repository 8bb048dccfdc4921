package changelog

import (
	"fmt"
	"strings"
	"testing"
)

// The texts are such that a careless scanner looks at the same bytes again and again. Four times as long, each must
// take about four times the time; compare the lines n and 4n of one name.

func BenchmarkInsert(b *testing.B) {
	for _, h := range []struct{ name, head, unit, tail string }{
		{"sections", "# a\n\n", "## 1.2.0\n\n* a lid\n* another lid\n\n", ""},
		{"no-version", "# a\n\n", "## b\n\n* a lid\n\n", ""},
		{"one-line", "", "1.", ""},
		{"newlines", "x", "\n", "x"},
		{"spaces", "x", " ", "x"},
		{"open-fences", "", "```go\n", ""},
		{"closed-fences", "", "```\n", ""},
		{"indented-fences", "", "    ```\n", ""},
		{"bullet-fences", "", "- ```\n", "x"},
		{"growing-fences", "", "~~~\n````x\n", "`````\n"},
		{"open-comments", "", "<!--\n", ""},
		{"comments", "", "<!--\n", "-->"},
		{"front-matter", "---\n", "a: b\n", ""},
		{"addresses", "", "[a]: b\n", ""},
		{"anchors", "", "<a name=\"b\">\n", ""},
		{"setext", "", "1.2.0 a\n---\n", ""},
	} {
		for _, times := range []int{1, 4} {
			file := []byte(h.head + strings.Repeat(h.unit, times*500_000/len(h.unit)) + h.tail)
			b.Run(fmt.Sprintf("%s/%dn", h.name, times), func(b *testing.B) {
				b.SetBytes(int64(len(file)))
				for b.Loop() {
					if _, err := Insert(file, lid); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

func BenchmarkNotes(b *testing.B) {
	for _, h := range []struct{ name, head, unit, tail string }{
		{"token", "feat: ", "a", ""},
		{"issues", "feat: ", "#1 ", ""},
		{"other-issues", "feat: ", "#%d ", ""},
		{"hashes", "feat: ", "#", ""},
		{"users", "feat: ", "@a ", ""},
		{"at", "feat: ", "@", ""},
		{"backticks", "feat: ", "`", "@a"},
		{"backticks-apart", "feat: ", "`a ", "@a"},
		{"release-as", "chore: a\n", "Release-As:", ""},
		{"release-as-digits", "chore: a\n", "Release-As: 1.1.", ""},
		{"release-as-spaces", "chore: a\nRelease-As:", " ", "1"},
		{"types", "t%d: a\nBREAKING CHANGE: a", "", ""},
	} {
		for _, times := range []int{1, 4} {
			commits := history(messages(h.head, h.unit, h.tail, times))
			o := release("1.3.0", pot)
			o.Layout = "conventionalcommits"
			b.Run(fmt.Sprintf("%s/%dn", h.name, times), func(b *testing.B) {
				for b.Loop() {
					write(b, commits, o)
				}
			})
		}
	}
}

// messages makes one long message of units, or many of a head with a number in it.
func messages(head, unit, tail string, times int) []string {
	count := func(text string, n int) []string {
		all := make([]string, n)
		for i := range all {
			if all[i] = text; strings.Contains(text, "%d") {
				all[i] = fmt.Sprintf(text, i)
			}
		}
		return all
	}
	if unit == "" {
		return count(head, times*2000)
	}
	return []string{head + strings.Join(count(unit, times*100_000/len(unit)), "") + tail}
}
