package process

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"time"
)

// Command is a command line of a project's own.
type Command struct {
	Line    string // for the shell
	Shell   string // the program that runs the line, given with -c; "" is the system's
	Program string // runs in the place of a shell, with Args
	Args    []string
	Dir     string
	Env     []string // all of it, NAME=value
	Input   []byte
	Out     io.Writer // its standard output, as it comes
	Err     io.Writer // its standard error, as it comes
	Limit   time.Duration
	Cancel  time.Duration // how long it may take to end itself when it is told to; zero means ten seconds
}

// ErrTimeLimit says that a command took longer than it may.
var ErrTimeLimit = errors.New("it took longer than its time limit")

// Run runs a command line in the system's shell, with all that it starts in a process group of its own. At its time limit
// or when ctx ends the group is told to end, and killed where it doesn't. The error says in a few words how it ended.
func Run(ctx context.Context, c Command) error {
	if c.Limit > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, c.Limit, ErrTimeLimit)
		defer cancel()
	}
	cmd := shell(ctx, c.Line)
	switch {
	case c.Program != "":
		cmd = exec.CommandContext(ctx, c.Program, c.Args...)
	case c.Shell != "":
		cmd = exec.CommandContext(ctx, c.Shell, "-c", c.Line)
	}
	cmd.Dir, cmd.Env, cmd.Stdin = c.Dir, c.Env, bytes.NewReader(c.Input)
	cmd.Stdout, cmd.Stderr = c.Out, c.Err
	if cmd.WaitDelay = c.Cancel; c.Cancel == 0 {
		cmd.WaitDelay = 10 * time.Second
	}
	group(cmd)
	err := cmd.Run()
	if ctx.Err() != nil {
		killGroup(cmd) // what didn't hear
	}
	switch exit, ended := errors.AsType[*exec.ExitError](err); {
	case err == nil || errors.Is(err, exec.ErrWaitDelay) && ctx.Err() == nil:
		return nil // what it started in the background lives on and holds its streams: that is its own affair
	case errors.Is(context.Cause(ctx), ErrTimeLimit):
		return fmt.Errorf("%w of %s", ErrTimeLimit, c.Limit)
	case ctx.Err() != nil:
		return ctx.Err()
	case ended && exit.ExitCode() >= 0:
		return fmt.Errorf("it ended with exit status %d", exit.ExitCode())
	case ended:
		return fmt.Errorf("it was ended by a %s", exit.ProcessState)
	}
	return err
}
