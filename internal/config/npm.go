package config

import (
	"path"
	"slices"
	"strings"

	"github.com/semcut/semcut/release"
)

// NPM says how a package gets into an npm registry.
type NPM struct {
	On         bool
	Explicit   bool   // written out, so that a repository without a package.json is an error
	Publish    bool   // false only writes the version
	Dir        string // of the package, below the root of the work tree; "" is the root
	Registry   string // "" is the one that npm's own settings name
	Tag        string // the dist-tag of the default channel; "" is what package.json says
	Access     string // "public" or "restricted"; "" is what npm's own settings say
	Provenance bool
	Client     string // whether the npm program publishes: "auto", "never" or "always"; "" is auto
	TarballDir string // where the packed tarball is kept, too; "" for nowhere
}

// setNPM switches publishing on or off.
func setNPM(c *Config, on bool) { c.NPM.On, c.NPM.Explicit, c.NPM.Publish = on, on, on }

func setNPMDir(c *Config, t tree) (err error) {
	if c.NPM.Dir, err = t.workFolder(); c.NPM.Dir == "." {
		c.NPM.Dir = ""
	}
	return err
}

func setNPMRegistry(c *Config, t tree) (err error) {
	c.NPM.Registry, err = t.url()
	return err
}

func setNPMTag(c *Config, t tree) (err error) {
	c.NPM.Tag, err = t.str()
	return err
}

func setNPMAccess(c *Config, t tree) (err error) {
	c.NPM.Access, err = t.oneOf("public", "restricted")
	return err
}

func setNPMProvenance(c *Config, t tree) (err error) {
	c.NPM.Provenance, err = t.boolean()
	return err
}

func setNPMClient(c *Config, t tree) (err error) {
	c.NPM.Client, err = t.oneOf("auto", "never", "always")
	return err
}

func setNPMTarballDir(c *Config, t tree) (err error) {
	c.NPM.TarballDir, err = t.workFolder()
	return err
}

// npmVersions are the files that name a package's version, beside its package.json.
var npmVersions = []string{"package.json", "package-lock.json", "npm-shrinkwrap.json"}

// npmFiles are the version files of the package.
func (c *Config) npmFiles(place string) (files []release.VersionFile) {
	for _, name := range npmVersions {
		files = append(files, release.VersionFile{Path: path.Join(c.NPM.Dir, name), Optional: name != "package.json", Place: place})
	}
	return files
}

// addNPMFiles writes the version into the package's files, where the configuration doesn't say itself which files name it.
func (c *Config) addNPMFiles() {
	if !c.NPM.On || c.Dialect == semanticRelease || c.versionFilesSet {
		return
	}
	if scripts := c.npmScripts("preversion", "version", "postversion"); len(scripts) > 0 {
		c.Warnings = append(c.Warnings, npmSetsIt(scripts))
		c.Hooks[release.AtPrepare] = append([]release.Hook{c.npmVersionHook(`key "npm"`)}, c.Hooks[release.AtPrepare]...)
		for _, f := range c.npmFiles(`key "npm"`) {
			c.CommitFiles = append(c.CommitFiles, release.FileSpec{Path: f.Path, Optional: f.Optional, Place: f.Place})
		}
		c.follows("npm", "hooks.prepare", "commit.files")
		return
	}
	c.follows("npm", "versionFiles")
	c.VersionFiles = append(c.VersionFiles, c.npmFiles(`key "npm"`)...)
}

func npmSetsIt(scripts []string) string {
	return `package.json has the script "` + strings.Join(scripts, `", "`) + `", so npm itself sets the version`
}

// npmVersionHook lets npm set the version, with the scripts that take part in that.
func (c *Config) npmVersionHook(place string) release.Hook {
	return release.Hook{Line: `npm version "$SEMCUT_VERSION" --no-git-tag-version --allow-same-version`, Dir: c.NPM.Dir, Limit: hookLimit, Place: place}
}

// npmScripts gives those of the named scripts that the package has.
func (c *Config) npmScripts(names ...string) (found []string) {
	t, ok := c.packageJSON(c.NPM.Dir)
	if !ok {
		return nil
	}
	scripts, ok := t.root.get("scripts")
	if !ok {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool {
		_, there := scripts.value.get(name)
		return !there
	})
}

// packageJSON reads a package.json of the repository, "" for the folder at its root; ok is false where there is none that
// can be read.
func (c *Config) packageJSON(dir string) (t tree, ok bool) {
	if c.root == nil {
		return tree{}, false
	}
	name := path.Join(dir, "package.json")
	data, err := readPlain(c.root, name)
	if err != nil {
		return tree{}, false
	}
	t, err = parse(name, data)
	return t, err == nil && t.root.kind == mapNode
}
