package release_test

import (
	"testing"

	"github.com/semcut/semcut/release"
)

// TestTagsThatAreVersions: what get-tags of semantic-release 25 takes for a version (spec §2.4).
func TestTagsThatAreVersions(t *testing.T) {
	tests := []struct{ format, tag, want string }{
		{"v${version}", "v1.2.3", "1.2.3"},
		{"v${version}", "v1.2.3-beta.1", "1.2.3-beta.1"},
		{"v${version}", "1.2.3", ""},
		{"v${version}", "v3.0", ""},
		{"v${version}", "v2.0.x", ""},
		{"v${version}", "v01.2.3", ""},
		{"v${version}", "vv1.2.3", "1.2.3"},
		{"v${version}", "foo", ""},
		{"v${version}", "v9007199254740992.0.0", ""},
		{"${version}", "1.2.3", "1.2.3"},
		{"${version}", "v5.0.0", "5.0.0"},
		{"${version}", "= v5.0.0", "5.0.0"},
		{"pkg@${version}", "pkg@1.0.0", "1.0.0"},
		{"pkg@${version}", "other@1.0.0", ""},
		{"foo-${version}-bar", "foo-1.0.0-bar", "1.0.0"},
		{"foo-${version}-bar", "foo-1.0.0-bar-baz", "1.0.0"},
		{"foo-${version}-bar", "foo-1.0.0-bar.1-bar", "1.0.0-bar.1"},
		{"foo-${version}-bar", "foo-1.0.0", ""},
		{"a/b/v${version}", "a/b/v1.0.0", "1.0.0"},
	}
	for _, tt := range tests {
		f, err := release.ParseTagFormat(tt.format)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if v, ok := f.Version(tt.tag); ok {
			got = v.String()
		}
		if got != tt.want {
			t.Errorf("%s reads %q as %q, want %q", tt.format, tt.tag, got, tt.want)
		}
	}
}

func TestTagFormatsThatAreNone(t *testing.T) {
	for _, format := range []string{
		"", "v1", "${version}${version}", "v${version} ", "a..${version}", "${version}.lock", "-${version}", "x${version}~", "${version}${branch}",
		"<%= version %>${version}", "a\\${version}", "/${version}", "${version}/", "@{${version}", "a//${version}", ".a/${version}",
	} {
		if f, err := release.ParseTagFormat(format); err == nil {
			t.Errorf("%q is taken as %q", format, f)
		} else if release.CodeOf(err) != release.CodeConfig {
			t.Errorf("%q: %v", format, err)
		}
	}
}
