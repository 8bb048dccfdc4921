package versionfile

import (
	"regexp"
	"strings"
	"testing"
)

var none Options

// Rows of files in which nothing can be set, and why.
var refused = []struct {
	name, data string
	options    Options
	want       string
}{
	{"package.json", `{"name": "pot", "x": {"version": "1.2.3"}}`, none, `it has no version (looked for "version")`},
	{"package.json", `["version", "1.2.3"]`, none, `it has no version (looked for "version")`},
	{"package.json", ``, none, `line 1: unexpected end of JSON input`},
	{"package.json", "{\n\"version\": \"1.2.3\",\n}", none, `line 3: invalid character '}' looking for beginning of object key string`},
	{"package.json", "{\n\"version\": \"1.2.3\"\n} {}", none, `line 3: invalid character '{' after top-level value`},
	{"package.json", "{\n\"version\": \"1.2.3\",\n\"version\": \"1.2.3\"}", none, `line 3: "version" stands there twice`},
	{"package.json", "{\n\"version\": 1}", none, `line 2: the value of "version" is no text that can be replaced`},
	{"package.json", "{\"version\":\n\"1.2.\\u0033\"}", none, `line 2: "1.2.\\u0033" is no version`},
	{"package.json", `{"version": "workspace:*"}`, none, `line 1: "workspace:*" is no version`},
	{"package.json", "{\"version\": \"1.2.3\", \"x\": \"\xff\"}", none, `it is not UTF-8`},
	{"package.json", "\xff\xfe{\x00}\x00", none, `it is not UTF-8`},
	{"package.json", `{}`, Options{Key: "a..b"}, `the key "a..b" is no path like a.b[0].c`},
	{"package.json", `{}`, Options{Key: ".a"}, `the key ".a" is no path like a.b[0].c`},
	{"package.json", `{}`, Options{Key: "a[x]"}, `the key "a[x]" is no path like a.b[0].c`},
	{"package.json", `{}`, Options{Key: "a.b[0][\"c.d\"]"}, `it has no version (looked for "a.b[0][\"c.d\"]")`},
	{"package.json", `{}`, Options{Key: "a", Marker: true}, `only one of key, marker, pattern and XPath can say where the version stands`},
	{"package-lock.json", `{"lockfileVersion": 3, "packages": {"node_modules/lid": {"version": "1.2.3"}}}`, none, `it has no version (looked for "version", "packages[\"\"].version")`},
	{"deno.jsonc", "{\n/* \"version\": \"1.2.3\"}", none, `line 2: unexpected end of JSON input`},
	{"deno.jsonc", "{\n\"version\": \"1.2.3\",,\n}", none, `line 3: invalid character '}' looking for beginning of object key string`},
	{"Cargo.toml", "[package]\nname = \"pot\"\n\n[dependencies.lid]\nversion = \"1.2.3\"", none, `it has no version (looked for "package.version", "workspace.package.version")`},
	{"Cargo.toml", "[package]\nversion.workspace = true\n", none, `it has no version (looked for "package.version", "workspace.package.version")`},
	{"Cargo.toml", "[package]\nversion = { workspace = true }\n", none, `line 2: the value of "package.version" is no text that can be replaced`},
	{"Cargo.toml", "[package]\nversion = 1.2\n", none, `line 2: the value of "package.version" is no text that can be replaced`},
	{"Cargo.toml", "[package]\nversion = \"\"\"1.2.3\"\"\"\n", none, `line 2: the value of "package.version" is no text that can be replaced`},
	{"Cargo.toml", "[package]\nversion = \"1.2.3\"\nversion = \"1.2.3\"\n", none, `line 3: key version is already defined`},
	{"Cargo.toml", "[package\nversion = \"1.2.3\"\n", none, `line 1: expected ']' to close table name`},
	{"pyproject.toml", "[project]\ndynamic = [\"version\"]\n", none, `it has no version (looked for "project.version", "tool.poetry.version")`},
	{"Cargo.lock", "", none, `it has the versions of many packages: say with a key whose is meant`},
	{"Cargo.lock", "[[package]]\nname = \"lid\"\nversion = \"1.2.3\"\nsource = \"x\"\n", Options{Key: "lid"}, `it has no version (looked for a package "lid" without a source)`},
	{"Chart.yaml", "name: pot\ndependencies: [{version: 1.2.3}]\n", none, `it has no version (looked for "version")`},
	{"Chart.yaml", "name: [\nversion: 1.2.3\n", none, `line 2: did not find expected ',' or ']'`},
	{"Chart.yaml", "name: &a 1.2.3\nversion: *a\n", none, `line 2: the value of "version" is no text that can be replaced`},
	{"Chart.yaml", "version: *a\n", none, `line 1: unknown anchor 'a' referenced`},
	{"Chart.yaml", "version: 1.2.3\nversion: 1.2.3\n", none, `line 2: "version" stands there twice`},
	{"Chart.yaml", "version: 1.2.3\n---\nversion: 1.2.3\n", none, `line 3: "version" stands there twice`},
	{"Chart.yaml", "version: |\n  1.2.3\n", none, `line 1: the value of "version" is no text that can be replaced`},
	{"Chart.yaml", "version: \"1.2.\\x33\"\n", none, `line 1: the value of "version" is no text that can be replaced`},
	{"Chart.yaml", "version: !Ref Version\n", none, `line 1: the value of "version" is no text that can be replaced`},
	{"Chart.yaml", "version:\n", none, `line 1: the value of "version" is no text that can be replaced`},
	{"Chart.yaml", "version: 1.2.3 or so\n", none, `line 1: "1.2.3 or so" is no version`},
	{"pom.xml", "<project><parent><version>1.2.3</version></parent></project>", none, `it has no version (looked for "/project/version")`},
	{"pom.xml", "<project>\n<version>${revision}</version></project>", none, `line 2: "${revision}" is no version`},
	{"pom.xml", "<project>\n<version>1.2.3</project>", none, `line 2: element <version> closed by </project>`},
	{"pom.xml", "<project>\n<version>1.2<!-- x -->.3</version></project>", none, `line 2: "1.2<!-- x -->.3" is no version`},
	{"pom.xml", "<project><version/></project>", none, `it has no version (looked for "/project/version")`},
	{"pom.xml", "<project>\n<version>1.2.3", none, `line 2: unexpected EOF`},
	{"pom.xml", "<project/>", Options{XPath: "//version"}, `the XPath "//version" is no plain path of elements like /project/version`},
	{"pom.xml", "<project/>", Options{XPath: "/project/plugin[1]/version"}, `the XPath "/project/plugin[1]/version" is no plain path of elements like /project/version`},
	{"a.csproj", "<Project><PropertyGroup><Version>$(X)</Version></PropertyGroup></Project>", none, `line 1: "$(X)" is no version`},
	{"a.csproj", "<Project Version=\"1.2.3\"></Project>", none, `it has no version (looked for "/Project/PropertyGroup/Version", "/Project/PropertyGroup/VersionPrefix")`},
	{"VERSION", " \n", none, `it has no version (looked for a text)`},
	{"VERSION", "1.2.3\nof 2026", none, `line 1: "1.2.3\nof 2026" is no version`},
	{"setup.cfg", "[metadata]\nversion = attr: pot.__version__\n", none, `line 2: "attr: pot.__version__" is no version`},
	{"setup.cfg", "[metadata]\nname = pot\n[options]\nversion = 1.2.3\n", none, `it has no version (looked for "version" in [metadata])`},
	{"gradle.properties", "version=1.2.3\nversion=1.2.3\n", none, `line 2: "version" stands there twice`},
	{"mix.exs", "# version: \"1.2.3\"", none, `it has no version (looked for @version "…", version: "…")`},
	{"a.gemspec", "s.version = Pot::VERSION", none, `it has no version (looked for s.version = "…")`},
	{"version.rb", "LID_VERSION = \"1.2.3\"", none, `it has no version (looked for VERSION = "…")`},
	{"setup.py", "setup(version=version)", none, `it has no version (looked for version="…")`},
	{"__init__.py", "\"\"\"\n__version__ = '1.2.3'\n", none, `it has no version (looked for __version__ = "…")`},
	{"build.gradle", "allprojects {\n  version = '1.2.3'\n}", none, `it has no version (looked for version = "…")`},
	{"build.gradle", "version = \"1.2.$patch\"", none, `line 1: "1.2.$patch" is no version`},
	{"version.go", "package x\n\nvar Version string\n", none, `it has no version (looked for "Version", "version")`},
	{"version.go", "package x\n\nvar Version = \"\n", none, `line 3: string literal not terminated`},
	{"main.c", "1.2.3", none, `its name doesn't tell where the version stands: say it with a key, a marker, a pattern or an XPath`},
	{"main.c", "1.2.3", Options{Key: "version"}, `the key "version" needs a JSON, YAML or TOML file`},
	{"main.c", "1.2.3", Options{XPath: "/a/b"}, `it has no version (looked for "/a/b")`},
	{"main.c", "a 1.2.3", Options{Marker: true}, `it has no version (looked for a version like 1.2.3 in a line with x-semcut-version)`},
	{"main.c", "a x-release-please-version 1.2", Options{Marker: true}, `it has no version (looked for a version like 1.2.3 in a line with x-semcut-version)`},
	{"main.c", "\nx-release-please-start-version\n1.2.3", Options{Marker: true}, `line 2: x-release-please-start-version has no x-release-please-end`},
	{"main.c", "1.2.3", Options{Pattern: regexp.MustCompile(`1(.2)`)}, `the pattern 1(.2) has no group named version: (?P<version>…)`},
	{"main.c", "1.2.3", Options{Pattern: regexp.MustCompile(`v(?P<version>.*)`)}, `it has no version (looked for the pattern v(?P<version>.*))`},
	{"main.c", "v1.2.3", Options{Pattern: regexp.MustCompile(`v(?P<version>1.*)`)}, `with the version 2.0.0-rc.1 in its place it would not be found there again`},
}

func TestErrors(t *testing.T) {
	for _, r := range refused {
		got, err := Set(r.name, []byte(r.data), next, r.options)
		if err == nil || err.Error() != r.want || got != nil {
			t.Errorf("%s %q %+v:\n got %v, %q\nwant %s", r.name, r.data, r.options, err, got, r.want)
		}
		if strings.Contains(r.want, "again") {
			continue // reading is fine
		}
		if _, err := Version(r.name, []byte(r.data), r.options); err == nil || err.Error() != r.want {
			t.Errorf("%s %q: Version gives %v", r.name, r.data, err)
		}
	}
}

func TestNewVersion(t *testing.T) {
	for _, v := range []string{"", "v1.2.3", "1.2.3\"", "1.2.3\n", "1 2", "${x}", "1:2", "x"} {
		if _, err := Set("VERSION", []byte("1.2.3"), v, Options{}); err == nil || !strings.Contains(err.Error(), "is no version") {
			t.Errorf("version %q gives %v", v, err)
		}
	}
}
