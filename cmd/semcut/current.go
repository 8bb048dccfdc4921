package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/semcut/semcut/release"
)

type currentOptions struct {
	readOptions
	Tag  bool
	JSON bool
}

func currentCommand(a *app) *cobra.Command {
	var o currentOptions
	cmd := &cobra.Command{
		Use:     "current",
		Short:   "Print the last released version of this branch",
		Long:    "Prints the last released version of this branch; nothing where there is none. Works offline.",
		Example: "  semcut current\n  semcut current --tag",
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return runCurrent(cmd.Context(), a, o) },
	}
	f := cmd.Flags()
	o.readFlags(cmd)
	f.BoolVar(&o.Tag, "tag", false, "print the tag instead of the version")
	f.BoolVar(&o.JSON, "json", false, "print version, tag and commit as JSON")
	return cmd
}

func runCurrent(ctx context.Context, a *app, o currentOptions) error {
	p, opts, err := openReading(ctx, a, o.readOptions)
	if err != nil {
		return err
	}
	defer p.close()
	last, warnings, err := release.Last(ctx, p.repo, opts)
	for _, w := range warnings {
		a.Log.Warn(w)
	}
	switch {
	case err != nil:
		return err
	case o.JSON && last == nil:
		return printJSON(a.Out, nil)
	case o.JSON:
		return printJSON(a.Out, currentVersion{last.Version.String(), last.Tag, last.Commit})
	case last == nil:
		a.Log.Info("nothing was released yet")
		return nil
	case o.Tag:
		_, err = fmt.Fprintln(a.Out, last.Tag)
	default:
		_, err = fmt.Fprintln(a.Out, last.Version)
	}
	return err
}
