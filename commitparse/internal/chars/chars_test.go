package chars

import "testing"

// jsWhite is what JavaScript's \s matches, one after the other.
const jsWhite = "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"

func TestWhiteSpaceIsJavaScripts(t *testing.T) {
	want := map[rune]bool{}
	for _, r := range jsWhite {
		want[r] = true
	}
	for r := rune(0); r <= 0x1ffff; r++ {
		if IsSpace(r) != want[r] {
			t.Errorf("IsSpace(%U) = %v", r, IsSpace(r))
		}
	}
}

func TestTrimSpace(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{jsWhite + "a b" + jsWhite, "a b"},
		{jsWhite, ""},
		{"\u0085a\u200b\u180e", "\u0085a\u200b\u180e"}, // white space elsewhere, not in JavaScript
		{"", ""},
	} {
		if got := TrimSpace(tt.text); got != tt.want {
			t.Errorf("TrimSpace(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestSpaceAtBothEnds(t *testing.T) {
	if got := SpaceAt(jsWhite + "a"); got != len(jsWhite) {
		t.Errorf("SpaceAt finds %d bytes, want %d", got, len(jsWhite))
	}
	if got := SpaceBefore("a" + jsWhite); got != len(jsWhite) {
		t.Errorf("SpaceBefore finds %d bytes, want %d", got, len(jsWhite))
	}
}

func TestHasPrefixFoldFoldsOnlyASCII(t *testing.T) {
	for _, tt := range []struct {
		text, prefix string
		want         bool
	}{
		{"Closes", "cLOSE", true},
		{"clo", "close", false},
		{"clo\u017fe", "close", false}, // the long s
		{"brea\u212a", "break", false}, // the Kelvin sign
		{"Ä", "ä", false},
		{"@", "`", false}, // differ as an upper-case letter from its lower-case one
		{"", "", true},
	} {
		if got := HasPrefixFold(tt.text, tt.prefix); got != tt.want {
			t.Errorf("HasPrefixFold(%q, %q) = %v, want %v", tt.text, tt.prefix, got, tt.want)
		}
	}
}
