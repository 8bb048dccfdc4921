package main

import (
	"cmp"
	"context"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/semcut/semcut/changelog"
	"github.com/semcut/semcut/internal/config"
	"github.com/semcut/semcut/internal/gitrepo"
	"github.com/semcut/semcut/release"
)

// project is a repository with its configuration, opened for reading.
type project struct {
	repo *gitrepo.Repo
	cfg  *config.Config
	head gitrepo.Head
	rev  string // the commit that is asked about: HEAD's, or that of --rev
	ci   ci

	url      string // the repository as it is written, "" where nobody wrote it
	identity forgeRepo
	done     func()              // throws away what was read of the remote's history
	hide     func(string) string // takes credentials out of a text
}

// readOptions are those of every command that only reads history.
type readOptions struct {
	Rev    string
	Deepen bool
	Ignore []string // plugins to do without
	Setup  bool     // the settings are about to be made
}

func (o *readOptions) readFlags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&o.Rev, "rev", "", "answer as if HEAD were `REV`")
	ignoreFlag(cmd, &o.Ignore)
	cmd.Flags().BoolVar(&o.Deepen, "deepen", false, "in a shallow clone read the missing history from the remote")
}

// openProject opens the repository around the current directory and reads its configuration. It has to be closed. With an
// error comes the project, too, where the repository could be opened.
func openProject(ctx context.Context, a *app, o readOptions) (*project, error) {
	a.IgnorePlugins = append(a.IgnorePlugins, o.Ignore...)
	repo, err := gitrepo.Open(a.Directory)
	if err != nil {
		return nil, err
	}
	repo.Credentials(a.Env, a.Secrets.Add)
	p := &project{repo: repo, ci: detectCI(a.Env), done: func() {}, hide: a.Secrets.Hide}
	var wrong error
	if p.cfg, wrong = loadConfig(a, repo); wrong == nil {
		for _, w := range p.cfg.Warnings {
			a.Log.Warn(w)
		}
		if p.cfg.Unread != "" && !o.Setup {
			a.Log.Warn(p.cfg.Unread)
		}
	}
	if p.head, err = repo.Head(ctx); err != nil {
		return nil, cmp.Or(wrong, err)
	}
	if err := p.pickURL(a); err != nil || wrong != nil {
		return p, cmp.Or(wrong, err)
	}
	return p, p.open(ctx, a, o)
}

// open finds the commit that is asked about, and what a shallow clone lacks of its history.
func (p *project) open(ctx context.Context, a *app, o readOptions) error {
	if err := p.pickRevision(ctx, o.Rev); err != nil {
		return err
	}
	if o.Deepen && p.repo.Shallow() {
		if err := p.deepenOnline(ctx, a); err != nil {
			return err
		}
	}
	if err := p.judgeCorrections(ctx); err != nil {
		p.close()
		return err
	}
	return nil
}

// judgeCorrections refuses a correction of a commit that isn't there, or of one that could be several: it was meant for
// something. What a shallow clone lacks can't be judged.
func (p *project) judgeCorrections(ctx context.Context) error {
	for _, c := range p.cfg.Corrections {
		if _, err := p.repo.Resolve(ctx, c.Hash); err != nil && !p.repo.Shallow() {
			return release.Errorf(release.CodeConfig, "see \"git log --oneline\" for the hash, or take the entry out", "reading %s: correcting the commit %q: %w", c.Place, c.Hash, err)
		}
	}
	return nil
}

func (p *project) close() { p.done() }

// loadConfig reads the configuration of the work tree; every path below it is opened so that it
// can't lead out.
func loadConfig(a *app, repo *gitrepo.Repo) (c *config.Config, err error) {
	err = withSource(a, repo, func(s config.Source) (err error) {
		c, err = config.Load(s)
		return err
	})
	return c, err
}

// withSource says where the configuration of a repository is looked for.
func withSource(a *app, repo *gitrepo.Repo, use func(config.Source) error) error {
	return withSourceIn(a, repo.Root(), use)
}

// withSourceIn says where the configuration of a folder is looked for, "" where there is none.
func withSourceIn(a *app, dir string, use func(config.Source) error) error {
	s := config.Source{Env: a.Env, File: a.Config, Flags: a.Overrides, Ignore: a.IgnorePlugins}
	if s.File != "" && !filepath.IsAbs(s.File) {
		s.File = filepath.Join(a.Directory, s.File)
	}
	if dir != "" {
		root, err := os.OpenRoot(dir)
		if err != nil {
			return release.Errorf(release.CodeRepository, "check the folder's rights", "opening work tree %q: %w", dir, err)
		}
		defer root.Close()
		s.Root = root.FS()
	}
	return use(s)
}

func (p *project) pickRevision(ctx context.Context, rev string) (err error) {
	if rev != "" {
		p.rev, err = p.repo.Resolve(ctx, rev)
		return err
	}
	if p.head.Commit == "" {
		return release.Errorf(release.CodeNoCommits, "commit something first", "reading branch %q: it has no commits yet", p.head.Branch)
	}
	p.rev = p.head.Commit
	return nil
}

// pickURL finds out where the repository says that it lives: links and the forge come from that.
func (p *project) pickURL(a *app) error {
	if p.cfg != nil {
		p.url = p.cfg.RepositoryURL
	}
	if p.url == "" {
		written, _, err := p.repo.RemoteURL(remoteName)
		if err != nil {
			return err
		}
		p.url = written
	}
	a.Secrets.AddURL(p.url)
	p.identity = parseForge(p.url)
	return nil
}

// remote is the remote that releases go to.
func (p *project) remote(ctx context.Context, a *app) (*gitrepo.Remote, error) {
	if p.url == "" {
		return nil, release.Errorf(release.CodeRemote, "add one with \"git remote add origin URL\", or give --no-push to stop after the tag",
			"looking for the remote %q: this repository has none", remoteName)
	}
	return p.repo.Remote(gitrepo.RemoteOptions{
		Name: remoteName, URL: p.cfg.RepositoryURL, Env: a.Env, Interactive: !p.ci.On,
		Token: func(u *url.URL) string { return a.token(ctx, u, !p.ci.On) }, Secret: a.Secrets.Add,
	})
}

// deepenOnline lists the remote and reads what this shallow clone lacks.
func (p *project) deepenOnline(ctx context.Context, a *app) error {
	remote, err := p.remote(ctx, a)
	if err != nil {
		return err
	}
	done := a.progress("asking the remote")
	refs, err := remote.Refs(ctx)
	done()
	if err != nil {
		return err
	}
	return p.deepen(ctx, a, remote, refs)
}

// deepen reads the history that this shallow clone lacks from the remote. The clone stays as it was.
func (p *project) deepen(ctx context.Context, a *app, remote *gitrepo.Remote, refs *release.RemoteRefs) error {
	a.Log.Info("this clone is shallow: reading the history that it lacks from the remote")
	progress := a.progress("reading the remote's history")
	defer progress()
	p.close()
	var err error
	p.done, err = remote.Deepen(ctx, refs, []string{p.branchName(), refs.Head}, []string{p.rev, p.head.Commit})
	return err
}

// remoteName is the remote that releases go to.
const remoteName = "origin"

// notesOptions are the configured options with the links of the repository's host.
func (p *project) notesOptions() changelog.Options {
	o := p.cfg.Notes
	o.Links = changelog.LinksFor(p.url).With(o.Links)
	return o
}

// defaultBranch is where the remote's HEAD points, as far as this clone knows.
func (p *project) defaultBranch() string {
	if name := p.repo.RemoteHead(remoteName); name != "" {
		return name
	}
	for _, name := range []string{"main", "master"} {
		for _, ref := range []string{"refs/heads/", "refs/remotes/" + remoteName + "/"} {
			if _, ok := p.repo.Ref(ref + name); ok {
				return name
			}
		}
	}
	return "main"
}

// branchName is the branch that is asked about, "" where it can't be known.
func (p *project) branchName() string {
	if p.ci.Branch != "" {
		return p.ci.Branch
	}
	return p.head.Branch
}

// branches are those that releases are made from, of the branches that this clone knows of and the current one.
func (p *project) branches(current string) ([]release.Branch, error) {
	names, err := p.repo.Branches(remoteName)
	if err != nil {
		return nil, err
	}
	return release.Branches(p.cfg.Branches, release.Heads{Default: p.defaultBranch(), Names: append(names, current), Current: current})
}

// lines finds the commits of branches, as far as anybody knows of them here: at the remote, where it was listed, else
// where they were when it was asked last.
func (p *project) lines(branches []release.Branch, refs *release.RemoteRefs) []release.Line {
	var lines []release.Line
	for _, b := range branches {
		commit := ""
		if refs != nil {
			commit = refs.Branch(b.Name)
		} else if there, ok := p.repo.Ref("refs/remotes/" + remoteName + "/" + b.Name); ok {
			commit = there
		} else {
			commit, _ = p.repo.Ref("refs/heads/" + b.Name)
		}
		if commit != "" {
			lines = append(lines, release.Line{Branch: b, Commit: commit})
		}
	}
	return lines
}

// branchOr gives the configured branch of the name; reading commands take the first release branch where
// it isn't configured, and say so.
func branchOr(a *app, branches []release.Branch, name string) release.Branch {
	if b, ok := release.FindBranch(branches, name); ok {
		return b
	}
	for _, b := range branches {
		if b.First {
			where := "branch " + name
			if name == "" {
				where = "a detached HEAD"
			}
			a.Log.Info("no releases are made from " + where + "; answering as if it were " + b.Name)
			return b
		}
	}
	return release.Branch{Name: name, Kind: release.ReleaseBranch, First: true}
}

// options fills what planning needs for a branch.
func (p *project) options(ctx context.Context, branch release.Branch, now time.Time) (release.Options, error) {
	files, err := p.repo.Files(ctx, p.rev)
	if err != nil {
		return release.Options{}, err
	}
	o := release.Options{
		Head: p.rev, Branch: branch, Format: p.cfg.Format, Rules: p.cfg.Rules, Policy: p.cfg.Policy, Corrections: p.cfg.Corrections, Unnoted: p.cfg.IgnoreRevs, TagFormat: p.cfg.TagFormat,
		FirstRelease: p.cfg.Dialect == "semantic-release",
		Notes:        p.notesOptions(), Changelog: p.cfg.Changelog, VersionFiles: p.cfg.VersionFiles,
		NoNotes: p.cfg.NoNotes, Prepare: p.cfg.Prepare,
		Commit: release.CommitOptions{Message: p.cfg.CommitMessage},
		Tag:    release.TagOptions{Annotated: p.cfg.TagAnnotated, Message: p.cfg.TagMessage},
		Files:  files, Hide: p.hide, Now: now, Process: p.ci.process(), Repository: p.identity.String(),
	}
	o.Changelog.Title = p.hide(o.Changelog.Title)
	o.Initial, _ = release.ParseVersion(p.cfg.InitialVersion) // the configuration's reader has judged it
	return o, nil
}

// openReading opens the repository for a command that only reads, with what planning needs for the branch that is
// asked about.
func openReading(ctx context.Context, a *app, o readOptions) (*project, release.Options, error) {
	p, err := openProject(ctx, a, o)
	if err != nil {
		return nil, release.Options{}, err
	}
	var opts release.Options
	branches, err := p.branches(p.branchName())
	if err == nil {
		opts, err = p.options(ctx, branchOr(a, branches, p.branchName()), now(a))
		opts.Lines = p.lines(branches, nil)
	}
	if err != nil {
		p.close()
	}
	opts.FirstRelease = opts.FirstRelease || o.Rev != "" // what is asked of a revision is not about to be released
	return p, opts, err
}

// plan plans from this clone alone, as the reading commands do.
func (p *project) plan(ctx context.Context, a *app, o release.Options) (*release.Plan, error) {
	plan, err := release.NewPlan(ctx, p.repo, o)
	if err != nil {
		return nil, err
	}
	for _, w := range plan.Warnings {
		a.Log.Warn(w)
	}
	return plan, nil
}
