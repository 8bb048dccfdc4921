package main

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/semcut/semcut/internal/diskfile"
	"github.com/semcut/semcut/internal/githook"
	"github.com/semcut/semcut/internal/prompt"
	"github.com/semcut/semcut/internal/starter"
	"github.com/semcut/semcut/release"
)

type initOptions struct {
	Yes        bool
	DryRun     bool
	NoHook     bool
	NoWorkflow bool
	Accessible bool
	JSON       bool

	From   string // the tool to come from; "" for none
	All    bool
	RunOld bool
}

func initCommand(a *app) *cobra.Command {
	var o initOptions
	cmd := &cobra.Command{
		Use:   "init",
		Short: "Propose configuration, workflows and hook for this repository, and write them",
		Long: `Looks at this repository, shows what semcut needs here as a diff, asks, and writes it: a configuration, as far as the
defaults don't do, workflows that release and check messages, a changelog, the commit-msg hook. Settings that are there already
stay as they are. Run it again and nothing changes. Without a terminal it shows only, unless --yes was given.

With --from the configuration is what another tool's says: known are release-please, git-cliff, svu, go-semantic-release,
cocogitto, standard-version, commit-and-tag-version, release-it, commitizen and semantic-release. It shows what is carried over and what
isn't, and decides all past releases again by it. Nothing of the other tool is deleted.`,
		Example: "  semcut init\n  semcut init --dry-run\n  semcut init --yes --no-hook\n  semcut init --from git-cliff --dry-run",
		Args:    func(cmd *cobra.Command, args []string) error { return o.initArgs(cmd, args) },
		RunE:    func(cmd *cobra.Command, _ []string) error { return runInit(cmd.Context(), a, o) },
	}
	f := cmd.Flags()
	f.BoolVarP(&o.Yes, "yes", "y", false, "write without asking")
	f.BoolVarP(&o.DryRun, "dry-run", "d", false, "show, and write nothing")
	f.BoolVar(&o.NoHook, "no-hook", false, "leave git's hooks alone")
	f.BoolVar(&o.NoWorkflow, "no-workflow", false, "propose nothing for a CI service")
	f.BoolVar(&o.Accessible, "accessible", false, "ask line by line, as ACCESSIBLE=1 does")
	f.BoolVar(&o.JSON, "json", false, "print the proposal as JSON; nothing is asked")
	o.fromFlags(cmd)
	cmd.MarkFlagsMutuallyExclusive("yes", "dry-run")
	return cmd
}

// initRun is one run of the command.
type initRun struct {
	a    *app
	o    initOptions
	root string // of the work tree
	ci   bool

	starter.Proposal
	spot  githook.Spot
	hooks []string // the hooks' files that are to be written
	moved *moved   // from another tool; nil where none was named
}

func runInit(ctx context.Context, a *app, o initOptions) error {
	s, err := newSetup(ctx, a, o)
	if err != nil {
		return err
	}
	if !o.JSON {
		if err := s.show(); err != nil {
			return err
		}
	}
	if s.moved != nil && !o.Yes {
		if err := s.moved.blocked(); err != nil {
			return cmp.Or(s.document(false), err)
		}
	}
	written := false
	take, err := s.ask(ctx)
	if errors.Is(err, prompt.ErrStopped) {
		return release.Errorf(release.CodeInterrupted, "run the same command again", "asking what to write: stopped, and nothing was written")
	}
	if err == nil && take.any() {
		written = true
		err = s.write(take)
	}
	if err != nil {
		return err
	}
	if written {
		s.foretell(ctx)
	}
	if s.moved != nil {
		s.tellLeftovers()
	}
	return s.document(written)
}

// document prints what --json asks for.
func (s *initRun) document(written bool) error {
	if !s.o.JSON {
		return nil
	}
	return printJSON(s.a.Out, initDocument{s.Proposal, s.hooks, written, s.moved})
}

// initDocument is what --json prints.
type initDocument struct {
	starter.Proposal
	Hooks   []string `json:"hooks"`
	Written bool     `json:"written"`
	From    *moved   `json:"from,omitempty"`
}

// taken is what was agreed to.
type taken struct {
	files []starter.File
	hook  bool
}

func (t taken) any() bool { return len(t.files) > 0 || t.hook }

// ask finds out what is to be written: what a person, or a flag, agrees to.
func (s *initRun) ask(ctx context.Context) (taken, error) {
	all := taken{s.Files, len(s.hooks) > 0}
	term := s.a.terminal(s.o.Accessible)
	switch {
	case !all.any() && len(s.ByHand) > 0:
		s.a.Log.Info("nothing else is to do")
		return all, nil
	case !all.any():
		s.a.Log.Info("nothing to do")
		return all, nil
	case s.o.Yes:
		return all, nil
	case s.o.DryRun:
		s.a.Log.Info("nothing was written")
		return taken{}, nil
	case s.o.JSON, s.ci, term == nil:
		s.a.Log.Info("nothing was written, since nobody can be asked: give --yes, or run it at a terminal")
		return taken{}, nil
	}
	const everything, each, nothing = "all", "each", "none"
	choice, err := term.Select(ctx, "Write this?", []prompt.Option{
		{Value: everything, Label: "write it"}, {Value: each, Label: "ask for each"}, {Value: nothing, Label: "write nothing"},
	}, everything)
	switch {
	case err != nil:
		return taken{}, err
	case choice == everything:
		return all, nil
	case choice == nothing:
		s.a.Log.Info("nothing was written")
		return taken{}, nil
	}
	return s.askForEach(ctx, term)
}

func (s *initRun) askForEach(ctx context.Context, term *prompt.Terminal) (t taken, err error) {
	for _, f := range s.Files {
		yes, err := term.Confirm(ctx, "Write "+oneLine(f.Path)+"?", true)
		if err != nil {
			return taken{}, err
		}
		if yes {
			t.files = append(t.files, f)
		}
	}
	if len(s.hooks) > 0 {
		t.hook, err = term.Confirm(ctx, "Install the commit-msg hook?", true)
	}
	return t, err
}

// write writes what was agreed to, one file after the other, each at once.
func (s *initRun) write(t taken) error {
	root, err := os.OpenRoot(s.root)
	if err != nil {
		return release.Errorf(release.CodeRepository, "check the folder's rights", "opening work tree %q: %w", s.root, diskfile.Cause(err))
	}
	defer root.Close()
	for _, f := range t.files {
		if err := writeProposed(root, f); err != nil {
			return release.Errorf(release.CodeFile, "mend that, and run semcut init again: it does what is missing",
				"writing %q: %w", f.Path, diskfile.Cause(err))
		}
		s.a.Log.Info("wrote " + f.Path)
	}
	if !t.hook {
		return nil
	}
	changes, err := s.spot.Install(initHooks)
	s.a.tellChanges(changes)
	if err == nil && s.spot.Note != "" {
		s.a.Log.Info(s.spot.Note)
	}
	return err
}

// writeProposed writes a file, unless somebody else has written it since it was looked at.
func writeProposed(root *os.Root, f starter.File) error {
	name := filepath.FromSlash(f.Path)
	info, err := root.Lstat(name)
	switch {
	case f.Old == nil && err == nil:
		return errors.New("it is there now")
	case f.Old == nil:
		return diskfile.ReplaceIn(root, name, []byte(f.New), 0o644)
	case err != nil:
		return err
	}
	have, err := root.ReadFile(name)
	if err != nil {
		return err
	}
	if string(have) != *f.Old {
		return errors.New("it has changed meanwhile")
	}
	return diskfile.ReplaceIn(root, name, []byte(f.New), info.Mode().Perm())
}
