package main

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/semcut/semcut/internal/githook"
	"github.com/semcut/semcut/internal/gitrepo"
	"github.com/semcut/semcut/release"
)

type hookOptions struct {
	Prepare bool
	Fix     bool
	Plain   bool
}

func hookCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "hook",
		Short: "Put semcut into the commit-msg hook, or take it out",
		Long: `Puts semcut lint into this repository's commit-msg hook, or takes it out again. A hook that is there already is kept and
called by ours; husky's file gets one line more. Where lefthook or pre-commit look after the hooks, or core.hooksPath leads
out of the repository, it prints what to write and writes nothing.`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return release.Errorf(release.CodeUsage, "write semcut hook install, or semcut hook uninstall", "running %q: there is no such command", "hook "+args[0])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	var in, out hookOptions
	install := &cobra.Command{
		Use: "install", Short: "Put semcut into the commit-msg hook",
		Example: "  semcut hook install\n  semcut hook install --prepare",
		Args:    noArgs,
		RunE:    func(*cobra.Command, []string) error { return runHookInstall(a, in) },
	}
	install.Flags().BoolVar(&in.Prepare, "prepare", false, "also put semcut commit into prepare-commit-msg, which asks for the message")
	install.Flags().BoolVar(&in.Fix, "fix", false, "let the hook mend what needs no guess, as semcut lint --fix does")
	install.Flags().BoolVar(&in.Plain, "plain", false, "write git's own hook, whatever manager has a file here")
	uninstall := &cobra.Command{
		Use: "uninstall", Short: "Take semcut out of the hooks",
		Example: "  semcut hook uninstall",
		Args:    noArgs,
		RunE:    func(*cobra.Command, []string) error { return runHookUninstall(a, out) },
	}
	uninstall.Flags().BoolVar(&out.Plain, "plain", false, "look at git's own hook, whatever manager has a file here")
	for _, sub := range []*cobra.Command{install, uninstall} {
		sub.Long = sub.Short + ".\n\n" + exitTable
		cmd.AddCommand(sub)
	}
	return cmd
}

// findHooks finds out where this repository's hooks are.
func findHooks(a *app, hooks []githook.Hook, plain bool) (githook.Spot, error) {
	repo, err := gitrepo.Open(a.Directory)
	if err != nil {
		return githook.Spot{}, err
	}
	if repo.Root() == "" {
		return githook.Spot{}, release.Errorf(release.CodeRepository, "run it in a clone with a work tree", "looking for the hooks of %q: nobody commits in a bare repository", repo.GitDir())
	}
	settings, err := repo.Settings(a.Env)
	if err != nil {
		return githook.Spot{}, err
	}
	const key = "core.hooksPath"
	return githook.Find(githook.Repo{Root: repo.Root(), CommonDir: repo.CommonDir(), HooksPath: settings.Value(key), Own: settings.Own(key)}, hooks, plain), nil
}

func runHookInstall(a *app, o hookOptions) error {
	hooks := []githook.Hook{githook.CommitMsg}
	if o.Fix {
		hooks[0] = githook.CommitMsgFix
	}
	if o.Prepare {
		hooks = append(hooks, githook.PrepareCommitMsg)
	}
	spot, err := findHooks(a, hooks, o.Plain)
	if err != nil {
		return err
	}
	if spot.Advice != nil {
		return a.advise(spot.Advice)
	}
	changes, err := spot.Install(hooks)
	a.tellChanges(changes)
	if err == nil && spot.Note != "" {
		a.Log.Info(spot.Note)
	}
	return err
}

// advise prints what a person has to write where we don't.
func (a *app) advise(d *githook.Advice) error {
	if d.There {
		a.Log.Info(d.Why + ", and semcut is there already")
		return nil
	}
	a.Log.Info(d.Why + ": nothing was written")
	a.Log.Info(d.Do)
	_, err := fmt.Fprint(a.Out, d.Snippet)
	return err
}

func (a *app) tellChanges(changes []githook.Change) {
	for _, c := range changes {
		a.Log.Info(c.Done + " " + c.Path)
	}
}

func runHookUninstall(a *app, o hookOptions) error {
	hooks := []githook.Hook{githook.CommitMsg, githook.PrepareCommitMsg}
	spot, err := findHooks(a, hooks, o.Plain)
	if err != nil {
		return err
	}
	if d := spot.Advice; d != nil {
		a.Log.Info(d.Why + ": nothing was changed; take semcut out of its file by hand")
		return nil
	}
	changes, err := spot.Uninstall(hooks)
	done := slices.DeleteFunc(slices.Clone(changes), func(c githook.Change) bool { return c.Done == githook.There })
	if len(done) == 0 && len(changes) > 0 {
		done = changes[:1]
	}
	a.tellChanges(done)
	return err
}
