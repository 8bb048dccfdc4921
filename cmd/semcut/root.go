package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/semcut/semcut/internal/secret"
	"github.com/semcut/semcut/release"
)

// app is what every command's run function gets: streams, environment and the flags that all share.
type app struct {
	stdio
	Env     func(string) string
	Log     *slog.Logger
	Secrets *secrets

	Directory string
	Config    string
	Verbose   bool
	Quiet     bool
	Color     string
	JSON      bool // errors and results are JSON

	// Overrides are keys of a configuration that the command line gives; IgnorePlugins are plugins to do without.
	Overrides     map[string]any
	IgnorePlugins []string

	// Signals gives a context that signals end; nil where somebody else looks after them.
	Signals func(context.Context) context.Context
	ctx     context.Context // of this run, as soon as signals are looked after
	in      *interruptible

	// Wait and Pace are the pauses between two tries and between two requests that notify people; zero means the usual.
	Wait, Pace time.Duration
	// Deps lets a test stand between a release and the world; nil changes nothing.
	Deps func(release.Deps) release.Deps
}

// run is the whole program but for the process around it.
func run(ctx context.Context, args []string, io stdio, env func(string) string) int {
	return (&app{stdio: io, Env: env}).run(ctx, args)
}

func (a *app) run(ctx context.Context, args []string) int {
	a.Secrets = &secrets{}
	a.JSON = slices.Contains(args, "--json") // for what is wrong with the arguments themselves
	for _, name := range tokenVariables {
		a.Secrets.AddToken(a.Env(name))
	}
	for _, password := range secret.InCredentials(a.Env("GIT_CREDENTIALS")) {
		a.Secrets.Add(password)
	}
	a.Secrets.AddNamed(os.Environ())
	a.hideSigningKey()
	out, errs := &masked{to: a.Out, secrets: a.Secrets}, &masked{to: a.Err, secrets: a.Secrets}
	a.Out, a.Err = out, errs
	a.ctx, a.in = ctx, &interruptible{ctx: ctx, from: a.In}
	a.In = a.in
	root := newRoot(a, args)
	root.SetArgs(args)
	root.SetIn(a.In)
	root.SetOut(a.Out)
	root.SetErr(a.Err)
	err := a.execute(ctx, root)
	if a.ctx.Err() != nil && err != nil && release.CodeOf(err) == "" {
		err = context.Canceled
	}
	if flushed := out.Flush(); err == nil {
		err = flushed
	}
	report(a.Err, err, a.JSON)
	_ = errs.Flush() // nobody is left to tell
	return exitCode(err)
}

// watch begins to look after signals, and gives the context that they end. That takes longer than to judge a message, so that
// a command does without where there is nothing to end in order.
func (a *app) watch(ctx context.Context) context.Context {
	if a.Signals != nil {
		a.ctx, a.Signals = a.Signals(ctx), nil
		a.in.ctx = a.ctx
	}
	return a.ctx
}

// watchesItself is the annotation of a command that calls watch as soon as it needs to.
const watchesItself = "watches itself"

// execute runs the command. A fault of our own is an error like any other, since what Go says of it would not be masked.
func (a *app) execute(ctx context.Context, root *cobra.Command) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			fmt.Fprintf(a.Err, "%s\n", debug.Stack())
			err = release.Errorf("failed", "run the same command again; if it stays so, tell https://github.com/semcut/semcut/issues", "a fault of semcut's own: %v", fault)
		}
	}()
	return root.ExecuteContext(ctx)
}

// tokenVariables may hold credentials.
var tokenVariables = []string{
	"GH_TOKEN", "GITHUB_TOKEN", "GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN", "NPM_TOKEN", "GIT_CREDENTIALS", "GL_TOKEN", "GITLAB_TOKEN",
}

// command is a row of the table of commands. One that stands alone looks at no other.
type command struct {
	name  string
	alone bool
	new   func(*app) *cobra.Command
}

// commands are all commands, one row each.
func commands() []command {
	return []command{
		{"next", true, nextCommand}, {"current", true, currentCommand}, {"notes", true, notesCommand}, {"changelog", true, changelogCommand},
		{"release", true, releaseCommand}, {"parse", true, parseCommand}, {"lint", true, lintCommand}, {"hook", true, hookCommand}, {"commit", true, commitCommand},
		{"replay", true, replayCommand}, {"check", true, checkCommand}, {"init", true, initCommand}, {"preview", true, previewCommand}, {"demo", true, demoCommand}, {"config", true, configCommand}, {"version", true, versionCommand}, {"man", false, manCommand},
	}
}

// addCommands adds the command that the first word names, if it stands alone: a hook needn't wait for the flags of all
// others. Else it adds all.
func addCommands(root *cobra.Command, a *app, args []string) {
	add := func(cmd *cobra.Command) {
		cmd.Long = strings.TrimSpace(cmd.Long) + "\n\n" + exitTable
		root.AddCommand(cmd)
	}
	for _, c := range commands() {
		if c.alone && len(args) > 0 && args[0] == c.name {
			root.CompletionOptions.DisableDefaultCmd = true
			add(c.new(a))
			return
		}
	}
	for _, c := range commands() {
		add(c.new(a))
	}
}

func newRoot(a *app, args []string) *cobra.Command {
	root := &cobra.Command{
		Use:     "semcut",
		Short:   "Releases a repository from its Conventional Commits",
		Version: versionLine(),
		Long: `semcut reads Conventional Commits from git history, decides the next semantic version,
writes the changelog, tags, pushes and publishes the GitHub release.

Result on standard output, everything else on standard error.

` + exitTable,
		SilenceErrors: true, SilenceUsage: true, SuggestionsMinimumDistance: 2,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return release.Errorf(release.CodeUsage, nearCommand(cmd, args[0]), "running %q: there is no such command", args[0])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			if cmd.Annotations[watchesItself] == "" {
				cmd.SetContext(a.watch(cmd.Context()))
			}
			return a.prepare(cmd)
		},
	}
	flags := root.PersistentFlags()
	flags.StringVarP(&a.Directory, "directory", "C", ".", "run as if started in `DIR`")
	flags.StringVarP(&a.Config, "config", "c", "", "read the configuration from `FILE`")
	flags.BoolVarP(&a.Verbose, "verbose", "v", false, "say more on standard error")
	flags.BoolVarP(&a.Quiet, "quiet", "q", false, "say nothing on standard error but errors and warnings")
	flags.StringVar(&a.Color, "color", "auto", "colour the output: `WHEN` is auto, always or never")
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return release.Errorf(release.CodeUsage, "see "+cmd.CommandPath()+" --help", "reading the command line: %w", err)
	})
	root.SetVersionTemplate("{{.Version}}\n")
	root.SetHelpCommand(helpCommand(root))
	addCommands(root, a, args)
	return root
}

// helpCommand is cobra's, but for a command that isn't there, which is an error.
func helpCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use: "help [COMMAND]", Short: "Tell about a command",
		RunE: func(_ *cobra.Command, args []string) error {
			cmd, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 {
				word := strings.Join(args, " ")
				return release.Errorf(release.CodeUsage, nearCommand(root, word), "telling about %q: there is no such command", word)
			}
			cmd.InitDefaultHelpFlag()
			return cmd.Help()
		},
	}
}

func nearCommand(root *cobra.Command, word string) string {
	if near := root.SuggestionsFor(word); len(near) > 0 {
		return fmt.Sprintf("did you mean \"semcut %s\"?", near[0])
	}
	return "see semcut --help"
}

// prepare judges the shared flags before any command runs.
func (a *app) prepare(cmd *cobra.Command) error {
	if f := cmd.Flags().Lookup("json"); f != nil && f.Value.String() == "true" {
		a.JSON = true
	}
	usage := func(format string, args ...any) error {
		return release.Errorf(release.CodeUsage, "see "+cmd.CommandPath()+" --help", "reading the command line: "+format, args...)
	}
	if err := cmd.ValidateFlagGroups(); err != nil {
		return usage("%w", err)
	}
	empty := ""
	cmd.Flags().Visit(func(f *pflag.Flag) {
		if f.Value.Type() == "string" && f.Value.String() == "" {
			empty = f.Name // an unset variable of a script is no leave to go without
		}
	})
	if empty != "" {
		return usage("--%s has no value", empty)
	}
	switch a.Color {
	case "auto", "always", "never":
	default:
		return release.Errorf(release.CodeUsage, "write --color auto, always or never", "reading the command line: --color %q is not known", a.Color)
	}
	level := slog.LevelInfo
	switch {
	case a.Quiet:
		level = slog.LevelWarn
	case a.Verbose || changed(cmd, "debug"):
		level = slog.LevelDebug
	}
	a.Log = slog.New(&lineHandler{out: a.Err, level: level})
	return nil
}

// changed says whether a flag was given.
func changed(cmd *cobra.Command, flag string) bool {
	f := cmd.Flags().Lookup(flag)
	return f != nil && f.Changed
}

// lineHandler writes log records as plain lines, "tagged: v1.0.0, 4a82abd": what people see of a run.
type lineHandler struct {
	out   io.Writer
	level slog.Level
}

func (h *lineHandler) Enabled(_ context.Context, level slog.Level) bool { return level >= h.level }

func (h *lineHandler) Handle(_ context.Context, r slog.Record) error {
	var b strings.Builder
	if r.Level >= slog.LevelWarn {
		b.WriteString("warning: ")
	}
	b.WriteString(oneLine(r.Message))
	sep := ": "
	r.Attrs(func(attr slog.Attr) bool {
		if text := attr.Value.String(); text != "" {
			b.WriteString(sep + oneLine(text))
			sep = ", "
		}
		return true
	})
	_, err := fmt.Fprintln(h.out, b.String())
	return err
}

func (h *lineHandler) WithAttrs([]slog.Attr) slog.Handler { return h }
func (h *lineHandler) WithGroup(string) slog.Handler      { return h }

// noArgs refuses arguments with our own words.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return release.Errorf(release.CodeUsage, "see "+cmd.CommandPath()+" --help", "reading the command line: %q takes no argument, got %q", cmd.Name(), args[0])
}

// atMostOne allows one argument.
func atMostOne(cmd *cobra.Command, args []string) error {
	if len(args) > 1 {
		return release.Errorf(release.CodeUsage, "see "+cmd.CommandPath()+" --help", "reading the command line: %q takes one argument, got %d", cmd.Name(), len(args))
	}
	return nil
}
