package main

import (
	"os"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"

	"github.com/semcut/semcut/internal/diskfile"
	"github.com/semcut/semcut/release"
)

func manCommand(a *app) *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use:     "man",
		Short:   "Print the manual page",
		Long:    "Prints semcut's manual page, or writes one for each command into a folder.",
		Example: "  semcut man | man -l -\n  semcut man --dir /usr/local/share/man/man1",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			root := cmd.Root()
			root.DisableAutoGenTag = true
			date := time.Time{}
			header := &doc.GenManHeader{Title: "SEMCUT", Section: "1", Source: "semcut", Manual: "semcut", Date: &date}
			if dir == "" {
				return doc.GenMan(root, header, a.Out)
			}
			if err := os.MkdirAll(a.path(dir), 0o755); err != nil {
				return release.Errorf(release.CodeFile, "check the folder's rights", "making %q: %w", dir, diskfile.Cause(err))
			}
			return doc.GenManTree(root, header, a.path(dir))
		},
	}
	cmd.Flags().StringVar(&dir, "dir", "", "write one page a command into `DIR`")
	return cmd
}
