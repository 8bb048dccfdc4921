package main

import (
	"context"
	"strings"

	"github.com/semcut/semcut/internal/compose"
	"github.com/semcut/semcut/internal/prompt"
)

// What can be done with a message that is shown.
const (
	takeIt   = "take"
	askAgain = "again"
	editIt   = "edit"
	stopIt   = "stop"
)

// converse asks for a message, shows it, and lets it be changed until it is taken. What was kept of the last try is offered.
func (c *committing) converse(ctx context.Context, start compose.Parts) (string, error) {
	parts, text := start, ""
	if kept, err := c.kept(); err == nil && c.o.Prepare == "" && !c.o.git.amend() && c.noAnswers() {
		c.show(kept)
		take, err := c.term.Confirm(ctx, "This is kept from a commit that failed. Take it up again?", true)
		if err != nil {
			return "", err
		}
		if take {
			text, parts = kept, compose.PartsOf(kept)
		}
	}
	shown := text != ""
	for again := false; ; again, shown = true, false {
		if text == "" {
			if err := c.ask(ctx, &parts, again); err != nil {
				return "", err
			}
			text = c.style.Message(parts)
		}
		if !shown {
			c.show(text)
		}
		choice, err := c.choose(ctx, text)
		switch {
		case err != nil:
			return "", err
		case choice == takeIt:
			return text, nil
		case choice == stopIt:
			return "", prompt.ErrStopped
		case choice == editIt:
			if text, err = c.edited(ctx, text); err != nil {
				return "", err
			}
			parts = compose.PartsOf(text)
		default:
			text = ""
		}
	}
}

// noAnswers says that no flag has answered a question.
func (c *committing) noAnswers() bool {
	for _, q := range questions {
		if q.given(c.o) {
			return false
		}
	}
	return true
}

// choose shows what the linter has against a message, and asks what to do.
func (c *committing) choose(ctx context.Context, text string) (string, error) {
	failed := c.tell(text)
	take := prompt.Option{Value: takeIt, Label: "commit it"}
	if c.o.Prepare != "" {
		take.Label = "take it"
	}
	options := []prompt.Option{{Value: askAgain, Label: "answer the questions again"}, {Value: editIt, Label: "open it in the editor"}, {Value: stopIt, Label: "stop, and commit nothing"}}
	if !failed || c.o.git.noVerify() {
		options = append([]prompt.Option{take}, options...)
	}
	return c.term.Select(ctx, "What now?", options, options[0].Value)
}

// show shows a message, harmlessly: what is typed or kept may hold anything.
func (c *committing) show(text string) {
	c.term.Say("")
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		c.term.Say("    " + uncommanded(visible([]rune(line))))
	}
	c.term.Say("")
}
