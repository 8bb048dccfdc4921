package githook

import (
	"strings"
	"testing"

	"mvdan.cc/sh/v3/syntax"
)

// TestScriptsArePlain: the sh of Debian, BusyBox and Git for Windows run nothing but POSIX.
func TestScriptsArePlain(t *testing.T) {
	for _, h := range []Hook{CommitMsg, CommitMsgFix, PrepareCommitMsg} {
		for _, text := range []string{h.script(), h.line + "\n", oldHusky + h.line + "\n"} {
			if _, err := syntax.NewParser(syntax.Variant(syntax.LangPOSIX)).Parse(strings.NewReader(text), h.Name); err != nil {
				t.Errorf("%s: %v\n%s", h.Name, err, text)
			}
			if strings.Contains(text, "\r") {
				t.Errorf("%s: a carriage return", h.Name)
			}
		}
		if !h.wrote(h.script()) {
			t.Errorf("%s: doesn't know its own script", h.Name)
		}
	}
	if CommitMsg.wrote(PrepareCommitMsg.script()) {
		t.Error("commit-msg takes prepare-commit-msg for its own")
	}
}

func TestWithoutLine(t *testing.T) {
	const line = "ours # semcut hook"
	for _, c := range []struct{ text, rest string }{
		{"ours # semcut hook\n", ""},
		{"a\nours # semcut hook\n", "a\n"},
		{"a\nours # semcut hook", "a"},
		{"\nours # semcut hook", ""},
		{"a\nours # semcut hook\nb", "a\nb"},
		{"ours # semcut hook\nb\n", "b\n"},
		{"not ours # semcut hook\n", "not ours # semcut hook\n"},
	} {
		if rest, _ := withoutLine(c.text, line); rest != c.rest {
			t.Errorf("%q: %q, want %q", c.text, rest, c.rest)
		}
	}
}
