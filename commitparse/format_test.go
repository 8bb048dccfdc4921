package commitparse

import "testing"

func TestFormatByName(t *testing.T) {
	for _, f := range []Format{Angular, ConventionalCommits} {
		if got, ok := FormatByName(f.Name); !ok || got.Name != f.Name || got.Bang != f.Bang {
			t.Errorf("FormatByName(%q) gives %q, %v", f.Name, got.Name, ok)
		}
	}
	if f, ok := FormatByName("Angular"); ok {
		t.Errorf("FormatByName(%q) gives %q", "Angular", f.Name)
	}
}
