package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/release"
)

// gitProgram is git itself. This is the only command that needs it: to commit as git does, with hooks and signing.
type gitProgram struct {
	a    *app
	path string
	dir  string
}

func findGit(a *app) (gitProgram, error) {
	path, err := exec.LookPath("git")
	if err != nil {
		return gitProgram{}, release.Errorf(release.CodeUsage, "install git, or commit from where it is", "looking for git: %w", err)
	}
	dir, err := filepath.Abs(a.Directory)
	return gitProgram{a, path, dir}, err
}

// command is one call of git. Told to end, it may take the time to remove its locks.
func (g gitProgram) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, g.path, args...)
	cmd.Dir = g.dir
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = 10 * time.Second
	return cmd
}

// output is what git prints.
func (g gitProgram) output(ctx context.Context, args ...string) (string, error) {
	var errs bytes.Buffer
	cmd := g.command(ctx, args...)
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil && ctx.Err() == nil {
		return "", release.Errorf(release.CodeRepository, "run the command by hand", "asking git %s: %w: %s", args[0], err, oneLine(errs.String()))
	}
	return string(out), cmp.Or(ctx.Err(), err)
}

// talk runs git with the terminal, where there is one, so that it can ask for what it needs.
func (g gitProgram) talk(ctx context.Context, args ...string) error {
	cmd := g.command(ctx, args...)
	cmd.Stdout, cmd.Stderr = g.a.Out, g.a.Err
	if con := g.a.Console; con != nil {
		cmd.Stdin = con.In
		if g.a.ErrTTY {
			cmd.Stderr = con.Out
		}
		if g.a.OutTTY {
			cmd.Stdout = os.Stdout
		}
	}
	err := cmd.Run()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

// edit opens a file in the editor that git would open. git config --edit is what does that with any file, and
// with git's own rules for an editor that is a command line.
func (g gitProgram) edit(ctx context.Context, file string) error {
	if err := g.talk(ctx, "config", "--file", file, "--edit"); err != nil {
		return release.Errorf(release.CodeFile, "set core.editor or EDITOR", "editing the message: git ended with %w", err)
	}
	return nil
}

// committer is who commits, for a Signed-off-by.
func (g gitProgram) committer(ctx context.Context) (string, error) {
	line, err := g.output(ctx, "var", "GIT_COMMITTER_IDENT")
	end := strings.LastIndexByte(line, '>')
	return strings.TrimSpace(line[:end+1]), err
}

// scopesAsked is how many commits are asked for their scopes; scopesShown is how many of them are offered.
const (
	scopesAsked = "1000"
	scopesShown = 30
)

// scopes are those of the last commits, those that are used most first. A history that can't be read has none.
func (g gitProgram) scopes(ctx context.Context) []string {
	out, err := g.output(ctx, "log", "-n", scopesAsked, "--no-merges", "--format=%s")
	if err != nil {
		return nil
	}
	uses := map[string]int{}
	var found []string
	for header := range strings.Lines(out) {
		scope := commitparse.Parse(header, commitparse.ConventionalCommits).Scope
		if scope == "" {
			continue
		}
		if uses[scope]++; uses[scope] == 1 {
			found = append(found, scope)
		}
	}
	slices.SortStableFunc(found, func(a, b string) int { return cmp.Compare(uses[b], uses[a]) })
	return found[:min(len(found), scopesShown)]
}

// ready says before any question that there is nothing to commit.
func (c *committing) ready(ctx context.Context) error {
	if c.o.Retry {
		if _, err := c.kept(); err != nil {
			return err
		}
	}
	f := c.o.git
	if f.amend() || f.has("allow-empty") || f.has("patch") || f.has("include") || len(c.o.args) > 0 {
		return nil
	}
	if _, err := os.Stat(filepath.Join(c.repo.GitDir(), "MERGE_HEAD")); err == nil {
		return nil
	}
	what := []string{"diff", "--cached", "--quiet"}
	if f.has("all") {
		what = []string{"diff", "HEAD", "--quiet"}
	}
	err := c.git.command(ctx, what...).Run()
	if err != nil { // 1 says that there is something, 128 that git can't say
		return ctx.Err()
	}
	return release.Errorf(release.CodeUsage, "add files with git add, or give -a for all that changed", "committing: nothing is staged")
}

// commit commits a text. It is kept until it is committed.
func (c *committing) commit(ctx context.Context, text string) error {
	file := c.draftFile()
	if err := writeFile(file, []byte(text)); err != nil {
		return err
	}
	args := []string{"commit", "--file", file}
	if !c.o.git.has("edit") {
		args = append(args, "--cleanup=whitespace") // what was shown is what is committed, lines with a # too
	}
	if c.a.Quiet {
		args = append(args, "--quiet")
	}
	args = append(args, c.o.git.args...)
	args = append(append(args, "--"), c.o.args...)
	switch err := c.git.talk(ctx, args...); {
	case errors.Is(err, context.Canceled):
		return err
	case err != nil:
		return release.Errorf(release.CodeHook, "mend what git or its hook says; \"semcut commit --retry\" commits the same text", "committing: git ended with %w; the text is kept", err)
	}
	_ = os.Remove(file) // it would only be offered once more
	return nil
}
