package main

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"strings"

	"github.com/semcut/semcut/internal/ghactions"
	"github.com/semcut/semcut/internal/gitrepo"
	"github.com/semcut/semcut/release"
)

// readCommits reads the messages of the commits that flags name, newest first.
func (o *lintInput) readCommits(ctx context.Context, a *app) ([]lintMessage, error) {
	repo, done, err := o.open(ctx, a)
	if err != nil {
		return nil, err
	}
	defer done()
	if o.Last {
		return lintOne(ctx, repo, "HEAD")
	}
	to := cmp.Or(o.To, "HEAD")
	from := o.From
	if o.FromLastTag {
		if from, err = lastTag(ctx, repo, to); err != nil {
			return nil, err
		}
		if from == "" {
			a.Log.Info("there is no tag yet: all commits are checked")
		}
	}
	if from == to {
		return nil, release.Errorf(release.CodeUsage, "to check that one commit write --from "+from+"^ --to "+to, "reading the command line: --from and --to are the same")
	}
	return lintRange(ctx, repo, from, to)
}

// open opens the repository, with --deepen with all of its history.
func (o *lintInput) open(ctx context.Context, a *app) (*gitrepo.Repo, func(), error) {
	if !o.Deepen {
		repo, err := gitrepo.Open(a.Directory)
		return repo, func() {}, err
	}
	p, err := openProject(ctx, a, readOptions{Deepen: true})
	if err != nil {
		return nil, nil, err
	}
	return p.repo, p.close, nil
}

// lintRange reads the commits that "to" reaches and "from" doesn't; an empty from means all.
func lintRange(ctx context.Context, repo *gitrepo.Repo, from, to string) ([]lintMessage, error) {
	end, err := repo.Resolve(ctx, to)
	if err != nil {
		return nil, err
	}
	start := ""
	if from != "" {
		if start, err = repo.Resolve(ctx, from); err != nil {
			return nil, err
		}
	}
	commits, err := repo.Commits(ctx, start, end)
	if err != nil {
		return nil, err
	}
	found := make([]lintMessage, len(commits))
	for i, c := range commits {
		found[i] = lintMessage{text: c.Raw, hash: c.Hash}
	}
	return found, nil
}

// lintOne reads the message of one commit.
func lintOne(ctx context.Context, repo *gitrepo.Repo, rev string) ([]lintMessage, error) {
	hash, err := repo.Resolve(ctx, rev)
	if err != nil {
		return nil, err
	}
	c, err := repo.CommitAt(ctx, hash)
	if err != nil {
		return nil, err
	}
	return []lintMessage{{text: c.Raw, hash: c.Hash}}, nil
}

// lastTag finds the tag that is nearest to a commit along first parents; "" where there is none.
func lastTag(ctx context.Context, repo *gitrepo.Repo, rev string) (string, error) {
	tags, err := repo.Tags(ctx)
	if err != nil {
		return "", err
	}
	tagged := map[string]bool{}
	for _, t := range tags {
		tagged[t.Commit] = true
	}
	hash, err := repo.Resolve(ctx, rev)
	for err == nil && len(tags) > 0 {
		if tagged[hash] {
			return hash, nil
		}
		c, wrong := repo.CommitAt(ctx, hash)
		if wrong != nil || len(c.Parents) == 0 {
			return "", wrong
		}
		hash, err = c.Parents[0], ctx.Err()
	}
	return "", err
}

// readEvent reads the commits that a run of GitHub Actions is about.
func (o *lintInput) readEvent(ctx context.Context, a *app, run ghactions.Run) ([]lintMessage, error) {
	e, err := ghactions.ReadEvent(a.Env)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) || errors.Is(err, os.ErrInvalid) {
			err = errors.New("the runner wrote no event")
		}
		return nil, release.Errorf(release.CodeFile, "name the commits with --from and --to", "reading what the run is about: %w", err)
	}
	from, to := e.Range()
	if to == "" {
		return nil, release.Errorf(release.CodeUsage, "name the commits with --from and --to", "reading what the run is about: an event %q is about no commits", run.Event)
	}
	repo, done, err := o.open(ctx, a)
	if err != nil {
		return nil, err
	}
	defer done()
	var found []lintMessage
	for _, c := range e.Commits { // a push lists what is new
		found = append(found, lintMessage{text: c.Message, hash: c.ID})
	}
	if strings.Trim(from, "0") == "" { // a new branch
		return found, nil
	}
	inRange, err := lintRange(ctx, repo, from, to)
	switch {
	case err == nil || !repo.Shallow():
		return inRange, err
	case len(found) > 0:
		return found, nil
	}
	return nil, release.Errorf(release.CodeShallow, "set \"fetch-depth: 0\" for actions/checkout", "reading the commits that the run is about: this clone is shallow, and lacks some of %.7s..%.7s", from, to)
}
