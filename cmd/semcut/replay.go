package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
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
	out := bufio.NewWriter(a.Out)
	rows := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	if !o.JSON {
		fmt.Fprintln(rows, "TAG\tAFTER\tCOMMITS\tBUMP\tCOMPUTED\tAGREES")
	}
	enc := json.NewEncoder(out)
	agree, all := 0, 0
	done := a.progress("deciding past releases again")
	err = release.Replay(ctx, p.repo, opts, func(past release.Past) error {
		all++
		if past.Agrees {
			agree++
		}
		if o.JSON {
			return enc.Encode(past)
		}
		_, err := fmt.Fprintf(rows, "%s\t%s\t%d\t%s\t%s\t%s\n", past.Tag, orDash(past.PreviousTag), past.Commits, past.Bump, computed(past), yesNo(past.Agrees))
		return err
	})
	done()
	if err := errors.Join(err, rows.Flush(), out.Flush()); err != nil {
		return err
	}
	fmt.Fprintf(a.Err, "%d of %d releases agree\n", agree, all)
	return nil
}

func computed(p release.Past) string {
	if p.Computed == nil {
		return "none"
	}
	return p.Computed.String()
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
