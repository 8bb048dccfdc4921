package config

import "github.com/semcut/semcut/release"

// changelog reads @semantic-release/changelog's options (spec §5.1).
func (r *releaserc) changelog(uses []use) error {
	if err := once(uses); err != nil {
		return err
	}
	u, prepares := inStep(uses, "prepare")
	if !prepares {
		u = uses[0]
	}
	o := release.ChangelogOptions{File: "CHANGELOG.md", Prepend: true}
	err := r.each(u, []string{"changelogFile", "changelogTitle"}, func(opt option) (err error) {
		if opt.key == "changelogFile" {
			o.File, err = opt.repositoryPath("CHANGELOG.md")
		} else {
			o.Title, err = opt.str()
		}
		return err
	})
	if err == nil && prepares {
		r.Changelog = o
		r.prepares(u, release.PrepareChangelog, 0)
	}
	return err
}
