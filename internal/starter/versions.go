package starter

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/pelletier/go-toml/v2"

	"github.com/semcut/semcut/release"
	"github.com/semcut/semcut/release/versionfile"
)

// claim is a file that says which version this is.
type claim struct {
	path string
	key  string          // of Cargo.lock: the package that is meant
	says release.Release // of which only the version is set
}

// versions is what the files say, and what follows from it.
type versions struct {
	files  []claim
	first  *claim // what the others are measured by where no tag is there
	unlike map[string][]string
	whys   []string // the keys of unlike, in their order
}

func (v *versions) leaveOut(file, why string) {
	if v.unlike == nil {
		v.unlike = map[string][]string{}
	}
	if len(v.unlike[why]) == 0 {
		v.whys = append(v.whys, why)
	}
	v.unlike[why] = append(v.unlike[why], file)
}

// below are places of further files of a package: they count where they say the same as the root's.
var below = []string{
	"*/__init__.py", "src/*/__init__.py", "*/_version.py", "src/*/_version.py", "lib/*/version.rb", "lib/*/*/version.rb",
	"charts/*/Chart.yaml", "*/*.csproj", "src/*/*.csproj",
}

// readVersions finds the files whose version a release should set.
func (p *proposer) readVersions() versions {
	var v versions
	for _, name := range p.rootFiles() {
		p.judge(&v, claim{path: name}, true)
	}
	p.judgeMembers(&v)
	for _, pattern := range below {
		if p.last == nil && v.first == nil {
			break
		}
		for _, name := range p.glob(pattern) {
			p.judge(&v, claim{path: name}, false)
		}
	}
	p.judgeLock(&v)
	return v
}

// rootFiles gives the files at the root of which versionfile knows the kind, but for sources: Go has its version from the tag.
func (p *proposer) rootFiles() []string {
	var names []string
	for _, k := range versionfile.Kinds() {
		for _, pattern := range k.Files {
			if ext := path.Ext(pattern); ext == ".go" || ext == ".py" && pattern != "setup.py" || ext == ".rb" || pattern == "Cargo.lock" {
				continue
			}
			names = append(names, p.glob(pattern)...)
		}
	}
	return names
}

// version reads what a file says; "" where it says nothing that can be set.
func (p *proposer) version(c claim) string {
	text, err := versionfile.Version(c.path, p.read(c.path), versionfile.Options{Key: c.key})
	if err != nil {
		return ""
	}
	return text
}

// judge takes a file in, or leaves it out and remembers why. Of files that aren't told, one that says something else is just another.
func (p *proposer) judge(v *versions, c claim, told bool) {
	text := p.version(c)
	if text == "" || release.IsPattern(c.path) || !release.ValidPath(c.path) || strings.ContainsFunc(c.path, unicode.IsControl) { // the configuration could not name it
		return
	}
	why := p.against(v, &c, text)
	switch {
	case why == "":
		v.files = append(v.files, c)
	case told:
		v.leaveOut(fmt.Sprintf("%s (%s)", c.path, text), why)
	}
}

// against says what speaks against setting a file's version.
func (p *proposer) against(v *versions, c *claim, text string) string {
	version, ok := release.ParseVersion(text)
	c.says = release.Release{Version: version}
	switch {
	case !ok:
		return "what they say is no semantic version"
	case strings.HasPrefix(text, "0.0.0"):
		return "that is a placeholder"
	case !p.committed(c.path):
		return "they aren't committed"
	case p.last != nil && version.GreaterThan(p.last.Version):
		return "they say more than the last release " + p.last.Tag
	case p.last != nil && !version.Equal(p.last.Version):
		return p.behind(v, c)
	case p.last != nil:
		return ""
	case v.first == nil:
		first := *c
		v.first = &first
	case !version.Equal(v.first.says.Version):
		return fmt.Sprintf("they say something else than %s (%s)", v.first.path, v.first.says.Version)
	}
	return ""
}

// behind takes a manifest at the root that says less than the tags in, with a note; elsewhere it may be another package's.
func (p *proposer) behind(v *versions, c *claim) string {
	if strings.Contains(c.path, "/") {
		return "they say less than the last release " + p.last.Tag
	}
	p.note(fmt.Sprintf("%s says %s, the last release is %s: the next one puts its version there", c.path, c.says.Version, p.last.Tag))
	return ""
}

func (p *proposer) committed(name string) bool {
	if p.Head == nil {
		return true // nothing is yet
	}
	_, err := fs.Stat(p.Head, name)
	return err == nil
}

// judgeMembers takes the manifests of a workspace's packages in, where they all share one version.
func (p *proposer) judgeMembers(v *versions) {
	var all []claim
	said := map[string]string{}
	seen := map[string]bool{}
	for _, c := range v.files {
		seen[c.path] = true
	}
	for _, pattern := range p.workspace.patterns {
		for _, name := range p.members(pattern) {
			c := claim{path: name}
			if seen[name] {
				continue
			}
			seen[name] = true
			if text := p.version(c); text != "" && !strings.HasPrefix(text, "0.0.0") {
				all = append(all, c)
				said[text] = name
			}
		}
	}
	if len(said) > 1 {
		for _, c := range all {
			v.leaveOut(fmt.Sprintf("%s (%s)", c.path, p.version(c)),
				"the packages have versions of their own; list those that are to share the one version under versionFiles")
		}
		return
	}
	for _, c := range all {
		p.judge(v, c, true)
	}
}

// judgeLock takes the packages of Cargo.lock in whose version a release sets.
func (p *proposer) judgeLock(v *versions) {
	if !p.there("Cargo.lock") || len(v.files) == 0 {
		return
	}
	manifests := []string{"Cargo.toml"}
	for _, pattern := range p.workspace.patterns {
		manifests = append(manifests, p.members(pattern)...)
	}
	at := v.files[0].says.Version
	for _, manifest := range manifests {
		var file struct{ Package struct{ Name string } }
		_ = toml.Unmarshal(p.read(manifest), &file) // what is no TOML names no package
		c := claim{path: "Cargo.lock", key: file.Package.Name}
		if c.key == "" {
			continue
		}
		if text := p.version(c); text == at.String() {
			p.judge(v, c, false)
		}
	}
}

// entries gives the lines of versionFiles: patterns where one stands for all packages of a workspace.
func (p *proposer) entries(files []claim) []string {
	var lines []string
	done := map[string]bool{}
	for _, pattern := range p.workspace.patterns {
		all := p.members(pattern)
		isIn := func(name string) bool {
			return slices.ContainsFunc(files, func(c claim) bool { return c.path == name && c.key == "" })
		}
		if len(all) < 2 || len(all) < len(p.manifests(pattern)) || !release.IsPattern(pattern) || slices.ContainsFunc(all, func(name string) bool { return !isIn(name) }) {
			continue
		}
		lines = append(lines, quoted(path.Join(pattern, p.workspace.manifest)))
		for _, name := range all {
			done[name] = true
		}
	}
	var single []string
	for _, c := range files {
		switch {
		case done[c.path]:
		case c.key != "":
			single = append(single, fmt.Sprintf("{path: %s, key: %s}", c.path, quoted(c.key)))
		default:
			single = append(single, quoted(c.path))
		}
	}
	return append(single, lines...)
}
