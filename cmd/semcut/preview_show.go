package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/semcut/semcut/internal/ghactions"
	"github.com/semcut/semcut/release"
)

// markdown is the answer for people.
func (p *preview) markdown(hide func(string) string) string {
	out := &page{hide: hide}
	out.say("### What this pull request would release\n")
	switch {
	case !p.Releases:
		out.say("Nothing: no releases are made from %s.", out.plain(p.Branch))
	case len(p.Ways) == 0:
		out.say("Nothing: there is nothing to merge, or no way to.")
	default:
		out.say("| merged by | release | since |\n|---|---|---|")
		for _, way := range p.Ways {
			out.say("| %s | %s | %s |", way.Method, out.result(way)+way.unless(p.Without), out.since(way))
		}
		out.say("\nWithout it a release of %s would be %s.", out.plain(p.Branch), out.result(p.Without))
	}
	out.title(p)
	out.notes(p.Ways)
	return out.String()
}

// result names what would be released.
func (out *page) result(w wayAnswer) string {
	switch {
	case w.Refused != "":
		return "refused: " + out.plain(w.Refused)
	case !w.Release:
		return "none"
	}
	return fmt.Sprintf("**%s** (%s)", out.plain(w.Tag), w.Bump)
}

// unless says that nothing is released that wouldn't be anyway.
func (w wayAnswer) unless(without wayAnswer) string {
	if w.Release && w.Tag == without.Tag {
		return ", as without it"
	}
	return ""
}

// since names the commit that decides.
func (out *page) since(w wayAnswer) string {
	for _, d := range w.Commits {
		if d.Bump == w.Bump && w.Bump > release.None {
			return fmt.Sprintf("%s (%s)", out.short(d.Header, 80), out.plain(d.Reason))
		}
	}
	return ""
}

func (out *page) title(p *preview) {
	if len(p.errors)+len(p.warned) == 0 {
		return
	}
	out.say("\n### The title\n\nSquashed, the message would begin with \"%s\":\n", out.plain(p.Title.Header))
	for _, problem := range slices.Concat(p.errors, p.warned) {
		line := fmt.Sprintf("- %s: %s (%s)", levelName(problem.Level), out.plain(problem.Text), problem.Rule)
		if mend := mendOf(p.rules, problem.Rule); mend != "" {
			line += "; " + out.plain(mend)
		}
		out.say("%s", line)
	}
}

// notes writes the notes of each way; those that say the same, once.
func (out *page) notes(ways []wayAnswer) {
	var order []string
	methods := map[string][]string{}
	for _, w := range ways {
		if !w.Release {
			continue
		}
		if methods[w.Notes] == nil {
			order = append(order, w.Notes)
		}
		methods[w.Notes] = append(methods[w.Notes], w.Method)
	}
	for _, notes := range order {
		out.say("\n### Notes, merged by %s\n\n%s", strings.Join(methods[notes], " or "), deeper(strings.TrimSpace(out.hide(notes))))
	}
}

// tell tells the people of a pull request, in GitHub Actions: in the log with annotations, in the summary, in a comment.
func (v *previewing) tell(ctx context.Context, p *preview) error {
	text := p.markdown(v.hide)
	if err := v.a.writeText(harmless(text)); err != nil {
		return err
	}
	for _, problem := range slices.Concat(p.errors, p.warned) {
		text := annotation(problem.Level, "the title: "+problem.Rule, v.hide(problem.Text+"\n"+oneLine(p.Title.Header)))
		if _, err := io.WriteString(v.a.Out, text); err != nil {
			return err
		}
	}
	if err := v.ci.actions.Summary(text); err != nil {
		return err
	}
	return v.comment(ctx, ghactions.Harmless(text))
}

// comment keeps one comment up to date. The answer stands in log and summary already, so what goes wrong is only a warning.
func (v *previewing) comment(ctx context.Context, text string) error {
	if v.o.NoComment {
		return nil
	}
	if v.event.Fork() && v.ci.actions.Event == "pull_request" {
		v.a.Log.Info("there is no comment: the token of a run for a fork can only read")
		return nil
	}
	r := &releaser{project: v.project, a: v.a}
	publishers, err := r.wirePublishers(ctx, v.cfg)
	if err != nil {
		return err
	}
	for _, pub := range publishers {
		c, ok := pub.(release.Commenter)
		if !ok {
			continue
		}
		url, err := c.Comment(ctx, v.request.Number, "preview", text)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			v.a.Log.Warn("there is no comment: " + err.Error() + hintOf(err))
			continue
		}
		v.a.Log.Info("the answer stands at " + url)
	}
	return nil
}

func hintOf(err error) string {
	if e, ok := errors.AsType[*release.Error](err); ok && e.Hint != "" {
		return " (" + e.Hint + ")"
	}
	return ""
}
