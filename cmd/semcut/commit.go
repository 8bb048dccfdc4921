package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/semcut/semcut/internal/compose"
	"github.com/semcut/semcut/internal/config"
	"github.com/semcut/semcut/internal/gitrepo"
	"github.com/semcut/semcut/internal/prompt"
	"github.com/semcut/semcut/release"
)

type commitOptions struct {
	Type, Scope, Description, Body string
	Breaking                       bool
	BreakingText                   string
	Footers, Issues                []string

	Retry      bool
	DryRun     bool
	Accessible bool
	Prepare    string

	git  gitFlags
	args []string // paths; with --prepare what else git tells its hook
}

func commitCommand(a *app) *cobra.Command {
	var o commitOptions
	cmd := &cobra.Command{
		Use:   "commit [flags] [-- PATH...]",
		Short: "Ask for the parts of a message, check it, commit",
		Long: `Asks for the parts of a commit message as the linter's configuration wants them, shows the message, checks it, and commits
through git, so that hooks and signing work as ever. What flags say isn't asked; with --type and --description nothing is.

Where git or one of its hooks refuses, the text is kept: --retry commits it again, and the next run offers it.`,
		Example: "  semcut commit\n  semcut commit -a --type fix --scope lid --description \"close it\"\n  semcut commit --retry",
		Args:    cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			o.args = args
			o.git.read(cmd)
			return runCommit(cmd.Context(), a, o)
		},
	}
	o.flags(cmd)
	addGitFlags(cmd)
	return cmd
}

func (o *commitOptions) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVarP(&o.Type, "type", "t", "", "the `TYPE` of the change")
	f.StringVar(&o.Scope, "scope", "", "the `SCOPE` of the change")
	f.StringVar(&o.Description, "description", "", "what the change does, `TEXT` for the first line")
	f.StringVar(&o.Body, "body", "", "more on it, `TEXT` of any number of lines")
	f.BoolVar(&o.Breaking, "breaking", false, "the change breaks what others rely on")
	f.StringVar(&o.BreakingText, "breaking-change", "", "what it breaks, `TEXT`; implies --breaking")
	f.StringArrayVar(&o.Issues, "issue", nil, "`ISSUES` that it closes, \"#12, #13\", or \"Refs #12\"")
	f.StringArrayVar(&o.Footers, "footer", nil, "a trailer `\"TOKEN: VALUE\"`; may be given several times")
	f.BoolVar(&o.Retry, "retry", false, "commit the text of the last try, which git or a hook refused")
	f.BoolVar(&o.DryRun, "dry-run", false, "print the message, and commit nothing")
	f.BoolVar(&o.Accessible, "accessible", false, "ask line by line, for screen readers; as does ACCESSIBLE=1")
	f.StringVar(&o.Prepare, "prepare", "", "as a prepare-commit-msg hook: ask for the message and write it into `FILE`, if that holds none")
}

// committing is one run of the command.
type committing struct {
	a     *app
	o     commitOptions
	repo  *gitrepo.Repo
	rules *config.Lint
	style compose.Style
	git   gitProgram
	term  *prompt.Terminal // nil where nobody can be asked
}

func runCommit(ctx context.Context, a *app, o commitOptions) error {
	if o.Prepare != "" && !asksFor(o.args) {
		return nil
	}
	c, err := newCommitting(a, o)
	switch {
	case err != nil && o.Prepare != "": // git has no flag that passes over this hook: it must not stand in the way
		a.Log.Warn("the message isn't asked for: " + err.Error())
		return nil
	case err != nil:
		return err
	case o.Prepare != "":
		err = c.prepare(ctx)
	default:
		err = c.run(ctx)
	}
	if errors.Is(err, prompt.ErrStopped) {
		return release.Errorf(release.CodeInterrupted, "run the same command again", "asking for the message: stopped, and nothing was committed")
	}
	return err
}

func newCommitting(a *app, o commitOptions) (*committing, error) {
	repo, err := gitrepo.Open(a.Directory)
	if err != nil {
		return nil, err
	}
	if repo.Root() == "" {
		return nil, release.Errorf(release.CodeRepository, "run it in a clone with a work tree", "committing to %q: it is a bare repository", repo.GitDir())
	}
	where, err := newLintPlace(a)
	if err != nil {
		return nil, err
	}
	rules, err := lintOptions{}.config(a, where)
	if err != nil {
		return nil, err
	}
	git, err := findGit(a)
	if err != nil {
		return nil, err
	}
	c := &committing{a: a, o: o, repo: repo, rules: rules, style: compose.NewStyle(rules.Config), git: git, term: a.terminal(o.Accessible)}
	c.o.Breaking = o.Breaking || o.BreakingText != ""
	return c, nil
}

// terminal is where a person can be asked; nil where nobody is.
func (a *app) terminal(accessible bool) *prompt.Terminal {
	if a.Console == nil {
		return nil
	}
	t := &prompt.Terminal{In: a.Console.In, Out: a.Console.Out, Coloured: a.coloured(), Accessible: accessible || prompt.Wanted(a.Env)}
	if t.Accessible {
		t.In = a.In // whose reader an interrupt doesn't leave waiting
	}
	return t
}

func (c *committing) run(ctx context.Context) error {
	if !c.o.DryRun {
		if err := c.ready(ctx); err != nil {
			return err
		}
	}
	text, err := c.text(ctx)
	if err != nil {
		return err
	}
	if c.o.DryRun {
		_, err := fmt.Fprint(c.a.Out, text)
		return err
	}
	return c.commit(ctx, text)
}

// text finds the message: that of the last try, that of the flags, or what a person answers.
func (c *committing) text(ctx context.Context) (string, error) {
	if c.o.Retry {
		text, err := c.kept()
		if err != nil {
			return "", err
		}
		return text, c.judge(text)
	}
	start, err := c.start(ctx)
	if err != nil {
		return "", err
	}
	if c.enough(start) {
		text := c.style.Message(start)
		return text, c.judge(text)
	}
	if c.term == nil {
		return "", release.Errorf(release.CodeUsage, "give "+c.missing()+", or run it on a terminal", "asking for the message: there is no terminal to ask on")
	}
	return c.converse(ctx, start)
}

// start is what is known without asking: what the flags say, over the message that is amended.
func (c *committing) start(ctx context.Context) (compose.Parts, error) {
	var p compose.Parts
	if c.o.git.amend() {
		text, err := c.amended(ctx)
		if err != nil {
			return p, err
		}
		p = compose.PartsOf(text)
	}
	for _, f := range []struct {
		to   *string
		flag string
	}{{&p.Type, c.o.Type}, {&p.Scope, c.o.Scope}, {&p.Description, c.o.Description}, {&p.Body, c.o.Body}, {&p.BreakingText, c.o.BreakingText}} {
		*f.to = cmp.Or(f.flag, *f.to)
	}
	p.Breaking = p.Breaking || c.o.Breaking
	for _, text := range c.o.Issues {
		p.Issues = append(p.Issues, compose.Issues(text)...)
	}
	p.Footers = append(p.Footers, c.o.Footers...)
	var err error
	if c.o.git.signoff() {
		p.SignedOffBy, err = c.git.committer(ctx)
	}
	return p, err
}

// enough says whether nothing has to be asked. Where nobody can be, the message that is amended counts, too.
func (c *committing) enough(p compose.Parts) bool {
	have := compose.Parts{Type: c.o.Type, Scope: c.o.Scope, Description: c.o.Description, Body: c.o.Body}
	if c.term == nil {
		have = p
	}
	return (have.Type != "" || c.style.NoType) && have.Description != "" &&
		(have.Scope != "" || !c.style.ScopeNeeded) && (have.Body != "" || !c.style.BodyNeeded)
}

// missing names the flags that would be enough.
func (c *committing) missing() string {
	names := "--type and --description"
	if c.style.NoType {
		names = "--description"
	}
	if c.style.ScopeNeeded {
		names += " and --scope"
	}
	if c.style.BodyNeeded {
		names += " and --body"
	}
	return names
}

// amended is the message of the commit that is amended.
func (c *committing) amended(ctx context.Context) (string, error) {
	hash, err := c.repo.Resolve(ctx, "HEAD")
	if err != nil {
		return "", err
	}
	commit, err := c.repo.CommitAt(ctx, hash)
	return commit.Raw, err
}
