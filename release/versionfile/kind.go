package versionfile

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
)

// Kind tells about files in which the version is found without options.
type Kind struct {
	Name  string   // "npm package"
	Files []string // patterns of base names, as path.Match reads them: "package.json", "*.gemspec"
	Doc   string   // what is replaced
}

// Kinds lists the kinds that are known by a file's name, in the order in which they are tried: for docs.
func Kinds() []Kind {
	var all []Kind
	for _, k := range kinds() {
		all = append(all, k.Kind)
	}
	return all
}

// A kind is a Kind with what finds the version in its files. The syntax is for keys, and nil where they mean nothing.
type kind struct {
	Kind
	finder
	syntax scanner
}

func kinds() []kind {
	return slices.Concat(structured(), sources(), others())
}

// structured are the kinds whose version has a key.
func structured() []kind {
	return []kind{
		byKey("npm package", scanJSON, []string{"package.json"}, "version"),
		byKey("npm lock file", scanJSON, []string{"package-lock.json", "npm-shrinkwrap.json"}, "version", `packages[""].version`),
		byKey("Cargo package", scanTOML, []string{"Cargo.toml"}, "package.version", "workspace.package.version"),
		byKey("Python project", scanTOML, []string{"pyproject.toml"}, "project.version", "tool.poetry.version"),
		byKey("Helm chart", scanYAML, []string{"Chart.yaml"}, "version"),
		byKey("Dart package", scanYAML, []string{"pubspec.yaml"}, "version"),
		byKey("Composer package", scanJSON, []string{"composer.json"}, "version"),
		byKey("Deno package", scanJSONC, []string{"deno.json", "deno.jsonc", "jsr.json", "jsr.jsonc"}, "version"),
	}
}

func byKey(name string, syntax scanner, files []string, keys ...string) kind {
	doc := "the text at the key " + strings.Join(keys, " and at ")
	return kind{Kind{name, files, doc}, keyed(syntax, keys...), syntax}
}

// others are kinds that need a finder of their own.
func others() []kind {
	return []kind{
		{Kind{"text", []string{"VERSION", "VERSION.txt", "version.txt"}, "the whole text but for white space around it"}, wholeText(), nil},
		{Kind{"Maven project", []string{"pom.xml"}, "the project's own <version>"}, xmlFinder("/project/version"), nil},
		{Kind{".NET project", []string{"*.csproj", "*.fsproj", "*.vbproj", "Directory.Build.props"}, "<Version> of the property groups, else <VersionPrefix>"}, dotnet(), nil},
		{Kind{"Python setup.cfg", []string{"setup.cfg"}, "version of the section [metadata]"}, property("metadata"), nil},
		{Kind{"Gradle properties", []string{"gradle.properties"}, "the property version"}, property(""), nil},
		{Kind{"Go source", []string{"version.go"}, "the text of the constant or variable Version or version"}, goSource(), nil},
		{Kind{"Cargo lock file", []string{"Cargo.lock"}, "the version of the workspace's package that the key names"}, cargoLock(""), nil},
	}
}

// finderFor chooses what finds the version: what the options say, else the kind.
func finderFor(name string, o Options) (finder, error) {
	if err := o.check(); err != nil {
		return finder{}, err
	}
	k, known := kindOf(path.Base(name))
	switch {
	case o.Marker:
		return marked(), nil
	case o.Pattern != nil:
		return pattern(o.Pattern)
	case o.XPath != "":
		return byXPath(o.XPath)
	case o.Key != "":
		return byKeyOption(name, k, o.Key)
	case !known:
		return finder{}, errors.New("its name doesn't tell where the version stands: say it with a key, a marker, a pattern or an XPath")
	case k.Files[0] == "Cargo.lock":
		return finder{}, errors.New("it has the versions of many packages: say with a key whose is meant")
	}
	return k.finder, nil
}

func (o Options) check() error {
	said := 0
	for _, is := range []bool{o.Marker, o.Pattern != nil, o.XPath != "", o.Key != ""} {
		if is {
			said++
		}
	}
	if said > 1 {
		return errors.New("only one of key, marker, pattern and XPath can say where the version stands")
	}
	return nil
}

func kindOf(base string) (kind, bool) {
	for _, k := range kinds() {
		for _, p := range k.Files {
			if ok, _ := path.Match(p, base); ok {
				return k, true
			}
		}
	}
	return kind{}, false
}

// byKeyOption finds a key that an option names, in the syntax of the kind or of the name's extension.
func byKeyOption(name string, k kind, key string) (finder, error) {
	if k.Name != "" && k.Files[0] == "Cargo.lock" {
		return cargoLock(key), nil
	}
	if _, err := parseKey(key); err != nil {
		return finder{}, err
	}
	syntax := k.syntax
	switch strings.ToLower(path.Ext(name)) {
	case ".json", ".webmanifest":
		if syntax == nil {
			syntax = scanJSON
		}
	case ".jsonc", ".json5":
		syntax = scanJSONC
	case ".yaml", ".yml":
		syntax = scanYAML
	case ".toml":
		syntax = scanTOML
	}
	if syntax == nil {
		return finder{}, fmt.Errorf("the key %q needs a JSON, YAML or TOML file", key)
	}
	return keyed(syntax, key), nil
}
