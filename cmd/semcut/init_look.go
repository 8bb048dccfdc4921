package main

import (
	"context"
	"slices"

	"github.com/semcut/semcut/internal/config"
	"github.com/semcut/semcut/internal/githook"
	"github.com/semcut/semcut/internal/starter"
	"github.com/semcut/semcut/release"
)

// initHooks are the hooks that init installs.
var initHooks = []githook.Hook{githook.CommitMsg}

// newSetup looks at the repository and makes the proposal.
func newSetup(ctx context.Context, a *app, o initOptions) (*initRun, error) {
	p, err := openProject(ctx, a, readOptions{Setup: true})
	if p == nil {
		return nil, err
	}
	defer p.close()
	if p.repo.Root() == "" {
		return nil, release.Errorf(release.CodeRepository, "run it in a clone with a work tree",
			"setting up %q: nobody writes files in a bare repository", p.repo.GitDir())
	}
	r := starter.Repository{Tree: p.repo.WorkFiles(), Shallow: p.repo.Shallow()}
	if r.Tree == nil {
		return nil, release.Errorf(release.CodeRepository, "check the folder's rights", "opening work tree %q: it can't be read", p.repo.Root())
	}
	s := &initRun{a: a, o: o, root: p.repo.Root(), ci: p.ci.On, hooks: []string{}}
	wanted := starter.Options{NoWorkflow: o.NoWorkflow}
	if o.From != "" {
		if s.moved, err = p.translate(ctx, a, o, r.Tree); err != nil {
			return nil, err
		}
		wanted = s.moved.options(wanted)
	}
	if r.Settings, err = p.settings(a, r, err); err != nil {
		return nil, err
	}
	if s.moved != nil {
		r.Settings.Dialect, r.Settings.File, r.Settings.Refused = "semcut", "", nil // what will be in force
	}
	if err := p.lookAround(ctx, a, &r); err != nil {
		return nil, err
	}
	s.Proposal = starter.Propose(r, wanted)
	if !o.NoHook && r.Settings.LintRefused == nil {
		err = s.findHook()
	}
	return s, err
}

// settings tells the starter what the repository says already. wrong is what opening it had against that: settings of another
// tool that can't be read are for the starter to tell of.
func (p *project) settings(a *app, r starter.Repository, wrong error) (s starter.Settings, err error) {
	s.Dialect, s.File = config.Dialect(r.Tree)
	switch {
	case release.CodeOf(wrong) == release.CodeNoCommits:
	case wrong != nil && (p.cfg != nil || s.Dialect != "semantic-release"):
		return s, wrong
	case wrong != nil:
		s.Refused = wrong
	default:
		s.Refused = p.cfg.Blocked
	}
	if p.cfg == nil {
		p.cfg = config.Default()
		p.cfg.Changelog.File = ""
	}
	s.Known = config.Tools()
	s.TagFormat, s.Changelog, s.Title = p.cfg.TagFormat, p.cfg.Changelog.File, p.cfg.Changelog.Title
	g := p.cfg.GitHub
	s.Quiet = g.Off || (g.Comments.Off || !g.Comments.Pulls && !g.Comments.Issues) && g.LabelsSet && len(g.Labels) == 0 && !g.FailureIssue.On
	lint, err := config.LoadLint(config.LintSource{Dir: p.repo.Root(), Root: p.repo.Root(), Env: a.Env})
	if err != nil {
		s.LintRefused = err
		return s, nil
	}
	s.LintFile = lint.File
	return s, nil
}

// lookAround fills in what git knows.
func (p *project) lookAround(ctx context.Context, a *app, r *starter.Repository) (err error) {
	r.Remote = p.identity.String()
	cfg := *p.cfg
	cfg.GitHub.Off = false // its CI is one, whether or not releases are published there
	r.GitHub = onGitHub(&releaser{project: p, a: a}, &cfg)
	if p.head.Commit != "" {
		if r.Head, err = p.repo.Files(ctx, p.head.Commit); err != nil {
			return err
		}
	}
	if r.Tags, err = p.repo.Tags(ctx); err != nil {
		return err
	}
	names, err := p.repo.Branches(remoteName)
	if err != nil {
		return err
	}
	heads := release.Heads{Default: p.defaultBranch(), Names: append(names, p.head.Branch), Current: p.head.Branch}
	if p.repo.RemoteHead(remoteName) == "" && !slices.Contains(names, heads.Default) && p.head.Branch != "" {
		heads.Default = p.head.Branch // nothing else can be meant
	}
	branches, err := release.Branches(p.cfg.Branches, heads)
	if err != nil {
		return err
	}
	for _, b := range branches {
		if slices.Contains(heads.Names, b.Name) && !slices.Contains(r.Branches, b.Name) {
			r.Branches = append(r.Branches, b.Name)
		}
	}
	if len(r.Branches) == 0 {
		r.Branches = []string{heads.Default}
	}
	return nil
}

// findHook finds out what is to do about the hook.
func (s *initRun) findHook() (err error) {
	if s.spot, err = findHooks(s.a, initHooks, false); err != nil {
		return err
	}
	if d := s.spot.Advice; d != nil {
		if !d.There {
			s.ByHand = append(s.ByHand, starter.Snippet{Text: d.Snippet, Why: d.Why + ": " + d.Do})
		}
		return nil
	}
	if mending, err := s.spot.Missing([]githook.Hook{githook.CommitMsgFix}); err != nil || len(mending) == 0 {
		return err // somebody chose that form
	}
	missing, err := s.spot.Missing(initHooks)
	s.hooks = append(s.hooks, missing...)
	return err
}
