package npm

import (
	"encoding/json"
	"fmt"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// described are manifests, with the files beside them that npm looks at; a name alone is a file with that text in it.
var described = []struct {
	name, manifest string
	files          []string
}{
	{"bare", `{"name": "a", "version": "1.0.0"}`, nil},
	{"all spelt out", `{"name": "a", "version": "1.0.0", "description": "d", "keywords": ["x", "", 1], "license": "MIT", "homepage": "https://example.com", "bugs": {"url": "https://example.com/b", "email": "a@example.com"},
		"repository": {"type": "git", "url": "git+https://github.com/acme/widget.git", "directory": "x"}, "author": {"name": "Jane", "mail": "j@example.com", "web": "https://example.com"}, "contributors": ["Jim <jim@example.com>", {"name": "Joe"}],
		"bin": {"x": "./x.js", "y": 1, "../z": "z.js"}, "man": "./a.1", "scripts": {"test": "node_modules/.bin/tap", "bad": 1}, "_resolved": "x", "modules": {}, "exports": {".": "./index.js"}, "dependencies": {"b": "^1.0.0"}}`, nil},
	{"short repository", `{"name": "a", "version": "1.0.0", "repository": "acme/widget", "keywords": "a, b", "bugs": "https://example.com/bugs"}`, nil},
	{"gitlab", `{"name": "a", "version": "1.0.0", "repository": "gitlab:acme/widget", "bugs": "a@example.com"}`, nil},
	{"bitbucket", `{"name": "a", "version": "1.0.0", "repository": "bitbucket:acme/widget"}`, nil},
	{"a web page", `{"name": "a", "version": "1.0.0", "repository": {"type": "git", "url": "https://github.com/acme/widget"}}`, nil},
	{"ssh", `{"name": "a", "version": "1.0.0", "repository": "git@github.com:acme/widget.git"}`, nil},
	{"git+ssh", `{"name": "a", "version": "1.0.0", "repository": {"url": "git+ssh://git@github.com/acme/widget.git"}}`, nil},
	{"git", `{"name": "a", "version": "1.0.0", "repository": {"url": "git://github.com/acme/widget.git"}}`, nil},
	{"git without its ending", `{"name": "a", "version": "1.0.0", "repository": {"type": "git", "url": "git://github.com/acme/widget"}}`, nil},
	{"plain http", `{"name": "a", "version": "1.0.0", "repository": {"type": "git", "url": "http://github.com/acme/widget"}}`, nil},
	{"the page of a folder", `{"name": "a", "version": "1.0.0", "repository": "https://github.com/acme/widgets/tree/main/packages/a"}`, nil},
	{"no main", `{"name": "a", "version": "1.0.0", "main": false}`, nil},
	{"elsewhere", `{"name": "a", "version": "1.0.0", "repository": "https://git.example.com/acme/widget.git", "homepage": "example.com"}`, nil},
	{"a wrong address", `{"name": "a", "version": "1.0.0", "bugs": {"web": "https://example.com"}, "homepage": 1, "description": 1, "keywords": {}}`, nil},
	{"a readme", `{"name": "a", "version": "1.0.0"}`, []string{"README", "readme.md=# A\n\n## B\n\nIt is\na thing.\n\nMore.\n"}},
	{"plain readme", `{"name": "a", "version": "1.0.0", "description": ""}`, []string{"README=text", "readme.html=<p>"}},
	{"an empty readme", `{"name": "a", "version": "1.0.0"}`, []string{"README.md="}},
	{"native code", `{"name": "a", "version": "1.0.0"}`, []string{"binding.gyp={}", "server.js"}},
	{"native code, built by hand", `{"name": "a", "version": "1.0.0", "scripts": {"install": "make", "start": "x"}}`, []string{"binding.gyp={}", "server.js"}},
	{"authors", `{"name": "a", "version": "1.0.0"}`, []string{"AUTHORS=# who\nJane <j@example.com>\n\nJim # and more\n"}},
	{"declarations", `{"name": "a", "version": "1.0.0", "main": "./lib/main.js"}`, []string{"lib/main.d.ts"}},
	{"declarations beside the usual file", `{"name": "a", "version": "1.0.0"}`, []string{"index.d.ts"}},
	{"manuals", `{"name": "a", "version": "1.0.0", "directories": {"man": "man", "bin": "tools"}}`, []string{"man/a.1", "man/deep/b.3", "man/c.txt", "tools/x", "tools/y"}},
	{"bundles", `{"name": "a", "version": "1.0.0", "bundledDependencies": ["b"], "dependencies": {"b": "1"}}`, nil},
	{"all of them", `{"name": "a", "version": "1.0.0", "bundleDependencies": true, "dependencies": {"b": "1", "c": "2"}}`, nil},
	{"none of them", `{"name": "a", "version": "1.0.0", "bundleDependencies": false, "dependencies": {"b": "1"}}`, nil},
	{"one that is no dependency", `{"name": "a", "version": "1.0.0", "bundleDependencies": ["b"]}`, nil},
	{"a list of commands", `{"name": "@s/a", "version": "1.0.0", "bin": ["x/one.js", "./two.js"]}`, nil},
	{"one command", `{"name": "@s/a", "version": "1.0.0", "bin": "one.js"}`, nil},
}

// TestDescribedAsNpm compares with what npm itself would send.
func TestDescribedAsNpm(t *testing.T) {
	needNpm(t)
	dir := t.TempDir()
	for i, d := range described {
		writeFile(t, filepath.Join(dir, fmt.Sprint(i), "package.json"), d.manifest)
		for _, file := range d.files {
			name, text, said := strings.Cut(file, "=")
			if !said {
				text = "1"
			}
			writeFile(t, filepath.Join(dir, fmt.Sprint(i), name), text)
		}
	}
	var want []map[string]any
	askNode(t, &want, `const P = inNpm("@npmcli/package-json"); const all = [];
for (let i = 0; i < `+fmt.Sprint(len(described))+`; i++) { const p = await P.fix("`+dir+`/" + i, {}); const { content } = await p.prepare(); const q = await new P().fromContent({ ...content }).normalize({ steps: ["fixName"] }); all.push(q.content) }
console.log(JSON.stringify(all))`)
	for i, d := range described {
		f := opened(t, filepath.Join(dir, fmt.Sprint(i)))
		m, err := readManifest(f, "")
		if err != nil {
			t.Fatal(err)
		}
		made, err := describe(f, m)
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(made)
		if err != nil {
			t.Fatal(err)
		}
		var got map[string]any
		if err := json.Unmarshal(text, &got); err != nil {
			t.Fatal(err)
		}
		delete(want[i], "_id")
		if !reflect.DeepEqual(got, want[i]) {
			npms, _ := json.Marshal(want[i])
			t.Errorf("%s:\nours %s\nnpm  %s", d.name, text, npms)
		}
	}
}

// askNode runs a script that may load what npm is made of, and reads the JSON that it prints.
func askNode(t *testing.T, into any, script string) {
	t.Helper()
	root, err := exec.Command("npm", "root", "-g").Output()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", "--input-type=module", "-e", `import { createRequire } from "node:module";
const inNpm = createRequire("`+strings.TrimSpace(string(root))+`/npm/index.js"); `+script)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("asking node: %v\n%s", err, out)
	}
	if err := json.Unmarshal(out, into); err != nil {
		t.Fatalf("node says %.300s: %v", out, err)
	}
}
