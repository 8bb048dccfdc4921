package release_test

import (
	"testing"

	"github.com/Masterminds/semver/v3"

	"github.com/semcut/semcut/release"
)

// TestApply holds Bump.Apply against node-semver's inc, where it differs from Masterminds' Inc methods too.
func TestApply(t *testing.T) {
	tests := []struct{ version, patch, minor, major string }{
		{"1.2.3", "1.2.4", "1.3.0", "2.0.0"},
		{"0.0.0", "0.0.1", "0.1.0", "1.0.0"},
		{"1.1.0-beta.1", "1.1.0", "1.1.0", "2.0.0"},
		{"2.0.0-beta.3", "2.0.0", "2.0.0", "2.0.0"},
		{"1.0.1-beta.1", "1.0.1", "1.1.0", "2.0.0"},
		{"1.2.3+build.5", "1.2.4", "1.3.0", "2.0.0"},
		{"9007199254740990.0.0", "9007199254740990.0.1", "9007199254740990.1.0", "9007199254740991.0.0"},
	}
	for _, tt := range tests {
		v := semver.MustParse(tt.version)
		for bump, want := range map[release.Bump]string{release.Patch: tt.patch, release.Minor: tt.minor, release.Major: tt.major} {
			if got := bump.Apply(v).String(); got != want {
				t.Errorf("%s of %s is %s, want %s", bump, tt.version, got, want)
			}
		}
	}
}

func TestBumpNames(t *testing.T) {
	for _, b := range []release.Bump{release.None, release.Patch, release.Minor, release.Major} {
		text, _ := b.MarshalText()
		var back release.Bump
		if err := back.UnmarshalText(text); err != nil || back != b {
			t.Errorf("%s reads back as %s, %v", b, back, err)
		}
	}
	if _, err := release.ParseBump("huge"); err == nil {
		t.Error("huge is taken for a bump")
	}
}
