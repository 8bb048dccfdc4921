package release

import (
	"context"
	"io/fs"
	"log/slog"
	"slices"
	"strings"
)

// Deps are the writing halves of the world. A dry run never makes them.
type Deps struct {
	Worktree   Worktree
	Files      fs.FS  // the files of the work tree; nil in a bare repository
	Remote     Remote // nil where nothing is pushed
	Publishers []Publisher
	Runner     HookRunner // nil where no hooks are configured
	Log        *slog.Logger
}

// Apply makes the world contain the plan. Everything is checked before anything is written; then come a promotion,
// files, commit and tag in this clone, one atomic push, and the publishers. A push that the remote
// refuses leaves this clone as it was. Whatever else stops it, FinishOpen carries on from there.
func (p *Plan) Apply(ctx context.Context, d Deps) ([]Receipt, error) {
	if err := p.check(ctx, d); err != nil {
		return nil, err
	}
	if p.Due() {
		if err := p.spec.work.Hooks.RunVerify(ctx, d.Runner, p); err != nil {
			return nil, err
		}
	}
	receipts, err := p.promote(ctx, d)
	if err != nil {
		return receipts, err
	}
	for i := range p.Changes {
		if p.Changes[i].Next == nil {
			continue
		}
		done, err := p.applyChange(ctx, d, &p.Changes[i])
		receipts = append(receipts, done...)
		if err != nil {
			return receipts, err
		}
	}
	return receipts, nil
}

// check asks every part of the world whether it would let the release happen.
func (p *Plan) check(ctx context.Context, d Deps) error {
	for _, pub := range d.Publishers {
		if err := pub.Check(ctx, p); err != nil {
			return err
		}
	}
	if p.spec.push {
		if err := d.Remote.MayPush(ctx); err != nil {
			return err
		}
	}
	if err := p.checkCommands(); err != nil {
		return err
	}
	return p.CheckFiles(ctx, d.Worktree)
}

// checkCommands says why a command's template can't be filled: better now than when the release is half out.
func (p *Plan) checkCommands() error {
	if !p.Due() {
		return nil
	}
	for _, point := range []Point{AtPrepare, AtPublish, AtSuccess} {
		for _, hook := range p.spec.work.Hooks[point] {
			if !hook.Template {
				continue
			}
			if _, _, err := hook.fill(p, nil); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *Plan) applyChange(ctx context.Context, d Deps, c *Change) ([]Receipt, error) {
	m := &maker{Deps: d, spec: p.spec, head: p.Head, change: c, plan: p}
	push := slices.IndexFunc(p.Steps, func(s Step) bool { return s.Kind == KindPush })
	for _, s := range p.Steps[push+1:] {
		if push >= 0 {
			m.later = append(m.later, s.ID)
		}
	}
	if err := m.prepare(ctx); err != nil {
		return nil, err
	}
	if err := m.writeObjects(ctx); err != nil {
		return nil, m.unprepare(ctx, err)
	}
	if err := m.moveHere(ctx); err != nil {
		return nil, m.unprepare(ctx, err)
	}
	if !p.spec.push {
		return nil, nil
	}
	if err := m.push(ctx); err != nil {
		return nil, err
	}
	e := &ending{
		Deps: d, Work: p.spec.work, plan: p, release: c.Next, first: c.Last == nil,
		promise: promise{tag: c.Next.Tag, list: m.open.Assets, here: d.Files},
		lease:   newLease(d, m.open, m.openHash),
	}
	return e.run(ctx)
}

// cleanMessage does what git's clean-up of whitespace does to a message: no blanks at line ends, no two
// empty lines in a row, none at the ends, one newline at the very end.
func cleanMessage(text string) string {
	var lines []string
	for line := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		line = strings.TrimRight(line, " \t\r\v\f")
		if line == "" && (len(lines) == 0 || lines[len(lines)-1] == "") {
			continue
		}
		lines = append(lines, line)
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n") + "\n"
}

// CheckFiles says why the plan's edits could not be written; nil where they could.
func (p *Plan) CheckFiles(ctx context.Context, c Checkout) error {
	return c.CheckEdits(ctx, p.Head, p.edits())
}
