package main

import (
	"maps"
	"strings"
	"testing"

	"github.com/semcut/semcut/internal/fakegithub"
)

const releaseWorkflow = `
on: {push: , workflow_dispatch: }
jobs:
  release:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v6
      - id: semcut
        uses: ./
        with: {version: 1.2.3, dry-run: "${{ github.event_name == 'workflow_dispatch' }}"}
      - run: printf '%s' "$OUTPUTS" >"$SEEN/outputs"
        env: {OUTPUTS: "${{ toJSON(steps.semcut.outputs) }}"}
      - run: semcut version >"$SEEN/version"
      - if: steps.semcut.outputs.new_release_published == 'true'
        run: printf '%s after %s' "$VERSION" "$LAST" >"$SEEN/alias"
        env: {VERSION: "${{ steps.semcut.outputs.new_release_version }}", LAST: "${{ steps.semcut.outputs.last_release_version }}"}
`

// aliases are the outputs that have two names.
var aliases = map[string]string{
	"new_release_published": "due", "new_release_version": "version", "new_release_major_version": "major",
	"new_release_minor_version": "minor", "new_release_patch_version": "patch", "new_release_channel": "channel",
	"new_release_notes": "notes", "new_release_git_head": "sha", "new_release_git_tag": "tag",
	"last_release_version": "previous-version", "last_release_git_head": "previous-sha", "last_release_git_tag": "previous-tag",
}

// expect compares outputs but for the notes and the binary, the aliases included.
func expect(t *testing.T, got, want map[string]string) {
	t.Helper()
	for alias, name := range aliases {
		if got[alias] != got[name] {
			t.Errorf("%s is %q, and %s is %q", alias, got[alias], name, got[name])
		}
	}
	names := "released due version tag bump major minor patch channel sha url previous-version previous-tag previous-sha"
	for name := range strings.FieldsSeq(names) {
		if got[name] != want[name] {
			t.Errorf("the output %s is %q, want %q", name, got[name], want[name])
		}
	}
	if len(got) != len(aliases)+len(strings.Fields(names))+2 {
		t.Errorf("there are %d outputs: %v", len(got), maps.Keys(got))
	}
}

// TestActionReleases lets act run a job that releases, with steps that read its outputs.
func TestActionReleases(t *testing.T) {
	r := newWorkflow(t, releaseWorkflow)
	r.repo.Git("tag", "-m", "v1.0.0", "v1.0.0")
	r.repo.Git("push", "-q", "origin", "v1.0.0")
	first := r.repo.Git("rev-parse", "HEAD")
	head := r.repo.Commit("feat: greet\n\nBREAKING CHANGE: greet all")
	r.push()
	before := map[string]string{"previous-version": "1.0.0", "previous-tag": "v1.0.0", "previous-sha": first}

	planned := map[string]string{
		"released": "false", "due": "true", "version": "2.0.0", "tag": "v2.0.0", "sha": head,
		"bump": "major", "major": "2", "minor": "0", "patch": "0",
	}
	maps.Copy(planned, before)
	log, ok := r.act("workflow_dispatch", nil)
	if !ok {
		t.Fatal(log)
	}
	expect(t, r.outputs("outputs"), planned)
	if len(r.forge.Releases()) != 0 {
		t.Error("the dry run released")
	}

	if log, ok = r.act("push", nil); !ok {
		t.Fatal(log)
	}
	made := maps.Clone(planned)
	made["released"], made["url"] = "true", "https://github.com/acme/widget/releases/tag/v2.0.0"
	got := r.outputs("outputs")
	expect(t, got, made)
	if rels := r.forge.Releases(); len(rels) != 1 || rels[0].Tag != "v2.0.0" || rels[0].Body != got["notes"] {
		t.Errorf("the forge has %+v, the notes are %q", rels, got["notes"])
	}
	if alias := r.seen("alias"); alias != "2.0.0 after 1.0.0" {
		t.Errorf("a step that goes by the other names saw %q", alias)
	}
	if version := r.seen("version"); !strings.HasPrefix(version, "semcut ") {
		t.Errorf("semcut is not on the PATH of later steps: %q", version)
	}

	r.repo.Git("fetch", "-q", "--tags", "origin")
	if log, ok = r.act("push", nil); !ok {
		t.Fatal(log)
	}
	expect(t, r.outputs("outputs"), map[string]string{
		"released": "false", "due": "false", "previous-version": "2.0.0", "previous-tag": "v2.0.0", "previous-sha": head,
	})
}

const previewWorkflow = `
on: pull_request
jobs:
  preview:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v6
      - uses: ./
        with: {version: 1.2.3, command: preview}
`

// TestActionPreviews lets act run a job for a pull request twice: one comment is made, and one kept up to date.
func TestActionPreviews(t *testing.T) {
	r := newWorkflow(t, previewWorkflow)
	r.repo.Git("tag", "-m", "v1.0.0", "v1.0.0")
	r.repo.Git("push", "-q", "origin", "v1.0.0")
	base := r.repo.Git("rev-parse", "HEAD")
	r.repo.Git("checkout", "-q", "-b", "topic")
	head := r.repo.Commit("feat: greet")
	number := r.forge.AddPull(fakegithub.Issue{Title: "feat: greet"}, fakegithub.Pull{Commits: []string{head}})
	repository := map[string]any{"full_name": "acme/widget", "default_branch": "main", "allow_rebase_merge": false}
	for title, version := range map[string]string{"feat: greet": "v1.1.0", "feat!: greet": "v2.0.0"} {
		log, ok := r.act("pull_request", map[string]any{"pull_request": map[string]any{
			"number": number, "title": title,
			"base": map[string]any{"ref": "main", "sha": base, "label": "acme:main", "repo": repository},
			"head": map[string]any{"ref": "topic", "sha": head, "label": "acme:topic", "repo": map[string]any{"full_name": "acme/widget"}},
		}})
		if !ok {
			t.Fatal(log)
		}
		comments := r.forge.Issue(number).Comments
		if len(comments) != 1 || !strings.Contains(comments[0].Body, "| squash | **v1.1.0** (minor) |") && title == "feat: greet" || strings.Contains(comments[0].Body, "| rebase |") {
			t.Errorf("%s: the comments are %+v\n%s", version, comments, log)
		}
	}
}
