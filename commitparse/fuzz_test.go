package commitparse

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/semcut/semcut/commitparse/internal/chars"
)

// FuzzParse checks what Parse promises of any text. Its seeds are the folder testdata/fuzz/FuzzParse.
func FuzzParse(f *testing.F) {
	f.Fuzz(func(t *testing.T, text string) {
		for _, format := range []Format{Angular, ConventionalCommits, patternFormat} {
			m := Parse(text, format)
			if again := Parse(text, format); !reflect.DeepEqual(m, again) {
				t.Errorf("two answers: %+v and %+v", m, again)
			}
			checkRaw(t, text, m)
			checkHeader(t, m)
			checkHeaderAlone(t, m, format)
			checkBodyAndFooters(t, m)
			checkFound(t, m)
		}
	})
}

// checkRaw: nothing of the text is dropped, and what is no UTF-8 is replaced.
func checkRaw(t *testing.T, text string, m Message) {
	if want := strings.ToValidUTF8(text, string(utf8.RuneError)); m.Raw != want {
		t.Errorf("Raw = %q, want %q", m.Raw, want)
	}
}

// checkHeaderAlone: of the header alone the same is read as of the whole message.
func checkHeaderAlone(t *testing.T, m Message, format Format) {
	var h Message
	if _, parsed := ParseIf(m.Raw, format, func(header Message) bool { h = header; return false }); parsed {
		t.Error("what nobody wants was parsed")
	}
	want := Message{Raw: m.Raw, Header: m.Header, Conventional: m.Conventional, Type: m.Type, Scope: m.Scope, Description: m.Description, Breaking: h.Breaking}
	if !reflect.DeepEqual(h, want) || h.Breaking && !m.Breaking {
		t.Errorf("the header alone reads %+v, want %+v", h, want)
	}
}

// checkHeader: the header is the first line of the text and, where it has the format's shape, is made of its parts.
func checkHeader(t *testing.T, m Message) {
	if first, _, _ := strings.Cut(signedText(m.Raw), "\n"); m.Header != first {
		t.Errorf("the header of %q is %q, not %q", m.Raw, m.Header, first)
	}
	parts := m.Type + m.Scope + m.Description
	if !m.Conventional {
		if parts != "" {
			t.Errorf("the header %q has no shape, but the parts %q", m.Header, parts)
		}
		return
	}
	for _, scope := range []string{"", "()", "(" + m.Scope + ")"} {
		for _, mark := range []string{": ", "!: "} {
			if m.Header == m.Type+scope+mark+m.Description {
				return
			}
		}
	}
	t.Errorf("the header %q is not made of %q, %q and %q", m.Header, m.Type, m.Scope, m.Description)
}

// checkBodyAndFooters: header, body and footers, in this order, are all of the text but white space between them and
// the colons that separate tokens from values.
func checkBodyAndFooters(t *testing.T, m Message) {
	rest := signedText(m.Raw)
	take := func(what, part string) {
		before, after, found := strings.Cut(rest, part)
		if !found {
			t.Errorf("%s %q is not in the rest %q of %q", what, part, rest, m.Raw)
		}
		if left := chars.TrimSpace(before); left != "" {
			t.Errorf("before %s %q, %q of %q is dropped", what, part, left, m.Raw)
		}
		rest = after
	}
	take("header", m.Header)
	take("body", m.Body)
	for _, f := range m.Footers {
		take("token", f.Token)
		rest = strings.TrimPrefix(rest, ":")
		take("value", f.Value)
	}
	if left := chars.TrimSpace(rest); left != "" {
		t.Errorf("%q at the end of %q is dropped", left, m.Raw)
	}
}

// checkFound: what is found stands in the text.
func checkFound(t *testing.T, m Message) {
	for _, r := range m.References {
		name := r.Repository
		if r.Owner != "" || strings.HasSuffix(r.Raw, "/"+name+r.Prefix+r.Issue) {
			name = r.Owner + "/" + name
		}
		if !strings.Contains(m.Raw, r.Raw) || !strings.HasSuffix(r.Raw, name+r.Prefix+r.Issue) || r.Issue == "" {
			t.Errorf("the reference %q is not in %q", r, m.Raw)
		}
	}
	for _, n := range m.Mentions {
		if n == "" || !strings.Contains(m.Raw, "@"+n) {
			t.Errorf("the mention %q is not in %q", n, m.Raw)
		}
	}
	for _, n := range m.Notes {
		if !strings.Contains(m.Raw, n.Title) && n.Text != m.Description {
			t.Errorf("the note %q is not in %q", n, m.Raw)
		}
	}
	if r := m.Revert; r != nil && (r.Header == "" || !strings.Contains(m.Raw, r.Header) || !strings.Contains(m.Raw, r.Hash)) {
		t.Errorf("the revert %q is not in %q", *r, m.Raw)
	}
}

// signedText is a text from its first line on that is not empty, without the lines of a signature there; every CRLF
// is a LF.
func signedText(text string) string {
	text = strings.ReplaceAll(trimNewlines(text), "\r\n", "\n")
	for {
		first, rest, _ := strings.Cut(text, "\n")
		if !signature.MatchString(first) {
			return text
		}
		text = rest
	}
}
