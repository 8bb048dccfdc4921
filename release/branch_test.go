package release_test

import (
	"fmt"
	"testing"

	"github.com/semcut/semcut/release"
)

func TestDefaultBranches(t *testing.T) {
	tests := []struct{ head, current, want string }{
		{"main", "main", `release "" first`},
		{"trunk", "trunk", `release "" first`},
		{"main", "master", "none"},
		{"main", "next", `release "next"`},
		{"main", "next-major", `release "next-major"`},
		{"main", "beta", `prerelease "beta" beta`},
		{"main", "alpha", `prerelease "alpha" alpha`},
		{"main", "1.x", `maintenance "1.x" 1.x`},
		{"main", "1.2.x", `maintenance "1.2.x" 1.2.x`},
		{"main", "1.2.X", `maintenance "1.2.X" 1.2.X`},
		{"main", "x", "none"},
		{"main", "1.2.3", "none"},
		{"main", "topic", "none"},
	}
	for _, tt := range tests {
		b, ok := release.FindBranch(release.Branches(release.DefaultBranches(), tt.head, tt.current), tt.current)
		got := "none"
		if ok {
			got = fmt.Sprintf("%s %q", b.Kind, b.Channel)
			if extra := b.Prerelease + b.Range; extra != "" {
				got += " " + extra
			}
			if b.First {
				got += " first"
			}
		}
		if got != tt.want {
			t.Errorf("HEAD of the remote at %s, branch %s: %s, want %s", tt.head, tt.current, got, tt.want)
		}
	}
}

func TestAllows(t *testing.T) {
	tests := []struct {
		branch, version string
		want            bool
	}{
		{"1.x", "1.9.9", true}, {"1.x", "2.0.0", false}, {"1.x", "10.0.0", false}, {"1.2.x", "1.2.9", true}, {"1.2.x", "1.3.0", false}, {"1.x.x", "1.4.0", true},
	}
	for _, tt := range tests {
		v, _ := release.ParseVersion(tt.version)
		b := release.Branch{Kind: release.MaintenanceBranch, Range: tt.branch}
		if got := b.Allows(v); got != tt.want {
			t.Errorf("%s allows %s: %v", tt.branch, tt.version, got)
		}
	}
}
