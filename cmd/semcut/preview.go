package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"github.com/semcut/semcut/commitparse/lint"
	"github.com/semcut/semcut/internal/config"
	"github.com/semcut/semcut/release"
)

type previewOptions struct {
	Base, Head  string
	Title, Body string
	Number      int
	NoComment   bool
	JSON        bool
}

func previewCommand(a *app) *cobra.Command {
	var o previewOptions
	cmd := &cobra.Command{
		Use:   "preview",
		Short: "Show what a pull request would release",
		Long: `Shows what a pull request would release if it were squashed, merged or rebased, with the notes, and what is wrong with its
title. In GitHub Actions, in a run for a pull request, it is that one; the answer then is a comment that is kept up to date, too,
annotations and the step's summary. Settings are read from the base: what the pull request says of them holds once it is merged.`,
		Example: "  semcut preview --base main\n  semcut preview --base origin/main --head feature --title \"feat: add a lid\" --json",
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return runPreview(cmd.Context(), a, o) },
	}
	f := cmd.Flags()
	f.StringVar(&o.Base, "base", "", "merge into `REV`: a branch, or a commit of it (default: the release branch)")
	f.StringVar(&o.Head, "head", "", "merge `REV` (default: HEAD)")
	f.StringVar(&o.Title, "title", "", "`TEXT` is the title (default: the header of the only commit)")
	f.StringVar(&o.Body, "body", "", "`TEXT` is the description")
	f.IntVar(&o.Number, "number", 0, "`N` is the number")
	f.BoolVar(&o.NoComment, "no-comment", false, "in GitHub Actions, don't comment")
	f.BoolVar(&o.JSON, "json", false, "print the answer as JSON")
	return cmd
}

// preview is the answer: the contract of "preview --json" (docs/cli.md).
type preview struct {
	PullRequest int          `json:"pullRequest"`
	Branch      string       `json:"branch"`
	Base        string       `json:"base"`
	Head        string       `json:"head"`
	Releases    bool         `json:"releases"` // the branch is one that releases are made from
	Title       *titleAnswer `json:"title"`    // null where no way of merging takes the title
	Without     wayAnswer    `json:"without"`  // what a release would be if nothing were merged
	Ways        []wayAnswer  `json:"ways"`

	rules  *config.Lint
	errors []lint.Problem
	warned []lint.Problem
}

// titleAnswer is what the linter has against the header that squashing makes of the title.
type titleAnswer struct {
	Header   string            `json:"header"`
	Valid    bool              `json:"valid"`
	Errors   []lintProblemJSON `json:"errors"`
	Warnings []lintProblemJSON `json:"warnings"`
}

// wayAnswer is what one way of merging would release.
type wayAnswer struct {
	Method  string             `json:"method,omitempty"`
	Release bool               `json:"release"`
	Version string             `json:"version"`
	Tag     string             `json:"tag"`
	Bump    release.Bump       `json:"bump"`
	Notes   string             `json:"notes"`
	Commits []release.Decision `json:"commits"`
	Refused string             `json:"refused"` // why a release would be refused, "" where it wouldn't
}

func runPreview(ctx context.Context, a *app, o previewOptions) error {
	v, err := openPreview(ctx, a, o)
	if err != nil {
		return err
	}
	defer v.close()
	answer, err := v.answer(ctx)
	if err != nil {
		return err
	}
	if o.JSON {
		return printJSON(a.Out, answer)
	}
	if v.ci.actions == nil || v.event == nil {
		return a.writeMarkdown(harmless(answer.markdown(v.hide))) // the log of a runner obeys more than a terminal
	}
	return v.tell(ctx, answer)
}

// answer foretells each way.
func (v *previewing) answer(ctx context.Context) (*preview, error) {
	r := v.request
	p := &preview{PullRequest: r.Number, Branch: v.branch.Name, Base: r.Base, Head: r.Head, Releases: v.releases, Ways: []wayAnswer{}}
	var err error
	if p.Without, err = v.foretell(ctx, release.Supposed{History: v.repo, Base: r.Base}); err != nil {
		return nil, err
	}
	for _, way := range r.Ways(v.settings) {
		one, err := v.foretell(ctx, release.Supposed{History: v.repo, Base: r.Base, Side: way.Side, Top: way.Top})
		if err != nil {
			return nil, err
		}
		one.Method = way.Method
		one.show(way.Shown)
		p.Ways = append(p.Ways, one)
	}
	return p, v.judgeTitle(p)
}

// foretell plans on a history that isn't yet.
func (v *previewing) foretell(ctx context.Context, h release.Supposed) (wayAnswer, error) {
	answer := wayAnswer{Commits: []release.Decision{}}
	if !v.releases {
		return answer, nil
	}
	plan, err := release.NewPlan(ctx, h, v.options)
	switch release.CodeOf(err) {
	case release.CodeTagTaken, release.CodeFirst, release.CodeVersion, release.CodeGuard:
		answer.Refused = v.hide(err.Error())
		return answer, nil
	}
	if err != nil {
		return answer, err
	}
	c := plan.Changes[0]
	answer.Commits, answer.Bump = c.Commits, c.Bump
	if c.Next != nil {
		answer.Release, answer.Version, answer.Tag, answer.Notes = true, c.Next.Version.String(), c.Next.Tag, c.Next.Notes
	}
	return answer, nil
}

// show puts hashes that people can look up in the place of those of commits that aren't there yet.
func (w *wayAnswer) show(hashes map[string]string) {
	var pairs []string
	for made, shown := range hashes {
		pairs = append(pairs, made, shown)
	}
	for made, shown := range hashes { // as notes abbreviate them
		pairs = append(pairs, made[:7], shown[:7])
	}
	replacer := strings.NewReplacer(pairs...)
	w.Notes = replacer.Replace(w.Notes)
	for i := range w.Commits {
		w.Commits[i].Hash = replacer.Replace(w.Commits[i].Hash)
		w.Commits[i].Reason = replacer.Replace(w.Commits[i].Reason)
	}
}

// judgeTitle asks the linter about the header that squashing makes.
func (v *previewing) judgeTitle(p *preview) error {
	if !v.settings.Squash || v.rules == nil || len(v.request.Commits) == 0 {
		return nil
	}
	header := v.request.Header(v.settings)
	found := lint.Check(header, v.rules.Config)
	p.rules, p.errors, p.warned = v.rules, found.Errors, found.Warnings
	p.Title = &titleAnswer{header, found.Valid, problemsJSON(found.Errors), problemsJSON(found.Warnings)}
	return nil
}
