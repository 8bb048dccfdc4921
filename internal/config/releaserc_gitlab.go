package config

import "github.com/semcut/semcut/release"

// gitlab says that semcut has no part for GitLab yet.
func (r *releaserc) gitlab(uses []use) error {
	t := uses[0].options
	if r.Blocked == nil {
		r.Blocked = release.Errorf(release.CodeNotYet, "take it out: branch and tag are pushed to GitLab without it; or wait for a semcut that supports it",
			"reading %s: plugin %q: releases on GitLab are not supported yet", place(t.file, t.root.line, t.root.col), uses[0].name)
	}
	return nil
}
