package starter

import (
	"fmt"
	"slices"
	"strings"

	"github.com/semcut/semcut/release"
)

const configFile = ".semcut.yaml"

const configHead = `# yaml-language-server: $schema=https://raw.githubusercontent.com/semcut/semcut/main/docs/semcut.schema.json
# How semcut releases this repository. Every key is optional, and what isn't here has its default:
# https://github.com/semcut/semcut/blob/main/docs/configuration.md
`

// configure proposes a configuration where there is none and the defaults don't do.
func (p *proposer) configure() {
	if p.Config != nil {
		p.create(configFile, configHead+p.Config.Text, p.Config.Why)
		return
	}
	if p.Settings.Dialect != "" {
		return
	}
	var b strings.Builder
	if format := p.format.String(); format != p.Settings.TagFormat.String() {
		fmt.Fprintf(&b, "\n# As the tags that are here, like %s.\ntagFormat: %s\n", p.last.Tag, quoted(format))
	}
	v := p.readVersions()
	p.tell(v)
	if p.perPackage {
		return
	}
	if v.first != nil && p.fresh(v) {
		fmt.Fprintf(&b, "\n# %s says so, and nothing was released yet. Later versions follow from the commits.\n", v.first.path)
		fmt.Fprintf(&b, "initialVersion: %s\n", v.first.says.Version)
	}
	if entries := p.entries(v.files); len(entries) > 0 {
		b.WriteString("\n# Files that name the version: a release puts it there, as a commit of its own.\nversionFiles:\n")
		for _, e := range entries {
			b.WriteString("  - " + e + "\n")
		}
	}
	if b.Len() == 0 {
		p.note("this repository needs no configuration: the defaults do")
		return
	}
	p.create(configFile, configHead+b.String(), "what is other here than semcut's defaults")
}

// tell says which files were left out, and why.
func (p *proposer) tell(v versions) {
	if len(v.files) > 0 {
		var names []string
		for _, c := range v.files {
			if c.key == "" {
				names = append(names, fmt.Sprintf("%s (%s)", c.path, c.says.Version))
			}
		}
		p.found("versions", names...)
	}
	for _, why := range v.whys {
		p.note("left out of versionFiles: " + some(v.unlike[why]) + ": " + why)
	}
	if p.workspace.file != "" && len(v.files) > 1 {
		p.note("what packages say of each other's versions isn't changed; give such places a key under versionFiles")
	}
}

// some names a few of many.
func some(names []string) string {
	const few = 4
	if len(names) > few+1 {
		names = append(slices.Clone(names[:few]), fmt.Sprintf("%d more", len(names)-few))
	}
	return strings.Join(names, ", ")
}

// generated are the versions that generators of projects write: they don't mean that something was released.
var generated = []string{"0.0.1", "0.1.0", "1.0.0"}

// fresh says whether the version of a project without release tags is one that nobody has released. Else a person has
// to say what was.
func (p *proposer) fresh(v versions) bool {
	version := v.first.says.Version.String()
	if slices.Contains(generated, version) {
		return true
	}
	tag := p.format.Tag(v.first.says.Version)
	p.note(fmt.Sprintf("%s says %s, and no tag does. If that was released, tag its commit: git tag %s COMMIT; git push origin %[3]s. "+
		"If it wasn't, write initialVersion: %[2]s. Until then the first release is refused", v.first.path, version, tag))
	return false
}

// offerChangelog proposes a changelog where none is kept: semcut keeps one only where it is tracked.
func (p *proposer) offerChangelog() {
	const file = "CHANGELOG.md"
	switch {
	case p.Settings.Changelog != release.AutoChangelog:
	case !p.there(file):
		p.create(file, p.Settings.Title+"\n", "each release writes its notes there, as a commit of its own; without the file it makes none for that")
	case !p.committed(file):
		p.note(file + " isn't committed: semcut writes it only where it is")
	}
}
