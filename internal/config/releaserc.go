package config

import (
	"slices"
	"strings"

	"github.com/semcut/semcut/changelog"
	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/release"
)

// releasercSources are semantic-release 25's places, in its order (spec §6.1).
var releasercSources = releasercPlaces()

func releasercPlaces() []source {
	places := []source{{file: "package.json", key: "release", dialect: semanticRelease, apply: applyReleaserc}}
	add := func(stem string, endings ...string) {
		for _, ending := range endings {
			places = append(places, source{file: stem + ending, dialect: semanticRelease, apply: applyReleaserc})
		}
	}
	add(".releaserc", "", ".json", ".yaml", ".yml", ".js", ".ts", ".cjs", ".mjs")
	add(".config/releaserc", "", ".json", ".yaml", ".yml", ".js", ".ts", ".cjs", ".mjs")
	add("release.config", ".js", ".ts", ".cjs", ".mjs")
	return places
}

// applyReleaserc reads a semantic-release configuration. Without settings of its own it means what
// semantic-release does: preset angular, lightweight tags, its bot as author, no release commit.
func applyReleaserc(c *Config, t tree) error {
	if t.root.kind == codeNode {
		return t.computed()
	}
	if err := t.want(mapNode); err != nil {
		return err
	}
	c.Format = commitparse.Angular
	c.Notes = changelog.Options{Layout: "angular"}
	c.Changelog = release.ChangelogOptions{}
	c.TagAnnotated = false
	c.Policy = release.Policy{}
	c.Author = "semantic-release-bot <semantic-release-bot@martynus.net>"
	c.Branches = releasercBranches()
	c.Loose, c.Prepare = true, []release.Preparation{}
	c.GitHub = GitHub{Off: true}
	r := &releaserc{Config: c, read: map[string]bool{}}
	merged, err := r.merge(t)
	if err != nil {
		return err
	}
	r.tree = merged
	if err := r.core(); err != nil {
		return err
	}
	r.strayPlugins(t)
	return r.plugins()
}

// releasercBranches is semantic-release's default list.
func releasercBranches() []release.BranchSetting {
	return []release.BranchSetting{
		{Name: release.MaintenanceNames}, {Name: "master"}, {Name: "main"}, {Name: "next"}, {Name: "next-major"},
		{Name: "beta", Prerelease: "true"}, {Name: "alpha", Prerelease: "true"},
	}
}

// releaserc carries the reading of one configuration.
type releaserc struct {
	*Config
	tree   tree    // what is left when everything is merged
	shared []entry // keys of the top level that every plugin is handed
	// prepared are the parts of the preparation so far, and publishing the publishers with their places in that step.
	prepared   []preparation
	publishing []publishing
	read       map[string]bool // those of them that a plugin reads
}

// core reads the keys of semantic-release itself; what is left goes to every plugin (spec §6.3).
func (r *releaserc) core() error {
	for _, e := range r.tree.root.entries {
		if err := r.coreKey(e); err != nil {
			if err := r.pass(err); err != nil {
				return err
			}
			continue
		}
		r.wrote(r.tree.at(e), decides()[""][e.key]...)
	}
	if r.RepositoryURL == "" {
		return r.packageRepository()
	}
	return nil
}

func (r *releaserc) coreKey(e entry) (err error) {
	t := r.tree.at(e)
	switch e.key {
	case "$schema", "debug", "plugins":
	case "branches":
		err = r.branches(t)
	case "tagFormat":
		err = r.tagFormat(t)
	case "repositoryUrl":
		r.RepositoryURL, err = t.str()
	case "dryRun":
		r.DryRun, err = t.boolean()
	case "ci":
		on := false
		on, err = t.boolean()
		r.NoCI = !on
	case "noCi":
		r.NoCI, err = t.boolean()
	default:
		if !slices.Contains(releasercSteps, e.key) {
			r.shared = append(r.shared, e)
		}
	}
	return err
}

// branches reads the branches; their channels and identifiers are templates that know the branch's name.
func (r *releaserc) branches(t tree) error {
	if t.root.kind == codeNode {
		return t.computed()
	}
	if t.root.kind != listNode {
		t.root = node{kind: listNode, line: t.root.line, col: t.root.col, file: t.root.file, items: []node{t.root}}
	}
	list := t
	list.root.items = slices.Clone(t.root.items)
	for i := range list.root.items {
		item := &list.root.items[i]
		item.entries = slices.Clone(item.entries)
		for j, e := range item.entries {
			if e.value.kind != textNode || e.key == "name" {
				continue
			}
			kept, err := t.item(i).at(e).lodash(map[string]string{"name": "name"}, "name")
			if err != nil {
				return err
			}
			item.entries[j].value.text = kept
		}
		item.entries = slices.DeleteFunc(item.entries, func(e entry) bool { // false is as good as nothing
			return (e.key == "range" || e.key == "prerelease") && (tree{root: e.value}).isFalse()
		})
	}
	return setBranches(r.Config, list)
}

func (r *releaserc) tagFormat(t tree) error {
	text, err := t.str()
	if err != nil {
		return err
	}
	if t.root.text, err = t.lodash(map[string]string{"version": "version"}); err != nil {
		return err
	}
	if text != t.root.text && !strings.Contains(t.root.text, "${version}") {
		return t.errorf("write it like v${version}", "%q holds no ${version}", text)
	}
	return setTagFormat(r.Config, t)
}

// packageRepository takes the repository from package.json, as semantic-release does where nothing names one.
func (r *releaserc) packageRepository() error {
	t, ok := r.packageJSON(".")
	if !ok {
		return nil
	}
	e, ok := t.root.get("repository")
	if !ok {
		return nil
	}
	if url, in := e.value.get("url"); in {
		e = url
	}
	if e.value.kind == textNode {
		r.RepositoryURL = fullURL(e.value.text)
	}
	return nil
}

// hosts are the short names of forges in a repository's shorthand.
var hosts = map[string]string{"github": "github.com", "gitlab": "gitlab.com", "bitbucket": "bitbucket.org"}

// fullURL completes a shorthand of npm's, "owner/name" or "gitlab:owner/name" (spec §1.5).
func fullURL(url string) string {
	url = strings.TrimSpace(url)
	if rest, ok := strings.CutPrefix(url, "git+"); ok && strings.HasPrefix(rest, "http") {
		return rest
	}
	host, path, named := strings.Cut(url, ":")
	if !named {
		host, path = "github", url
	}
	if known := hosts[host]; known != "" && strings.Count(path, "/") == 1 && !strings.HasPrefix(path, "/") && !strings.HasPrefix(path, ".") {
		return "https://" + known + "/" + strings.TrimSuffix(path, ".git") + ".git"
	}
	return url
}

// strayPlugins warns of a list of plugins beside "release" in package.json, where nobody reads it.
func (r *releaserc) strayPlugins(t tree) {
	if t.path != "release" || !strings.HasSuffix(t.file, "package.json") {
		return
	}
	whole, ok := r.packageJSON(".")
	if !ok {
		return
	}
	if e, stray := whole.root.get("plugins"); stray && e.value.kind == listNode {
		if _, inside := r.tree.root.get("plugins"); !inside {
			r.Warnings = append(r.Warnings, place(t.file, e.line, e.col)+`: "plugins" at top level is read by nobody; move it into "release", or the default plugins run`)
		}
	}
}
