package release_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/Masterminds/semver/v3"

	"github.com/semcut/semcut/release"
)

// The cases of semantic-release's own unit tests (spec §8), as data: which tags branches have, and what follows.

// TestUpstreamNextVersion: branch, last release and bump make the next version (get-next-version).
func TestUpstreamNextVersion(t *testing.T) {
	for _, tt := range []struct {
		branch     func(*release.Options)
		tags, bump string
		want       string
	}{
		{nil, "1.0.0", "patch", "1.0.1"}, {nil, "1.0.0", "minor", "1.1.0"}, {nil, "1.0.0", "major", "2.0.0"}, {nil, "", "minor", "1.0.0"},
		{beta, "1.0.0", "patch", "1.0.1-beta.1"}, {beta, "1.0.0", "minor", "1.1.0-beta.1"}, {beta, "1.0.0", "major", "2.0.0-beta.1"},
		{beta, "1.0.0-beta.1", "patch", "1.0.0-beta.2"}, {beta, "1.0.0-beta.1", "minor", "1.0.0-beta.2"}, {beta, "1.0.0-beta.1", "major", "1.0.0-beta.2"},
		{beta, "", "minor", "1.0.0-beta.1"},
		{beta, "1.0.1-beta.1", "patch", "1.0.1-beta.2"}, {beta, "1.0.1-beta.1", "minor", "1.1.0-beta.1"}, {beta, "1.0.1-beta.1", "major", "2.0.0-beta.1"},
		{beta, "1.1.0-beta.1", "minor", "1.1.0-beta.2"}, {beta, "1.1.0-beta.1", "major", "2.0.0-beta.1"},
		{identifier("alpha"), "1.0.0 1.0.1-beta.1", "patch", "1.0.1-alpha.1"},
		{identifier("AS2024.10"), "1.705.2 1.705.3-AS2024.10.15", "patch", "1.705.3-AS2024.10.16"},
	} {
		m := &memory{}
		m.commit("feat: begin")
		for tag := range strings.FieldsSeq(tt.tags) {
			m.tag("v" + tag)
			m.commit("docs: go on")
		}
		o := options(m)
		if tt.branch != nil {
			tt.branch(&o)
		}
		o.Wish.Bump, _ = release.ParseBump(tt.bump)
		if got := outcome(t, m, o); got != tt.want {
			t.Errorf("%s after %q on %s: %s, want %s", tt.bump, tt.tags, o.Branch.Name, got, tt.want)
		}
	}
}

func identifier(id string) func(*release.Options) {
	return func(o *release.Options) {
		o.Branch = release.Branch{Name: id, Kind: release.PrereleaseBranch, Channel: id, Prerelease: id}
	}
}

// TestUpstreamLastRelease: which tag is the last release (get-last-release). notes are the channels of the tags.
func TestUpstreamLastRelease(t *testing.T) {
	lts := identifier("AS2024.10")
	for _, tt := range []struct {
		branch            func(*release.Options)
		tags, notes, want string
	}{
		{nil, "2.0.0 1.0.0 3.0.0-beta.1", "", "2.0.0"},
		{beta, "1.0.0-beta.1 1.0.0-beta.2 1.0.0-alpha.1", "beta beta alpha", "1.0.0-beta.2"},
		{identifier("alpha"), "1.0.0-beta.1 1.0.0-beta.2 1.0.0-alpha.1", "beta alpha,beta alpha,beta", "1.0.0-alpha.1"},
		{lts, "1.705.2 1.705.3-AS2024.10.1 1.705.3-AS2024.10.15 1.705.3-AS2024.11.1", "latest AS2024.10 AS2024.10 lts-as2024.11", "1.705.3-AS2024.10.15"},
		{nil, "3.0.0-beta.1", "", ""},
		{nil, "foo 2.0.0 1.0.0 3.0 3.0.0-beta.1 2.0.x", "", "2.0.0"},
	} {
		m := &memory{}
		notes := strings.Fields(tt.notes)
		for i, tag := range strings.Fields(tt.tags) {
			m.commit("feat: a")
			m.tag("v" + tag)
			if len(notes) > 0 {
				m.note("v"+tag, `["`+strings.ReplaceAll(notes[i], ",", `","`)+`"]`)
			}
		}
		o := options(m)
		if tt.branch != nil {
			tt.branch(&o)
		}
		last, _, err := release.Last(t.Context(), m, o)
		got := ""
		if last != nil {
			got = last.Version.String()
		}
		if err != nil || got != tt.want {
			t.Errorf("of %q on %s: %s, %v, want %s", tt.tags, o.Branch.Name, got, err, tt.want)
		}
	}
}

// TestUpstreamPromotion: what get-release-to-add chooses. A tag is followed by its channels; "-" is the default one.
func TestUpstreamPromotion(t *testing.T) {
	for _, tt := range []struct{ branches, channels, tags, want string }{
		{"2.x main", "2.x -", "2.0.0:2.x,- 2.1.0:- 2.1.1:- 1.0.0:- 1.1.0:-", `v2.1.1 of [""] on "2.x"`},
		{"main next next-major", "- next next-major", "1.0.0:-,next 1.1.0:next 2.0.0:next-major", `v2.0.0 of ["next-major"] on ""`},
		{"main next next-major", "- next next-major", "2.0.0:next-major 1.1.0:next 1.0.0:-,next", `v2.0.0 of ["next-major"] on ""`},
		{"main next", "- next", "1.0.0:next", `v1.0.0 of ["next"] on ""`},
		{"main next beta", "- next beta", "1.0.0:-,next 1.1.0:next 2.0.0-alpha.1:alpha", `v1.1.0 of ["next"] on ""`},
		{"2.x main", "latest latest", "2.0.0:- 2.1.0:- 2.1.1:- 1.0.0:- 1.1.0:-", ""},
		{"main next next-major", "latest latest latest", "1.0.0:latest 1.1.0:latest 2.0.0:latest", ""},
		{"main next next-major", "- - -", "1.0.0:- 1.1.0:- 2.0.0:-", ""},
		{"2.x main", "2.x -", "2.0.0:2.x,- 2.1.0:- 2.1.1:-,2.x 1.0.0:- 1.1.0:-", ""},
	} {
		m := &memory{}
		for tag := range strings.FieldsSeq(tt.tags) {
			m.commit("docs: a")
			version, channels, _ := strings.Cut(tag, ":")
			m.tag("v" + version)
			m.note("v"+version, strings.ReplaceAll(`["`+strings.ReplaceAll(channels, ",", `","`)+`"]`, `"-"`, "null"))
		}
		o := options(m)
		channels := strings.Fields(tt.channels)
		for i, name := range strings.Fields(tt.branches) {
			b := branchNamed(name)
			if name == "beta" {
				b.Kind = release.PrereleaseBranch
			}
			if b.Channel = channels[i]; b.Channel == "-" {
				b.Channel = ""
			}
			o.Lines = append(o.Lines, release.Line{Branch: b, Commit: m.head()})
		}
		o.Branch = o.Lines[0].Branch
		if got := promotion(t, m, o); got != tt.want {
			t.Errorf("%s with %s: %s, want %s", tt.branches, tt.tags, got, tt.want)
		}
	}
}

// stage is one moment of branches: the tags that each has, and the range that semantic-release gives it.
type stage map[string]branchStage

type branchStage struct{ tags, within string }

// TestUpstreamRanges: in each stage a release of every bump from every branch is made or refused as the branch's range
// wants it (normalize, and the stages of its branching workflow). Where a branch has no release yet, it would be 1.0.0.
func TestUpstreamRanges(t *testing.T) {
	for i, s := range stages() {
		m := &memory{}
		made := map[string]string{}
		heads := map[string]string{}
		for _, name := range stageBranches {
			var parents []string
			for tag := range strings.FieldsSeq(s[name].tags) {
				if made[tag] == "" {
					made[tag] = m.commit("feat: "+tag, "none")
					m.tag("v" + tag)
				}
				parents = append(parents, made[tag])
			}
			heads[name] = m.commit("docs: go on", append(parents, "none")...)
		}
		o := options(m)
		for _, name := range stageBranches {
			if _, there := s[name]; there {
				o.Lines = append(o.Lines, release.Line{Branch: branchNamed(name), Commit: heads[name]})
			}
		}
		for _, line := range o.Lines {
			for _, bump := range []release.Bump{release.Patch, release.Minor, release.Major} {
				o.Branch, o.Head, o.Wish.Bump = line.Branch, line.Commit, bump
				checkRange(t, fmt.Sprintf("stage %d, %s of %s", i, bump, line.Branch.Name), outcome(t, m, o), s[line.Branch.Name], bump, made)
			}
		}
	}
}

func checkRange(t *testing.T, name, got string, s branchStage, bump release.Bump, made map[string]string) {
	t.Helper()
	next := semver.New(1, 0, 0, "", "")
	var last *semver.Version
	for tag := range strings.FieldsSeq(s.tags) {
		if v := semver.MustParse(tag); v.Prerelease() == "" && (last == nil || v.GreaterThan(last)) {
			last = v
		}
	}
	if last != nil {
		next = bump.Apply(last)
	}
	constraint, err := semver.NewConstraint(strings.ReplaceAll(s.within, " ", ", "))
	if err != nil {
		t.Fatal(err)
	}
	switch fits := constraint.Check(next); {
	case fits && made[next.String()] != "": // semantic-release finds out when it tags
		if !strings.HasPrefix(got, "releasing ") {
			t.Errorf("%s: got %s, and that tag is there already", name, got)
		}
	case fits && got != next.String():
		t.Errorf("%s: got %s, want %s, which is within %s", name, got, next, s.within)
	case !fits && got == next.String():
		t.Errorf("%s: %s is released, though not within %s", name, got, s.within)
	}
}

var stageBranches = []string{"1.0.x", "1.1.x", "1.2.x", "1.x", "2.x.x", "main", "next", "next-major"}

// stages are those of normalize and of the branching workflow in semantic-release's tests.
func stages() []stage {
	const (
		upTo15 = "1.0.0 1.1.0 1.1.1 1.2.0 1.2.1 1.3.0 1.4.0 1.5.0"
		to14   = "1.0.0 1.0.1 1.0.2 1.0.3 1.0.4"
		minor  = to14 + " 1.1.0 1.1.1"
		major  = minor + " 2.0.0 2.0.1"
	)
	return []stage{
		{"1.1.x": {"", ">=1.1.0 <1.0.0"}, "1.2.x": {"", ">=1.2.0 <1.0.0"}, "1.x": {"", ">=1.3.0 <1.0.0"}, "main": {"", ">=1.0.0"}},
		{"1.1.x": {"1.0.0 1.0.1 1.1.0 1.1.1", ">=1.1.1 <1.2.0"}, "1.2.x": {"1.0.0 1.1.0 1.1.1 1.2.0 1.2.1", ">=1.2.1 <1.3.0"}, "1.x": {upTo15, ">=1.5.0 <1.6.0"},
			"2.x.x": {"1.0.0 1.1.0 1.1.1 1.2.0 1.2.1 1.5.0", ">=2.0.0 <1.6.0"}, "main": {upTo15 + " 1.6.0 2.0.0", ">=2.0.0"}},
		{"1.x": {"1.0.0 1.2.0 1.3.0", ">=1.3.0 <2.0.0"}, "2.x.x": {"1.0.0 1.2.0 1.3.0 2.0.0", ">=2.0.0 <2.0.0"}, "main": {"1.0.0 1.2.0 1.3.0 2.0.0", ">=2.0.0"}},
		{"main": {"", ">=1.0.0"}, "next": {"", ">=1.0.0"}, "next-major": {"", ">=1.0.0"}},
		{"main": {"1.0.0 1.0.1 1.0.2", ">=1.0.2 <1.1.0"}, "next": {"1.0.0 1.0.1 1.0.2 1.1.0 1.2.0", ">=1.2.0 <2.0.0"},
			"next-major": {"1.0.0 1.0.1 1.0.2 1.1.0 1.2.0 2.0.0 2.0.1 2.1.0", ">=2.1.0"}},
		{"main": {"1.0.0 1.0.1 1.1.0 1.1.1 1.2.0", ">=1.2.0 <2.0.0"}, "next": {"1.0.0 1.0.1 1.1.0 1.1.1 1.2.0 2.0.0 2.0.1 2.1.0", ">=2.1.0"}},
		{"main": {"1.0.0 1.1.0 1.1.1 1.2.0", ">=1.2.0"}},
		{"main": {"1.0.0 1.1.0 1.2.0 2.0.0", ">=2.0.0 <2.1.0"}, "next": {"1.0.0 1.1.0 1.2.0 2.0.0 2.1.0", ">=2.1.0 <2.2.0"}, "next-major": {"1.0.0 1.1.0 1.2.0 2.0.0 2.1.0 2.2.0", ">=2.2.0"}},
		{"main": {"1.0.0 2.0.0", ">=2.0.0"}, "next": {"1.0.0 1.1.0 1.1.1 1.2.0 2.0.0", ">=2.0.0"}},
		{"main": {"1.0.0 1.1.0 2.0.0 3.0.0", ">=3.0.0"}, "next": {"1.0.0 1.1.0", ">=3.0.0"}, "next-major": {"1.0.0 1.1.0 2.0.0", ">=3.0.0"}},
		// The workflow.
		{"1.0.x": {"", ">=1.0.0 <1.0.0"}, "1.x": {"", ">=1.1.0 <1.0.0"}, "main": {"", ">=1.0.0"}, "next": {"", ">=1.0.0"}, "next-major": {"", ">=1.0.0"}},
		{"1.0.x": {"", ">=1.0.0 <1.0.0"}, "1.x": {"", ">=1.1.0 <1.0.0"}, "main": {"1.0.0", ">=1.0.0"}, "next": {"1.0.0", ">=1.0.0"}, "next-major": {"1.0.0", ">=1.0.0"}},
		{"main": {"1.0.0 1.0.1", ">=1.0.1"}, "next": {"1.0.0 1.0.1", ">=1.0.1"}, "next-major": {"1.0.0 1.0.1", ">=1.0.1"}},
		{"main": {"1.0.0 1.0.1", ">=1.0.1 <1.1.0"}, "next": {"1.0.0 1.0.1 1.1.0 1.1.1", ">=1.1.1"}, "next-major": {"1.0.0 1.0.1", ">=1.1.1"}},
		{"1.0.x": {"1.0.0 1.0.1", ">=1.0.1 <1.0.1"}, "1.x": {"1.0.0 1.0.1", ">=1.1.0 <1.0.1"}, "main": {"1.0.0 1.0.1", ">=1.0.1 <1.1.0"},
			"next": {"1.0.0 1.0.1 1.1.0 1.1.1", ">=1.1.1 <2.0.0"}, "next-major": {"1.0.0 1.0.1 2.0.0 2.0.1", ">=2.0.1"}},
		{"1.0.x": {"1.0.0 1.0.1", ">=1.0.1 <1.0.2"}, "1.x": {"1.0.0 1.0.1", ">=1.1.0 <1.0.2"}, "main": {to14, ">=1.0.4 <1.1.0"}, "next": {"1.0.0 1.0.1 1.1.0 1.1.1", ">=1.1.1 <2.0.0"}, "next-major": {"1.0.0 1.0.1 2.0.0 2.0.1", ">=2.0.1"}},
		{"1.0.x": {"1.0.0 1.0.1", ">=1.0.1 <1.0.2"}, "1.x": {"1.0.0 1.0.1", ">=1.1.0 <1.0.2"}, "main": {minor, ">=1.1.1"},
			"next": {"1.0.0 1.0.1 1.1.0 1.1.1", ">=1.1.1 <2.0.0"}, "next-major": {"1.0.0 1.0.1 2.0.0 2.0.1", ">=2.0.1"}},
		{"1.0.x": {to14, ">=1.0.4 <1.1.0"}, "1.x": {"1.0.0 1.0.1", ">=1.1.0 <1.1.0"}, "main": {minor, ">=1.1.1"}},
		{"1.0.x": {to14, ">=1.0.4 <1.1.0"}, "1.x": {minor, ">=1.1.1 <1.1.1"}, "main": {minor, ">=1.1.1"}},
		{"1.0.x": {to14, ">=1.0.4 <1.1.0"}, "1.x": {minor, ">=1.1.1 <2.0.0"}, "main": {major, ">=2.0.1"}, "next": {"1.0.0 1.0.1 1.1.0 1.1.1 2.0.0 2.0.1", ">=2.0.1"},
			"next-major": {"1.0.0 1.0.1 2.0.0 2.0.1", ">=2.0.1"}},
		{"main": {major + " 3.0.0", ">=3.0.0"}, "next": {"1.0.0 1.0.1 1.1.0 1.1.1 2.0.0 2.0.1", ">=3.0.0"}, "next-major": {"1.0.0 1.0.1 2.0.0 2.0.1", ">=3.0.0"}},
		{"1.0.x": {to14, ">=1.0.4 <1.1.0"}, "1.1.x": {minor, ">=1.1.1 <1.2.0"}, "1.x": {minor, ">=1.2.0 <2.0.0"}, "main": {major + " 3.0.0", ">=3.0.0"}},
	}
}
