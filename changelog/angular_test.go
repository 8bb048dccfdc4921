package changelog

import (
	"strings"
	"testing"
)

func TestAngularHeadingIsSmallerForAPatch(t *testing.T) {
	for _, tt := range []struct{ version, heading string }{
		{"1.0.0", "# 1.0.0"},
		{"1.3.0-beta.1", "# 1.3.0-beta.1"},
		{"1.3.0+7.7.7", "# 1.3.0+7.7.7"},
		{"1.2.3", "## 1.2.3"},
		{"1.2.10", "## 1.2.10"},
		{"v1.2.3", "## v1.2.3"},
		{"1.2.3-rc.0", "## 1.2.3-rc.0"},
		{"1.2", "# 1.2"}, // no version
		{"a.b.3", "# a.b.3"},
	} {
		got := write(t, nil, Options{Layout: "angular", Release: Release{Version: tt.version}})
		if !strings.HasPrefix(got, tt.heading+" (") {
			t.Errorf("the notes of %s begin %q, want %q", tt.version, got, tt.heading)
		}
	}
}
