package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/semcut/semcut/commitparse/lint"
	"github.com/semcut/semcut/internal/config"
	"github.com/semcut/semcut/internal/diskfile"
	"github.com/semcut/semcut/release"
)

type lintOptions struct {
	lintInput
	Format      string
	JSON        bool
	Strict      bool
	MaxWarnings int
	Fix         bool
	Explain     bool
	PrintConfig bool

	Config, ParserPreset, HelpURL, Directory string
	Extends                                  []string
	Default                                  bool

	args []string
}

func lintCommand(a *app) *cobra.Command {
	var o lintOptions
	cmd := &cobra.Command{
		Use:   "lint [FILE]",
		Short: "Check commit messages",
		Long: `Checks commit messages by commitlint's rules and its configuration, without Node: the message in FILE, which is
what a commit-msg hook gets, that of standard input, many with -z, or those of commits. In GitHub Actions, where nothing
is piped in, it checks the commits that the event is about.

Settings are looked for in .semcut.yaml under "lint", then in commitlint's files; without any the conventional rules hold.`,
		Example: "  semcut lint .git/COMMIT_EDITMSG\n  semcut lint --from origin/main\n  semcut lint --message \"feat: add a lid\"\n  semcut lint --explain type-enum",
		Args:    cobra.ArbitraryArgs, Annotations: map[string]string{watchesItself: "yes"},
		RunE: func(cmd *cobra.Command, args []string) error {
			o.args = args
			o.MaxWarnings = given(cmd, "max-warnings", o.MaxWarnings)
			return runLint(cmd.Context(), a, o)
		},
	}
	o.flags(cmd)
	o.inputFlags(cmd)
	return cmd
}

// given gives a number that was written on the command line, else -1.
func given(cmd *cobra.Command, flag string, value int) int {
	if cmd.Flags().Changed(flag) {
		return value
	}
	return -1
}

func (o *lintOptions) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVarP(&o.Format, "format", "o", "text", "print as `FORMAT`: text, json, github, sarif or junit")
	f.BoolVar(&o.JSON, "json", false, "the same as --format json")
	f.BoolVarP(&o.Strict, "strict", "s", false, "let warnings fail, too")
	f.IntVar(&o.MaxWarnings, "max-warnings", 0, "fail if there are more than `N` warnings")
	f.BoolVar(&o.Fix, "fix", false, "mend what needs no guess: write the file anew, or print the message that came in by other ways")
	f.BoolVar(&o.Explain, "explain", false, "tell about the rules that are named, or list all")
	f.BoolVar(&o.PrintConfig, "print-config", false, "print the settings in force, each with where it was written")
	f.StringSliceVarP(&o.Extends, "extends", "x", nil, "extend `NAME` instead of what the configuration extends; several parted by commas")
	f.StringVarP(&o.ParserPreset, "parser-preset", "p", "", "read messages with the preset `NAME` instead of the configuration's")
	f.StringVarP(&o.HelpURL, "help-url", "H", "", "name the address `URL` below problems")
	f.BoolVar(&o.Default, "default-config", false, "take the conventional rules where the configuration has none")
	f.StringVarP(&o.Config, "commitlint-config", "g", "", "commitlint's short flag for --config")
	f.StringVarP(&o.Directory, "cwd", "d", "", "commitlint's name for --directory")
	_ = f.MarkHidden("commitlint-config")
	_ = f.MarkHidden("cwd")
	cmd.MarkFlagsMutuallyExclusive("json", "format")
}

// errLint is what problems turn a lint into. They have been told already.
var errLint = errors.New("lint found errors")

func runLint(ctx context.Context, a *app, o lintOptions) error {
	if o.Explain {
		return explainRules(a.Out, o.args)
	}
	if o.JSON {
		o.Format = "json"
	}
	a.JSON = a.JSON || o.Format == "json"
	write, err := lintFormat(o.Format)
	if err != nil {
		return err
	}
	if o.Directory != "" {
		a.Directory = o.Directory
	}
	where, err := newLintPlace(a)
	if err != nil {
		return err
	}
	c, err := o.config(a, where)
	if err != nil {
		return err
	}
	if o.PrintConfig {
		return printLintConfig(a.Out, c, o.Format)
	}
	asked, err := o.read(ctx, a, where, o.args)
	if err != nil {
		return err
	}
	if asksForPaths(c) {
		if err := addPaths(ctx, a, asked); err != nil {
			return err
		}
	}
	report, err := o.judge(asked, c)
	if err != nil {
		return err
	}
	if err := write(a, report); err != nil {
		return err
	}
	return o.verdict(report)
}

// judge checks messages, and mends them first where that is asked for.
func (o lintOptions) judge(asked []lintMessage, c *config.Lint) (*lintReport, error) {
	report := &lintReport{url: cmp.Or(o.HelpURL, c.HelpURL), config: c, nul: o.Nul}
	if !o.Fix {
		report.checkAll(asked)
		return report, nil
	}
	if err := o.canMend(asked); err != nil {
		return nil, err
	}
	return report, report.mendAll(asked)
}

// verdict says how a lint ends.
func (o lintOptions) verdict(r *lintReport) error {
	switch {
	case r.errors > 0, o.Strict && r.warnings > 0:
		return errLint
	case o.MaxWarnings >= 0 && r.warnings > o.MaxWarnings:
		return release.Errorf(release.CodeLint, "mend them, or raise --max-warnings", "checking messages: %d warnings, and --max-warnings %d", r.warnings, o.MaxWarnings)
	}
	return nil
}

// lintPlace is where a lint runs.
type lintPlace struct {
	dir  string // absolute
	root string // of the work tree, "" where there is none
}

// newLintPlace finds the work tree, if there is one: the nearest folder with a .git.
func newLintPlace(a *app) (lintPlace, error) {
	dir, err := filepath.Abs(a.Directory)
	if err == nil {
		var info os.FileInfo
		if info, err = os.Stat(dir); err == nil && !info.IsDir() {
			err = errors.New("it is no folder")
		}
	}
	if err != nil {
		return lintPlace{}, release.Errorf(release.CodeUsage, "check the path after -C", "going to %q: %w", a.Directory, diskfile.Cause(err))
	}
	p := lintPlace{dir: dir}
	for at := dir; ; at = filepath.Dir(at) {
		if _, err := os.Stat(filepath.Join(at, ".git")); err == nil {
			p.root = at
			return p, nil
		}
		if at == filepath.Dir(at) {
			return p, nil
		}
	}
}

// config reads the settings of the linter. Its warnings are for whoever looks, which in a hook nobody does.
func (o lintOptions) config(a *app, where lintPlace) (*config.Lint, error) {
	s := config.LintSource{Dir: where.dir, Root: where.root, File: cmp.Or(o.Config, a.Config), Env: a.Env, Extends: o.Extends, ParserPreset: o.ParserPreset, Default: o.Default}
	if s.File != "" && !filepath.IsAbs(s.File) {
		s.File = filepath.Join(where.dir, s.File)
	}
	c, err := config.LoadLint(s)
	if err != nil {
		return nil, err
	}
	for _, w := range c.Warnings {
		a.Log.Debug(w)
	}
	return c, nil
}

// lintReport is what all formats print.
type lintReport struct {
	results          []lintResult
	errors, warnings int
	url              string
	nul              bool // a NUL ends each message that is printed
	config           *config.Lint
}

type lintResult struct {
	lintMessage
	lint.Result
	mended *mended // nil where nobody asked for it
}

func (r *lintReport) checkAll(asked []lintMessage) {
	r.results = make([]lintResult, 0, len(asked))
	for _, m := range asked {
		r.add(lintResult{m, lint.CheckChange(m.text, m.paths, r.config.Config), nil})
	}
}

func (r *lintReport) add(one lintResult) {
	r.errors += len(one.Errors)
	r.warnings += len(one.Warnings)
	r.results = append(r.results, one)
}

// mend says how to mend what breaks a rule.
func (r *lintReport) mend(name string) string { return mendOf(r.config, name) }

func mendOf(c *config.Lint, name string) string {
	rule, ok := lint.RuleByName(name)
	s, asked := c.Setting(name)
	if !ok || !asked {
		return ""
	}
	return rule.HowToMend(s)
}

// lintFormat gives the writer of a format.
func lintFormat(name string) (func(*app, *lintReport) error, error) {
	for _, f := range lintFormats {
		if f.name == name {
			return f.write, nil
		}
	}
	names := make([]string, len(lintFormats))
	for i, f := range lintFormats {
		names[i] = f.name
	}
	return nil, release.Errorf(release.CodeUsage, "write --format "+strings.Join(names, ", "), "reading the command line: --format %q is not known", name)
}

// lintFormats are all formats, one row each.
var lintFormats = []struct {
	name  string
	write func(*app, *lintReport) error
}{
	{"text", writeLintText}, {"json", writeLintJSON}, {"github", writeLintActions}, {"sarif", writeLintSARIF}, {"junit", writeLintJUnit},
}

// name is how a message is called where many are checked.
func (m lintMessage) name() string {
	switch {
	case m.hash != "":
		return fmt.Sprintf("%.10s", m.hash)
	case m.file != "":
		return m.file
	}
	return "message"
}
