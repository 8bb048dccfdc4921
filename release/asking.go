package release

import (
	"context"
	"strings"

	"github.com/semcut/semcut/internal/lodash"
)

// NewPlanAsking plans as NewPlan does, and lets the project's own commands take part: the version hooks may ask for more
// than the commits do, or for a version; what the notes hooks print stands below the notes.
func NewPlanAsking(ctx context.Context, h History, o Options, run HookRunner) (*Plan, error) {
	plan, err := NewPlan(ctx, h, o)
	if err != nil {
		return nil, err
	}
	if len(o.Hooks[AtVersion]) > 0 && len(plan.Changes[0].Commits) > 0 && o.Wish.As == nil && o.Wish.Bump == None {
		if plan, err = o.askVersion(ctx, h, plan, run); err != nil {
			return nil, err
		}
	}
	if len(o.Hooks[AtNotes]) == 0 || !plan.Due() {
		return plan, nil
	}
	outputs, err := o.Hooks.run(ctx, run, AtNotes, plan)
	if err != nil {
		return nil, err
	}
	for _, text := range outputs {
		if text = strings.TrimSpace(text); text != "" {
			o.MoreNotes = append(o.MoreNotes, text)
		}
	}
	return NewPlan(ctx, h, o)
}

// askVersion runs the version hooks and plans again with what they ask for. Of several the biggest bump counts, as with
// semantic-release's analyzers.
func (o *Options) askVersion(ctx context.Context, h History, plan *Plan, run HookRunner) (*Plan, error) {
	for _, hook := range o.Hooks[AtVersion] {
		output, err := runHook(ctx, run, AtVersion, hook, plan, nil)
		if err != nil {
			return nil, err
		}
		answer := strings.TrimSpace(output)
		if answer == "" {
			continue
		}
		if bump, err := ParseBump(answer); err == nil {
			o.Wish.Least = max(o.Wish.Least, bump)
		} else if v, ok := ParseVersion(strings.TrimPrefix(answer, "v")); ok {
			o.Wish.As = v
		} else {
			return nil, Errorf(CodeHook, "let it print major, minor, patch, none, a version like 1.2.3, or nothing",
				"running the version hook %.100q: what it prints is neither a bump nor a version: %.60q", lodash.Shown(hook.Line), answer)
		}
	}
	if o.Wish.Least == None && o.Wish.As == nil {
		return plan, nil
	}
	return NewPlan(ctx, h, *o)
}
