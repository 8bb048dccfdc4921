package main

import (
	"cmp"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/semcut/semcut/internal/config"
	"github.com/semcut/semcut/internal/secret"
	"github.com/semcut/semcut/release"
)

type configOptions struct {
	All  bool
	JSON bool
	Key  string // "" for all
}

func configCommand(a *app) *cobra.Command {
	var o configOptions
	var settings overrides
	cmd := &cobra.Command{
		Use:   "config [KEY]",
		Short: "Print the configuration in force, and where it was written",
		Long: `Prints the settings that are in force, each in the words of .semcut.yaml and with the place where it was written: those
that somebody wrote, or that are other than they are without any file. With KEY it prints that value only: a text as it
is, a list or a mapping as YAML. A semantic-release configuration is told in the same keys.`,
		Example: "  semcut config\n  semcut config --all\n  semcut config tagFormat\n  semcut config check",
		Args:    atMostOne, ValidArgsFunction: completeKeys,
		RunE: func(_ *cobra.Command, args []string) error {
			settings.into(a)
			if len(args) == 1 {
				o.Key = args[0]
			}
			return runConfig(a, o)
		},
	}
	cmd.Flags().BoolVarP(&o.All, "all", "a", false, "print the defaults, too")
	cmd.Flags().BoolVar(&o.JSON, "json", false, "print one JSON document")
	settings.flags(cmd)
	for _, sub := range []*cobra.Command{configSchemaCommand(a), configCheckCommand(a)} {
		sub.Long += "\n\n" + exitTable
		cmd.AddCommand(sub)
	}
	return cmd
}

// completeKeys gives the keys to a shell; they are gathered only when one asks.
func completeKeys(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return config.Keys(), cobra.ShellCompDirectiveNoFileComp
}

// configInForce is what "config" tells. It is the contract of "config --json".
type configInForce struct {
	File     string       `json:"file"`
	Dialect  string       `json:"dialect"`
	Settings []settingRow `json:"settings"`
	Warnings []string     `json:"warnings"`
	Notes    []string     `json:"notes"`
}

type settingRow struct {
	Key    string        `json:"key"`
	Value  any           `json:"value"`
	Origin config.Origin `json:"origin"`
}

func runConfig(a *app, o configOptions) error {
	where, err := newLintPlace(a)
	if err != nil {
		return err
	}
	dir := cmp.Or(where.root, where.dir)
	var c *config.Config
	if err := withSourceIn(a, dir, func(s config.Source) (err error) {
		c, err = config.Load(s)
		return err
	}); err != nil {
		return err
	}
	doc := &configInForce{File: c.File, Dialect: c.Dialect, Warnings: warningsOf(c), Notes: orEmpty(c.Deprecated)}
	all := append(c.Settings(), lintSetting(a, doc, c, where)...)
	for i := range all {
		all[i].Value = uncredentialed(a, all[i].Value)
	}
	if o.Key != "" {
		return printSetting(a, o, doc, all)
	}
	doc.add(all, o.All)
	if o.JSON {
		return printJSON(a.Out, doc)
	}
	return printConfig(a, doc)
}

// add adds the settings that are asked for.
func (d *configInForce) add(all []config.Setting, usual bool) {
	d.Settings = []settingRow{}
	for _, s := range all {
		if usual || !s.Usual {
			d.Settings = append(d.Settings, settingRow{s.Key, s.Value, s.Origin})
		}
	}
}

// warningsOf are those of the files, and what a release could not do with them.
func warningsOf(c *config.Config) []string {
	all := orEmpty(c.Warnings)
	if c.Unread != "" {
		all = append(all, c.Unread)
	}
	if c.Blocked != nil {
		all = append(all, secret.Hidden(oneLine(c.Blocked.Error())))
	}
	return all
}

// orEmpty is a copy of a list, which JSON shows as one even where it is empty.
func orEmpty(list []string) []string { return append([]string{}, list...) }

// lintSetting is the key "lint": what the linter's own reader found. What is wrong there stops no release, so it is a warning.
func lintSetting(a *app, doc *configInForce, c *config.Config, where lintPlace) []config.Setting {
	s := lintSource(a, where)
	written, own := c.LintOrigin()
	if a.Config != "" {
		if s.File = where.path(a.Config); !own || !config.LintsAsWhole(a.Config) {
			return nil
		}
	}
	l, err := config.LoadLint(s)
	if err != nil {
		doc.Warnings = append(doc.Warnings, secret.Hidden(oneLine(err.Error())))
		return nil
	}
	doc.Warnings = append(doc.Warnings, l.Warnings...)
	if !own {
		written = l.Written
	}
	return []config.Setting{{Key: "lint", Value: l.Value, Origin: written, Usual: l.File == ""}}
}

// lintSource is where the linter's settings are looked for; a folder that is no repository's counts as one's root.
func lintSource(a *app, where lintPlace) config.LintSource {
	return config.LintSource{Dir: where.dir, Root: cmp.Or(where.root, where.dir), Env: a.Env}
}

// path is that of a named file.
func (p lintPlace) path(file string) string {
	if filepath.IsAbs(file) {
		return file
	}
	return filepath.Join(p.dir, file)
}

// uncredentialed is a value without the credentials that its addresses hold. They are made unspeakable, too.
func uncredentialed(a *app, value any) any {
	return config.MapTexts(value, func(text string) string {
		a.Secrets.AddURL(text)
		return secret.Hidden(text)
	})
}

// printSetting prints one value, or with --json the settings that the key names.
func printSetting(a *app, o configOptions, doc *configInForce, all []config.Setting) error {
	value, rows, err := config.Pick(all, o.Key)
	if err != nil {
		return err
	}
	if o.JSON {
		doc.add(rows, true)
		return printJSON(a.Out, doc)
	}
	text, err := config.YAML(value)
	if err != nil {
		return release.Errorf(release.CodeConfig, "give --json", "printing %q: %w", o.Key, err)
	}
	return a.writeText(text)
}
