package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/semcut/semcut/internal/diskfile"
	"github.com/semcut/semcut/internal/lazyregexp"
	"github.com/semcut/semcut/release"
)

// oldTool is how a tool is asked for its next version without writing anything.
type oldTool struct {
	program string
	args    []string
	answer  *lazyregexp.Regexp // finds the version, or its tag, in what it prints
}

var (
	lastWord   = lazyregexp.New(`(?m)^\s*(\S*\d+\.\d+\.\d+\S*)\s*$`)
	taggingAs  = lazyregexp.New(`tagging release (\S+)`)
	tagToMake  = lazyregexp.New(`tag to create: (\S+)`)
	oldTimeout = 2 * time.Minute
)

// oldTools are those that can be asked. release-please and go-semantic-release ask a forge, and would need a token.
var oldTools = map[string]oldTool{
	"git-cliff":              {"git-cliff", []string{"--bumped-version", "--offline"}, lastWord},
	"svu":                    {"svu", []string{"next"}, lastWord},
	"cocogitto":              {"cog", []string{"bump", "--auto", "--dry-run"}, lastWord},
	"commitizen":             {"cz", []string{"bump", "--dry-run", "--yes"}, tagToMake},
	"standard-version":       {"standard-version", []string{"--dry-run"}, taggingAs},
	"commit-and-tag-version": {"commit-and-tag-version", []string{"--dry-run"}, taggingAs},
	"release-it": {"release-it",
		[]string{"--release-version", "--ci", "--no-git.requireUpstream", "--no-git.requireCleanWorkingDir", "--no-git.push", "--no-github.release",
			"--no-npm"}, lastWord},
}

// ask asks the old tool for its next version, in a clone that is thrown away.
func (n *nextRow) ask(ctx context.Context, p *project, tool string, files []string) {
	said, err := p.askOld(ctx, n, tool, files)
	if err != nil {
		n.Failed = err.Error()
		return
	}
	n.Old = said
	if _, v, ok := release.FormatOf(said); ok && n.version != "" {
		agrees := v.String() == n.version
		n.Agrees = &agrees
	}
}

func (p *project) askOld(ctx context.Context, n *nextRow, tool string, files []string) (string, error) {
	old, known := oldTools[tool]
	switch {
	case !known:
		return "", errors.New("it can't be asked without a token and a forge")
	case p.ci.PullRequest:
		return "", errors.New("nothing that a pull request brings is run")
	}
	program, err := findOld(p.repo.Root(), old.program)
	if err != nil {
		return "", err
	}
	n.Asked = strings.Join(append([]string{old.program}, old.args...), " ")
	ctx, cancel := context.WithTimeout(ctx, oldTimeout)
	defer cancel()
	scratch, err := os.MkdirTemp("", "semcut-old-")
	if err != nil {
		return "", fmt.Errorf("making a scratch folder: %w", diskfile.Cause(err))
	}
	defer os.RemoveAll(scratch)
	clone := filepath.Join(scratch, "clone")
	if err := scratchClone(ctx, p.repo.Root(), clone, files); err != nil {
		return "", err
	}
	out, err := runBare(ctx, clone, program, old.args...)
	if err != nil {
		return "", fmt.Errorf("running %q: %w", n.Asked, err)
	}
	all := old.answer.FindAllStringSubmatch(out, -1)
	if len(all) == 0 {
		return "", fmt.Errorf("running %q: no version stands in what it printed: %.60q", n.Asked, strings.TrimSpace(out))
	}
	return all[len(all)-1][1], nil
}

// findOld finds a program in the repository's node_modules, else on the PATH.
func findOld(root, name string) (string, error) {
	local := filepath.Join(root, "node_modules", ".bin", name)
	if info, err := os.Stat(local); err == nil && info.Mode().IsRegular() {
		return local, nil
	}
	program, err := exec.LookPath(name)
	if err != nil {
		return "", fmt.Errorf("there is no program %q, neither in node_modules nor on the PATH", name)
	}
	return filepath.Abs(program)
}

// scratchClone clones the repository without its remote, with the tool's files as they are in the work tree, and with its
// modules.
func scratchClone(ctx context.Context, root, clone string, files []string) error {
	git, err := exec.LookPath("git")
	if err != nil {
		return errors.New("there is no git on the PATH, and these tools need it")
	}
	if _, err := runBare(ctx, root, git, "clone", "--quiet", "--no-hardlinks", ".", clone); err != nil {
		return fmt.Errorf("cloning the repository: %w", err)
	}
	if _, err := runBare(ctx, clone, git, "remote", "remove", "origin"); err != nil {
		return fmt.Errorf("taking the remote out of the clone: %w", err)
	}
	for _, name := range append(files, "package.json") {
		if err := copyInto(root, clone, name); err != nil {
			return fmt.Errorf("copying %q: %w", name, diskfile.Cause(err))
		}
	}
	modules := filepath.Join(root, "node_modules")
	if _, err := os.Stat(modules); err != nil {
		return nil //nolint:nilerr // without modules there is nothing to link
	}
	exclude := filepath.Join(clone, ".git", "info", "exclude")
	if err := os.MkdirAll(filepath.Dir(exclude), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(exclude, []byte("/node_modules\n"), 0o644); err != nil {
		return err
	}
	if err := os.Symlink(modules, filepath.Join(clone, "node_modules")); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}

func copyInto(root, clone, name string) error {
	from, err := os.OpenRoot(root)
	if err != nil {
		return err
	}
	defer from.Close()
	data, err := from.ReadFile(filepath.FromSlash(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	to, err := os.OpenRoot(clone)
	if err != nil {
		return err
	}
	defer to.Close()
	if dir := filepath.Dir(filepath.FromSlash(name)); dir != "." {
		if err := to.MkdirAll(dir, 0o755); err != nil {
			return err
		}
	}
	return to.WriteFile(filepath.FromSlash(name), data, 0o644)
}

// bareVariables are the only ones that another tool gets: no credential is among them.
var bareVariables = []string{"PATH", "PATHEXT", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR"}

// runBare runs a program with hardly an environment and gives what it printed.
func runBare(ctx context.Context, dir, program string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir, cmd.WaitDelay = dir, 5*time.Second
	cmd.Env = []string{"HOME=" + dir, "LC_ALL=C.UTF-8", "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=" + os.DevNull, "GIT_TERMINAL_PROMPT=0",
		"NO_COLOR=1"}
	for _, name := range bareVariables {
		if value, ok := os.LookupEnv(name); ok {
			cmd.Env = append(cmd.Env, name+"="+value)
		}
	}
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	if err == nil {
		return out.String(), nil
	}
	if ctx.Err() != nil {
		return "", fmt.Errorf("it took longer than %s", oldTimeout)
	}
	if said := strings.TrimSpace(errs.String()); said != "" {
		last := said[strings.LastIndex(said, "\n")+1:]
		return "", fmt.Errorf("%w: %.100s", err, last)
	}
	return "", err
}
