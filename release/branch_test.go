package release_test

import (
	"fmt"
	"strings"
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
		{"main", "1.2.X", "none"},
		{"main", "x", "none"},
		{"main", "1.2.3", "none"},
		{"main", "topic", "none"},
	}
	for _, tt := range tests {
		branches, err := release.Branches(release.DefaultBranches(), release.Heads{Default: tt.head, Names: []string{tt.head, tt.current}})
		if err != nil {
			t.Fatal(err)
		}
		b, ok := release.FindBranch(branches, tt.current)
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

// TestBranches: settings against the branches that there are.
func TestBranches(t *testing.T) {
	channel := func(s string) *string { return &s }
	tests := []struct {
		name     string
		settings []release.BranchSetting
		heads    []string
		want     string
	}{
		{"what isn't there is none", []release.BranchSetting{{Name: "master"}, {Name: "main"}}, []string{"main"}, "main release first"},
		{"the first release branch is first", []release.BranchSetting{{Name: "master"}, {Name: "main"}}, []string{"main", "master"}, "master release first, main release ~main"},
		{"any number of release branches", []release.BranchSetting{{Name: "v*"}, {Name: "main"}}, []string{"v1", "v2", "v3", "v4", "main"},
			"v1 release first, v2 release ~v2, v3 release ~v3, v4 release ~v4, main release ~main"},
		{"each is taken once", []release.BranchSetting{{Name: "{main,next}"}, {Name: "next", Prerelease: "true"}}, []string{"main", "next"}, "main release first, next release ~next"},
		{"a remote branch a/main is not main", []release.BranchSetting{{Name: "main"}}, []string{"a/main", "main"}, "main release first"},
		{"a range by the name", []release.BranchSetting{{Name: "release/*", Range: "${match.1}.x"}}, []string{"release/1.2", "release/1.10", "releases"},
			"release/1.10 maintenance ~release/1.10 1.10.x, release/1.2 maintenance ~release/1.2 1.2.x"},
		{"an identifier by the name", []release.BranchSetting{{Name: "pre/*", Prerelease: "${match.1}", Channel: channel("pre-${name}")}}, []string{"pre/rc"}, "pre/rc prerelease ~pre-pre/rc rc"},
		{"the default channel", []release.BranchSetting{{Name: "main"}, {Name: "next", Channel: channel("")}}, []string{"main", "next"}, "main release first, next release"},
		{"a range that is none", []release.BranchSetting{{Name: "release/*", Range: "${match.1}"}}, []string{"release/1.2"}, `error: reading the branch "release/1.2": its range "1.2" is none`},
		{"an identifier that is none", []release.BranchSetting{{Name: "a_b", Prerelease: "true"}}, []string{"a_b"}, `error: reading the branch "a_b": "a_b" can't stand in a version`},
		{"an unknown name", []release.BranchSetting{{Name: "main", Channel: channel("${match.1}")}}, []string{"main"}, `error: reading the branch "main": filling template "${match.1}": ${match.1} is not known here`},
		{"two of one range", []release.BranchSetting{{Name: "1.x"}, {Name: "old", Range: "1.x.x"}}, []string{"1.x", "old"}, `error: reading the branch "old": its range "1.x.x" is that of branch "1.x", too`},
		{"two of one identifier", []release.BranchSetting{{Name: "beta", Prerelease: "true"}, {Name: "b/*", Prerelease: "beta", Place: `f:1:2: key "branches[1]"`}}, []string{"beta", "b/c"},
			`error: reading f:1:2: key "branches[1]": branch "b/c": its identifier "beta" is that of branch "beta", too`},
		{"others' branches without a sense are none", []release.BranchSetting{{Name: "release/*", Range: "${match.1}.x"}, {Name: "main"}}, []string{"release/1", "release/1.x", "release/x", "main"},
			"release/1 maintenance ~release/1 1.x, main release first"},
		{"ranges of two majors", []release.BranchSetting{{Name: "*.x"}}, []string{"1.x", "11.x", "1.1.x"}, "1.1.x maintenance ~1.1.x 1.1.x, 1.x maintenance ~1.x 1.x, 11.x maintenance ~11.x 11.x"},
	}
	for _, tt := range tests {
		branches, err := release.Branches(tt.settings, release.Heads{Default: "main", Names: tt.heads, Current: tt.heads[len(tt.heads)-1]})
		var all []string
		for _, b := range branches {
			all = append(all, describe(b))
		}
		got := strings.Join(all, ", ")
		if err != nil {
			got = "error: " + err.Error()
		}
		if got != tt.want {
			t.Errorf("%s:\ngot  %s\nwant %s", tt.name, got, tt.want)
		}
	}
}

func describe(b release.Branch) string {
	text := b.Name + " " + string(b.Kind)
	if b.First {
		text += " first"
	}
	if b.Channel != "" {
		text += " ~" + b.Channel
	}
	if extra := b.Prerelease + b.Range; extra != "" {
		text += " " + extra
	}
	return text
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
