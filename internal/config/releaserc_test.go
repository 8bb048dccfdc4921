package config

import (
	"fmt"
	"testing"

	"github.com/semcut/semcut/release"
)

const analyzer, generator = `"@semantic-release/commit-analyzer"`, `"@semantic-release/release-notes-generator"`

func TestReleaserc(t *testing.T) {
	tests := []struct {
		name, text string
		got        func(*Config) any
		want       string
	}{
		{"its defaults", `{}`, func(c *Config) any {
			return fmt.Sprint(c.Format.Name, " ", c.Notes.Layout, " ", c.TagAnnotated, " ", c.Changelog.File == "", " ", c.Author)
		}, "angular angular false true semantic-release-bot <semantic-release-bot@martynus.net>"},
		{"its branches", `{}`, branchNames, "+([0-9])?(.{+([0-9]),x}).x master main next next-major beta~true alpha~true"},
		{"a preset for both", `{"preset": "conventionalcommits"}`, func(c *Config) any { return c.Format.Name + " " + c.Notes.Layout }, "conventionalcommits conventionalcommits"},
		{"a preset for the analyzer", `{"plugins": [[` + analyzer + `, {"preset": "ConventionalCommits"}]]}`, func(c *Config) any { return c.Format.Name + " " + c.Notes.Layout }, "conventionalcommits angular"},
		{"a preset for the notes", `{"plugins": [[` + generator + `, {"preset": "conventionalcommits"}]]}`, func(c *Config) any { return c.Format.Name + " " + c.Notes.Layout }, "angular conventionalcommits"},
		{"a plugin by its path", `{"plugins": [{"path": ` + generator + `, "host": "https://h"}]}`, func(c *Config) any { return c.Notes.Links.Host }, "https://h"},
		{"links", `{"plugins": [[` + generator + `, {"linkCompare": false, "linkReferences": false, "commit": "c", "issue": "i"}]]}`, func(c *Config) any {
			return fmt.Sprint(*c.Notes.LinkCompare, *c.Notes.LinkReferences, c.Notes.Links.Commit, c.Notes.Links.Issue)
		}, "false falseci"},
		{"sections", `{"plugins": [[` + generator + `, {"presetConfig": {"types": [{"type": "docs", "section": "Docs", "hidden": false}], "issuePrefixes": ["X-"], "scope": "a"}}]]}`,
			func(c *Config) any {
				return c.Notes.Preset.Types[0].Section + fmt.Sprint(c.Notes.Preset.IssuePrefixes, c.Notes.Preset.Scope)
			}, "Docs[X-] [a]"},
		{"tag format and URL", `{"tagFormat": "${version}", "repositoryUrl": "https://github.com/a/b"}`, func(c *Config) any { return c.TagFormat.String() + " " + c.RepositoryURL }, "${version} https://github.com/a/b"},
		{"github alone publishes there", `{"plugins": [` + analyzer + `, "@semantic-release/github"]}`, func(c *Config) any { return fmt.Sprint(c.GitHub.Off, c.GitHub.Explicit, c.Blocked) }, "false true <nil>"},
		{"without github there is no release page", `{"plugins": [` + analyzer + `]}`, func(c *Config) any { return fmt.Sprint(c.GitHub.Off, c.Blocked) }, "true <nil>"},
		{"null is the default", `{"tagFormat": null, "plugins": [[` + analyzer + `, {"preset": null}]]}`, func(c *Config) any { return c.TagFormat.String() + c.Format.Name }, "v${version}angular"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, err := load(".releaserc.json", tt.text, nil)
			if err != nil {
				t.Fatal(err)
			}
			if got := fmt.Sprint(tt.got(c)); got != tt.want || c.Dialect != "semantic-release" {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

// rules makes a configuration of commit-analyzer's rules.
func rules(list string) string {
	return `{"plugins": [[` + analyzer + `, {"releaseRules": ` + list + `}]]}`
}

// TestWhatWeDontHonour: an error that names the place, or for plugins that a release needs a reason not to release.
func TestWhatWeDontHonour(t *testing.T) {
	tests := []struct{ text, want string }{
		{`{"extends": "x"}`, `reading .releaserc.json:1:13: key "extends" is not supported yet`},
		{`{"verifyConditions": []}`, `reading .releaserc.json:1:22: key "verifyConditions" is not supported yet`},
		{`{"plugins": [[` + analyzer + `, {"parserOpts": {}}]]}`, `reading .releaserc.json:1:67: key "plugins[0][1].parserOpts" is not supported yet`},
		{rules(`"./rules.js"`), `reading .releaserc.json:1:69: key "plugins[0][1].releaseRules": the module "./rules.js" is code, which semcut doesn't run`},
		{rules(`{}`), `reading .releaserc.json:1:69: key "plugins[0][1].releaseRules": it must be a list, not a mapping`},
		{rules(`[{"type": "docs"}]`), `reading .releaserc.json:1:70: key "plugins[0][1].releaseRules[0]": it has no key "release"`},
		{rules(`[{"release": "huge"}]`), `reading .releaserc.json:1:82: key "plugins[0][1].releaseRules[0].release": "huge" is not known`},
		{rules(`[{"release": "prepatch"}]`), `reading .releaserc.json:1:82: key "plugins[0][1].releaseRules[0].release": semantic-release, too, refuses "prepatch" in the end`},
		{rules(`[{"typ": "docs", "release": "patch"}]`), `reading .releaserc.json:1:71: unknown key "typ" in "plugins[0][1].releaseRules[0]"`},
		{rules(`[{"notes": [], "release": "patch"}]`), `reading .releaserc.json:1:80: key "plugins[0][1].releaseRules[0].notes" is not supported yet`},
		{rules(`[{"type": "", "release": "patch"}]`), `reading .releaserc.json:1:79: key "plugins[0][1].releaseRules[0].type": "" is no pattern: it is empty`},
		{`{"plugins": [[` + generator + `, {"writerOpts": {}}]]}`, `reading .releaserc.json:1:75: key "plugins[0][1].writerOpts" is not supported yet`},
		{`{"preset": "atom"}`, `reading .releaserc.json:1:12: key "preset" is not supported yet`},
		{`{"preset": "nope"}`, `reading .releaserc.json:1:12: key "preset": preset "nope" is not known`},
		{`{"plugins": ["semantic-release-slack"]}`, `reading .releaserc.json:1:14: key "plugins[0]": plugin "semantic-release-slack" is not known`},
		{`{"plugins": [7]}`, `reading .releaserc.json:1:14: key "plugins[0]": it is no plugin`},
		{`{}`, `reading .releaserc.json:1:1: plugin "@semantic-release/npm": the default plugins publish to npm, which is not supported yet; write out "plugins" without it`},
		{`{"plugins": ["@semantic-release/git"]}`, `reading .releaserc.json:1:14: plugin "@semantic-release/git": it is not supported yet`},
		{`{"plugins": [["@semantic-release/github", {"assets": []}]]}`, `reading .releaserc.json:1:43: plugin "@semantic-release/github": its options are not supported yet`},
	}
	for _, tt := range tests {
		c, err := load(".releaserc.json", tt.text, nil)
		if err == nil {
			err = c.Blocked
		}
		if err == nil || err.Error() != tt.want {
			t.Errorf("%s\ngot  %v\nwant %s", tt.text, err, tt.want)
			continue
		}
		if code := release.CodeOf(err); code != release.CodeConfig && code != release.CodeNotYet {
			t.Errorf("%s: code %s", tt.text, code)
		}
	}
}

func TestModulesAreNamed(t *testing.T) {
	for _, file := range []string{".releaserc.js", ".config/releaserc.ts", "release.config.mjs"} {
		_, err := load(file, "module.exports = {}", nil)
		want := fmt.Sprintf("reading configuration %q: JavaScript and TypeScript modules are not supported yet", file)
		if err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}
