package changelog

import (
	"fmt"
	"strings"
	"testing"
)

func TestCut(t *testing.T) {
	const notes = "## 1.0.0\n\n### Features\n\n* one\n* two\n\n  more of two\n\n### Fixes\n\n* three 😀\n"
	const tail = "\nThe rest: x\n"
	for _, tt := range []struct {
		limit int
		want  string
	}{
		{74, notes},
		{73, "## 1.0.0\n\n### Features\n\n* one\n* two\n\n  more of two\n" + tail},
		{60, "## 1.0.0\n\n### Features\n\n* one\n" + tail},
		{44, "## 1.0.0\n\n### Features\n\n* one\n" + tail},
		{43, "## 1.0.0\n" + tail},
	} {
		got, cut := Cut(notes, tt.limit, tail)
		if got != tt.want || cut != (tt.want != notes) {
			t.Errorf("cut to %d (of %d): %q, want %q", tt.limit, units(notes), got, tt.want)
		}
	}
}

func TestCutFits(t *testing.T) {
	var b strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&b, "* entry %d 😀 of a very long list of changes\n", i)
	}
	for limit := 100; limit < 20000; limit += 777 {
		got, cut := Cut(b.String(), limit, "\nmore\n")
		if !cut || units(got) > limit || !strings.HasSuffix(got, "changes\n\nmore\n") || units(got) < limit-120 {
			t.Errorf("cut to %d it has %d units and ends with %q", limit, units(got), got[max(0, len(got)-60):])
		}
	}
}
