package config

import (
	"testing"

	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/release"
)

// decide asks rules about one message.
func decide(t *testing.T, rules release.Rules, message string) string {
	t.Helper()
	c := commitparse.Commit{Hash: "0123456", Message: commitparse.Parse(message, commitparse.ConventionalCommits)}
	bump, reason := rules.Decide(&c)
	return bump.String() + ": " + reason
}

// TestReleaseRules: what commit-analyzer 13 makes of them (spec §3.3), its odd order included.
func TestReleaseRules(t *testing.T) {
	tests := []struct{ rules, message, want string }{
		{`[]`, "feat: a", "minor: type feat"},
		{`[{"type": "docs", "release": "patch"}]`, "docs: a", "patch: rule for type docs"},
		{`[{"type": "docs", "release": "patch"}]`, "feat: a", "minor: type feat"},
		{`[{"type": "fix", "release": "minor"}]`, "fix!: a", "minor: rule for type fix"}, // any rule silences the default ones
		{`[{"scope": "no-release", "release": false}]`, "feat(no-release)!: a", "none: rule for scope no-release"},
		{`[{"scope": "no-release", "release": null}]`, "feat(no-release): a", "none: rule for scope no-release"},
		{`[{"type": "docs", "release": "patch"}, {"type": "docs", "release": false}]`, "docs: a", "none: rule for type docs"},
		{`[{"type": "docs", "release": false}, {"type": "docs", "release": "patch"}]`, "docs: a", "patch: rule for type docs"},
		{`[{"type": "docs", "release": "major"}, {"type": "docs", "release": false}]`, "docs: a", "major: rule for type docs"},
		{`[{"type": "docs", "release": "minor"}, {"type": "docs", "release": "patch"}]`, "docs: a", "minor: rule for type docs"},
		{`[{"scope": null, "release": "patch"}]`, "docs: a", "patch: rule for no scope"},
		{`[{"scope": null, "release": "patch"}]`, "docs(x): a", "none: type docs releases nothing"},
		{`[{"scope": "*", "release": "patch"}]`, "docs: a", "none: type docs releases nothing"},
		{`[{"scope": "!x", "release": "patch"}]`, "docs: a", "none: type docs releases nothing"},
		{`[{"scope": "!x", "release": "patch"}]`, "docs(y): a", "patch: rule for scope !x"},
		{`[{"scope": "*", "release": "patch"}]`, "docs(a/b): a", "none: type docs releases nothing"},
		{`[{"scope": "**", "release": "patch"}]`, "docs(a/b): a", "patch: rule for scope **"},
		{`[{"scope": "{api,core}", "release": "patch"}]`, "docs(core): a", "patch: rule for scope {api,core}"},
		{`[{"subject": "*README*", "release": "patch"}]`, "docs: the README", "patch: rule for subject *README*"},
		{`[{"subject": "*README*", "release": "patch"}]`, "docs: a/README", "none: type docs releases nothing"},
		{`[{"type": "DOCS", "release": "patch"}]`, "docs: a", "none: type docs releases nothing"},
		{`[{"breaking": true, "release": "minor"}]`, "fix!: a", "minor: rule for breaking"},
		{`[{"breaking": false, "release": "minor"}]`, "fix: a", "minor: rule for any commit"},
		{`[{"revert": true, "release": false}]`, "Revert \"feat: a\"\n\nThis reverts commit 0123456789.", "none: rule for revert"},
		{`[{"release": "patch"}]`, "no conventional commit", "patch: rule for any commit"},
		{`[{"body": "*tests*", "release": "patch"}]`, "chore: a\n\nonly tests here", "patch: rule for body *tests*"},
	}
	for _, tt := range tests {
		c, err := load(".releaserc.json", rules(tt.rules), nil)
		if err != nil {
			t.Errorf("%s: %v", tt.rules, err)
		} else if got := decide(t, c.Rules, tt.message); got != tt.want {
			t.Errorf("%s of %q: got %q, want %q", tt.rules, tt.message, got, tt.want)
		}
	}
}

// TestOwnRules: the last that fits decides, and only one that means it makes less of a breaking change.
func TestOwnRules(t *testing.T) {
	tests := []struct{ rules, message, want string }{
		{"[{type: docs, scope: readme, bump: patch}]", "docs(readme): a", "patch: rule for type docs, scope readme"},
		{"[{type: docs, scope: readme, bump: patch}]", "docs: a", "none: type docs releases nothing"},
		{"[{type: docs, bump: minor}, {type: docs, bump: patch}]", "docs: a", "patch: rule for type docs"},
		{"[{type: docs, bump: patch}, {type: docs, bump: none}]", "docs: a", "none: rule for type docs"},
		{"[{type: docs, bump: none}, {type: docs, bump: minor}]", "docs: a", "minor: rule for type docs"},
		{"[{type: fix, bump: minor}]", "fix!: a", "major: breaking change, which the rule for type fix doesn't mean"},
		{"[{type: fix, breaking: true, bump: minor}]", "fix!: a", "minor: rule for type fix, breaking"},
		{"[{scope: no-release, bump: none}]", "feat(no-release)!: a", "none: rule for scope no-release"},
		{"[{scope: , bump: patch}]", "chore: a", "patch: rule for no scope"},
		{"[{header: 'Merge *', bump: none}, {description: '*wip*', bump: none}]", "feat: a wip b", "none: rule for description *wip*"},
		{"[{revert: true, bump: none}]", "feat: a", "minor: type feat"},
	}
	for _, tt := range tests {
		c, err := load(".semcut.yaml", "rules: "+tt.rules, nil)
		if err != nil {
			t.Errorf("%s: %v", tt.rules, err)
		} else if got := decide(t, c.Rules, tt.message); got != tt.want {
			t.Errorf("%s of %q: got %q, want %q", tt.rules, tt.message, got, tt.want)
		}
	}
	for text, want := range map[string]string{
		"rules: [{type: docs, bump: huge}]":       `reading .semcut.yaml:1:28: key "rules[0].bump": "huge" is not known`,
		"rules: [{type: docs}]":                   `reading .semcut.yaml:1:9: key "rules[0]": it has no key "bump"`,
		"rules: [{typ: docs, bump: patch}]":       `reading .semcut.yaml:1:10: unknown key "typ" in "rules[0]"`,
		"rules: [{type: [docs], bump: patch}]":    `reading .semcut.yaml:1:16: key "rules[0].type": it must be a text, not a list`,
		"rules: [{type: '*!(a)', bump: patch}]":   `reading .semcut.yaml:1:16: key "rules[0].type": "*!(a)" is no pattern: !(…) can stand in it once, behind plain text`,
		"rules: [{breaking: often, bump: patch}]": `reading .semcut.yaml:1:20: key "rules[0].breaking": it must be true or false, not a text`,
		"rules: {type: docs, bump: patch}":        `reading .semcut.yaml:1:8: key "rules": it must be a list, not a mapping`,
	} {
		if _, err := load(".semcut.yaml", text, nil); err == nil || err.Error() != want {
			t.Errorf("%s\ngot  %v\nwant %s", text, err, want)
		}
	}
}
