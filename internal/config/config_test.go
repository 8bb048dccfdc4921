package config

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/semcut/semcut/release"
)

// load reads a configuration of one file.
func load(file, text string, env map[string]string) (*Config, error) {
	return Load(Source{Root: fstest.MapFS{file: {Data: []byte(text)}}, Env: func(name string) string { return env[name] }})
}

// keyTests are configurations, each with what it means.
var keyTests = []struct {
	text string
	got  func(*Config) any
	want string
}{
	{"", func(c *Config) any { return c.TagFormat }, "v${version}"},
	{"tagFormat: ${version}", func(c *Config) any { return c.TagFormat }, "${version}"},
	{"preset: angular", func(c *Config) any { return c.Format.Name }, "angular"},
	{"initialVersion: 0.1.0", func(c *Config) any { return c.InitialVersion }, "0.1.0"},
	{"notes: {layout: angular}", func(c *Config) any { return c.Notes.Layout }, "angular"},
	{"notes: {issuePrefixes: [ABC-]}", func(c *Config) any { return c.Notes.Preset.IssuePrefixes }, "[ABC-]"},
	{"changelog: {file: docs/NEWS.md, title: News}", func(c *Config) any { return c.Changelog }, "{docs/NEWS.md News false false [] []}"},
	{"changelog: {file: false}", func(c *Config) any { return c.Changelog.File == "" }, "true"},
	{"changelog: false", func(c *Config) any { return c.Changelog.File == "" }, "true"},
	{"changelog:", func(c *Config) any { return c.Changelog.File }, "auto"},
	{"commit: {message: 'release ${tag}', author: Ada <ada@example.com>}", func(c *Config) any { return c.CommitMessage + "; " + c.Author }, "release ${tag}; Ada <ada@example.com>"},
	{"", func(c *Config) any { return c.Deepen }, "true"},
	{"zeroVersion: {breaking: minor, feature: patch}\nmaxBump: minor", func(c *Config) any { return c.Policy }, "{minor patch minor true false false}"},
	{"deepen: never", func(c *Config) any { return c.Deepen }, "false"},
	{"deepen: auto", func(c *Config) any { return c.Deepen }, "true"},
	{"tag: {annotated: false}", func(c *Config) any { return c.TagAnnotated }, "false"},
	{"tag: {message: 'all of ${version}'}", func(c *Config) any { return c.TagMessage }, "all of ${version}"},
	{"github: false", func(c *Config) any { return c.GitHub.Off }, "true"},
	{"github: true", func(c *Config) any { return c.GitHub.Explicit }, "true"},
	{"", func(c *Config) any { return c.CommitSign + " " + c.TagSign }, "auto auto"},
	{"commit: {sign: api}\ntag: {sign: ssh}", func(c *Config) any { return c.CommitSign + " " + c.TagSign }, "api ssh"},
	{"commit: {sign: openpgp}\ntag: {sign: none, annotated: false}", func(c *Config) any { return c.CommitSign + " " + c.TagSign }, "openpgp none"},
	{"github: {url: https://ghe.example.com}", func(c *Config) any { return c.GitHub.URL }, "https://ghe.example.com"},
	{"", func(c *Config) any { return c.GitHub.Comments }, "{false false  true true [] }"},
	{"github: {comments: false}", func(c *Config) any { return c.GitHub.Comments.Off }, "true"},
	{"github: {comments: 'out in ${tag}'}", func(c *Config) any { return c.GitHub.Comments }, "{false true out in ${tag} true true [] }"},
	{"github: {comments: {text: hi, issues: false, unless: [wip]}}", func(c *Config) any { return c.GitHub.Comments }, "{false true hi true false [wip] }"},
	{"", func(c *Config) any { return c.GitHub.Labels == nil && !c.GitHub.LabelsSet }, "true"},
	{"github: {labels: false}", func(c *Config) any { return c.GitHub.Labels != nil && c.GitHub.LabelsSet }, "true"},
	{"github: {labels: ['out in ${version}']}", func(c *Config) any { return c.GitHub.Labels }, "[out in ${version}]"},
	{"", func(c *Config) any { return c.GitHub.FailureIssue }, "{true  [] []  }"},
	{"github: {failureIssue: {title: Help, labels: [ci], assignees: [ada]}}", func(c *Config) any { return c.GitHub.FailureIssue }, "{true Help [ci] [ada]  }"},
	{"github: {draft: true, discussion: News, addReleases: top, title: 'r ${version}', body: '${notes}!'}",
		func(c *Config) any {
			return fmt.Sprint(c.GitHub.Draft, c.GitHub.Discussion, c.GitHub.AddReleases, c.GitHub.Title, c.GitHub.Body)
		}, "trueNewstopr ${version}${notes}!"},
	{"github: {assets: [dist/*, '!dist/*.map', {path: 'out/${version}/app', name: 'app-${env.RUNNER}', label: Linux}, ./a.txt]}",
		func(c *Config) any {
			var all []string
			for _, a := range c.GitHub.Assets {
				all = append(all, a.Path+"|"+a.Name+"|"+a.Label)
			}
			return all
		}, "[dist/*|| !dist/*.map|| out/${version}/app|app-x64|Linux a.txt||]"},
	{"commit: {files: [dist/**, a.txt]}", func(c *Config) any { return []string{c.CommitFiles[0].Path, c.CommitFiles[1].Path} }, "[dist/** a.txt]"},
	{"tag: {floating: [major, minor]}", func(c *Config) any { return c.Floating }, "[major minor]"},
	{"hooks: {verify: make check, prepare: [a, {run: b, timeout: 5m}]}", func(c *Config) any {
		h := c.Hooks
		return fmt.Sprint(h["verify"][0].Line, h["verify"][0].Limit, len(h["prepare"]), h["prepare"][1].Line, h["prepare"][1].Limit)
	}, "make check1h0m0s 2b5m0s"},
	{"branches: main", branchNames, "main"},
	{"branches: [main, {name: next, channel: false}, {name: beta, prerelease: true}, {name: rc, prerelease: pre}, {name: old, range: 1.x}, {name: 'r/*', range: '${match.1}.x'}]",
		branchNames, `main next="" beta~true rc~pre old@1.x r/*@${match.1}.x`},
	{"a: &a {file: X.md}\nchangelog: *a", func(c *Config) any { return nil }, "error: reading .semcut.yaml:1:1: unknown key \"a\""},
	{"versionFiles: []\nnpm: false\ngithub: {comments: false, labels: [], failureIssue: false}", func(c *Config) any { return "fine" }, "fine"},
}

func TestKeys(t *testing.T) {
	for _, tt := range keyTests {
		c, err := load(".semcut.yaml", tt.text, map[string]string{"RUNNER": "x64"})
		got := ""
		if err != nil {
			got = "error: " + err.Error()
		} else {
			got = fmt.Sprint(tt.got(c))
		}
		if got != tt.want {
			t.Errorf("%s\ngot  %s\nwant %s", tt.text, got, tt.want)
		}
	}
}

func branchNames(c *Config) any {
	var names []string
	for _, b := range c.Branches {
		name := b.Name
		if b.Channel != nil {
			name += fmt.Sprintf("=%q", *b.Channel)
		}
		if b.Prerelease != "" {
			name += "~" + b.Prerelease
		}
		if b.Range != "" {
			name += "@" + b.Range
		}
		names = append(names, name)
	}
	return strings.Join(names, " ")
}

// wrongValues are configurations, each with what is wrong with it.
var wrongValues = []struct{ text, want string }{
	{"[]", `reading .semcut.yaml:1:1: it must be a mapping, not a list`},
	{"preset: ember", `reading .semcut.yaml:1:9: key "preset": "ember" is not known`},
	{"preset: {header: x}", `reading .semcut.yaml:1:9: key "preset" is not supported yet`},
	{"initialVersion: v1", `reading .semcut.yaml:1:17: key "initialVersion": "v1" is no version`},
	{"initialVersion: 1.0.0-rc.1", `reading .semcut.yaml:1:17: key "initialVersion": "1.0.0-rc.1" is no version`},
	{"branches: []", `reading .semcut.yaml:1:11: key "branches": it is empty`},
	{"branches: [main, main]", `reading .semcut.yaml:1:18: key "branches[1]": branch "main" stands here twice`},
	{"branches: [{channel: x}]", `reading .semcut.yaml:1:12: key "branches[0]": a branch needs a name`},
	{"branches: [{name: x, chanel: y}]", `reading .semcut.yaml:1:22: unknown key "chanel" in "branches[0]"`},
	{"branches: ['']", `reading .semcut.yaml:1:12: key "branches[0]": "" is no branch: it is empty`},
	{"branches: ['*!(x)']", `reading .semcut.yaml:1:12: key "branches[0]": "*!(x)" is no branch: !(…) can stand in it once, behind plain text`},
	{"branches: [{name: x, range: 1.2.3}]", `reading .semcut.yaml:1:29: key "branches[0].range": "1.2.3" is no range`},
	{"branches: [{name: x, prerelease: a_b}]", `reading .semcut.yaml:1:34: key "branches[0].prerelease": "a_b" can't stand in a version`},
	{"changelog: {file: /etc/passwd}", `reading .semcut.yaml:1:19: key "changelog.file": "/etc/passwd" is no path inside the repository`},
	{"preset: angular\n---\npreset: angular\n", `reading .semcut.yaml:2:1: a second document stands here, which would never be read`},
	{"commit: {message: ' '}", `reading .semcut.yaml:1:19: key "commit.message": it is empty`},
	{"notes: {issuePrefixes: ['']}", `reading .semcut.yaml:1:24: key "notes.issuePrefixes": a prefix can't be empty`},
	{"changelog: true", `reading .semcut.yaml:1:12: key "changelog": it must be a mapping, or false`},
	{"commit: {author: Ada}", `reading .semcut.yaml:1:18: key "commit.author": "Ada" is no name with an e-mail address`},
	{"commit: {sign: gpg}", `reading .semcut.yaml:1:16: key "commit.sign": "gpg" is not known`},
	{"commit: {sign: true}", `reading .semcut.yaml:1:16: key "commit.sign": it must be a text, not true or false`},
	{"tag: {sign: api}", `reading .semcut.yaml:1:13: key "tag.sign": tags can't be signed by the forge`},
	{"tag: {sign: ssh, annotated: false}", `reading .semcut.yaml:1:13: key "tag.sign": lightweight tags can't be signed, and tag.annotated is false`},
	{"tag: {annotated: false, sign: openpgp}", `reading .semcut.yaml:1:31: key "tag.sign": lightweight tags can't be signed, and tag.annotated is false`},
	{"tag: {annotated: 'yes'}", `reading .semcut.yaml:1:18: key "tag.annotated": it must be true or false, not a text`},
	{"github: {api: ghe.example.com}", `reading .semcut.yaml:1:15: key "github.api": "ghe.example.com" is no http or https URL`},
	{"notes: {layout: keepachange}", `reading .semcut.yaml:1:17: key "notes.layout": "keepachange" is not known`},
	{"notes: {layout: template}", `reading .semcut.yaml: key "notes.layout": there is no notes.template`},
	{"notes: {template: ../x}", `reading .semcut.yaml:1:19: key "notes.template": "../x" is no path inside the repository`},
	{"notes: {template: gone.tmpl}", `reading the template "gone.tmpl": file does not exist`},
	{"notes: {sections: [{title: A}]}", `reading .semcut.yaml:1:20: key "notes.sections[0]": a section needs a type`},
	{"notes: {sections: [{type: feat}]}", `reading .semcut.yaml:1:20: key "notes.sections[0]": a section needs a title`},
	{"notes: {sections: [{type: feat, titel: A}]}", `reading .semcut.yaml:1:33: unknown key "titel" in "notes.sections[0]"`},
	{"notes: {ignore: ['(']}", "reading .semcut.yaml:1:18: key \"notes.ignore[0]\": \"(\" is none: error parsing regexp: missing closing ): `(`"},
	{"notes: {links: {comit: x}}", `reading .semcut.yaml:1:17: unknown key "comit" in "notes.links"`},
	{"notes: {links: {commit: x}}", `reading .semcut.yaml:1:25: key "notes.links.commit": "x" is no http or https URL`},
	{"notes: {links: {commit: 'https://x/${sha}'}}", `reading .semcut.yaml:1:25: key "notes.links.commit": "${sha}" is not known here`},
	{"changelog: {prereleases: hide}", `reading .semcut.yaml:1:26: key "changelog.prereleases": "hide" is not known`},
	{"changelog: {skipTags: ['*!(x)']}", `reading .semcut.yaml:1:24: key "changelog.skipTags[0]": "*!(x)" is none: !(…) can stand in it once, behind plain text`},
	{"tag: {floating: [patch]}", `reading .semcut.yaml:1:18: key "tag.floating[0]": "patch" is not known`},
	{"hooks: {verify: {timeout: 5m}}", `reading .semcut.yaml:1:17: key "hooks.verify": there is no command`},
	{"hooks: {verify: {run: a, timeout: soon}}", `reading .semcut.yaml:1:35: key "hooks.verify.timeout": "soon" is no length of time`},
	{"hooks: {before: a}", `reading .semcut.yaml:1:9: unknown key "before" in "hooks"`},
	{"github: {assets: [../x]}", `reading .semcut.yaml:1:19: key "github.assets[0]": "../x" is no path inside the repository`},
	{"github: {assets: [/etc/*]}", `reading .semcut.yaml:1:19: key "github.assets[0]": "/etc/*" is no path inside the repository`},
	{"github: {assets: [.git/config]}", `reading .semcut.yaml:1:19: key "github.assets[0]": ".git/config" is no path inside the repository`},
	{"github: {assets: [{name: a}]}", `reading .semcut.yaml:1:19: key "github.assets[0]": an asset needs a path`},
	{"github: {assets: ['${env.MY_TOKEN}']}", `reading .semcut.yaml:1:19: key "github.assets[0]": ${env.MY_TOKEN} looks like a credential, and this would publish it`},
	{"github: {assets: ['${env.GONE}']}", `reading .semcut.yaml:1:19: key "github.assets[0]": the environment has no variable "GONE"`},
	{"github: {assets: ['a-${nope}']}", `reading .semcut.yaml:1:19: key "github.assets[0]": filling template "a-${nope}": ${nope} is not known here`},
	{"github: {labels: ['${nope}']}", `reading .semcut.yaml:1:19: key "github.labels[0]": filling template "${nope}": ${nope} is not known here`},
	{"github: {comments: {txt: a}}", `reading .semcut.yaml:1:21: unknown key "txt" in "github.comments"`},
	{"github: {addReleases: left}", `reading .semcut.yaml:1:23: key "github.addReleases": "left" is not known`},
	{"commit: {files: ['!a']}", `reading .semcut.yaml:1:18: key "commit.files[0]": "!a" takes files out, and nothing was put in by it`},
	{"versionFiles: [{key: a}]", `reading .semcut.yaml:1:16: key "versionFiles[0]": a version file needs a path`},
	{"versionFiles: [{path: a, kee: b}]", `reading .semcut.yaml:1:26: unknown key "kee" in "versionFiles[0]"`},
	{"maxBump: none", `reading .semcut.yaml:1:10: key "maxBump": "none" is not known`},
	{"zeroVersion: {breaking: patch}", `reading .semcut.yaml:1:25: key "zeroVersion.breaking": "patch" is not known`},
	{"zeroVersion: minor", `reading .semcut.yaml:1:14: key "zeroVersion": it must be a mapping, not a text`},
	{"tagFormat: 1", `reading .semcut.yaml:1:12: key "tagFormat": it must be a text, not a number`},
}

// TestWrongValues: each is an error of the configuration at its place, with a hint.
func TestWrongValues(t *testing.T) {
	for _, tt := range wrongValues {
		_, err := load(".semcut.yaml", tt.text, nil)
		if err == nil || err.Error() != tt.want {
			t.Errorf("%s\ngot  %v\nwant %s", tt.text, err, tt.want)
			continue
		}
		if e, ok := err.(*release.Error); !ok || e.Hint == "" || !strings.HasPrefix(string(e.Code), "config") {
			t.Errorf("%s: %+v", tt.text, err)
		}
	}
}

// TestSyntaxesAgree: the same settings in each syntax, and an error at the same key.
func TestSyntaxesAgree(t *testing.T) {
	tests := []struct{ file, good, bad, place string }{
		{".semcut.yml", "tagFormat: r${version}\nnotes:\n  layout: angular\n", "notes:\n  lay: x\n", "2:3"},
		{".semcut.json", `{"tagFormat": "r${version}", "notes": {"layout": "angular"}}`, "{\n \"notes\": {\"lay\": \"x\"}}", "2:12"},
		{".semcut.toml", "tagFormat = \"r${version}\"\n[notes]\nlayout = \"angular\"\n", "[notes]\nlay = \"x\"\n", "2:1"},
		{".config/semcut.yaml", "{tagFormat: 'r${version}', notes: {layout: angular}}", "notes: {lay: x}", "1:9"},
		{"package.json", `{"name": "x", "semcut": {"tagFormat": "r${version}", "notes": {"layout": "angular"}}}`, `{"semcut": {"notes": {"lay": "x"}}}`, "1:23"},
		{"pyproject.toml", "[project]\nname = \"x\"\n[tool.semcut]\ntagFormat = \"r${version}\"\nnotes = {layout = \"angular\"}\n", "[tool.semcut.notes]\nlay = 'x'\n", "2:1"},
	}
	for _, tt := range tests {
		c, err := load(tt.file, tt.good, nil)
		if err != nil || c.TagFormat.String() != "r${version}" || c.Notes.Layout != "angular" || c.File != tt.file {
			t.Errorf("%s: %+v, %v", tt.file, c, err)
		}
		_, err = load(tt.file, tt.bad, nil)
		if want := "reading " + tt.file + ":" + tt.place + `: unknown key "lay" in "`; err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: got %v, want %s…", tt.file, err, want)
		}
	}
}

func TestEnvironmentGoesBeforeTheFile(t *testing.T) {
	c, err := load(".semcut.yaml", "tagFormat: a${version}\nchangelog: {file: A.md}\n", map[string]string{
		"SEMCUT_TAG_FORMAT": "b${version}", "SEMCUT_CHANGELOG_FILE": "B.md", "SEMCUT_TAG_ANNOTATED": "false", "SEMCUT_INITIAL_VERSION": "0.1.0",
	})
	if err != nil || c.TagFormat.String() != "b${version}" || c.Changelog.File != "B.md" || c.TagAnnotated || c.InitialVersion != "0.1.0" {
		t.Errorf("%+v, %v", c, err)
	}
	if c, err := load(".semcut.yaml", "", map[string]string{"SEMCUT_GITHUB": "false", "SEMCUT_CHANGELOG": "false"}); err != nil || !c.GitHub.Off || c.Changelog.File != "" {
		t.Errorf("%+v, %v", c, err)
	}
	if c, err := load(".semcut.yaml", "", map[string]string{"SEMCUT_NPM": "true", "SEMCUT_NPM_DIR": "pkg"}); err != nil || !c.NPM.On || c.NPM.Dir != "pkg" || versions(c)[0] != "pkg/package.json" {
		t.Errorf("%+v, %v", c, err)
	}
	if _, err := load(".semcut.yaml", "", map[string]string{"SEMCUT_GITLAB": "true"}); release.CodeOf(err) != release.CodeNotYet {
		t.Errorf("a setting that is not supported passes: %v", err)
	}
}

func TestTheFirstPlaceHolds(t *testing.T) {
	c, err := Load(Source{Root: fstest.MapFS{
		"package.json":   {Data: []byte(`{"semcut": {"tagFormat": "c${version}"}, "release": {}}`)},
		".semcut.json":   {Data: []byte(`{"tagFormat": "b${version}"}`)},
		".semcut.yaml":   {Data: []byte("# nothing\n")},
		".releaserc.yml": {Data: []byte("branches: [main]\n")},
	}})
	if err != nil || c.File != ".semcut.json" || c.TagFormat.String() != "b${version}" {
		t.Errorf("%+v, %v", c, err)
	}
	if len(c.Warnings) != 1 || c.Warnings[0] != `using .semcut.json; "release" in package.json is not read` {
		t.Errorf("warnings %q", c.Warnings)
	}
}
