package main

import (
	"context"

	"github.com/semcut/semcut/commitparse/lint"
	"github.com/semcut/semcut/internal/config"
	"github.com/semcut/semcut/internal/gitrepo"
)

// asksForPaths says whether a rule wants to know what a commit changes, which costs more than all else.
func asksForPaths(c *config.Lint) bool {
	s, asked := c.Setting("scope-paths")
	return asked && s.Level != lint.Off
}

// addPaths finds what the commits change; a message in a file is that of what is staged.
func addPaths(ctx context.Context, a *app, messages []lintMessage) error {
	var repo *gitrepo.Repo
	for i := range messages {
		m := &messages[i]
		if m.hash == "" && m.file == "" {
			continue
		}
		var err error
		if repo == nil {
			if repo, err = gitrepo.Open(a.Directory); err != nil {
				return err
			}
		}
		if m.hash != "" {
			m.paths, err = repo.ChangedPaths(ctx, m.hash)
		} else {
			m.paths, err = repo.StagedPaths(ctx)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
