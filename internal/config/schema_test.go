package config

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/invopop/jsonschema"
	validator "github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/tools/txtar"

	"github.com/semcut/semcut/docs"
	"github.com/semcut/semcut/release"
)

const schemaAddress = "https://raw.githubusercontent.com/semcut/semcut/main/docs/semcut.schema.json"

// madeSchema makes the schema of .semcut.yaml: the types, the defaults of Default, and that an empty key is its default.
func madeSchema() *jsonschema.Schema {
	s := reflected(schemaFile{})
	s.Version, s.ID = "http://json-schema.org/draft-07/schema#", schemaAddress
	s.Title, s.Description = ".semcut.yaml", "How semcut releases a repository. Every key is optional."
	usual := valuesOf(Default())
	complete(s, "", usual)
	return s
}

// complete adds to the properties of a mapping, and of those in it, what the types don't say.
func complete(s *jsonschema.Schema, prefix string, usual map[string]any) {
	for p := s.Properties.Oldest(); p != nil; p = p.Next() {
		path := prefix + p.Key
		if isGroup(path) {
			complete(asMapping(p.Value), path+".", usual)
		}
		if value := usual[path]; short(value) {
			p.Value.Default = value
		}
		if isGroup(path) || isSetting(path) {
			orNull(p.Value)
		}
	}
}

// short says whether a default is worth showing.
func short(value any) bool {
	list, is := value.([]any)
	return value != nil && (!is || len(list) < 2)
}

// asMapping gives the shape that has properties.
func asMapping(s *jsonschema.Schema) *jsonschema.Schema {
	for _, shape := range s.OneOf {
		if shape.Properties != nil {
			return shape
		}
	}
	return s
}

func orNull(s *jsonschema.Schema) {
	if len(s.OneOf) > 0 {
		s.OneOf = append(s.OneOf, null())
		return
	}
	if s.Extras == nil {
		s.Extras = map[string]any{}
	}
	s.Extras["type"], s.Type = []string{s.Type, "null"}, ""
	if len(s.Enum) > 0 {
		s.Enum = append(s.Enum, nil)
	}
}

// TestSchemaIsUpToDate: what is published is what the types say.
func TestSchemaIsUpToDate(t *testing.T) {
	data, err := json.Marshal(madeSchema())
	if err != nil {
		t.Fatal(err)
	}
	data = []byte(strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(string(data)))
	var out bytes.Buffer
	if err := json.Indent(&out, data, "", "  "); err != nil {
		t.Fatal(err)
	}
	out.WriteByte('\n')
	if *update {
		if err := os.WriteFile(filepath.FromSlash("../../docs/semcut.schema.json"), out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if out.String() != docs.Schema {
		t.Error("docs/semcut.schema.json is not what the types say; \"go test ./internal/config -u\" writes it")
	}
}

// TestSchemaHasEveryKey: each row of the table has a property, and each property a row. What isn't supported yet has none.
func TestSchemaHasEveryKey(t *testing.T) {
	var properties []string
	var walk func(s *jsonschema.Schema, prefix string)
	walk = func(s *jsonschema.Schema, prefix string) {
		for p := s.Properties.Oldest(); p != nil; p = p.Next() {
			path := prefix + p.Key
			switch {
			case isGroup(path):
				walk(asMapping(p.Value), path+".")
			case path != "$schema":
				properties = append(properties, path)
			}
			if p.Value.Description == "" {
				t.Errorf("%s has no description", path)
			}
		}
	}
	walk(madeSchema(), "")
	var rows []string
	for _, s := range settings {
		if release.CodeOf(s.set(Default(), tree{root: node{kind: nullNode}})) != release.CodeNotYet {
			rows = append(rows, s.path)
		}
	}
	slices.Sort(properties)
	slices.Sort(rows)
	if !slices.Equal(properties, rows) {
		t.Errorf("properties\n%q\nrows\n%q", properties, rows)
	}
}

// published compiles the schema that is handed out.
func published(t *testing.T) func(n node) error {
	t.Helper()
	doc, err := validator.UnmarshalJSON(strings.NewReader(docs.Schema))
	if err != nil {
		t.Fatal(err)
	}
	c := validator.NewCompiler()
	if err := c.AddResource(schemaAddress, doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile(schemaAddress)
	if err != nil {
		t.Fatal(err)
	}
	return func(n node) error { return s.Validate(n.plain()) }
}

// verdict is the reader's verdict about a text, which knows neither repository nor environment.
func verdict(t *testing.T, file, text string) (root node, err error) {
	t.Helper()
	parsed, err := parse(file, []byte(text))
	if err != nil || parsed.root.kind == nullNode {
		return node{kind: nullNode}, err
	}
	c := Default()
	c.env = func(name string) string { return map[string]string{"RUNNER": "x64"}[name] }
	if err := applyNative(c, parsed); err != nil {
		return parsed.root, err
	}
	return parsed.root, judgeTagSign(c)
}

// TestSchemaTakesWhatIsRight: what the reader takes, in tests, documents and fixtures, the schema takes, too.
func TestSchemaTakesWhatIsRight(t *testing.T) {
	validate := published(t)
	took := map[string]int{}
	for _, e := range examples(t) {
		root, err := verdict(t, e.file, e.text)
		if err != nil || root.kind == nullNode {
			continue
		}
		took[e.from]++
		if err := validate(root); err != nil {
			t.Errorf("%s: the reader takes this, the schema doesn't:\n%s\n%v", e.from, e.text, err)
		}
	}
	for from, least := range map[string]int{"keyTests": 30, "docs": 10, "scripts": 40, "shapes": 10, "translations": 20} {
		if took[from] < least {
			t.Errorf("%s: only %d examples", from, took[from])
		}
	}
}

type example struct{ from, file, text string }

// examples are all configurations of semcut's that stand anywhere in tests and documents, right or wrong.
func examples(t *testing.T) (all []example) {
	t.Helper()
	for _, tt := range keyTests {
		all = append(all, example{"keyTests", ".semcut.yaml", tt.text})
	}
	for from, pattern := range map[string]string{
		"scripts": "../../cmd/semcut/testdata/script/*.txtar", "shapes": "../starter/testdata/shapes/*.txtar", "translations": "testdata/translate/*/*.txtar",
	} {
		for _, file := range glob(t, pattern) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range a.Files {
				all = append(all, configurations(from, f)...)
			}
		}
	}
	for _, file := range glob(t, "../../docs/*.md") {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, block := range blocks(string(data)) {
			all = append(all, example{"docs", ".semcut.yaml", block})
		}
	}
	return all
}

func glob(t *testing.T, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.FromSlash(pattern))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: %v", pattern, err)
	}
	return files
}

// configurations are those of a file of an archive: by its name, by what it says, or in what is wanted of a translation.
func configurations(from string, f txtar.File) []example {
	name := filepath.Base(f.Name)
	text := string(f.Data)
	switch {
	case strings.HasPrefix(name, ".semcut."):
		return []example{{from, name, text}}
	case from == "translations" && name == "want":
		return []example{{from, ".semcut.yaml", firstDocument(text)}}
	case from == "shapes" && name == "want":
		_, settings, _ := strings.Cut(text, "write .semcut.yaml: ")
		_, settings, _ = strings.Cut(settings, "\n") // why it is written
		settings, _, _ = strings.Cut(settings, "\nwrite ")
		return []example{{from, ".semcut.yaml", settings}}
	case from == "scripts" && (filepath.Ext(name) == "" || filepath.Ext(name) == ".yaml"):
		return []example{{from, ".semcut.yaml", text}}
	case from == "scripts" && filepath.Ext(name) == ".json" || filepath.Ext(name) == ".toml":
		return []example{{from, name, text}}
	}
	return nil
}

// firstDocument is what stands before the remarks of a translation.
func firstDocument(text string) string {
	if at := remark.FindStringIndex(text); at != nil {
		return text[:at[0]]
	}
	return text
}

var remark = regexp.MustCompile(`(?m)^[ !] .* \| .* \| `)

// blocks are the examples of a document: fenced as YAML, or indented.
func blocks(markdown string) (all []string) {
	for _, m := range regexp.MustCompile("(?ms)^```yaml\n(.*?)^```").FindAllStringSubmatch(markdown, -1) {
		all = append(all, m[1])
	}
	for _, m := range regexp.MustCompile(`(?m)(?:^(?: {4}.*)?\n)+`).FindAllString(markdown, -1) {
		all = append(all, regexp.MustCompile(`(?m)^ {4}`).ReplaceAllString(m, ""))
	}
	for _, m := range regexp.MustCompile("`([a-z][A-Za-z]*: [^`]+)`").FindAllStringSubmatch(markdown, -1) {
		all = append(all, m[1])
	}
	return all
}

// wrongShapes are documents that the reader refuses for their shape, whatever is in the repository.
var wrongShapes = []string{
	"[]", "a", "tagFromat: v${version}", "preset: ember", "preset: {header: x}", "tagFormat: v1", "tagFormat: 1", "tagFormat: [v]",
	"initialVersion: v1", "initialVersion: 1.0.0-rc.1", "initialVersion: true", "zeroVersion: minor", "zeroVersion: {breaking: patch}",
	"zeroVersion: {feature: major}", "zeroVersion: {fix: patch}", "branches: []", "branches: 1", "branches: [{channel: x}]",
	"branches: [{name: x, chanel: y}]", "branches: ['']", "branches: [{name: x, channel: true}]", "branches: [{name: x, prerelease: 1}]",
	"branches: [[main]]", "rules: {}", "rules: [{type: docs}]", "rules: [{type: docs, bump: tiny}]", "rules: [{typ: docs, bump: none}]",
	"rules: [{breaking: 'yes', bump: none}]", "rules: [docs]", "maxBump: none", "squash: 'on'", "corrections: false", "deepen: always",
	"notes: angular", "notes: {layout: pretty}", "notes: {sections: [{title: A}]}", "notes: {sections: [{type: feat}]}", "notes: {sections: {feat: A}}",
	"notes: {sections: [{type: feat, titel: A}]}", "notes: {ignore: a}", "notes: {ignore: [1]}", "notes: {issuePrefixes: ['']}", "notes: {links: {comit: x}}",
	"notes: {links: {commit: x}}", "notes: {people: /etc/passwd}", "changelog: true", "changelog: CHANGELOG.md", "changelog: {file: true}",
	"changelog: {file: /etc/passwd}", "changelog: {prereleases: hide}", "changelog: {skipTags: v1}", "versionFiles: package.json", "versionFiles: true",
	"versionFiles: [{key: a}]", "versionFiles: [{path: a, kee: b}]", "versionFiles: [{path: a, marker: 1}]", "versionFiles: [1]", "commit: {message: ' '}",
	"commit: {author: Ada}", "commit: {sign: gpg}", "commit: {files: a}", "commit: {files: ['!a']}", "tag: {annotated: 'yes'}", "tag: {sign: api}",
	"tag: {floating: [patch]}", "tag: {floating: major}", "github: 'no'", "github: {api: ghe.example.com}", "github: {assets: a}", "github: {assets: [{name: a}]}",
	"github: {assets: [{path: a, as: b}]}", "github: {assets: [/etc/*]}", "github: {comments: {txt: a}}", "github: {comments: []}", "github: {labels: a}",
	"github: {failureIssue: a}", "github: {failureIssue: {title: 1}}", "github: {addReleases: left}", "github: {draft: 1}", "npm: a", "npm: {access: open}",
	"npm: {client: yarn}", "npm: {registry: npmjs.org}", "hooks: {before: a}", "hooks: {verify: {timeout: 5m}}", "hooks: {verify: {run: a, timeout: soon}}",
	"hooks: {verify: true}", "hooks: {verify: [[a]]}", "hooks: make", "lint: true", "lint: {rule: {}}", "lint: {rules: []}", "lint: {extends: {}}",
	"packages: {}", "workspace: true", "pullRequest: {}", "gitlab: true", "gitea: true", "api: x",
}

// TestSchemaRefusesWhatIsWrong: each is wrong for the reader, and for the schema.
func TestSchemaRefusesWhatIsWrong(t *testing.T) {
	validate := published(t)
	for _, text := range wrongShapes {
		root, err := verdict(t, ".semcut.yaml", text)
		if err == nil {
			t.Errorf("the reader takes %s", text)
		}
		if err := validate(root); err == nil {
			t.Errorf("the schema takes %s", text)
		}
	}
}

// TestSchemaAgreesAboutKinds tries values of every kind at every key, and within every list: where the reader wants another
// kind, so does the schema, and what the reader takes, the schema takes.
func TestSchemaAgreesAboutKinds(t *testing.T) {
	validate := published(t)
	tried := 0
	for _, path := range Keys() {
		for _, value := range []string{"auto", "''", "7", "true", "false", "null", "[]", "[a]", "[7]", "[[]]", "[{}]", "[null]", "{}", "{x: 1}"} {
			key, after := strings.ReplaceAll(path, ".", ": {"), strings.Repeat("}", strings.Count(path, "."))
			text := fmt.Sprintf("%s: %s%s", key, value, after)
			root, err := verdict(t, ".semcut.yaml", text)
			switch wrong := validate(root); {
			case err == nil && wrong != nil:
				t.Errorf("the reader takes %s, the schema doesn't: %v", text, wrong)
			case err != nil && wrong == nil && (strings.Contains(err.Error(), "it must be") || strings.Contains(err.Error(), "unknown key")):
				t.Errorf("the schema takes %s, the reader doesn't: %v", text, err)
			}
			tried++
		}
	}
	if tried < 800 {
		t.Errorf("only %d tries", tried)
	}
}

// TestSchemaKnowsTheRules: the linter's reader and the schema agree about rules.
func TestSchemaKnowsTheRules(t *testing.T) {
	validate := published(t)
	for _, tt := range []struct {
		rules string
		right bool
	}{
		{"{type-enum: [2, always, [feat, fix]], scope-empty: [0], header-max-length: [1, always, 100], body-case: [0, never, lower-case]}", true},
		{"{type-enmu: [2, always, [feat]]}", false}, {"{type-empty: [3, never]}", false}, {"{type-empty: [2]}", false}, {"{type-empty: []}", false},
		{"{type-empty: [2, sometimes]}", false}, {"{type-empty: 2}", false}, {"{type-empty: [2, never, 1, 2]}", false},
	} {
		parsed, err := parse(".semcut.yaml", []byte("lint: {rules: "+tt.rules+"}"))
		if err != nil {
			t.Fatal(err)
		}
		e, _ := parsed.root.get("lint")
		_, wrong := decodeLint(parsed.at(e), true, nil)
		if invalid := validate(parsed.root); (wrong == nil) != tt.right || (invalid == nil) != tt.right {
			t.Errorf("%s: the linter says %v, the schema %v", tt.rules, wrong, invalid)
		}
	}
}
