package compose

import (
	"strings"
	"testing"

	"github.com/semcut/semcut/commitparse/lint"
)

func TestMessage(t *testing.T) {
	conventional, angular := NewStyle(lint.Conventional()), NewStyle(lint.Angular())
	both := lint.Conventional()
	both.Set("breaking-change-exclamation-mark", lint.Setting{Level: lint.Error})
	for name, c := range map[string]struct {
		style Style
		parts Parts
		want  string
	}{
		"header only":     {conventional, Parts{Type: "feat", Description: "add a lid"}, "feat: add a lid\n"},
		"scope":           {conventional, Parts{Type: "fix", Scope: "lid", Description: " close\n it "}, "fix(lid): close it\n"},
		"no type":         {conventional, Parts{Description: "whatever"}, "whatever\n"},
		"body":            {conventional, Parts{Type: "feat", Description: "a", Body: "\n\none  \r\ntwo\n\n"}, "feat: a\n\none\ntwo\n"},
		"breaking":        {conventional, Parts{Type: "feat", Description: "a", Breaking: true}, "feat!: a\n"},
		"breaking text":   {conventional, Parts{Type: "feat", Scope: "x", Description: "a", Breaking: true, BreakingText: "b\nc"}, "feat(x)!: a\n\nBREAKING CHANGE: b c\n"},
		"angular":         {angular, Parts{Type: "feat", Description: "a", Breaking: true}, "feat: a\n\nBREAKING CHANGE: a\n"},
		"both":            {NewStyle(both), Parts{Type: "feat", Description: "a", Breaking: true}, "feat!: a\n\nBREAKING CHANGE: a\n"},
		"no text no note": {conventional, Parts{Type: "feat", Description: "a", BreakingText: "left over"}, "feat: a\n"},
		"trailers": {conventional, Parts{Type: "feat", Description: "a", Body: "b", Issues: Issues("12"), Footers: []string{"Refs: #3", " Signed-off-by: A <a@b.c>"}, SignedOffBy: "A <a@b.c>"},
			"feat: a\n\nb\n\nCloses #12\nRefs: #3\nSigned-off-by: A <a@b.c>\n"},
		"wide": {conventional, Parts{Type: "feat", Description: "日本語の説明 🎉", Body: "本文"}, "feat: 日本語の説明 🎉\n\n本文\n"},
	} {
		if got := c.style.Message(c.parts); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestMessagesPass: what is put together from good parts passes the rules that it was put together for.
func TestMessagesPass(t *testing.T) {
	long := strings.Repeat("a word and note: another ", 40)
	for name, c := range map[string]lint.Config{"conventional": lint.Conventional(), "angular": lint.Angular()} {
		p := Parts{
			Type: "feat", Scope: "lid", Description: "add a lid", Body: long + "\n\n- " + long, Breaking: true, BreakingText: long,
			Issues: Issues("#1, acme/widget#2"), Footers: []string{"Reviewed-by: A <a@b.c>"}, SignedOffBy: "A <a@b.c>",
		}
		text := NewStyle(c).Message(p)
		if r := lint.Check(text, c); len(r.Errors)+len(r.Warnings) > 0 {
			t.Errorf("%s: %+v %+v\n%s", name, r.Errors, r.Warnings, text)
		}
		if again := NewStyle(c).Message(PartsOf(text)); again != text {
			t.Errorf("%s: taken apart and put together:\n%s\nwas\n%s", name, again, text)
		}
	}
}

func TestIssues(t *testing.T) {
	for text, want := range map[string]string{
		"":                      "",
		"12":                    "Closes #12",
		"#12, #13":              "Closes #12|Closes #13",
		"#12 13":                "Closes #12|Closes #13",
		"acme/widget#4":         "Closes acme/widget#4",
		"PROJ-7":                "Closes PROJ-7",
		"fixes #3, refs #4":     "Fixes #3|Refs #4",
		"Part of #5":            "Part of #5",
		"https://example.com/1": "Closes https://example.com/1",
		" , ":                   "",
	} {
		if got := strings.Join(Issues(text), "|"); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestStyle(t *testing.T) {
	c := lint.Conventional()
	c.Set("type-enum", lint.Setting{Level: lint.Error, Value: []any{"wip", "fix", "feat"}})
	c.Set("scope-enum", lint.Setting{Level: lint.Error, Value: map[string]any{"scopes": []any{"lid"}}})
	c.Set("scope-empty", lint.Setting{Level: lint.Error, Never: true})
	c.Set("header-max-length", lint.Setting{Level: lint.Error, Value: "50"})
	s := NewStyle(c)
	var names []string
	for _, one := range s.Types {
		names = append(names, one.Name)
	}
	if got := strings.Join(names, " "); got != "feat fix wip" || s.AnyType {
		t.Errorf("types %s, any %v", got, s.AnyType)
	}
	if len(s.Scopes) != 1 || s.AnyScope || !s.ScopeNeeded || s.HeaderLimit != 50 || s.BodyWidth != 100 {
		t.Errorf("%+v", s)
	}
	if s := NewStyle(lint.Angular()); s.Bang || !s.NoteNeeded || s.HeaderLimit != 72 || s.BodyWidth != 72 || !s.AnyScope {
		t.Errorf("angular: %+v", s)
	}
}
