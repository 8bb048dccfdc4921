package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const shownNotes = "## [1.3.0](https://x.example/compare) (2026-11-22)\n\n### Features\n\n* **lid:** a handle, `very` *good* ([#12](https://x.example/12))\n* &lt;b> &#27;[31m \\*stars\\*, @&#8203;ann\n\n  More of it.\n\n      code\n\n> quoted\n\n---\n"

func TestOnTerminal(t *testing.T) {
	want := `1.3.0 <https://x.example/compare> (2026-
11-22)

Features

• lid: a handle, very good (#12
  <https://x.example/12>)
• <b> ?[31m *stars*, @ann

  More of it.

    code

│ quoted

────────────────────────────────────────
`
	if got := onTerminal(shownNotes, 40, false); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	got := onTerminal(shownNotes, 40, true)
	for _, part := range []string{"\x1b[1;36m", "\x1b[1mlid:\x1b[0m", "\x1b]8;;https://x.example/12\a", "\x1b[33mvery\x1b[0m"} {
		if !strings.Contains(got, part) {
			t.Errorf("%q is not in %q", part, got)
		}
	}
	if strings.Contains(got, "\x1b[31m") {
		t.Errorf("a commit colours the terminal: %q", got)
	}
}

// TestBareLinks: addresses in a text are links, without what ends the sentence; in links and code they stay.
func TestBareLinks(t *testing.T) {
	const markdown = "See (https://x.example/a_b?c=d). And *http://y.example/*, `https://no.example`,\n[https://z.example](https://w.example) xhttps://no.example https://\nhttps://end.example\n"
	got := onTerminal(markdown, 500, true)
	for _, part := range []string{"(\x1b[4mhttps://x.example/a_b?c=d\x1b[0m).", "\x1b[4mhttp://y.example/\x1b[0m", "\x1b]8;;https://w.example\a", "\x1b[4mhttps://end.example\x1b[0m", " xhttps://no.example https:// "} {
		if !strings.Contains(got, part) {
			t.Errorf("%q is not in %q", part, got)
		}
	}
	file := filepath.Join(t.TempDir(), "page.html")
	if err := writePage(file, "A", markdown+"\n<script>alert(1)</script>\n"); err != nil {
		t.Fatal(err)
	}
	page, _ := os.ReadFile(file)
	for _, part := range []string{`(<a href="https://x.example/a_b?c=d">https://x.example/a_b?c=d</a>).`, `<code>https://no.example</code>`, `<a href="https://w.example">`} {
		if !strings.Contains(string(page), part) {
			t.Errorf("%q is not in %s", part, page)
		}
	}
	if strings.Contains(string(page), "<script") {
		t.Error("raw HTML is in the page")
	}
}

func TestWriteMarkdown(t *testing.T) {
	for _, tt := range []struct {
		tty         bool
		color, term string
		want        string
	}{
		{false, "auto", "", "## A\n"}, {true, "never", "", "A\n"}, {true, "auto", "dumb", "A\n"}, {true, "auto", "xterm", "\x1b[1;36mA\x1b[0m\n"}, {false, "always", "", "\x1b[1;36mA\x1b[0m\n"},
	} {
		var out bytes.Buffer
		a := &app{stdio: stdio{Out: &out, OutTTY: tt.tty}, Env: func(name string) string { return map[string]string{"TERM": tt.term}[name] }, Color: tt.color}
		if err := a.writeMarkdown("## A\n"); err != nil || out.String() != tt.want {
			t.Errorf("%+v: %q, %v", tt, out.String(), err)
		}
	}
}
