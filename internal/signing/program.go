package signing

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"
)

// programTime is how long a program may take; a person may have to type.
const programTime = 5 * time.Minute

// run runs a program of git's configuration at the root of the work tree, as git does. The error holds the last line of
// what it said.
func (o Options) run(ctx context.Context, program string, args []string, stdin []byte) (out, said []byte, err error) {
	ctx, cancel := context.WithTimeout(ctx, programTime)
	defer cancel()
	path, err := o.lookPath(program)
	if err != nil {
		return nil, nil, err
	}
	var outBuffer, errBuffer bytes.Buffer
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Dir, cmd.Stdin, cmd.Stdout, cmd.Stderr = o.Dir, bytes.NewReader(stdin), &outBuffer, &errBuffer
	cmd.WaitDelay = 10 * time.Second // it may leave a child behind that holds the pipes
	err = cmd.Run()
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		err = fmt.Errorf("it didn't come to an end within %v", programTime)
	case ctx.Err() != nil:
		err = ctx.Err()
	}
	if line := lastLine(errBuffer.String()); err != nil && line != "" {
		err = fmt.Errorf("%w: %s", err, line)
	}
	return outBuffer.Bytes(), errBuffer.Bytes(), err
}

// lookPath finds a program: a bare name on the PATH, any other as a path.
func (o Options) lookPath(program string) (string, error) {
	if strings.ContainsAny(program, `/\`) {
		program = o.path(program)
	}
	path, err := exec.LookPath(program)
	if e, ok := errors.AsType[*exec.Error](err); ok {
		err = e.Err
	}
	return path, err
}

// lastLine gives the last line that a program said to people; status lines are for machines.
func lastLine(said string) string {
	line := ""
	for l := range strings.Lines(said) {
		if l = strings.TrimSpace(l); l != "" && !strings.HasPrefix(l, "[GNUPG:]") {
			line = l
		}
	}
	return line
}
