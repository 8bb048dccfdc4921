package config

import (
	"fmt"
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

// npm reads @semantic-release/npm's options (spec §5.3).
func (r *releaserc) npm(uses []use) error {
	if err := once(uses); err != nil {
		return err
	}
	n := NPM{On: true, Explicit: !uses[0].byList, Publish: true, Tag: "latest"}
	for _, u := range uses {
		if err := r.each(u, []string{"npmPublish", "pkgRoot", "tarballDir"}, n.releasercOption); err != nil {
			return err
		}
	}
	u, prepares := inStep(uses, "prepare")
	_, publishes := inStep(uses, "publish")
	if _, there := r.packageJSON(n.Dir); !there && r.root != nil && !n.Explicit {
		r.Warnings = append(r.Warnings, "there is no package.json, so @semantic-release/npm, which is one of semantic-release's default plugins, is left out")
		return nil
	} else if !there && r.root != nil && r.Blocked == nil {
		t := uses[0].options
		r.Blocked = release.Errorf(release.CodeConfig, "add one, or take the plugin out", "reading %s: plugin %q: there is no %q", place(t.file, t.root.line, t.root.col), uses[0].name, path.Join(n.Dir, "package.json"))
	}
	n.Publish = n.Publish && publishes
	r.NPM = n
	if prepares {
		r.npmVersion(u)
	}
	return nil
}

func (n *NPM) releasercOption(o option) (err error) {
	off := o.root.kind == boolNode && o.root.text == "false"
	switch o.key {
	case "npmPublish":
		n.Publish, err = o.boolean()
	case "pkgRoot":
		if n.Dir, err = o.workFolder(); n.Dir == "." {
			n.Dir = ""
		}
	case "tarballDir":
		if !off {
			n.TarballDir, err = o.workFolder()
		}
	}
	return err
}

// npmVersion puts the version into package.json and the lock files beside it. A package whose scripts take part in that
// is left to npm.
func (r *releaserc) npmVersion(u use) {
	if scripts := r.npmScripts("preversion", "version", "postversion"); len(scripts) > 0 {
		place := u.options.origin()
		r.Warnings = append(r.Warnings, fmt.Sprintf("package.json has the script %q, so npm itself sets the version", strings.Join(scripts, ", ")))
		r.prepares(u, release.PrepareHook, len(r.Hooks[release.AtPrepare]))
		r.Hooks[release.AtPrepare] = append(slices.Clone(r.Hooks[release.AtPrepare]), release.Hook{
			Line: `npm version "$SEMCUT_VERSION" --no-git-tag-version --allow-same-version`, Dir: r.NPM.Dir, Limit: hookLimit, Place: place,
		})
		return
	}
	for _, name := range []string{"package.json", "package-lock.json", "npm-shrinkwrap.json"} {
		file := name
		if r.NPM.Dir != "" {
			file = r.NPM.Dir + "/" + name
		}
		r.VersionFiles = append(r.VersionFiles, release.VersionFile{Path: file, Optional: name != "package.json", Place: u.options.origin()})
	}
	r.prepares(u, release.PrepareVersions, 0)
}

// npmScripts gives those of the named scripts that the package has.
func (r *releaserc) npmScripts(names ...string) (found []string) {
	t, ok := r.packageJSON(r.NPM.Dir)
	if !ok {
		return nil
	}
	scripts, ok := t.root.get("scripts")
	if !ok {
		return nil
	}
	for _, name := range names {
		if _, there := scripts.value.get(name); there {
			found = append(found, name)
		}
	}
	return found
}
