package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/semcut/semcut/release"
)

type replayOptions struct {
	readOptions
	JSON bool
}

func replayCommand(a *app) *cobra.Command {
	var o replayOptions
	cmd := &cobra.Command{
		Use:   "replay",
		Short: "Decide every past release again and compare",
		Long: `Decides every release that HEAD contains again, from the history that was there at its tag, and compares
the answer with the tag that exists. One row a release, oldest first; the sum is the last line on standard error.`,
		Example: "  semcut replay\n  semcut replay --json | jq 'select(.agrees | not)'",
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return runReplay(cmd.Context(), a, o) },
	}
	f := cmd.Flags()
	o.readFlags(cmd)
	f.BoolVar(&o.JSON, "json", false, "print one JSON object a line")
	return cmd
}

func runReplay(ctx context.Context, a *app, o replayOptions) error {
	p, opts, err := openReading(ctx, a, o.readOptions)
	if err != nil {
		return err
	}
	defer p.close()
	out := bufio.NewWriterSize(a.Out, 64<<10)
	rows := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	enc := json.NewEncoder(out)
	sum := replaySum{}
	done := a.progress("deciding past releases again")
	err = release.Replay(ctx, p.repo, opts, func(past release.Past) error {
		sum.add(past)
		if o.JSON {
			return enc.Encode(past)
		}
		if sum.all == 1 {
			fmt.Fprintln(rows, "TAG\tAFTER\tCOMMITS\tBUMP\tCOMPUTED\tAGREES")
		}
		_, err := fmt.Fprintln(rows, strings.Join([]string{
			oneLine(past.Tag), orDash(oneLine(past.PreviousTag)), strconv.Itoa(past.Commits), past.Bump.String(), computed(past), yesNo(past.Agrees),
		}, "\t"))
		return err
	})
	done()
	err = errors.Join(err, rows.Flush())
	if !o.JSON {
		sum.differences(out)
	}
	if err := errors.Join(err, out.Flush()); err != nil {
		return err
	}
	line := sum.line()
	if sum.all == 0 {
		line = fmt.Sprintf("no releases: of the tags that %.7s contains none fits tagFormat %q", p.rev, p.cfg.TagFormat)
	}
	_, err = fmt.Fprintln(a.Err, line)
	return err
}

// replaySum is what a replay comes to.
type replaySum struct {
	all, agree int
	differing  []release.Past
}

func (s *replaySum) add(p release.Past) {
	s.all++
	if p.Agrees {
		s.agree++
		return
	}
	s.differing = append(s.differing, p)
}

// line is the sum in one line: "5 of 8 releases agree; 2 released as less than the commits ask for, 1 …".
func (s *replaySum) line() string {
	counts := map[release.Cause]int{}
	for _, p := range s.differing {
		counts[p.Cause]++
	}
	causes := slices.SortedFunc(maps.Keys(counts), func(a, b release.Cause) int {
		return cmp.Or(counts[b]-counts[a], strings.Compare(string(a), string(b)))
	})
	text := fmt.Sprintf("%d of %d releases agree", s.agree, s.all)
	for i, c := range causes {
		sep := ", "
		if i == 0 {
			sep = "; "
		}
		text += fmt.Sprintf("%s%d %s", sep, counts[c], c)
	}
	return text
}

// differences shows each release that doesn't agree, with a likely cause and the commits that ask for something else.
func (s *replaySum) differences(out io.Writer) {
	for i, p := range s.differing {
		if i == 0 {
			fmt.Fprintf(out, "\nDifferences:\n")
		}
		fmt.Fprintf(out, "\n%s, computed %s: %s\n", oneLine(p.Tag), computed(p), p.Cause)
		for _, d := range p.Asking {
			fmt.Fprintf(out, "  %.7s  %-5s  %s  (%s)\n", d.Hash, d.Bump, shorten(oneLine(d.Header), 72), oneLine(d.Reason))
		}
	}
}

func computed(p release.Past) string {
	if p.Computed == nil {
		return "none"
	}
	return p.Computed.Original() // written like String, and at hand
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
