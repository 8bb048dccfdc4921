package changelog

import (
	"strings"
	"testing"
)

var lid = Section{Version: "1.3.0", Tag: "v1.3.0", Markdown: "## 1.3.0 (2026-11-22)\n\n* a lid\n", Title: "# Changelog"}

// The section goes between above and below, with an empty line on either side.
var insertTests = []struct{ shows, above, below string }{
	{"below a title", "# Changelog\n\n", "## 1.2.0\n\n* a pot\n"},
	{"to the top where there is no title", "", "## 1.2.0\n\n* a pot\n"},
	{"to the end where no version is", "# Changelog\n\nAll changes of the pot.\n\n", ""},
	{"below the unreleased changes", "# Changelog\n\n## [Unreleased]\n\n- a pan\n\n", "## [1.2.0] - 2020-01-01\n"},
	{"below them also where no version is", "## [Unreleased]\n\n- a pan\n\n", ""},
	{"above the addresses at the end", "## [Unreleased]\n\n- a pan\n\n", "[unreleased]: https://pot.example/a\n\n[x y]: https://pot.example/b\n"},
	{"not to the addresses where a version is", "", "## [1.2.0]\n\n[1.2.0]: https://pot.example/a\n"},
	{"above a heading's anchor", "# Changelog\n\n", "<a name=\"1.2.0\"></a>\n\n## 1.2.0\n"},
	{"not to an anchor of something else", "<a id=\"top\"></a>\ntext\n\n", "## 1.2.0\n"},
	{"above a heading with an anchor inside", "# Changelog\n\n", "## <a name=\"1.2.0\"></a>1.2.0\n"},
	{"to the first of many", "# Changelog\n\n", "## 1.2.0\n\n## 1.1.0\n\n# 1.0.0\n"},

	{"headings: v", "text\n\n", "## v1.2.0\n"},
	{"headings: brackets", "text\n\n", "### [v1.2.0](https://pot.example) (2020-01-01)\n"},
	{"headings: words", "text\n\n", "# Version 1.2.0\n"},
	{"headings: another word", "text\n\n", "## release v1.2.0 - January\n"},
	{"headings: bold", "text\n\n", "## **1.2.0** (2020-01-01)\n"},
	{"headings: a name", "text\n\n", "## 1.2.0 Kettle\n"},
	{"headings: two numbers", "text\n\n", "## 1.2\n"},
	{"headings: two numbers and a date", "text\n\n", "## 1.2 - 2020-01-01\n"},
	{"headings: prerelease", "text\n\n", "## 1.2.0-beta.1+build\n"},
	{"headings: slightly indented", "text\n\n", "   ## 1.2.0\n"},
	{"headings: a ruler below", "text\n\n", "1.2.0 / 2020-01-01\n==================\n"},
	{"headings: another ruler", "text\n\n", "v1.2.0\n---\n"},
	{"headings: a date", "text\n\n", "v1.2.0 / 2020-01-01\n\n  * a pot\n"},
	{"headings: a date in parentheses", "text\n\n", "1.2.0 (2020-01-01)\n"},

	{"no version: a number", "## 3 ways to boil\n\n## 2024 roadmap\n\n", "## 1.2.0\n"},
	{"no version: a sentence", "# 1.0 is out\n\n## 3.11 ways to boil\n\n", "## 1.2.0\n"},
	{"no version: a part of a number", "## 10.5% faster\n\n## 1.5x faster\n\n", "## 1.2.0\n"},
	{"no version: behind other words", "## Since 1.2.0\n\n### Upgrade from 1.2.0\n\n", "## 1.2.0\n"},
	{"no version: in text", "1.2.0 is old, and\n1.1.0 (2020-01-01)\nwas older: see 1.3.0\n\n", "## 1.2.0\n"},
	{"no version: no blank behind the #", "#1.2.0\n\n", "## 1.2.0\n"},
	{"no version: seven #", "####### 1.2.0\n\n", "## 1.2.0\n"},
	{"no version: quoted", "> ## 1.2.0\n\n* ## 1.2.0\n\n", "## 1.2.0\n"},
	{"no version: indented", "text\n\n    ## 1.2.0\n\n\t## 1.2.0\n\n", "## 1.2.0\n"},
	{"no version: a table", "1.2.0 | x\n--- | ---\n\n", "## 1.2.0\n"},
	{"no version: an address above a ruler", "[1.2.0]: https://pot.example\n---\n\n", "## 1.2.0\n"},

	{"front matter", "---\ntitle: x\n1.2.0\n---\n\n", "## 1.2.0\n"},
	{"front matter with its other end", "---\ntitle: x\n...\n\n", "1.2.0\n---\n"},
	{"front matter alone", "---\ntitle: x\n---\n\n", ""},
	{"a ruler is no front matter", "---\n\n", "1.2.0\n---\n"},
	{"front matter without an end", "---\ntitle: x\n\n", "## 1.2.0\n"},

	{"code", "```\n## 1.2.0\n```\n\n", "## 1.2.0\n"},
	{"code with a language", "~~~ md `x`\n## 1.2.0\n```\n## 1.2.0\n~~~\n\n", "## 1.2.0\n"},
	{"a longer fence", "````\n```\n## 1.2.0\n````\n\n", "## 1.2.0\n"},
	{"a fence with a language ends nothing", "```\n```go\n## 1.2.0\n```\n\n", "## 1.2.0\n"},
	{"an indented fence ends nothing", "```\n    ```\n## 1.2.0\n```\n\n", "## 1.2.0\n"},
	{"code within a line", "```a``` is code\n\n", "## 1.2.0\n\n```\nb\n```\n"},
	{"a fence without an end", "text\n\n```\n\n", "## 1.2.0\n"},
	{"a fence without an end, and no version", "text\n\n```\nmore\n\n", ""},
	{"two fences of other kinds without an end", "```\n~~~\n\n", "## 1.2.0\n"},
	{"a fence with nothing but its like behind it", "````\n\n", "## 1.2.0\n\n```\n"},
	{"code in a list", "- a\n\n  ```\n  ## 1.2.0\n  ```\n\n", "## 1.2.0\n"},
	{"code right behind a bullet", "- ```\n  ## 1.2.0\n  ```\n\n1. ~~~\n   ## 1.2.0\n   ~~~\n\n", "## 1.2.0\n"},
	{"code deep in a list", "- a\n  - b\n\n    ```\n    x\n\n  ## 1.2.0\n    ```\n\n", "## 1.2.0\n"},
	{"code that its list ends", "- a\n\n      ```\n      x\n\n", "## 1.2.0\n\n      ```\n"},

	{"code behind a bullet that its list ends", "- ```\n  x\n\n", "## 1.2.0\n\n```\n"},

	{"a comment", "<!-- ## 1.2.0 -->\n\n<!--\n## 1.2.0\n-->\n\n", "## 1.2.0\n"},
	{"a comment that ends in mid-line", "<!--\n## 1.2.0\nx --> y <!--\n\n", "## 1.2.0\n"},
	{"a comment without an end", "text\n\n<!--\n\n", "## 1.2.0\n\n<!--\n"},
	{"a comment on a heading", "<!-- all -->\n\n", "## 1.2.0 <!-- the first -->\n"},
	{"an indented comment is code", "    <!--\n\n", "## 1.2.0\n\n-->\n"},
	{"a comment in code", "```\n<!--\n```\n\n", "## 1.2.0\n\n-->\n"},
	{"a fence in a comment", "<!--\n```\n-->\n\n", "## 1.2.0\n\n```\n"},
}

func TestInsertPutsTheSection(t *testing.T) {
	for _, tt := range insertTests {
		below := tt.below
		if below != "" {
			below = "\n" + below
		}
		for _, newline := range []string{"\n", "\r\n", "\r"} {
			for _, mark := range []string{"", "\ufeff"} {
				file := mark + strings.ReplaceAll(tt.above+tt.below, "\n", newline)
				want := mark + strings.ReplaceAll(tt.above+lid.Markdown+below, "\n", newline)
				checkInsert(t, tt.shows, file, want, lid)
			}
		}
	}
}

func checkInsert(t *testing.T, shows, file, want string, s Section) {
	t.Helper()
	got, err := Insert([]byte(file), s)
	if err != nil {
		t.Errorf("%s: %v", shows, err)
	}
	if string(got) != want {
		t.Errorf("%s: inserting in\n%q gives\n%q, want\n%q", shows, file, got, want)
	}
}

func TestInsertKeepsBytes(t *testing.T) {
	for _, tt := range []struct{ shows, file, want string }{
		{"most line ends are CRLF", "# a\r\n\r\nb\nc\r\n", "# a\r\n\r\nb\nc\r\n\r\n## 1.3.0 (2026-11-22)\r\n\r\n* a lid\r\n"},
		{"most are LF", "# a\n\nb\r\nc\n", "# a\n\nb\r\nc\n\n## 1.3.0 (2026-11-22)\n\n* a lid\n"},
		{"no line end at the end", "# a", "# a\n\n## 1.3.0 (2026-11-22)\n\n* a lid\n"},
		{"none below", "# a\n## 1.2.0", "# a\n\n## 1.3.0 (2026-11-22)\n\n* a lid\n\n## 1.2.0"},
		{"CRLF and none at the end", "# a\r\nb", "# a\r\nb\r\n\r\n## 1.3.0 (2026-11-22)\r\n\r\n* a lid\r\n"},
		{"blanks at line ends", "# a \n \t\n", "# a \n \t\n\n## 1.3.0 (2026-11-22)\n\n* a lid\n"},
		{"many empty lines", "# a\n\n\n\n## 1.2.0\n", "# a\n\n\n\n## 1.3.0 (2026-11-22)\n\n* a lid\n\n## 1.2.0\n"},
		{"empty lines at the top", "\n\n## 1.2.0\n", "\n\n## 1.3.0 (2026-11-22)\n\n* a lid\n\n## 1.2.0\n"},
		{"a CR at the end of CRLF", "# a\r\n\r\n\r", "# a\r\n\r\n\r\r\n\r\n## 1.3.0 (2026-11-22)\r\n\r\n* a lid\r\n"},
		{"NUL", "\x00\n\n## 1.2.0\n", "\x00\n\n## 1.3.0 (2026-11-22)\n\n* a lid\n\n## 1.2.0\n"},
		{"only addresses", "[a]: b\n", "## 1.3.0 (2026-11-22)\n\n* a lid\n\n[a]: b\n"},
	} {
		checkInsert(t, tt.shows, tt.file, tt.want, lid)
	}
}

func TestInsertBeginsAFile(t *testing.T) {
	for _, tt := range []struct{ shows, file, title, want string }{
		{"empty", "", "# Changelog", "# Changelog\n\n## 1.3.0 (2026-11-22)\n\n* a lid\n"},
		{"without a title", "", "", "## 1.3.0 (2026-11-22)\n\n* a lid\n"},
		{"blank", " \n\n", "# Changelog\n\n", "# Changelog\n\n## 1.3.0 (2026-11-22)\n\n* a lid\n"},
		{"blank with CRLF", "\r\n", "# Changelog", "# Changelog\r\n\r\n## 1.3.0 (2026-11-22)\r\n\r\n* a lid\r\n"},
		{"a byte order mark", "\ufeff\n", "# Changelog", "\ufeff# Changelog\n\n## 1.3.0 (2026-11-22)\n\n* a lid\n"},
		{"a title of many lines", "", "# Changelog\r\n\r\nAll changes.", "# Changelog\n\nAll changes.\n\n## 1.3.0 (2026-11-22)\n\n* a lid\n"},
	} {
		s := lid
		s.Title = tt.title
		checkInsert(t, tt.shows, tt.file, tt.want, s)
	}
	if got, err := Insert(nil, lid); err != nil || !strings.HasPrefix(string(got), "# Changelog\n\n## 1.3.0") {
		t.Errorf("inserting in a file that is not there gives %q, %v", got, err)
	}
}

func TestInsertTakesWhatTheSectionEndsWith(t *testing.T) {
	for _, text := range []string{"## 1.3.0\n\n* a", "## 1.3.0\r\n\r\n* a\r\n", "## 1.3.0\n\n* a\n\n\n"} {
		s := Section{Version: "1.3.0", Markdown: text}
		checkInsert(t, text, "# a\r\n", "# a\r\n\r\n## 1.3.0\r\n\r\n* a\r\n", s)
	}
}

func TestInsertLeavesAVersionThatIsThere(t *testing.T) {
	for _, tt := range []struct {
		shows, file string
		there       bool
	}{
		{"as the first", "# Changelog\n\n## 1.3.0\n", true},
		{"below others", "## 2.0.0\n\n## [1.3.0](https://pot.example)\n", true},
		{"with v", "## v1.3.0 - 2020-01-01\n", true},
		{"in brackets", "## [v1.3.0]\n", true},
		{"in words", "# Version 1.3.0:\n", true},
		{"above a ruler", "1.3.0\n-----\n", true},
		{"with a date", "1.3.0 / 2020-01-01\n", true},
		{"not yet released", "## 1.3.0 (unreleased)\n", true},
		{"before a full stop", "## 1.3.0.\n", true},
		{"a version that it begins", "## 1.3.01\n", false},
		{"another that it begins", "## 11.3.0\n", false},
		{"its prerelease", "## 1.3.0-beta.1\n", false},
		{"two numbers", "## 1.3\n", false},
		{"four", "## 1.3.0.1\n", false},
		{"in text", "# a\n\n1.3.0 is coming.\n", false},
		{"in an address", "# a\n\n[1.3.0]: https://pot.example\n", false},
		{"in code", "# a\n\n```\n## 1.3.0\n```\n", false},
		{"in a comment", "# a\n\n<!-- \n## 1.3.0\n-->\n", false},
	} {
		got, err := Insert([]byte(tt.file), lid)
		if err != nil {
			t.Errorf("%s: %v", tt.shows, err)
		}
		if there := string(got) == tt.file; there != tt.there {
			t.Errorf("%s: Insert takes the version as there: %v, in %q", tt.shows, there, tt.file)
		}
	}
}

func TestInsertKnowsASectionByItsTag(t *testing.T) {
	s := Section{Version: "1.3.0", Tag: "v1.3.0-lts", Markdown: "## 1.3.0\n"}
	file := "# Changelog\n\n## v1.3.0-lts\n"
	checkInsert(t, "named by the tag", file, file, s)
}

func TestInsertRefusesWhatIsNotUTF8(t *testing.T) {
	for _, file := range []string{"\xff\xfe#\x00", "# Changelog\n\n\xe4nderungen\n"} {
		if got, err := Insert([]byte(file), lid); err == nil {
			t.Errorf("inserting in %q gives %q", file, got)
		}
	}
}
