package config

import "github.com/semcut/semcut/release"

// gitlab says that semcut has no part for GitLab yet.
func (r *releaserc) gitlab(uses []use) error {
	t := uses[0].options
	if r.Blocked == nil {
		r.Blocked = wrongAt(release.CodeNotYet, "take it out: branch and tag are pushed to GitLab without it; or wait for a semcut that supports it",
			t.file, t.root.line, t.root.col, "plugin %q: releases on GitLab are not supported yet", uses[0].name)
	}
	return nil
}
