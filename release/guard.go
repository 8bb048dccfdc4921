package release

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"github.com/Masterminds/semver/v3"

	"github.com/semcut/semcut/internal/lazyregexp"
)

// guard refuses a version that must not be released, before anything is written.
func (p *planner) guard(ctx context.Context, h History, c *Change, version, last *semver.Version) error {
	for _, refuse := range []func() error{
		func() error { return p.guardVersion(version, last) },
		func() error { return p.guardLines(ctx, h, version) },
		func() error { return p.guardTag(version) },
		func() error { return p.guardBump(c, version) },
		func() error { return p.guardModule(version) },
	} {
		if err := refuse(); err != nil {
			return err
		}
	}
	return nil
}

// guardVersion refuses a version that goes backwards or doesn't fit the branch.
func (p *planner) guardVersion(version, last *semver.Version) error {
	if last != nil && !version.GreaterThan(last) {
		return Errorf(CodeVersion, "ask for a higher version, or let the commits decide",
			"deciding the version after %q: %q is not higher", last, version)
	}
	if !p.Branch.Allows(version) {
		return Errorf(CodeVersion, "release this change from a branch with a wider range, or revert the commits that ask for it",
			"releasing %q from branch %q: its range is %q", version, p.Branch.Name, p.Branch.Range)
	}
	if fits := p.Branch.counts(version); !fits {
		return Errorf(CodeVersion, "ask for a version that fits the branch, or release from another one",
			"releasing %q from branch %q: the branch is no pre-release branch of that identifier", version, p.Branch.Name)
	}
	return nil
}

// guardTag refuses a version whose tag stands anywhere on the remote or here.
func (p *planner) guardTag(version *semver.Version) error {
	name := p.TagFormat.Tag(version)
	t, taken := tagNamed(p.tagged, name)
	if !taken {
		return nil
	}
	commit, err := p.versions.peel(t)
	switch {
	case err != nil:
		return err
	case commit == "":
		return Errorf(CodeTagTaken, fmt.Sprintf("see what it is with \"git show %s\", and delete it if it is a mistake", name),
			"releasing %q: tag %q exists already, and leads to no commit", version, name)
	case p.Remote != nil && p.Remote.TagCommit(name) == "":
		return Errorf(CodeTagTaken, fmt.Sprintf("delete it with \"git tag -d %s\", or push it if it is a release", name),
			"releasing %q: tag %q is in this clone already, on commit %s, and not at the remote", version, name, short(commit))
	}
	return Errorf(CodeTagTaken, fmt.Sprintf("see what it is with \"git show %s\"; merge its branch, or delete the tag if it is a mistake", name),
		"releasing %q: tag %q exists already, on commit %s, %s", version, name, short(commit), p.whyLost(name))
}

// whyLost says why a tag isn't the branch's own.
func (p *planner) whyLost(tag string) string {
	for _, c := range p.line.lost {
		if c.Tag == tag && c.Reason != notContained {
			return c.Reason
		}
	}
	return fmt.Sprintf("which branch %q doesn't contain", p.Branch.Name)
}

// guardBump refuses a bump that nobody gave leave for.
func (p *planner) guardBump(c *Change, version *semver.Version) error {
	limit := p.Policy.MaxBump
	if limit == None || c.Bump <= limit || c.Bump <= p.Wish.Allow || p.line.last == nil {
		return nil
	}
	if p.Policy.Own {
		for i := range p.commits {
			if allowed, err := ParseBump(footer(&p.commits[i], "Allow-Bump")); err == nil && allowed >= c.Bump {
				c.Reasons = append(c.Reasons, fmt.Sprintf("Allow-Bump: %s in %s", allowed, short(p.commits[i].Hash)))
				return nil
			}
		}
	}
	return Errorf(CodeGuard, fmt.Sprintf("give --allow %s, or commit with a footer \"Allow-Bump: %s\"; or revert what asks for it", c.Bump, c.Bump),
		"releasing %q: that is a %s release, and maxBump is %s; asked for by %s", version, c.Bump, limit, c.askers())
}

// askers names the commits that ask for the change's bump, or who else does.
func (c *Change) askers() string {
	var names []string
	for _, d := range c.Commits {
		if d.Bump == c.Bump {
			names = append(names, fmt.Sprintf("%s %.60q", short(d.Hash), d.Header))
		}
	}
	switch {
	case len(names) == 0:
		return strings.Join(c.Reasons, ", ")
	case len(names) > 3:
		names = append(names[:3], fmt.Sprintf("%d more", len(names)-3))
	}
	return strings.Join(names, ", ")
}

// moduleLine is the line of a go.mod that names the module.
var moduleLine = lazyregexp.New(`(?m)^[ \t]*module[ \t]+"?([^\s"]+)"?`)

// guardModule refuses a version that Go would never find: from v2 on, the module's path must end in its major.
func (p *planner) guardModule(version *semver.Version) error {
	if version.Major() < 2 || p.Policy.AnyModulePath || p.TagFormat.String() != "v"+versionPlaceholder || p.Files == nil {
		return nil
	}
	data, err := fs.ReadFile(p.Files, "go.mod")
	if err != nil {
		return nil // no Go module
	}
	m := moduleLine.FindSubmatch(data)
	if m == nil {
		return nil
	}
	path := string(m[1])
	for _, suffix := range []string{"/", "."} { // gopkg.in has .v2
		if strings.HasSuffix(path, fmt.Sprintf("%sv%d", suffix, version.Major())) {
			return nil
		}
	}
	return Errorf(CodeGuard, fmt.Sprintf("end the module's path in /v%d, in go.mod and in its imports; or give --allow-module-path", version.Major()),
		"releasing %q: Go would not find it, since go.mod names the module %q", version, path)
}

// guardFirst refuses a first release where tags look like versions in another format, or a file names a version that the
// configuration doesn't name as the first.
func (p *planner) guardFirst() error {
	if p.line.last != nil || p.FirstRelease || p.Wish.As != nil {
		return nil
	}
	if other, example := otherFormat(p.leading()); example != "" && other != p.TagFormat.String() {
		return Errorf(CodeFirst, fmt.Sprintf("set tagFormat: %q, or give --first-release", other),
			"deciding the first version: tag format %q fits no tag, but %q looks like a version", p.TagFormat, example)
	}
	if name := p.almostVersion(); name != "" {
		return Errorf(CodeFirst, fmt.Sprintf("tag that release anew, like %s, or give --first-release", p.TagFormat.Tag(semver.New(1, 2, 0, "", ""))),
			"deciding the first version: tag %q looks like a version, but is none", name)
	}
	file, version := p.fileVersion()
	if file == "" || p.written != nil && p.written.Equal(version) {
		return nil
	}
	return Errorf(CodeFirst, fmt.Sprintf("tag what was released, like %s, or give --first-release, or --as X.Y.Z", p.TagFormat.Tag(version)),
		"deciding the first version: there is no release tag, but %q says version %q", file, version)
}

// versionFiles are the files at a project's root that name its version, and how to read it.
var versionFiles = []struct {
	name string
	read func([]byte) string
}{
	{"package.json", packageVersion},
	{"Cargo.toml", tableVersion("package")},
	{"pyproject.toml", tableVersion("project")},
}

func packageVersion(data []byte) string {
	var file struct{ Version string }
	if json.Unmarshal(data, &file) != nil {
		return "" // whoever needs the file will say so
	}
	return file.Version
}

// tableVersion reads the version of a table of a TOML file.
func tableVersion(table string) func([]byte) string {
	line := regexp.MustCompile(`(?ms)^\[` + table + `\][^\[]*?^version\s*=\s*"([^"]+)"`)
	return func(data []byte) string {
		if m := line.FindSubmatch(data); m != nil {
			return string(m[1])
		}
		return ""
	}
}

// numbers are how the name of a version's tag begins, behind what the format puts there.
var numbers = lazyregexp.New(`^[vV]?\d+\.\d+`)

// almostVersion gives a tag that somebody meant as a version, like v1.2 or v01.0.0.
func (p *planner) almostVersion() string {
	prefix, _, _ := strings.Cut(p.TagFormat.String(), versionPlaceholder)
	for _, t := range p.leading() {
		if rest, ok := strings.CutPrefix(t.Name, prefix); ok && numbers.MatchString(rest) {
			if _, is := p.TagFormat.Version(t.Name); !is {
				return t.Name
			}
		}
	}
	return ""
}

// fileVersion gives the first file that names a version above 0.0.0.
func (p *planner) fileVersion() (string, *semver.Version) {
	if p.Files == nil {
		return "", nil
	}
	for _, f := range versionFiles {
		data, err := fs.ReadFile(p.Files, f.name)
		if err != nil {
			continue
		}
		if version, ok := ParseVersion(f.read(data)); ok && version.GreaterThan(semver.New(0, 0, 0, "", "")) {
			return f.name, version
		}
	}
	return "", nil
}

// otherFormat guesses the tag format of tags that look like versions: that of the highest one.
func otherFormat(tags []Tag) (format, example string) {
	var best *semver.Version
	for _, t := range slices.SortedFunc(slices.Values(tags), func(a, b Tag) int { return strings.Compare(a.Name, b.Name) }) {
		f, v, ok := FormatOf(t.Name)
		if ok && (best == nil || v.GreaterThan(best)) {
			best, format, example = v, f, t.Name
		}
	}
	return format, example
}

// FormatOf takes a tag that looks like a version for one: the longest part of it that reads as a version is it, and what
// stands before that is the format's. ok is false where it looks like none.
func FormatOf(tag string) (format string, version *semver.Version, ok bool) {
	start := strings.IndexAny(tag, "0123456789")
	if start < 0 {
		return "", nil, false
	}
	version, ok = ParseVersion(tag[start:])
	return tag[:start] + versionPlaceholder, version, ok
}
