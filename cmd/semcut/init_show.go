package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"github.com/semcut/semcut/internal/starter"
)

// show prints what was found and what is proposed.
func (s *initRun) show() error {
	var b strings.Builder
	b.WriteString("Found:\n")
	for _, f := range s.Found {
		fmt.Fprintf(&b, "  %-19s %s\n", f.What+":", oneLine(f.Is))
	}
	if len(s.Notes) > 0 {
		b.WriteString("\nNotes:\n")
	}
	for _, n := range s.Notes {
		b.WriteString("  - " + oneLine(n) + "\n")
	}
	if s.moved != nil {
		if err := s.moved.show(&b, s.o.All); err != nil {
			return err
		}
	}
	for _, f := range s.Files {
		fmt.Fprintf(&b, "\nTo write: %s, %s\n\n%s", oneLine(f.Path), oneLine(f.Why), s.diff(f))
	}
	for _, h := range s.hooks {
		fmt.Fprintf(&b, "\nTo install: the hook %s, which checks every message before git commits it\n", oneLine(h))
	}
	for _, t := range s.ByHand {
		b.WriteString("\nFor you to write")
		if t.Path != "" {
			b.WriteString(" into " + oneLine(t.Path))
		}
		fmt.Fprintf(&b, ": %s\n\n%s", oneLine(t.Why), indent(harmless(t.Text)))
	}
	if len(s.Files)+len(s.hooks)+len(s.ByHand) > 0 {
		b.WriteString("\n")
	}
	_, err := io.WriteString(s.a.Out, b.String())
	return err
}

// The looks of a diff's lines on a terminal.
var diffLooks = []struct{ begin, look string }{{"+++", strongLook}, {"---", strongLook}, {"+", "\x1b[32m"}, {"-", "\x1b[31m"}, {"@@", "\x1b[36m"}}

func (s *initRun) diff(f starter.File) string {
	from, old := "a/"+f.Path, ""
	if f.Old == nil {
		from = "/dev/null"
	} else {
		old = *f.Old
	}
	text := harmless(udiff.Unified(from, "b/"+f.Path, old, f.New))
	if s.a.Color != "always" && (!s.a.OutTTY || !s.a.coloured()) {
		return text
	}
	var b strings.Builder
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		for _, l := range diffLooks {
			if strings.HasPrefix(line, l.begin) {
				line = l.look + line + noLook
				break
			}
		}
		b.WriteString(line + "\n")
	}
	return b.String()
}

// foretell says what is next, and what a release would be now: the proposal was followed, so it is asked of the repository.
func (s *initRun) foretell(ctx context.Context) {
	if len(s.Files) > 0 {
		s.a.Log.Info("commit what was written; \"semcut release --dry-run\" shows what a release would do")
	}
	quiet := *s.a
	quiet.Log = slog.New(slog.DiscardHandler)
	tag, err := wouldRelease(ctx, &quiet)
	if err != nil {
		s.a.Log.Warn("a release would still be refused: " + err.Error() + hintOf(err))
	} else if tag != "" {
		s.a.Log.Info("a release of HEAD would be " + tag)
	}
}

// wouldRelease gives the tag that a release of HEAD would get, "" where nothing is due.
func wouldRelease(ctx context.Context, a *app) (string, error) {
	p, opts, err := openReading(ctx, a, readOptions{})
	if err != nil {
		return "", err
	}
	defer p.close()
	plan, err := p.plan(ctx, a, opts)
	if err != nil || !plan.Due() {
		return "", err
	}
	return plan.Changes[0].Next.Tag, p.cfg.Blocked
}
