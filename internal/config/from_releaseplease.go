package config

import (
	"slices"
	"strings"

	"github.com/semcut/semcut/internal/lazyregexp"
)

const (
	releasePleaseConfig   = "release-please-config.json"
	releasePleaseManifest = ".release-please-manifest.json"
)

var releasePleaseSpots = []spot{{file: releasePleaseConfig}, {file: releasePleaseManifest}}

// releasePlease carries the reading of release-please's files: what a package says goes before what holds for all.
type releasePlease struct {
	*translator
	top, pkg tree
}

// fromReleasePlease translates a configuration of release-please 17.
func fromReleasePlease(x *translator, trees []tree) error {
	r := &releasePlease{translator: x}
	for _, t := range trees {
		if err := t.want(mapNode); err != nil {
			return err
		}
		if t.file == releasePleaseManifest {
			x.leave(t, "semcut reads from the tags what was released, and keeps no such file", "delete it with the rest")
			continue
		}
		r.top = t
	}
	if r.top.file == "" {
		x.must(trees[0], "without "+releasePleaseConfig+" what release-please does stands in its workflow", "write the settings in .semcut.yaml")
	}
	if err := r.packages(trees); err != nil {
		return err
	}
	for _, step := range []func() error{r.tags, r.policy, r.sections, r.files, r.extraFiles, r.changelog, r.page} {
		if err := step(); err != nil {
			return err
		}
	}
	return r.others()
}

// packages finds the one package; with several, or one that isn't the root, only what holds for all is translated.
func (r *releasePlease) packages(trees []tree) error {
	const why, do = "release-please releases several packages here, or one below a folder; semcut releases the whole repository as one, so far",
		"wait for a semcut with packages, or release the whole with one version"
	list, ok := r.top.child("packages")
	if !ok {
		for _, t := range trees {
			if t.file == releasePleaseManifest && (len(t.root.entries) > 1 || len(t.root.entries) == 1 && t.root.entries[0].key != ".") {
				r.must(t, why, do)
			}
		}
		return nil
	}
	if err := list.want(mapNode); err != nil {
		return err
	}
	if len(list.root.entries) != 1 || list.root.entries[0].key != "." {
		r.must(list, why, do)
		return nil
	}
	r.pkg = list.at(list.root.entries[0])
	r.pkg.path = `packages["."]`
	return r.pkg.want(mapNode)
}

// get finds a key: the package's, else that of all.
func (r *releasePlease) get(key string) (tree, bool) {
	if t, ok := r.pkg.child(key); ok {
		return t, true
	}
	return r.top.child(key)
}

// flag reads a boolean; from says where it stands.
func (r *releasePlease) flag(key string, usual bool) (on bool, from string, err error) {
	t, ok := r.get(key)
	if !ok {
		return usual, "release-please's default", nil
	}
	on, err = t.boolean()
	return on, origin(t), err
}

// tags says the format of tags: component, separator, v and version.
func (r *releasePlease) tags() error {
	v, from, err := r.flag("include-v-in-tag", true)
	if err != nil {
		return err
	}
	component, named, err := r.flag("include-component-in-tag", true)
	if err != nil {
		return err
	}
	prefix := ""
	if v {
		prefix = "v"
	}
	if component {
		name, place, err := r.component()
		if err != nil {
			return err
		}
		if name == "" {
			r.tagsTell = true // the name comes from the manifest of the language, if at all: the tags show it
			return nil
		}
		separator := "-"
		if t, ok := r.get("tag-separator"); ok {
			if separator, err = t.str(); err != nil {
				return err
			}
		}
		prefix, from = name+separator+prefix, place
	} else if v {
		from = named
	}
	r.tagPrefix(prefix, from)
	return nil
}

// component is the name that stands before the version, "" where the configuration has none.
func (r *releasePlease) component() (name, from string, err error) {
	for _, key := range []string{"component", "package-name"} {
		if t, ok := r.get(key); ok {
			name, err = t.str()
			return name[strings.LastIndex(name, "/")+1:], origin(t), err
		}
	}
	return "", "", nil
}

// policy says what a bump makes of a version, and the first one.
func (r *releasePlease) policy() error {
	minor, from, err := r.flag("bump-minor-pre-major", false)
	if err != nil {
		return err
	}
	if minor {
		r.set("zeroVersion.breaking", "minor", from)
	}
	patch, from, err := r.flag("bump-patch-for-minor-pre-major", false)
	if err != nil {
		return err
	}
	if patch {
		r.set("zeroVersion.feature", "patch", from)
	}
	if t, ok := r.get("initial-version"); ok {
		return r.firstVersion(t)
	}
	return nil
}

// firstVersion reads the version that the first release gets.
func (x *translator) firstVersion(t tree) error {
	text, err := t.str()
	if err != nil {
		return err
	}
	text = strings.TrimPrefix(text, "v")
	if err := setInitialVersion(&Config{}, tree{file: t.file, path: t.path, root: node{kind: textNode, text: text}}); err != nil {
		x.must(t, "it is no semantic version, or a pre-release", "write initialVersion in .semcut.yaml")
		return nil
	}
	x.set("initialVersion", text, origin(t))
	return nil
}

// sections says which types stand in the notes. release-please makes a release for each type that does: rules say that.
func (r *releasePlease) sections() error {
	t, ok := r.get("changelog-sections")
	if !ok {
		r.rules(bumps{types: map[string]string{"revert": "patch"}}, "release-please's default")
		return nil
	}
	types, err := t.types()
	if err != nil {
		return err
	}
	b := bumps{types: map[string]string{"feat": "none", "fix": "none", "perf": "none"}}
	for _, s := range types {
		switch {
		case s.Hidden && b.types[s.Type] != "patch" && b.types[s.Type] != "minor":
			b.types[s.Type] = "none"
		case s.Hidden:
		case s.Type == "feat" || s.Type == "feature":
			b.types[s.Type] = "minor"
		default:
			b.types[s.Type] = "patch"
		}
	}
	for typ, usual := range map[string]string{"feat": "minor", "fix": "patch", "perf": "patch"} {
		if b.types[typ] == usual {
			delete(b.types, typ) // as semcut does anyway
		}
	}
	for typ, bump := range b.types {
		if bump == "none" && !slices.Contains([]string{"feat", "fix", "perf", "revert"}, typ) {
			delete(b.types, typ)
		}
	}
	r.rules(b, origin(t))
	r.notesSections(types, origin(t))
	return nil
}

// releaseFiles are the files that a strategy changes, of those that are there.
var releaseFiles = map[string][]string{
	"node": npmVersions, "expo": {"package.json", "package-lock.json"},
	"rust": {"Cargo.toml"}, "python": {"pyproject.toml", "setup.py", "setup.cfg"}, "php": {"composer.json"}, "helm": {"Chart.yaml"},
	"dart": {"pubspec.yaml"}, "elixir": {"mix.exs"}, "maven": {"pom.xml"}, "java": {"pom.xml"}, "simple": {"version.txt"}, "go": {},
	"terraform-module": {}, "ruby": {},
}

// files says the version files of the strategy.
func (r *releasePlease) files() error {
	version, hasFile := r.get("version-file")
	t, ok := r.get("release-type")
	if !ok {
		if hasFile {
			return r.versionFile(version)
		}
		return nil
	}
	kind, err := t.str()
	if err != nil {
		return err
	}
	names, known := releaseFiles[kind]
	switch {
	case !known:
		r.leave(t, "which files this strategy changes isn't known here", "name them under versionFiles")
	case kind == "rust" && r.there("Cargo.lock"):
		r.leave(t, "which package of Cargo.lock is meant isn't known here", "write versionFiles: [{path: Cargo.lock, key: NAME-OF-THE-PACKAGE}]")
	case kind == "maven", kind == "java":
		r.leave(t, "semcut makes no SNAPSHOT versions", "set the next version by hooks.success, if it is wanted")
	case kind == "terraform-module", kind == "ruby" && !hasFile:
		r.leave(t, "the places of the version that this strategy finds aren't looked for", "name them under versionFiles")
	}
	if hasFile {
		return r.versionFile(version)
	}
	r.addThere(origin(t), names...)
	if kind == "simple" && !r.there("version.txt") {
		r.leave(t, "release-please would make version.txt, and semcut changes only files that are there",
			"commit it, and write versionFiles: [version.txt]")
	}
	return nil
}

func (r *releasePlease) versionFile(t tree) error {
	file, ok, err := r.path(t)
	if err != nil || !ok {
		return err
	}
	r.add("versionFiles", origin(t), file)
	return nil
}

// extraFiles says the further files that name the version.
func (r *releasePlease) extraFiles() error {
	t, ok := r.get("extra-files")
	if !ok {
		return nil
	}
	list, err := t.items()
	if err != nil {
		return err
	}
	for _, item := range list {
		if err := r.extraFile(item); err != nil {
			return err
		}
	}
	return nil
}

func (r *releasePlease) extraFile(t tree) error {
	at := t
	if t.root.kind == mapNode {
		p, ok := t.child("path")
		if !ok {
			return t.errorf("name its path", "a file needs a path")
		}
		at = p
	}
	file, ok, err := r.path(at)
	if err != nil || !ok {
		return err
	}
	if t.root.kind == textNode {
		return r.plainFile(t, file)
	}
	for _, way := range []struct{ old, ours string }{{"jsonpath", "key"}, {"xpath", "xpath"}} {
		w, ok := t.child(way.old)
		if !ok {
			continue
		}
		text, err := w.str()
		if err != nil {
			return err
		}
		if way.old == "jsonpath" {
			if text, ok = dottedKey(text); !ok {
				r.leave(w, "semcut finds a version by a plain path of names and numbers only", "write {path: "+file+", key: a.b.c}, or a pattern")
				return nil
			}
		}
		r.add("versionFiles", origin(t), Pairs{{"path", file}, {way.ours, text}})
		return nil
	}
	return r.plainFile(t, file)
}

// plainFile is a file that has marks, or whose name's ending tells where the version stands.
func (r *releasePlease) plainFile(t tree, file string) error {
	data, _ := readPlain(r.root, file) // what can't be read has no marks; the release will tell
	text := string(data)
	ending := file[strings.LastIndex(file, ".")+1:]
	switch {
	case strings.Contains(text, "x-release-please-version"), strings.Contains(text, "x-release-please-start-version"):
		r.add("versionFiles", origin(t), Pairs{{"path", file}, {"marker", true}})
	case slices.Contains([]string{"json", "yaml", "yml", "toml"}, ending):
		r.add("versionFiles", origin(t), Pairs{{"path", file}, {"key", "version"}})
	default:
		r.leave(t, "no line of it has a mark for the whole version, so it would never change", "mark the line with x-semcut-version")
		return nil
	}
	for _, mark := range []string{"major", "minor", "patch", "date"} {
		if strings.Contains(text, "x-release-please-"+mark) || strings.Contains(text, "x-release-please-start-"+mark) {
			r.leave(t, "semcut has marks for the whole version only, and this file has one for "+mark, "set that part by hooks.prepare and commit.files")
			break
		}
	}
	return nil
}

var plainJSONPath = lazyregexp.New(`^\$((\.[A-Za-z_][\w-]*)|(\[\d+\])|(\[(['"])[^'"\\]+['"]\]))+$`)

// dottedKey turns a JSONPath that names one place into a key.
func dottedKey(path string) (string, bool) {
	if !plainJSONPath.MatchString(path) {
		return "", false
	}
	path = strings.TrimPrefix(path, "$")
	path = strings.NewReplacer("['", `["`, "']", `"]`).Replace(path)
	return strings.TrimPrefix(path, "."), true
}

// changelog says which file gets the notes.
func (r *releasePlease) changelog() error {
	skip, from, err := r.flag("skip-changelog", false)
	if err != nil {
		return err
	}
	if skip {
		r.set("changelog.file", false, from)
		return nil
	}
	r.set("changelog.file", "CHANGELOG.md", "release-please's default")
	if t, ok := r.get("changelog-path"); ok {
		file, ok, err := r.path(t)
		if err != nil {
			return err
		}
		if ok {
			r.set("changelog.file", file, origin(t))
		}
	}
	if t, ok := r.get("changelog-type"); ok {
		kind, err := t.str()
		if err != nil {
			return err
		}
		if kind == "github" {
			r.set("notes.layout", "github", origin(t))
		}
	}
	return nil
}

// page says what the release looks like on GitHub.
func (r *releasePlease) page() error {
	draft, from, err := r.flag("draft", false)
	if err != nil {
		return err
	}
	if draft {
		r.set("github.draft", true, from)
	}
	v, from, err := r.flag("include-v-in-release-name", true)
	if err != nil {
		return err
	}
	if !v {
		r.set("github.title", "${version}", from)
	}
	return nil
}

// others goes over the keys that are left, and those that nobody knows.
func (r *releasePlease) others() error {
	const noPull = "semcut releases what is on the branch, and opens no pull request for it yet"
	pull := left(noPull, "nothing, if releases at each push will do")
	known := map[string]reader{
		"versioning":      unlessText(mustLook("commits ask for a bump with semcut, whatever they are", "write rules, or maxBump"), "default"),
		"release-as":      mustLook("it is meant for one release", "give it that release: semcut release --as VERSION"),
		"prerelease":      unless(false, branchesMakePrereleases),
		"prerelease-type": branchesMakePrereleases,
		"exclude-paths": unlessEmpty(mustLook("semcut asks all commits, whichever files they change",
			"give such commits types that release nothing, or wait for packages")),
		"additional-paths":   unlessEmpty(allCommitsCount),
		"plugins":            unlessEmpty(left("these are for several packages", "see what of it is needed")),
		"signoff":            left("the release commit isn't signed off", "write it into commit.message: Signed-off-by: NAME <ADDRESS>"),
		"extra-label":        left(noPull, "github.labels are those of released pull requests"),
		"changelog-host":     left("links go to the host of the remote", "write notes.links"),
		"date-format":        left("notes have dates like 2026-01-02", "nothing, or notes.layout: template"),
		"force-tag-creation": needless, "always-update": needless, "sequential-calls": needless, "always-link-local": needless,
		"commit-batch-size": needless, "release-search-depth": needless, "commit-search-depth": needless,
		"bootstrap-sha":       left("semcut begins at the last tag", "tag the commit where it is to begin"),
		"last-release-sha":    left("semcut begins at the last tag", "tag the commit where it is to begin"),
		"skip-github-release": unless(false, mustLook("release-please then makes no tag, either", "write github: false for tags without a page")),
	}
	for _, key := range []string{"draft-pull-request", "pull-request-title-pattern", "pull-request-header", "pull-request-footer",
		"separate-pull-requests",
		"group-pull-request-title-pattern", "label", "release-label", "snapshot-label", "skip-snapshot", "component-no-space"} {
		known[key] = unlessEmpty(pull)
	}
	for _, key := range []string{"packages", "release-type", "version-file", "component", "package-name", "include-v-in-tag",
		"include-component-in-tag", "tag-separator",
		"bump-minor-pre-major", "bump-patch-for-minor-pre-major", "initial-version", "changelog-sections", "extra-files", "skip-changelog",
		"changelog-path", "changelog-type", "draft", "include-v-in-release-name"} {
		known[key] = needless // read above
	}
	for _, t := range []tree{r.pkg, r.top} {
		if t.file == "" {
			continue
		}
		if err := r.each(t, known); err != nil {
			return err
		}
	}
	return nil
}
