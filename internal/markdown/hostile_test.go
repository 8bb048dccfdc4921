package markdown

import (
	"regexp"
	"strings"
	"testing"
)

// TestDeep: what stands in one another a million times is read, and written, in time and on a stack that hold.
func TestDeep(t *testing.T) {
	const often = 20_000
	for name, piece := range map[string]string{
		"quotes": "> ", "bullets": "- ", "stars": "*a ", "strong": "**a", "brackets": "[", "images": "![", "links": "[a](b", "backticks": "`a``b",
		"comments": "<!-- ", "tags": "<a b='", "entities": "&a", "escapes": "\\", "definitions": "[a]: b\n", "addresses": "http://", "closings": "a]", "mixed": "*_", "many addresses": "http://a ", "addresses in brackets": "[ http://a ", "images of links": "![[a](b)", "empty": "![[]()", "mail": "<a@b.",
	} {
		for _, text := range []string{strings.Repeat(piece, often), strings.Repeat(piece, often) + strings.Repeat("*", often), strings.Repeat(piece, often) + strings.Repeat("](x)", often)} {
			if out := Parse(text).HTML(); out == "" && name != "definitions" {
				t.Errorf("nothing is left of %s", name)
			}
		}
	}
}

// made is what the writer itself writes.
var made = regexp.MustCompile(`</?(?:h[1-6]|p|ul|ol|li|em|strong|code|pre|blockquote)>|<ol start="\d+">|<hr>|<br>|<a href="(?:(?i:https?:|mailto:)[^"<>]*|[^":<>]*|[^":<>]*[/?#][^"<>]*)"(?: title="[^"<>]*")?>|</a>|<code class="language-[^"<>]*">|<!-- raw HTML omitted -->`)

// FuzzHTML: whatever a text holds, the page holds only tags that are the writer's, in pairs.
func FuzzHTML(f *testing.F) {
	for _, s := range []string{"# a\n\n* b\n  1. c\n\n> d *e* **f** `g`\n", "[a](javascript:x) ![b](c \"d\") <e:f> <script>", "[a]\n\n[a]: <b> 'c'\n", "***a** b* _c_", "```go\nx\n```\n    y\n", "https://a.b/c?d=<e>, &lt;\\<"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, source string) {
		out := Parse(source).HTML()
		rest := made.ReplaceAllString(out, "")
		if strings.ContainsAny(rest, "<>\"'") {
			t.Fatalf("%q:\n%s\nholds %q", source, out, rest)
		}
		for _, tag := range []string{"p", "ul", "li", "em", "strong", "a", "blockquote"} {
			if opened, closed := len(regexp.MustCompile("<"+tag+"[ >]").FindAllString(out, -1)), strings.Count(out, "</"+tag+">"); opened != closed {
				t.Fatalf("%q: %d <%s>, %d closed, in\n%s", source, opened, tag, closed, out)
			}
		}
	})
}
