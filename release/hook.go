package release

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/semcut/semcut/internal/lodash"
)

// Point is a moment of a release at which a project's own commands run.
type Point string

// The points, in the order in which they come.
const (
	AtVersion Point = "version" // what it prints is a bump that is asked for at the least, or the version
	AtNotes   Point = "notes"   // what it prints stands below the notes
	AtVerify  Point = "verify"  // before anything is written; where it fails nothing is released
	AtPrepare Point = "prepare" // when the files with the new version stand in the work tree, before the commit
	AtPromote Point = "promote" // when a release gets on this branch's channel, too, after the publishers
	AtPublish Point = "publish" // after the push, before the publishers; what it prints may say where it published
	AtSuccess Point = "success" // after everything else; a failure is a warning
	AtFail    Point = "fail"    // when a release failed
)

// Points are all points.
var Points = []Point{AtVersion, AtNotes, AtVerify, AtPrepare, AtPromote, AtPublish, AtSuccess, AtFail}

// Hook is one command of a project's own.
type Hook struct {
	Line  string        // for the shell; nothing is ever put into it
	Limit time.Duration // how long it may take
	Place string        // where it is written: file, line, column and key
	// Template says that Line is a template of a drop-in configuration: the values of its expressions stand in the line, where
	// a shell can't take them for anything else, or in variables that the line refers to.
	Template bool
	Shell    string // the program that runs it as with -c; "" is the system's shell
	Dir      string // where it runs, below the root of the work tree; "" is the root
	After    string // of a publish hook: the publisher that it comes after; "" is before all
}

// Hooks are the commands of a project, by the point at which they run.
type Hooks map[Point][]Hook

// HookCall is one run of a hook.
type HookCall struct {
	Point Point
	Hook  Hook
	Input []byte   // the plan as JSON, for its standard input
	Env   []string // SEMCUT_* and the like, NAME=value, beside the environment that we have
}

// HookRunner runs hooks.
type HookRunner interface {
	// RunHook runs one, shows what it says, and gives what it printed on its standard output.
	RunHook(ctx context.Context, call HookCall) (output []byte, err error)
}

// hookInput is what a hook reads on its standard input.
type hookInput struct {
	Hook Point `json:"hook"`
	*Plan
	Failure *hookFailure `json:"error,omitempty"`
}

type hookFailure struct {
	Code    Code   `json:"code"`
	Message string `json:"message"`
	Hint    string `json:"hint"`
}

// stepID names the step of a point's n-th hook, "hook:publish:1".
func (p Point) stepID(n int) string { return fmt.Sprintf("%s:%s:%d", KindHook, p, n+1) }

// run runs the hooks of a point one after the other, up to the first that fails.
func (h Hooks) run(ctx context.Context, r HookRunner, point Point, plan *Plan) (outputs []string, err error) {
	for _, hook := range h[point] {
		output, err := runHook(ctx, r, point, hook, plan, nil)
		if err != nil {
			return outputs, err
		}
		outputs = append(outputs, output)
	}
	return outputs, nil
}

func runHook(ctx context.Context, r HookRunner, point Point, hook Hook, plan *Plan, failure *Failure) (string, error) {
	in := hookInput{Hook: point, Plan: plan}
	env := map[string]string{"SEMCUT_HOOK": string(point)}
	if plan != nil {
		plan.hookEnv(env)
	}
	if failure != nil {
		in.Failure = &hookFailure{failure.Code, failure.Message, failure.Hint}
		env["SEMCUT_ERROR"], env["SEMCUT_ERROR_CODE"], env["SEMCUT_ERROR_HINT"] = failure.Message, string(failure.Code), failure.Hint
	}
	input, err := json.Marshal(in)
	if err != nil {
		return "", fmt.Errorf("writing the plan for the hook %q: %w", point, err)
	}
	call := HookCall{Point: point, Hook: hook, Input: append(input, '\n')}
	if hook.Template {
		if plan != nil {
			if _, err := plan.history(ctx); err != nil {
				return "", err
			}
		}
		if call.Hook.Line, call.Env, err = hook.fill(plan, failure); err != nil {
			return "", err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(env)) {
		if value := env[name]; len(value) <= maxHookValue && !strings.Contains(value, "\x00") {
			call.Env = append(call.Env, name+"="+value)
		}
	}
	output, err := r.RunHook(ctx, call)
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	if err != nil {
		return "", Errorf(CodeHook, fmt.Sprintf("see what it says above; it stands in %s", hook.Place), "running the %s hook %.100q: %w", point, lodash.Shown(hook.Line), err)
	}
	return string(output), nil
}

// maxHookValue is how long the value of a variable may be: Linux takes no longer ones. Longer notes are in the plan.
const maxHookValue = 100_000

// hookEnv tells of the plan in variables. Nothing of it is ever put into a command line.
func (p *Plan) hookEnv(env map[string]string) {
	env["SEMCUT_BRANCH"], env["SEMCUT_HEAD"] = p.Branch.Name, p.Head
	for _, c := range p.Changes {
		if c.Last != nil {
			env["SEMCUT_PREVIOUS_VERSION"], env["SEMCUT_PREVIOUS_TAG"] = c.Last.Version.String(), c.Last.Tag
			env["GORELEASER_PREVIOUS_TAG"] = c.Last.Tag
		}
		if c.Next == nil {
			continue
		}
		env["SEMCUT_VERSION"], env["SEMCUT_TAG"], env["SEMCUT_BUMP"] = c.Next.Version.String(), c.Next.Tag, c.Bump.String()
		env["SEMCUT_CHANNEL"], env["SEMCUT_NOTES"], env["SEMCUT_COMMIT"] = c.Next.Channel, c.Next.Notes, c.Next.Commit
		env["SEMCUT_DATE"] = c.Next.Date.Format(time.DateOnly)
		env["GORELEASER_CURRENT_TAG"] = c.Next.Tag
	}
}

// RunFail tells the project's own commands that a release failed. plan is nil where it didn't come to one.
func (h Hooks) RunFail(ctx context.Context, r HookRunner, plan *Plan, f Failure) error {
	for _, hook := range h[AtFail] {
		if _, err := runHook(ctx, r, AtFail, hook, plan, &f); err != nil {
			return err
		}
	}
	return nil
}

// RunVerify runs the hooks that judge a plan before anything is written.
func (h Hooks) RunVerify(ctx context.Context, r HookRunner, plan *Plan) error {
	_, err := h.run(ctx, r, AtVerify, plan)
	return err
}
