package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/semcut/semcut/internal/config"
	"github.com/semcut/semcut/release"
)

// pastRow is one past release: what semcut decides by the translation, and what the tag says.
type pastRow struct {
	release.Past
	Before string `json:"before,omitempty"` // what semcut decides by the old configuration, where it reads that, too
}

// proofSum counts over all past releases.
type proofSum struct {
	Releases int `json:"releases"`
	Agree    int `json:"agree"`
}

// nextRow is the next release.
type nextRow struct {
	Semcut string `json:"semcut"` // the tag; "" where nothing is due
	Wrong  string `json:"wrong"`  // why semcut would refuse it
	Asked  string `json:"asked"`  // the command that the old tool was asked by; "" where it wasn't
	Old    string `json:"old"`    // what it said
	Failed string `json:"failed"` // why it said nothing
	Agrees *bool  `json:"agrees"` // null where the two can't be compared

	version string // semcut's: the last one where nothing is due
}

// shownReleases is how many past releases are shown without --all.
const shownReleases = 50

// prove decides every past release again by the translation, and by the configuration before, where semcut reads that.
func (p *project) prove(ctx context.Context, a *app, m *moved, before *config.Config) error {
	opts, err := p.replayOptions(ctx, a)
	if err != nil {
		return err
	}
	old := map[string]string{}
	if before != nil {
		if old, err = p.decidedBy(ctx, a, before); err != nil {
			return err
		}
	}
	done := a.progress("deciding past releases again")
	err = release.Replay(ctx, p.repo, opts, func(past release.Past) error {
		m.sum.add(past)
		m.Replay = append(m.Replay, pastRow{past, old[past.Tag]})
		return nil
	})
	done()
	if err != nil {
		return err
	}
	slices.Reverse(m.Replay)
	m.format = opts.TagFormat.String()
	m.Sum = proofSum{m.sum.all, m.sum.agree}
	plan, err := release.NewPlan(ctx, p.repo, opts)
	if err != nil {
		m.Next.Wrong = err.Error()
		return nil
	}
	if change := plan.Changes[0]; plan.Due() {
		m.Next.Semcut, m.Next.version = change.Next.Tag, change.Next.Version.String()
	} else if change.Last != nil {
		m.Next.version = change.Last.Version.String()
	}
	return nil
}

// replayOptions are those of the configuration that is in force now, for the first release branch if the current one is none.
func (p *project) replayOptions(ctx context.Context, a *app) (release.Options, error) {
	branches, err := p.branches(p.branchName())
	if err != nil {
		return release.Options{}, err
	}
	opts, err := p.options(ctx, branchOr(a, branches, p.branchName()), now(a))
	opts.Lines = p.lines(branches, nil)
	return opts, err
}

// decidedBy gives what a configuration makes of each past release, by its tag.
func (p *project) decidedBy(ctx context.Context, a *app, cfg *config.Config) (map[string]string, error) {
	translated := p.cfg
	p.cfg = cfg
	defer func() { p.cfg = translated }()
	opts, err := p.replayOptions(ctx, a)
	if err != nil {
		return nil, err
	}
	found := map[string]string{}
	return found, release.Replay(ctx, p.repo, opts, func(past release.Past) error {
		found[past.Tag] = computed(past)
		return nil
	})
}

// show writes the translation, what isn't carried over, and the proof.
func (m *moved) show(b *strings.Builder, all bool) error {
	fmt.Fprintf(b, "\nTranslated from %s (%s):\n", oneLine(strings.Join(m.Places, ", ")), m.Tool)
	rows := tabwriter.NewWriter(b, 0, 0, 2, ' ', 0)
	for _, s := range m.Settings {
		fmt.Fprintf(rows, "  %s\t%s\t%s\n", s.Key, shorten(oneLine(s.YAMLOf()), 60), oneLine(s.Source()))
	}
	if len(m.Settings) == 0 {
		fmt.Fprintln(rows, "  nothing is other than semcut's defaults")
	}
	err := rows.Flush()
	if len(m.Left) > 0 {
		b.WriteString("\nNot carried over, what can change a version or a tag with a !:\n")
	}
	for _, r := range m.Left {
		mark := " "
		if r.Must {
			mark = "!"
		}
		fmt.Fprintf(b, "%s %s\n      %s\n      %s\n", mark, oneLine(r.Where()), oneLine(r.Why), oneLine(r.Do))
	}
	return errors.Join(err, m.showProof(b, all))
}

// showProof writes the table of past releases, newest first, and what would be next.
func (m *moved) showProof(b *strings.Builder, all bool) error {
	shown := m.Replay
	if !all && len(shown) > shownReleases {
		shown = shown[:shownReleases]
	}
	b.WriteString("\nPast releases, decided again by the translation:\n")
	if len(shown) == 0 {
		fmt.Fprintf(b, "  none: of the tags here none fits tagFormat %q\n", m.format)
		m.Next.show(b, m.Tool)
		return nil
	}
	before := slices.ContainsFunc(shown, func(r pastRow) bool { return r.Before != "" })
	rows := tabwriter.NewWriter(b, 0, 0, 2, ' ', 0)
	head := "  TAG\tAFTER\tCOMMITS\tBUMP\tCOMPUTED\t"
	if before {
		head += "BEFORE\t"
	}
	fmt.Fprintln(rows, head+"AGREES")
	for _, r := range shown {
		line := fmt.Sprintf("  %s\t%s\t%d\t%s\t%s\t", oneLine(r.Tag), orDash(oneLine(r.PreviousTag)), r.Commits, r.Bump, computed(r.Past))
		if before {
			line += r.Before + "\t"
		}
		agrees := "yes"
		if !r.Agrees {
			agrees = "no: " + string(r.Cause)
		}
		fmt.Fprintln(rows, line+agrees)
	}
	err := rows.Flush()
	if rest := len(m.Replay) - len(shown); rest > 0 {
		fmt.Fprintf(b, "  and %d older ones, which --all shows\n", rest)
	}
	b.WriteString(m.sum.line() + "\n")
	m.Next.show(b, m.Tool)
	return err
}

// show says what would be the next release.
func (n nextRow) show(b *strings.Builder, tool string) {
	switch {
	case n.Wrong != "":
		b.WriteString("The next release would be refused: " + oneLine(n.Wrong) + "\n")
	case n.Semcut == "":
		b.WriteString("Nothing is due for the next release.\n")
	default:
		b.WriteString("The next release would be " + oneLine(n.Semcut) + ".\n")
	}
	switch {
	case n.Failed != "":
		fmt.Fprintf(b, "%s was asked, and didn't say: %s\n", tool, oneLine(n.Failed))
	case n.Agrees != nil && *n.Agrees:
		fmt.Fprintf(b, "%s says %s: they agree.\n", tool, oneLine(n.Old))
	case n.Agrees != nil:
		fmt.Fprintf(b, "%s says %s: they differ.\n", tool, oneLine(n.Old))
	case n.Old != "":
		fmt.Fprintf(b, "%s says %s.\n", tool, oneLine(n.Old))
	}
}

// blocked says what stands in the way of writing the translation without a person's leave; nil where nothing does.
func (m *moved) blocked() error {
	n := m.Blocking()
	if n == 0 {
		return nil
	}
	what := "1 setting that can change a version or a tag isn't carried over"
	if n > 1 {
		what = fmt.Sprintf("%d settings that can change a version or a tag aren't carried over", n)
	}
	return release.Errorf(release.CodeGuard, "look at those with a ! above; --yes writes the rest", "translating %s: %s",
		strings.Join(m.Places, ", "), what)
}

// tellLeftovers says what may go.
func (s *initRun) tellLeftovers() {
	s.a.Log.Info("nothing of " + s.moved.Tool + " was deleted; once you agree with the replay, these may go:")
	for _, f := range s.moved.Remove {
		s.a.Log.Info("- " + oneLine(f))
	}
}
