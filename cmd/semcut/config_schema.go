package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/semcut/semcut/docs"
)

func configSchemaCommand(a *app) *cobra.Command {
	var output string
	cmd := &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of .semcut.yaml",
		Long: `Prints the JSON Schema (draft-07) of semcut's own configuration, for editors that complete and check it. It is published
as well: https://raw.githubusercontent.com/semcut/semcut/main/docs/semcut.schema.json`,
		Example: "  semcut config schema -o .vscode/semcut.schema.json",
		Args:    noArgs,
		RunE: func(*cobra.Command, []string) error {
			if output != "" {
				return writeFile(a.path(output), []byte(docs.Schema))
			}
			_, err := io.WriteString(a.Out, docs.Schema)
			return err
		},
	}
	cmd.Flags().StringVarP(&output, "output", "o", "", "write it to `FILE`")
	return cmd
}
