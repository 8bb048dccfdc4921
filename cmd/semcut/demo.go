package main

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/internal/diskfile"
	"github.com/semcut/semcut/internal/gitrepo"
	"github.com/semcut/semcut/release"
)

func demoCommand(a *app) *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Play a whole release in a sandbox folder",
		Long: `Makes a sandbox folder with a repository and a bare remote, commits to it, and releases it twice, 1.0.0 and
after a feature 1.1.0. Shows each thing that changed. It needs no network and no credentials.`,
		Example: "  semcut demo",
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return runDemo(cmd.Context(), a, dir) },
	}
	cmd.Flags().StringVar(&dir, "dir", "", "make the sandbox in the new folder `DIR` (default: a temporary one)")
	return cmd
}

// demo is one play: a work tree, its bare remote, and a clock that ticks.
type demo struct {
	a            *app
	work, remote string
	repo         *gitrepo.Repo
	clock        time.Time
}

func runDemo(ctx context.Context, a *app, dir string) error {
	dir, err := sandbox(a, dir)
	if err != nil {
		return err
	}
	d := &demo{a: a, work: filepath.Join(dir, "widget"), remote: filepath.Join(dir, "widget.git"), clock: now(a).Add(-time.Hour)}
	if err := d.prepare(ctx); err != nil {
		return err
	}
	d.say("\n── first release ──\n")
	err = d.commit(ctx, "feat: greet the world", files{"greet.txt": "Hello, world!\n", "CHANGELOG.md": "# Changelog\n"})
	if err == nil {
		err = d.release(ctx)
	}
	if err != nil {
		return err
	}
	d.say("\n── a feature, a fix, and a change that releases nothing ──\n")
	for _, c := range []struct {
		message string
		files   files
	}{
		{"feat(greeting): greet by name\n\nCloses #7", files{"greet.txt": "Hello, {name}!\n"}},
		{"fix: end the line", files{"greet.txt": "Hello, {name}!\n\n"}},
		{"docs: say how to greet", files{"README.md": "Run it.\n"}},
	} {
		if err := d.commit(ctx, c.message, c.files); err != nil {
			return err
		}
	}
	if err := d.release(ctx); err != nil {
		return err
	}
	d.say("\n── run again ──")
	if err := d.semcut(ctx, "release", "--yes"); err != nil {
		return err
	}
	d.say("\nThe sandbox is yours to play with: %s", dir)
	return nil
}

// sandbox makes the folder; an existing one is left alone.
func sandbox(a *app, dir string) (string, error) {
	var err error
	if dir == "" {
		dir, err = os.MkdirTemp("", "semcut-demo-")
	} else {
		dir, err = filepath.Abs(a.path(dir))
		if err == nil {
			err = os.Mkdir(dir, 0o755)
		}
	}
	if err != nil {
		return "", release.Errorf(release.CodeFile, "name a folder that doesn't exist yet", "making the sandbox %q: %w", dir, diskfile.Cause(err))
	}
	return dir, nil
}

func (d *demo) say(format string, args ...any) { fmt.Fprintf(d.a.Out, format+"\n", args...) }

func (d *demo) prepare(ctx context.Context) (err error) {
	if err := gitrepo.Init(d.remote, true, "main", ""); err != nil {
		return err
	}
	if err := gitrepo.Init(d.work, false, "main", d.remote); err != nil {
		return err
	}
	d.say("repository  %s\nremote      %s", d.work, d.remote)
	d.repo, err = gitrepo.Open(d.work)
	return err
}

// files are new contents by path.
type files map[string]string

// commit makes a commit and pushes it, as a developer would with git.
func (d *demo) commit(ctx context.Context, message string, changed files) error {
	d.clock = d.clock.Add(time.Minute)
	head, err := d.repo.Head(ctx)
	if err != nil {
		return err
	}
	spec := release.CommitSpec{Base: head.Commit, Message: message + "\n"}
	spec.Author = commitparse.Signature{Name: "Ada Lovelace", Email: "ada@example.com", When: d.clock}
	spec.Committer = spec.Author
	for _, name := range []string{"CHANGELOG.md", "README.md", "greet.txt"} {
		if text, ok := changed[name]; ok {
			spec.Edits = append(spec.Edits, release.Edit{Path: name, New: []byte(text)})
		}
	}
	tree := d.repo.Worktree()
	hash, err := tree.WriteCommit(ctx, spec)
	if err != nil {
		return err
	}
	staged, err := tree.Stage(ctx, spec.Edits)
	if err != nil {
		return err
	}
	defer staged.Discard()
	update := release.RefUpdate{Name: "refs/heads/main", Old: head.Commit, New: hash}
	if err := tree.UpdateRefs(ctx, []release.RefUpdate{update}); err != nil {
		return err
	}
	if err := staged.Commit(); err != nil {
		return err
	}
	subject, _, _ := strings.Cut(message, "\n")
	d.say("commit %.7s  %s", hash, subject)
	return d.push(ctx, update)
}

func (d *demo) push(ctx context.Context, update release.RefUpdate) error {
	remote, err := d.repo.Remote(gitrepo.RemoteOptions{Name: remoteName, Env: d.env})
	if err != nil {
		return err
	}
	return remote.Push(ctx, []release.RefUpdate{update})
}

// release shows the plan, releases, and shows what changed at the remote and in the file.
func (d *demo) release(ctx context.Context) error {
	if err := d.semcut(ctx, "next"); err != nil {
		return err
	}
	if err := d.semcut(ctx, "release", "--yes"); err != nil {
		return err
	}
	remote, err := d.repo.Remote(gitrepo.RemoteOptions{Name: remoteName, Env: d.env})
	if err != nil {
		return err
	}
	refs, err := remote.Refs(ctx)
	if err != nil {
		return err
	}
	d.say("\nat the remote:")
	for _, name := range sortedRefs(refs) {
		d.say("  %.7s  %s", refs.Refs[name], name)
	}
	text, err := os.ReadFile(filepath.Join(d.work, "CHANGELOG.md"))
	if err != nil {
		return err
	}
	d.say("\nCHANGELOG.md:\n")
	d.say("%s", strings.TrimRight(indent(string(text)), "\n"))
	return nil
}

// semcut types a command in the sandbox and shows it with its output.
func (d *demo) semcut(ctx context.Context, args ...string) error {
	d.say("\n$ semcut %s", strings.Join(args, " "))
	var out bytes.Buffer
	code := run(ctx, append([]string{"-C", d.work}, args...), stdio{In: strings.NewReader(""), Out: &out, Err: &out}, d.env)
	d.say("%s", strings.TrimRight(out.String(), "\n"))
	if code != exitDone {
		return fmt.Errorf("playing the demo: \"semcut %s\" ended with exit status %d", strings.Join(args, " "), code)
	}
	return nil
}

// env is the sandbox's environment: nothing of the desk's or of CI's reaches it but where programs are.
func (d *demo) env(name string) string {
	switch name {
	case "PATH":
		return d.a.Env(name)
	case "GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME":
		return "Ada Lovelace"
	case "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL":
		return "ada@example.com"
	case "SOURCE_DATE_EPOCH":
		return d.a.Env(name)
	case "GIT_CONFIG_NOSYSTEM":
		return "1"
	}
	return ""
}

func sortedRefs(refs *release.RemoteRefs) []string {
	return slices.Sorted(maps.Keys(refs.Refs))
}
