package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/semcut/semcut/commitparse/lint"
	"github.com/semcut/semcut/internal/ghactions"
	"github.com/semcut/semcut/internal/lazyregexp"
	"github.com/semcut/semcut/release"
)

// markdown is the answer for people.
func (p *preview) markdown() string {
	var b strings.Builder
	b.WriteString("### What this pull request would release\n\n")
	switch {
	case !p.Releases:
		fmt.Fprintf(&b, "Nothing: no releases are made from %s.\n", verbatim(p.Branch))
	case len(p.Ways) == 0:
		b.WriteString("No way of merging is known.\n")
	default:
		b.WriteString("| merged by | release | since |\n|---|---|---|\n")
		for _, way := range p.Ways {
			fmt.Fprintf(&b, "| %s | %s | %s |\n", way.Method, way.result()+way.unless(p.Without), way.since())
		}
		fmt.Fprintf(&b, "\nWithout it a release of %s would be %s.\n", verbatim(p.Branch), p.Without.result())
	}
	p.writeTitle(&b)
	p.writeNotes(&b)
	return b.String()
}

// result names what would be released.
func (w wayAnswer) result() string {
	switch {
	case w.Refused != "":
		return "refused: " + plain(w.Refused)
	case !w.Release:
		return "none"
	}
	return fmt.Sprintf("**%s** (%s)", plain(w.Tag), w.Bump)
}

// unless says that nothing is released that wouldn't be anyway.
func (w wayAnswer) unless(without wayAnswer) string {
	if w.Release && w.Tag == without.Tag {
		return ", as without it"
	}
	return ""
}

// since names the commit that decides.
func (w wayAnswer) since() string {
	for _, d := range w.Commits {
		if d.Bump == w.Bump && w.Bump > release.None {
			return fmt.Sprintf("%s (%s)", plain(shorten(oneLine(d.Header), 80)), plain(oneLine(d.Reason)))
		}
	}
	return ""
}

func (p *preview) writeTitle(b *strings.Builder) {
	if len(p.errors)+len(p.warned) == 0 {
		return
	}
	fmt.Fprintf(b, "\n### The title\n\nSquashed, the message would begin with \"%s\":\n\n", plain(p.Title.Header))
	for _, problem := range append(append([]lint.Problem{}, p.errors...), p.warned...) {
		fmt.Fprintf(b, "- %s: %s (%s)", levelName(problem.Level), plain(oneLine(problem.Text)), plain(problem.Rule))
		if mend := mendOf(p.rules, problem.Rule); mend != "" {
			b.WriteString("; " + plain(mend))
		}
		b.WriteString("\n")
	}
}

// writeNotes writes the notes of each way; those that say the same, once.
func (p *preview) writeNotes(b *strings.Builder) {
	var order []string
	methods := map[string][]string{}
	for _, w := range p.Ways {
		if !w.Release {
			continue
		}
		if methods[w.Notes] == nil {
			order = append(order, w.Notes)
		}
		methods[w.Notes] = append(methods[w.Notes], w.Method)
	}
	for _, notes := range order {
		fmt.Fprintf(b, "\n### Notes, merged by %s\n\n%s\n", strings.Join(methods[notes], " or "), deeper(strings.TrimSpace(notes)))
	}
}

var heading = lazyregexp.New(`(?m)^(#{1,4}) `)

// deeper puts the headings of notes below ours.
func deeper(notes string) string { return heading.ReplaceAllString(notes, "##$1 ") }

var markup = lazyregexp.New("[\\\\`*_{}\\[\\]#|~]")

// plain is a text that Markdown shows as it is, in one line.
func plain(text string) string { return markup.ReplaceAllString(oneLine(text), `\$0`) }

// verbatim shows a text as code, in one line.
func verbatim(text string) string {
	text = strings.ReplaceAll(oneLine(text), "`", "'")
	return "`" + cmp.Or(text, " ") + "`"
}

func levelName(l lint.Level) string {
	if l == lint.Error {
		return "error"
	}
	return "warning"
}

// tell tells the people of a pull request, in GitHub Actions: in the log with annotations, in the summary, in a comment.
func (v *previewing) tell(ctx context.Context, p *preview) error {
	text := v.hide(p.markdown())
	if err := v.a.writeText(harmless(text)); err != nil {
		return err
	}
	for _, problem := range append(append([]lint.Problem{}, p.errors...), p.warned...) {
		title := "the title: " + problem.Rule
		if _, err := fmt.Fprintf(v.a.Out, "::%s title=%s::%s\n", levelName(problem.Level), escapeActions(title, true), escapeActions(problem.Text+"\n"+oneLine(p.Title.Header), false)); err != nil {
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
