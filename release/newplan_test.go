package release_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/semcut/semcut/changelog"
	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/release"
)

// options are those of a plain repository on branch main.
func options(m *memory) release.Options {
	format, _ := release.ParseTagFormat("v${version}")
	return release.Options{
		Head: m.head(), Branch: release.Branch{Name: "main", Kind: release.ReleaseBranch, First: true},
		Format: commitparse.ConventionalCommits, TagFormat: format,
		Notes:     changelog.Options{Layout: "conventionalcommits", Links: changelog.LinksFor("https://github.com/acme/widget")},
		Changelog: release.ChangelogOptions{File: release.AutoChangelog, Title: "# Changelog"},
		Commit:    release.CommitOptions{Message: "chore(release): ${version} [skip ci]\n\n${notes}"},
		Tag:       release.TagOptions{Annotated: true, Message: "${tag}"},
		Files:     fstest.MapFS{}, Now: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), Push: true,
	}
}

func beta(o *release.Options) {
	o.Branch = release.Branch{Name: "beta", Kind: release.PrereleaseBranch, Channel: "beta", Prerelease: "beta"}
}

func maintenance(name string) func(*release.Options) {
	return func(o *release.Options) {
		o.Branch = release.Branch{Name: name, Kind: release.MaintenanceBranch, Channel: name, Range: name}
	}
}

// TestNextVersion reads like a story: messages in order, "#v1.0.0" tags what is there.
func TestNextVersion(t *testing.T) {
	tests := []struct {
		name, story, want string
		change            func(*release.Options)
	}{
		{"first release", "docs: a; feat: b", "1.0.0", nil},
		{"first release of a fix", "fix: a", "1.0.0", nil},
		{"first pre-release", "feat: a", "1.0.0-beta.1", beta},
		{"nothing due", "feat: a; #v1.0.0; docs: b; chore: c", "", nil},
		{"nothing since", "feat: a; #v1.0.0", "", nil},
		{"nothing since, whatever is wished", "feat: a; #v1.0.0", "", func(o *release.Options) { o.Wish.Bump = release.Major }},
		{"fix", "feat: a; #v1.0.0; fix: b", "1.0.1", nil},
		{"feature", "feat: a; #v1.0.0; fix: b; feat: c; fix: d", "1.1.0", nil},
		{"breaking", "feat: a; #v1.0.0; chore!: b", "2.0.0", nil},
		{"breaking in the body", "feat: a; #v1.0.0; fix: b|BREAKING CHANGE: c", "2.0.0", nil},
		{"the format angular has no !", "feat: a; #v1.0.0; feat!: b", "", func(o *release.Options) { o.Format = commitparse.Angular }},
		{"zero stays zero", "feat: a; #v0.3.0; fix: b; feat: c", "0.4.0", nil},
		{"breaking ends zero", "feat: a; #v0.3.0; feat!: b", "1.0.0", nil},
		{"the highest, not the newest tag", "feat: a; #v2.0.0; fix: b; #v1.9.0; fix: c", "2.0.1", nil},
		{"pre-releases don't count", "feat: a; #v1.0.0; feat: b; #v1.1.0-beta.1; fix: c", "1.1.0", nil},
		{"a pre-release becomes final on its commit", "feat: a; #v1.0.0; feat: b; #v1.1.0-beta.1", "1.1.0", nil},
		{"other tags don't count", "feat: a; #v1.0.0; fix: b; #v9; #nightly; fix: c", "1.0.1", nil},
		{"the skip mark", "feat: a; #v1.0.0; feat: b [skip release]; fix: c", "1.0.1", nil},
		{"a squash commit is one change", "feat: a; #v1.0.0; Add b (#2)|* fix: c|* feat: d", "", nil},
		{"unless its bullets are read", "feat: a; #v1.0.0; Add b (#2)|* fix: c|* feat: d", "1.1.0", func(o *release.Options) { o.Policy.Squash = true }},
		{"next of a beta", "feat: a; #v1.0.0; feat: b; #v1.1.0-beta.1; fix: c", "1.1.0-beta.2", beta},
		{"a bigger bump restarts the beta", "feat: a; #v1.0.0; fix: b; #v1.0.1-beta.3; feat: c", "1.1.0-beta.1", beta},
		{"the same bump counts on", "feat: a; #v1.0.0; feat!: b; #v2.0.0-beta.1; feat!: c", "2.0.0-beta.2", beta},
		{"a beta after a final", "feat: a; #v1.0.0; feat: b; #v1.1.0-beta.1; fix: c; #v1.1.0; fix: d", "1.1.1-beta.1", beta},
		{"ten comes after nine", "feat: a; #v1.0.0-beta.9; fix: b; #v1.0.0-beta.10; fix: c", "1.0.0-beta.11", beta},
		{"another identifier's tag is not the beta's", "feat: a; #v1.0.0; feat: b; #v1.1.0-alpha.4; fix: c", "1.1.0-beta.1", beta},
		{"maintenance", "feat: a; #v1.0.0; fix: b", "1.0.1", maintenance("1.x")},
		{"initial version", "feat: a", "0.1.0", func(o *release.Options) { o.Initial, _ = release.ParseVersion("0.1.0") }},
		{"another tag format", "feat: a; #widget@1.0.0; fix: b", "1.0.1", func(o *release.Options) { o.TagFormat, _ = release.ParseTagFormat("widget@${version}") }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := story(tt.story)
			o := options(m)
			if tt.change != nil {
				tt.change(&o)
			}
			plan, err := release.NewPlan(t.Context(), m, o)
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			if next := plan.Changes[0].Next; next != nil {
				got = next.Version.String()
			}
			if got != tt.want || plan.Due() != (got != "") {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// story makes a history of messages parted by semicolons; | is a blank line, # tags.
func story(text string) *memory {
	m := &memory{}
	for part := range strings.SplitSeq(text, "; ") {
		if name, ok := strings.CutPrefix(part, "#"); ok {
			m.tag(name)
		} else {
			m.commit(strings.ReplaceAll(part, "|", "\n\n"))
		}
	}
	return m
}

// firstHash is that of the first commit of a story.
var firstHash = "0000001" + strings.Repeat("0", 33)

func TestRefusedVersions(t *testing.T) {
	tests := []struct {
		name, story string
		change      func(*release.Options)
		code        release.Code
		words       string
	}{
		{"outside of the range", "feat: a; #v1.0.0; feat: b", maintenance("1.0.x"), release.CodeVersion,
			`releasing "1.1.0" from branch "1.0.x": its range is "1.0.x"`},
		{"the first release in another format", "feat: a; #widget-1.2.0; feat: b", nil, release.CodeFirst,
			`deciding the first version: tag format "v${version}" fits no tag, but "widget-1.2.0" looks like a version`},
		{"the tag is here only", "feat: a; #v1.0.0; fix: b; #v1.0.1; fix: c", func(o *release.Options) {
			o.Remote = &release.RemoteRefs{Refs: map[string]string{"refs/tags/v1.0.0": firstHash}}
		}, release.CodeTagTaken, `releasing "1.0.1": tag "v1.0.1" is in this clone already, on commit 0000002, and not at the remote`},
		{"a tag that was meant as a version", "feat: a; #v1.2; feat: b", nil, release.CodeFirst, `deciding the first version: tag "v1.2" looks like a version, but is none`},
		{"a number that is too large", "feat: a; #v99999999999999999999.0.0; feat: b", nil, release.CodeFirst,
			`deciding the first version: tag "v99999999999999999999.0.0" looks like a version, but is none`},
		{"the tag stands on another branch", "feat: a; #v1.0.0; fix: b", func(o *release.Options) {
			o.Remote = &release.RemoteRefs{Refs: map[string]string{"refs/tags/v1.0.0": firstHash, "refs/tags/v1.0.1": strings.Repeat("e", 40)}}
		}, release.CodeTagTaken, `releasing "1.0.1": tag "v1.0.1" exists already, on commit eeeeeee, which branch "main" doesn't contain`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := story(tt.story)
			o := options(m)
			if tt.change != nil {
				tt.change(&o)
			}
			_, err := release.NewPlan(t.Context(), m, o)
			if release.CodeOf(err) != tt.code || err.Error() != tt.words {
				t.Errorf("got %v (%s)", err, release.CodeOf(err))
			}
		})
	}
}

func TestEditsOfThePlan(t *testing.T) {
	tests := []struct {
		name  string
		files fstest.MapFS
		file  string
		want  string // the new text, "" for no edit
	}{
		{"no changelog, no edit", fstest.MapFS{}, release.AutoChangelog, ""},
		{"a tracked one", fstest.MapFS{"CHANGELOG.md": {Data: []byte("# History\n")}}, release.AutoChangelog, "# History\n\n## 1.0.0 (2026-01-02)\n\n### Features\n\n* a\n"},
		{"a named one is made", fstest.MapFS{}, "docs/NEWS.md", "# Changelog\n\n## 1.0.0 (2026-01-02)\n\n### Features\n\n* a\n"},
		{"none is wanted", fstest.MapFS{"CHANGELOG.md": {Data: []byte("# History\n")}}, "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := story("feat: a")
			o := options(m)
			o.Files, o.Changelog.File, o.Notes.Links = tt.files, tt.file, changelog.Links{}
			off := false
			o.Notes.LinkReferences = &off
			plan, err := release.NewPlan(t.Context(), m, o)
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			if edits := plan.Changes[0].Edits; len(edits) == 1 {
				got = strings.ReplaceAll(string(edits[0].New), " 0000001", "")
			} else if len(edits) > 1 {
				t.Fatalf("%d edits", len(edits))
			}
			if got != tt.want {
				t.Errorf("got %q\nwant %q", got, tt.want)
			}
		})
	}
}

// TestReasons: every commit has a reason, and those that were taken back say by whom.
func TestReasons(t *testing.T) {
	m := story("feat: a; #v1.0.0; docs: b; Merge branch 'x'; perf: c; feat: d")
	gone := m.head()
	m.commit("Revert \"feat: d\"\n\nThis reverts commit " + gone + ".")
	m.commit("fix(api): e [release skip]")
	plan, err := release.NewPlan(t.Context(), m, options(m))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range plan.Changes[0].Commits {
		got = append(got, d.Bump.String()+": "+d.Reason)
	}
	want := []string{
		"none: [skip release]", "none: reverts 0000005, which is released nowhere", "none: reverted by 0000006", "patch: type perf",
		"none: no conventional commit", "none: type docs releases nothing",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%q, want\n%q", got, want)
	}
	if plan.Changes[0].Next.Version.String() != "1.0.1" {
		t.Errorf("next is %s", plan.Changes[0].Next.Version)
	}
}
