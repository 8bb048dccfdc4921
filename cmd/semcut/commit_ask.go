package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/semcut/semcut/commitparse/lint"
	"github.com/semcut/semcut/internal/compose"
	"github.com/semcut/semcut/internal/prompt"
)

// question is one part of a message: whether it is asked for, and how.
type question struct {
	given func(commitOptions) bool // a flag has answered it
	ask   func(*committing, context.Context, *compose.Parts) error
}

// questions are asked in this order, which is commitizen's.
var questions = []question{
	{func(o commitOptions) bool { return o.Type != "" }, (*committing).askType},
	{func(o commitOptions) bool { return o.Scope != "" }, (*committing).askScope},
	{func(o commitOptions) bool { return o.Description != "" }, (*committing).askDescription},
	{func(o commitOptions) bool { return o.Body != "" }, (*committing).askBody},
	{func(o commitOptions) bool { return o.Breaking }, (*committing).askBreaking},
	{func(o commitOptions) bool { return len(o.Issues) > 0 }, (*committing).askIssues},
}

// ask asks for all parts. In a second round, what flags said is asked, too: something of it was wrong.
func (c *committing) ask(ctx context.Context, p *compose.Parts, again bool) error {
	for _, q := range questions {
		if q.given(c.o) && !again {
			continue
		}
		if err := q.ask(c, ctx, p); err != nil {
			return err
		}
	}
	return nil
}

// Values of options that are no part of a message.
const other = "\x00other"

// title is what a question is asked with: the configuration's words, else ours.
func (c *committing) title(question, ours string) string {
	return cmp.Or(oneLine(c.rules.Prompts[question].Question), ours)
}

// about is what an answer stands for: in the configuration's words, else in ours.
func (c *committing) about(question, answer, ours string) string {
	return cmp.Or(oneLine(c.rules.Prompts[question].Answers[answer]), ours)
}

// label shows an answer with what it stands for. Where it is heard and not seen, columns don't help.
func (c *committing) label(answer, about string, width int) string {
	if c.term.Accessible {
		return strings.TrimSuffix(answer+": "+about, ": ")
	}
	return c.fit(strings.TrimSpace(fmt.Sprintf("%-*s  %s", width, answer, about)))
}

func (c *committing) askType(ctx context.Context, p *compose.Parts) error {
	if c.style.NoType {
		return nil
	}
	var options []prompt.Option
	widest := 0
	for _, t := range c.style.Types {
		widest = max(widest, len(t.Name))
	}
	for _, t := range c.style.Types {
		options = append(options, prompt.Option{Value: t.Name, Label: c.label(t.Name, c.about("type", t.Name, t.About), widest)})
	}
	if c.style.AnyType || len(options) == 0 {
		options = append(options, prompt.Option{Value: other, Label: "another one"})
	}
	value, err := c.term.Select(ctx, c.title("type", "What kind of change is it?"), options, p.Type)
	if err == nil && value == other {
		value, err = c.term.Input(ctx, prompt.Line{Title: "Which type?", Start: p.Type, Check: notBlank})
	}
	p.Type = strings.TrimSpace(value)
	c.answered(err, "type", p.Type)
	return err
}

func (c *committing) askScope(ctx context.Context, p *compose.Parts) (err error) {
	if c.style.NoScope {
		return nil
	}
	scopes := c.style.Scopes
	if c.style.AnyScope {
		scopes = c.git.scopes(ctx)
	}
	value := other
	if len(scopes) > 0 {
		var options []prompt.Option
		if !c.style.ScopeNeeded {
			options = append(options, prompt.Option{Label: "none"})
		}
		for _, s := range scopes {
			options = append(options, prompt.Option{Value: s, Label: c.label(oneLine(s), c.about("scope", s, ""), 0)})
		}
		if c.style.AnyScope {
			options = append(options, prompt.Option{Value: other, Label: "another one"})
		}
		value, err = c.term.Select(ctx, c.title("scope", "Which part does it change?"), options, p.Scope)
	}
	if err == nil && value == other {
		q := prompt.Line{Title: c.title("scope", "Which part does it change? (the scope; empty for none)"), Start: p.Scope}
		if c.style.ScopeNeeded {
			q.Title, q.Check = c.title("scope", "Which part does it change? (the scope)"), notBlank
		}
		value, err = c.term.Input(ctx, q)
	}
	p.Scope = strings.TrimSpace(value)
	c.answered(err, "scope", p.Scope)
	return err
}

func (c *committing) askDescription(ctx context.Context, p *compose.Parts) (err error) {
	with := func(answer string) compose.Parts {
		parts := *p
		parts.Description = answer
		return parts
	}
	p.Description, err = c.term.Input(ctx, prompt.Line{
		Title: c.title("subject", "What does it do? (in short, as if to order it)"),
		Start: p.Description,
		Note:  func(answer string) string { return c.count(with(answer)) },
		Check: func(answer string) error {
			if err := notBlank(answer); err != nil {
				return err
			}
			if problem := c.headerProblem(with(c.mended(with(answer)))); problem != "" {
				return errors.New(problem)
			}
			return nil
		},
	})
	p.Description = c.mended(*p)
	c.answered(err, "header", c.style.Header(*p))
	return err
}

// mended is the description as the rules want it, as far as that needs no guess: commitizen, too, takes capital and full stop
// off.
func (c *committing) mended(p compose.Parts) string {
	if fixed := lint.Fix(c.style.Header(p), c.rules.Config); len(fixed.Rules) > 0 {
		return compose.PartsOf(fixed.Text).Description
	}
	return p.Description
}

// count tells how long the first line is, and how long it may be.
func (c *committing) count(p compose.Parts) string {
	n, limit := lint.Length(c.style.Header(p)), c.style.HeaderLimit
	switch {
	case limit == 0:
		return fmt.Sprintf("%d characters", n)
	case n > limit:
		return fmt.Sprintf("%d of %d characters: %d too many", n, limit, n-limit)
	}
	return fmt.Sprintf("%d of %d characters", n, limit)
}

func (c *committing) askBody(ctx context.Context, p *compose.Parts) (err error) {
	if c.style.NoBody {
		return nil
	}
	title := "Why, and what else? (empty for nothing)"
	if c.style.BodyNeeded {
		title = "Why, and what else?"
	}
	for {
		p.Body, err = c.term.Text(ctx, c.title("body", title), p.Body)
		if err != nil || !c.style.BodyNeeded || notBlank(p.Body) == nil {
			c.answered(err, "body", p.Body)
			return err
		}
	}
}

func (c *committing) askBreaking(ctx context.Context, p *compose.Parts) (err error) {
	if p.Breaking, err = c.term.Confirm(ctx, c.title("isBreaking", "Does it break what others rely on?"), p.Breaking); err != nil || !p.Breaking {
		return err
	}
	p.BreakingText, err = c.term.Input(ctx, prompt.Line{Title: c.title("breaking", "What breaks, and what is to do? (empty if the description says it)"), Start: p.BreakingText})
	c.answered(err, "breaking", cmp.Or(p.BreakingText, "yes"))
	return err
}

func (c *committing) askIssues(ctx context.Context, p *compose.Parts) error {
	start := strings.Join(p.Issues, ", ")
	answer, err := c.term.Input(ctx, prompt.Line{Title: c.title("issues", "Which issues does it close? (like 12, or Refs #12; empty for none)"), Start: start})
	p.Issues = compose.Issues(answer)
	c.answered(err, "issues", strings.Join(p.Issues, ", "))
	return err
}

func notBlank(answer string) error {
	if strings.TrimSpace(answer) == "" {
		return errors.New("this can't be left empty")
	}
	return nil
}

// answered leaves an answer on the screen, from which its question has gone. By lines nothing goes.
func (c *committing) answered(err error, part, answer string) {
	if err == nil && !c.term.Accessible && strings.TrimSpace(answer) != "" {
		c.term.Say(c.fit(fmt.Sprintf("%-9s %s", part, oneLine(answer))))
	}
}

// fit cuts a line to the terminal, less what the questions draw around it.
func (c *committing) fit(line string) string {
	if c.term.Accessible {
		return line
	}
	return shorten(line, max(20, c.a.width()-6))
}
