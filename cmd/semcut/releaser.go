package main

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/internal/config"
	"github.com/semcut/semcut/internal/gitrepo"
	"github.com/semcut/semcut/release"
)

// releaser is one run of "semcut release": what its steps hand on.
type releaser struct {
	*project
	a *app
	o releaseOptions

	name       string // the branch's name, "" where HEAD is detached and nobody says
	branches   []release.Branch
	branch     release.Branch
	configured bool

	remote     *gitrepo.Remote     // nil with --no-push, or in a dry run without one
	refs       *release.RemoteRefs // nil where the remote wasn't asked
	publishers []release.Publisher
	keys       releaseKeys
	tag        string // of the release that this run tried to make
	checks     bool   // this is "semcut check": the notes don't matter
}

// newReleaser opens the repository. With an error comes the releaser as far as it got, where that is enough to tell of it.
func newReleaser(ctx context.Context, a *app, o releaseOptions) (*releaser, error) {
	r := &releaser{a: a, o: o}
	var err error
	r.project, err = openProject(ctx, a, readOptions{})
	if r.project == nil {
		return nil, err
	}
	if o.CI {
		r.ci.On = true
	}
	if r.cfg != nil {
		r.o.DryRun, r.o.NoCI = o.DryRun || r.cfg.DryRun, o.NoCI || r.cfg.NoCI && !o.CI
	}
	r.name = o.Branch
	if r.name == "" {
		r.name = r.branchName()
	}
	if err != nil {
		return r, err
	}
	if r.cfg.Blocked != nil && (!r.o.DryRun || r.cfg.Dialect != "") {
		return r, r.cfg.Blocked
	}
	if r.ci.actions != nil && !r.o.DryRun { // later steps hang on the outputs: better no release than one that nobody hears of
		if err := r.ci.actions.Check(); err != nil {
			return r, release.Errorf(release.CodeFile, "see that the file is there and can be written", "opening GITHUB_OUTPUT: %w", err)
		}
	}
	return r, r.pickBranch()
}

// pickBranch finds out which of the configured branches this is, of those that the remote has; of those that this
// clone knows of where the remote wasn't asked.
func (r *releaser) pickBranch() (err error) {
	if r.refs == nil {
		r.branches, err = r.project.branches(r.name)
	} else {
		r.branches, err = release.Branches(r.cfg.Branches, r.heads())
	}
	r.branch, r.configured = release.FindBranch(r.branches, r.name)
	return err
}

// heads are the branches that the remote has, and this one.
func (r *releaser) heads() release.Heads {
	heads := release.Heads{Default: cmp.Or(r.refs.Head, r.defaultBranch()), Names: []string{r.name}, Current: r.name}
	for ref := range r.refs.Refs {
		if name, ok := strings.CutPrefix(ref, "refs/heads/"); ok {
			heads.Names = append(heads.Names, name)
		}
	}
	return heads
}

// warnUnused names the patterns of the configuration that fit no branch of the remote.
func (r *releaser) warnUnused() {
	if r.refs == nil {
		return
	}
	for _, s := range release.Unused(r.cfg.Branches, r.heads()) {
		r.a.Log.Warn(fmt.Sprintf("reading %s: the pattern %q fits no branch of the remote", s.Place, s.Name))
	}
}

// lookAtRemote lists the remote and finds out about the branch. A dry run does without.
func (r *releaser) lookAtRemote(ctx context.Context) (reason string, err error) {
	if !r.o.NoPush {
		err := r.listRemote(ctx)
		if err != nil && !r.o.DryRun {
			return "", err
		}
		if err != nil {
			r.warn(err)
		}
	}
	if err := r.pickBranch(); err != nil {
		return "", err
	}
	if r.o.DryRun {
		r.warnUnused()
	}
	if reason, err := r.judgeBranch(); reason != "" || err != nil {
		return reason, err
	}
	if r.o.NoPush {
		return "", nil
	}
	r.publishers, err = r.wirePublishers(ctx, r.cfg)
	if err == nil && !onGitHub(r, r.cfg) && !r.cfg.GitHub.Off && r.url != "" {
		r.a.Log.Info("the remote is no GitHub: nothing is published beyond branch and tag")
	}
	return "", err
}

// warn says what would stop a real run.
func (r *releaser) warn(err error) {
	r.a.Log.Warn(err.Error())
}

func (r *releaser) listRemote(ctx context.Context) (err error) {
	if r.remote, err = r.project.remote(ctx, r.a); err != nil {
		return err
	}
	done := r.a.progress("asking the remote")
	defer done()
	r.refs, err = r.remote.Refs(ctx)
	return err
}

// judgeBranch refuses to release from a branch that nobody named. In CI another branch is no mistake.
func (r *releaser) judgeBranch() (reason string, err error) {
	switch {
	case r.configured:
		return "", nil
	case r.ci.On && r.name != "":
		return fmt.Sprintf("no releases are made from branch %q", r.name), nil
	case r.o.DryRun:
		r.branch = branchOr(r.a, r.branches, r.name)
		return "", nil
	case r.name == "":
		return "", release.Errorf(release.CodeDetached, "give --branch NAME, or check out a branch",
			"looking for the branch to release: HEAD is detached at %.7s and nothing says which branch this is", r.head.Commit)
	}
	return "", release.Errorf(release.CodeBranch, "check out a release branch, or add this one to \"branches\"",
		"releasing from branch %q: the configuration names no such branch", r.name)
}

// position compares HEAD with the remote's branch.
func (r *releaser) position(ctx context.Context) (reason string, err error) {
	if r.refs == nil {
		return "", nil
	}
	tip := r.refs.Branch(r.branch.Name)
	if tip == r.rev {
		return "", nil
	}
	err = r.compare(ctx, tip)
	switch {
	case release.CodeOf(err) == release.CodeBehind && r.tag != "" && r.refs.TagCommit(r.tag) != "":
		return fmt.Sprintf("another run was faster and released %s, on %.7s", r.tag, r.refs.TagCommit(r.tag)), nil
	case r.ci.On && release.CodeOf(err) == release.CodeBehind:
		return fmt.Sprintf("branch %q has newer commits", r.branch.Name), nil
	case err != nil && (r.o.DryRun || !r.mayWrite()):
		r.warn(err)
		return "", nil
	}
	return "", err
}

func (r *releaser) compare(ctx context.Context, tip string) error {
	name := r.branch.Name
	ahead := true
	if tip != "" {
		var err error
		if ahead, err = r.repo.IsAncestor(ctx, tip, r.rev); err != nil {
			return err
		}
	}
	if ahead {
		if r.o.AllowUnpushed {
			return nil
		}
		return release.Errorf(release.CodeAhead, "push them first with \"git push\", or give --allow-unpushed",
			"releasing branch %q: it has commits that the remote lacks", name)
	}
	behind, err := r.remote.Contains(ctx, "refs/heads/"+name, tip, r.rev)
	if err != nil {
		return err
	}
	if behind {
		return release.Errorf(release.CodeBehind, "get them with \"git pull\"", "releasing branch %q: the remote has commits that are not here", name)
	}
	return release.Errorf(release.CodeDiverged, "bring them together with \"git pull --rebase\", then push",
		"releasing branch %q: it and the remote's have gone apart (%.7s here, %.7s there)", name, r.rev, tip)
}

func (r *releaser) plan(ctx context.Context) (*release.Plan, error) {
	o, err := r.options(ctx, r.branch, now(r.a))
	if err != nil {
		return nil, err
	}
	o.FirstRelease = o.FirstRelease || r.o.FirstRelease
	if err := r.o.into(&o); err != nil {
		return nil, err
	}
	o.Lines = r.lines(r.branches, r.refs)
	o.Remote, o.Push = r.refs, !r.o.NoPush
	o.LocalRef = r.localRef()
	if files := r.repo.WorkFiles(); r.cfg.Loose && files != nil {
		o.Files, o.Loose = files, true
	}
	if o.Pending, err = r.repo.OpenReleases(); err != nil {
		return nil, err
	}
	o.Abstain = map[string]string{}
	for _, p := range r.publishers {
		o.Publish = append(o.Publish, p.Name())
		if a, may := p.(release.Abstainer); may {
			o.Abstain[p.Name()] = a.Abstains()
		}
		if _, can := p.(release.Announcer); can && r.announces() {
			o.Announce = append(o.Announce, p.Name())
		}
	}
	r.work(&o)
	if !r.checks {
		o.Attributors = r.attributors()
	}
	if o.Commit.Author, o.Commit.Committer, err = r.people(); err != nil {
		if r.mayWrite() {
			return nil, err
		}
		r.warn(err)
	}
	if r.keys, err = r.findKeys(ctx, o.Commit.Committer); err != nil {
		return nil, err
	}
	o.Commit.Signer, o.Tag.Signer = r.keys.commit.Key, r.keys.tag.Key
	o.Commit.ByForge = r.cfg.CommitSign == config.SignAPI
	plan, err := r.planWith(ctx, o)
	if err != nil {
		return nil, err
	}
	return plan, r.judgeKeys(plan)
}

func (r *releaser) planWith(ctx context.Context, o release.Options) (*release.Plan, error) {
	done := r.a.progress("reading history")
	defer done()
	var history release.History = r.repo
	if r.refs != nil {
		history = r.remote.Online(r.refs)
	}
	if !r.mayWrite() || r.checks {
		if len(o.Hooks[release.AtVersion])+len(o.Hooks[release.AtNotes]) > 0 {
			r.a.Log.Info("the version and notes hooks aren't asked here; a release may differ by what they say")
		}
		return release.NewPlan(ctx, history, o)
	}
	return release.NewPlanAsking(ctx, history, o, r.runner())
}

// work is what the release does beyond commit, tag and push.
func (r *releaser) work(o *release.Options) {
	c, w := r.cfg, r.workOf(r.cfg, r.publishers)
	o.Hooks, o.Assets, o.Commit.Files, o.Tag.Floating, o.AnnounceAll = w.Hooks, w.Assets, c.CommitFiles, w.Floating, w.AnnounceAll
	o.AnnounceFirst = w.AnnounceAll || c.GitHub.Comments.Set && !c.GitHub.Comments.Off || len(c.GitHub.Labels) > 0
}

// announces says whether people are told of releases.
func (r *releaser) announces() bool {
	g := r.cfg.GitHub
	return !g.Comments.Off || !g.LabelsSet || len(g.Labels) > 0
}

// localRef is what a release commit moves in this clone.
func (r *releaser) localRef() string {
	if r.head.Detached {
		return "HEAD"
	}
	return "refs/heads/" + r.head.Branch
}

// people are who the release commit and the tag are by.
func (r *releaser) people() (author, committer commitparse.Signature, err error) {
	author, committer, ok := r.repo.Identity(r.a.Env)
	if name, email, set := config.SplitAuthor(r.hide(r.cfg.Author)); set {
		// GIT_AUTHOR_* and GIT_COMMITTER_* go before a configured author.
		if r.a.Env("GIT_AUTHOR_NAME") == "" {
			author = commitparse.Signature{Name: name, Email: email}
		}
		if r.a.Env("GIT_COMMITTER_NAME") == "" {
			committer = commitparse.Signature{Name: name, Email: email}
		}
		return author, committer, nil
	}
	if !ok && r.ci.actions != nil {
		bot := commitparse.Signature{Name: "github-actions[bot]", Email: "41898282+github-actions[bot]@users.noreply.github.com"}
		return bot, bot, nil
	}
	if !ok {
		err = release.Errorf(release.CodeConfig, "set them with \"git config user.name NAME\" and \"git config user.email ADDRESS\", or commit.author in .semcut.yaml",
			"looking for who makes the release commit: git's configuration has no name and e-mail address")
	}
	return author, committer, err
}

// deps are the halves of the world that write, with the publishers that a configuration names.
func (r *releaser) deps(publishers []release.Publisher) release.Deps {
	d := release.Deps{Worktree: r.repo.Worktree(), Publishers: publishers, Runner: r.runner(), Files: r.repo.WorkFiles(), Log: r.a.Log}
	if r.remote != nil {
		d.Remote = r.remote
	}
	if r.a.Deps != nil {
		d = r.a.Deps(d)
	}
	return d
}
