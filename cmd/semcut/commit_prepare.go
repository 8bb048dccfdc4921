package main

import (
	"context"
	"strings"

	"github.com/semcut/semcut/release"
)

// asksFor says by git's other arguments to a prepare-commit-msg hook, where the message comes from and maybe a commit,
// whether one is still to be asked for.
func asksFor(args []string) bool { return len(args) == 0 || args[0] == "" || args[0] == "template" }

// prepare is the prepare-commit-msg hook. Only where there is no message yet, and somebody can be asked, is one asked for;
// git opens its editor afterwards.
func (c *committing) prepare(ctx context.Context) error {
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
