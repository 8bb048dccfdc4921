package config

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/semcut/semcut/release"
)

// TestAliasesThatExplode ends in an error, fast and small.
func TestAliasesThatExplode(t *testing.T) {
	var b strings.Builder
	b.WriteString("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n")
	for i := 1; i < 30; i++ {
		fmt.Fprintf(&b, "a%d: &a%d [*a%d, *a%d, *a%d, *a%d]\n", i, i, i-1, i-1, i-1, i-1)
	}
	_, err := load(".semcut.yaml", b.String(), nil)
	if release.CodeOf(err) != release.CodeConfig {
		t.Errorf("got %v", err)
	}
}

func TestNestingThatNobodyMeans(t *testing.T) {
	deep := strings.Repeat("[", 300_000)
	for _, file := range []string{".semcut.json", ".semcut.yaml", ".semcut.toml"} {
		if _, err := load(file, "{\"a\": "+deep, nil); release.CodeOf(err) != release.CodeConfig {
			t.Errorf("%s: %v", file, err)
		}
		if _, err := load(file, "a = "+deep, nil); release.CodeOf(err) != release.CodeConfig {
			t.Errorf("%s: %v", file, err)
		}
	}
}

func TestNearest(t *testing.T) {
	for word, want := range map[string]string{
		"tagFromat": "tagFormat", "tagformat": "tagFormat", "tag_format": "tagFormat", "presets": "preset", "zzz": "", "": "", "a": "", "brnaches": "branches",
	} {
		if got := nearest(word, []string{"tagFormat", "preset", "branches", "tag"}); got != want {
			t.Errorf("%q: got %q, want %q", word, got, want)
		}
	}
}

// FuzzLoad: whatever stands in a file, it is read or refused in one line with a hint.
func FuzzLoad(f *testing.F) {
	for _, seed := range []string{
		"tagFormat: v${version}\n", "a: &a [*a]\n", "{\"tagFormat\": \"x\"", "[notes]\nlayout = 1\n", "\xef\xbb\xbfpreset: angular", "? [a]\n: b\n", "- x",
		"<<: {a: b}\n", "{\"plugins\": [[]]}", "branches: [{name: {}}]\n", "!!binary x: y", "a: !!int x\n", "\x00", "x = 1\nx = 2\n", "%YAML 1.2\n---\n--- \n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, file := range []string{".semcut.yaml", ".semcut.json", ".semcut.toml", ".releaserc", "package.json"} {
			_, err := Load(Source{Root: fstest.MapFS{file: {Data: []byte(text)}}})
			if err == nil {
				continue
			}
			e, ok := err.(*release.Error)
			if !ok || e.Hint == "" || !strings.HasPrefix(err.Error(), "reading ") {
				t.Errorf("%s: %#v", file, err)
			}
		}
	})
}
