package main

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"github.com/semcut/semcut/internal/config"
	"github.com/semcut/semcut/internal/ghactions"
	"github.com/semcut/semcut/internal/gitrepo"
	"github.com/semcut/semcut/internal/pullrequest"
	"github.com/semcut/semcut/release"
)

// previewing is a pull request with what is needed to foretell what it releases. All settings are the base's: the head is data.
type previewing struct {
	*project
	a     *app
	o     previewOptions
	event *ghactions.PullRequest // nil at a desk

	request  pullrequest.Request
	settings pullrequest.Settings
	refs     *release.RemoteRefs // nil where the remote wasn't asked

	name     string // of the branch that it is for
	branch   release.Branch
	releases bool // from that branch
	options  release.Options
	rules    *config.Lint
}

// openPreview finds the pull request, and reads the base's settings. It has to be closed.
func openPreview(ctx context.Context, a *app, o previewOptions) (_ *previewing, err error) {
	repo, err := gitrepo.Open(a.Directory)
	if err != nil {
		return nil, err
	}
	if a.Config != "" {
		return nil, release.Errorf(release.CodeUsage, "leave --config out", "foretelling releases by %q: the settings are those of the base's commit", a.Config)
	}
	repo.Credentials(a.Env, a.Secrets.Add)
	v := &previewing{a: a, o: o, project: &project{repo: repo, cfg: config.Default(), ci: detectCI(a.Env), done: func() {}, hide: a.Secrets.Hide}}
	defer func() {
		if err != nil {
			v.close()
		}
	}()
	if v.head, err = repo.Head(ctx); err != nil {
		return nil, err
	}
	if v.ci.actions != nil && v.ci.PullRequest && o.Base == "" && o.Head == "" {
		err = v.fromEvent(ctx)
	} else {
		err = v.fromFlags(ctx)
	}
	if err != nil {
		return nil, err
	}
	if v.request.Commits, err = repo.Commits(ctx, v.request.Base, v.request.Head); err != nil {
		return nil, err
	}
	v.untitled()
	return v, v.readSettings(ctx)
}

// fromFlags takes the pull request that flags tell of.
func (v *previewing) fromFlags(ctx context.Context) (err error) {
	base := v.o.Base
	if base == "" {
		if base = v.defaultBranch(); v.isRef("refs/remotes/" + remoteName + "/" + base) {
			base = remoteName + "/" + base
		}
	}
	v.name = strings.TrimPrefix(strings.TrimPrefix(base, "refs/heads/"), remoteName+"/")
	if !v.isRef("refs/heads/"+v.name) && !v.isRef("refs/remotes/"+remoteName+"/"+v.name) {
		v.name = v.defaultBranch() // a commit was named
	}
	v.request = pullrequest.Request{Number: v.o.Number, Title: v.o.Title, Body: v.o.Body, Source: cmp.Or(v.o.Head, v.head.Branch, "HEAD")}
	v.settings = pullrequest.Every()
	if v.request.Base, err = v.repo.Resolve(ctx, base); err == nil {
		v.request.Head, err = v.repo.Resolve(ctx, cmp.Or(v.o.Head, "HEAD"))
	}
	return err
}

func (v *previewing) isRef(name string) bool {
	_, ok := v.repo.Ref(name)
	return ok
}

// untitled finds a title where none was given, as a forge does for a single commit. Of several nobody knows it.
func (v *previewing) untitled() {
	switch n := len(v.request.Commits); {
	case v.request.Title != "" || n == 0:
	case n == 1:
		v.request.Title, _, _ = strings.Cut(release.TrimMessage(v.request.Commits[0].Raw), "\n")
	default:
		v.settings.Squash = false
		v.a.Log.Info("give --title to see what squashing would release")
	}
}

// fromEvent takes the pull request that this run is for.
func (v *previewing) fromEvent(ctx context.Context) error {
	e, err := ghactions.ReadEvent(v.a.Env)
	switch {
	case err != nil:
	case e.PullRequest == nil:
		err = errors.New("it is about no pull request")
	case e.PullRequest.Base.SHA == "" || e.PullRequest.Head.SHA == "":
		err = errors.New("it doesn't say which commits the pull request is made of")
	}
	if err != nil {
		return release.Errorf(release.CodeFile, "name the commits with --base and --head", "reading what the run is about: %w", err)
	}
	pr := e.PullRequest
	v.event, v.name = pr, pr.Base.Ref
	v.request = pullrequest.Request{
		Number: pr.Number, Title: pr.Title, Body: pr.Body, Source: strings.Replace(pr.Head.Label, ":", "/", 1), Base: pr.Base.SHA, Head: pr.Head.SHA,
	}
	v.settings = mergeSettings(pr.Base.Repo)
	if there, ok := v.repo.Ref("refs/remotes/" + remoteName + "/" + v.name); ok {
		v.request.Base = there
	}
	if v.complete(ctx) {
		return nil
	}
	return v.fetch(ctx)
}

// complete says whether this clone has all that the answer needs. A checkout of the base, for pull_request_target, lacks the head.
func (v *previewing) complete(ctx context.Context) bool {
	for _, hash := range []string{v.request.Base, v.request.Head} {
		if _, err := v.repo.CommitAt(ctx, hash); err != nil {
			return false
		}
	}
	return !v.repo.Shallow()
}

// mergeSettings says how a repository merges, as far as the event tells; else every way counts.
func mergeSettings(r *ghactions.Repository) pullrequest.Settings {
	s := pullrequest.Every()
	if r == nil {
		return s
	}
	for _, way := range []struct {
		allowed *bool
		into    *bool
	}{{r.Squash, &s.Squash}, {r.Merge, &s.Merge}, {r.Rebase, &s.Rebase}} {
		if way.allowed != nil {
			*way.into = *way.allowed
		}
	}
	s.SquashTitle, s.SquashMessage, s.MergeTitle, s.MergeMessage = r.SquashTitle, r.SquashMessage, r.MergeTitle, r.MergeMessage
	return s
}

// fetch reads what this clone lacks: history, and the base's files.
func (v *previewing) fetch(ctx context.Context) (err error) {
	if err := v.pickURL(v.a); err != nil {
		return err
	}
	remote, err := v.remote(ctx, v.a)
	if err != nil {
		return err
	}
	if v.refs, err = remote.Refs(ctx); err != nil {
		return err
	}
	v.a.Log.Info("this clone lacks history of the pull request: reading it from the remote")
	if tip := v.refs.Branch(v.name); tip != "" {
		v.request.Base = tip
	}
	if v.done, err = remote.Deepen(ctx, v.refs, []string{v.name, v.refs.Head}, []string{v.request.Head}); err != nil {
		return err
	}
	return remote.ReadFiles(ctx, v.request.Base)
}

// readSettings reads the base's settings, and what planning needs.
func (v *previewing) readSettings(ctx context.Context) error {
	files, err := v.repo.Files(ctx, v.request.Base)
	if err != nil {
		return err
	}
	if v.cfg, err = config.Load(config.Source{Env: v.a.Env, Root: files}); err != nil {
		return err
	}
	if err := v.pickURL(v.a); err != nil {
		return err
	}
	v.rev = v.request.Base
	names, err := v.repo.Branches(remoteName)
	if err != nil {
		return err
	}
	branches, err := release.Branches(v.cfg.Branches, release.Heads{Default: v.mainBranch(), Names: append(names, v.name), Current: v.name})
	if err != nil {
		return err
	}
	if v.branch, v.releases = release.FindBranch(branches, v.name); !v.releases {
		v.branch.Name = v.name
	}
	if v.options, err = v.project.options(ctx, v.branch, now(v.a)); err != nil {
		return err
	}
	v.options.Head, v.options.Lines = release.SupposedHead, v.lines(branches, v.refs)
	root := cmp.Or(v.repo.Root(), v.repo.GitDir())
	v.rules, err = config.LoadLint(config.LintSource{Dir: root, Root: root, Env: v.a.Env, Tree: files})
	if err != nil {
		v.a.Log.Warn("the title isn't checked: " + err.Error())
		v.rules, err = nil, nil
	}
	return err
}

// mainBranch is the repository's default branch, as whoever knows it best says.
func (v *previewing) mainBranch() string {
	if v.refs != nil && v.refs.Head != "" {
		return v.refs.Head
	}
	if v.event != nil && v.event.Base.Repo != nil && v.event.Base.Repo.DefaultBranch != "" {
		return v.event.Base.Repo.DefaultBranch
	}
	return v.defaultBranch()
}
