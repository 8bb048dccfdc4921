package config

import (
	"path"
	"slices"

	"github.com/semcut/semcut/release"
)

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
	if _, there := r.packageJSON(n.Dir); !there && r.root != nil {
		if !n.Explicit {
			r.Warnings = append(r.Warnings, "there is no package.json, so @semantic-release/npm, which is one of semantic-release's default plugins, is left out")
			return nil
		}
		if t := uses[0].options; r.Blocked == nil {
			r.Blocked = wrongAt(release.CodeConfig, "add one, or take the plugin out", t.file, t.root.line, t.root.col, "plugin %q: there is no %q",
				uses[0].name, path.Join(n.Dir, "package.json"))
		}
	}
	n.Publish = n.Publish && publishes
	r.NPM = n
	if prepares {
		r.npmVersion(u)
	}
	return nil
}

func (n *NPM) releasercOption(o option) (err error) {
	off := o.isFalse()
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
		hooks := slices.Clone(r.Hooks[release.AtPrepare])
		r.Warnings = append(r.Warnings, npmSetsIt(scripts))
		r.prepares(u, release.PrepareHook, len(hooks))
		r.Hooks[release.AtPrepare] = append(hooks, r.npmVersionHook(u.options.origin()))
		r.prepares(u, release.PreparePack, 0)
		if len(hooks) == 0 && !u.byList {
			r.wrote(u.options, "hooks.prepare")
		}
		return
	}
	for _, f := range r.npmFiles(u.options.origin()) {
		f.Options.NPM = true
		r.VersionFiles = append(r.VersionFiles, f)
	}
	r.prepares(u, release.PrepareVersions, 0)
	r.prepares(u, release.PreparePack, 0)
}
