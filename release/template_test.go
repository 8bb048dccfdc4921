package release_test

import (
	"testing"

	"github.com/semcut/semcut/release"
)

func TestExpand(t *testing.T) {
	values := map[string]string{"version": "1.2.3", "notes": "${version} $ {x}"}
	tests := []struct{ template, want, err string }{
		{"", "", ""},
		{"v${version}", "v1.2.3", ""},
		{"$ { } $version ${version}${version}", "$ { } $version 1.2.31.2.3", ""},
		{"${notes}", "${version} $ {x}", ""}, // a value is never a template
		{"${nope}", "", `filling template "${nope}": ${nope} is not known here`},
		{"a ${version", "", `filling template "a ${version": ${version} is not known here`},
	}
	for _, tt := range tests {
		got, err := release.Expand(tt.template, values)
		if got != tt.want || (err == nil) != (tt.err == "") || err != nil && err.Error() != tt.err {
			t.Errorf("%q: got %q, %v", tt.template, got, err)
		}
	}
}

func TestValidPath(t *testing.T) {
	for path, want := range map[string]bool{
		"CHANGELOG.md": true, "docs/CHANGELOG.md": true, ".github/x": true, "": false, ".": false, "..": false, "../x": false, "/x": false,
		"a/../b": false, ".git/config": false, "a/.GIT/x": false, `a\b`: false, "C:x": false, "a//b": false, "a\x00": false,
	} {
		if got := release.ValidPath(path); got != want {
			t.Errorf("%q: %v", path, got)
		}
	}
}
