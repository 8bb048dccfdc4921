package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/semcut/semcut/internal/process"
	"github.com/semcut/semcut/release"
)

// hookRunner runs the project's own commands at the root of the work tree. What they say goes to standard error, each line
// with the hook's name before it.
type hookRunner struct {
	a   *app
	dir string
}

func (r *releaser) runner() release.HookRunner { return hookRunner{r.a, r.repo.Root()} }

// RunHook runs one command. Its standard output is shown and given back, without the credentials that it may hold: it gets
// into notes, receipts and what is published.
func (h hookRunner) RunHook(ctx context.Context, call release.HookCall) ([]byte, error) {
	h.a.Log.Info("running the "+string(call.Point)+" hook", "command", call.Hook.Line)
	prefix := string(call.Point) + "| "
	out, errs := &prefixed{to: h.a.Err, prefix: prefix}, &prefixed{to: h.a.Err, prefix: prefix}
	var output bytes.Buffer
	c := process.Command{
		Line: call.Hook.Line, Shell: call.Hook.Shell, Dir: filepath.Join(h.dir, filepath.FromSlash(call.Hook.Dir)), Env: append(os.Environ(), call.Env...), Input: call.Input,
		Out: io.MultiWriter(&output, out), Err: errs, Limit: call.Hook.Limit,
	}
	err := process.Run(ctx, c)
	out.flush()
	errs.flush()
	return []byte(h.a.Secrets.Hide(output.String())), err
}

// prefixed writes each line with a prefix. It passes whole lines on; flush ends the last.
type prefixed struct {
	mu     sync.Mutex
	to     io.Writer
	prefix string
	held   []byte
}

func (p *prefixed) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.held = append(p.held, b...)
	for {
		line, rest, found := bytes.Cut(p.held, []byte("\n"))
		if !found {
			return len(b), nil
		}
		if err := p.line(line); err != nil {
			return 0, err
		}
		p.held = rest
	}
}

// line shows one line, harmless: a terminal obeys nothing in it, and neither does GitHub Actions.
func (p *prefixed) line(line []byte) error {
	_, err := io.WriteString(p.to, p.prefix+oneLine(strings.TrimRight(string(line), " \t\r"))+"\n")
	return err
}

func (p *prefixed) flush() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.held) > 0 {
		_ = p.line(p.held) // nobody is left to tell
		p.held = nil
	}
}
