package main

import (
	"context"
	"strings"

	"github.com/semcut/semcut/release"
)

// prepare is the prepare-commit-msg hook: git's arguments are the file, where its message comes from, and maybe a commit.
// Only where there is no message yet, and somebody can be asked, is one asked for; git opens its editor afterwards.
func (c *committing) prepare(ctx context.Context) error {
	if len(c.o.args) > 2 {
		return release.Errorf(release.CodeUsage, "write semcut commit --prepare FILE [SOURCE [COMMIT]]", "reading the command line: %q is one argument too many", c.o.args[2])
	}
	if source := strings.Join(c.o.args[:min(1, len(c.o.args))], ""); source != "" && source != "template" {
		return nil
	}
	where, err := newLintPlace(c.a)
	if err != nil {
		return err
	}
	file := pathFrom(where.dir, c.o.Prepare)
	before, err := readMessageFile(file)
	if err != nil {
		return release.Errorf(release.CodeFile, "check the path: a prepare-commit-msg hook gets it as its first argument", "reading the message in %q: %w", c.o.Prepare, err)
	}
	mode, err := newCleanup(c.a, "strip", where)
	if err != nil {
		return err
	}
	if strings.TrimSpace(mode.clean(string(before))) != "" {
		return nil
	}
	if c.term == nil {
		c.a.Log.Debug("there is no terminal to ask for the message on")
		return nil
	}
	start, err := c.start(ctx)
	if err != nil {
		return err
	}
	text, err := c.converse(ctx, start)
	if err != nil {
		return err
	}
	return writeFile(file, append([]byte(text), before...))
}
