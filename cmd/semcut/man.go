package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

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
			if dir == "" {
				_, err := io.WriteString(a.Out, manualPage(cmd.Root()))
				return err
			}
			if err := os.MkdirAll(a.path(dir), 0o755); err != nil {
				return release.Errorf(release.CodeFile, "check the folder's rights", "making %q: %w", dir, diskfile.Cause(err))
			}
			return writeManual(a.path(dir), cmd.Root())
		},
	}
	cmd.Flags().StringVar(&dir, "dir", "", "write one page a command into `DIR`")
	return cmd
}

// writeManual writes the pages of a command and of those below it.
func writeManual(dir string, cmd *cobra.Command) error {
	if err := writeFile(filepath.Join(dir, manualName(cmd)+".1"), []byte(manualPage(cmd))); err != nil {
		return err
	}
	for _, sub := range cmd.Commands() {
		if !sub.IsAvailableCommand() {
			continue
		}
		if err := writeManual(dir, sub); err != nil {
			return err
		}
	}
	return nil
}

func manualName(cmd *cobra.Command) string { return strings.ReplaceAll(cmd.CommandPath(), " ", "-") }

// manualPage is a command's page in the language of man. cobra's own generator goes by way of Markdown, whose parser would
// be set up in every start of the program.
func manualPage(cmd *cobra.Command) string {
	cmd.InitDefaultHelpFlag()
	var b strings.Builder
	name := manualName(cmd)
	b.WriteString(".TH \"" + strings.ToUpper(name) + "\" 1 \"\" semcut semcut\n")
	section := func(title, text string) {
		if text != "" {
			b.WriteString(".SH " + title + "\n" + text)
		}
	}
	section("NAME", roff(name+" - "+cmd.Short))
	section("SYNOPSIS", ".nf\n"+roff(cmd.UseLine())+".fi\n")
	section("DESCRIPTION", roffParagraphs(cmd.Long))
	section("OPTIONS", roffFlags(cmd.NonInheritedFlags()))
	section("OPTIONS OF ALL COMMANDS", roffFlags(cmd.InheritedFlags()))
	if cmd.Example != "" {
		section("EXAMPLES", ".nf\n"+roff(cmd.Example)+".fi\n")
	}
	section("SEE ALSO", roff(strings.Join(relatives(cmd), ", ")))
	return b.String()
}

// relatives are the pages of the command above and of those below.
func relatives(cmd *cobra.Command) []string {
	var names []string
	if cmd.HasParent() {
		names = append(names, manualName(cmd.Parent())+"(1)")
	}
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() {
			names = append(names, manualName(sub)+"(1)")
		}
	}
	return names
}

func roffFlags(flags *pflag.FlagSet) string {
	var b strings.Builder
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		value, usage := pflag.UnquoteUsage(f)
		name := "--" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", " + name
		}
		if value != "" {
			name += " " + value
		}
		b.WriteString(".TP\n" + roff(name) + roff(usage))
	})
	return b.String()
}

// roffParagraphs sets a text in paragraphs. One with lines that are indented stays as it is.
func roffParagraphs(text string) string {
	var b strings.Builder
	for i, paragraph := range strings.Split(strings.TrimSpace(text), "\n\n") {
		if i > 0 {
			b.WriteString(".PP\n")
		}
		if strings.Contains(paragraph, "\n ") {
			b.WriteString(".nf\n" + roff(paragraph) + ".fi\n")
		} else {
			b.WriteString(roff(paragraph))
		}
	}
	return b.String()
}

// roff writes lines so that no character of theirs is a command.
func roff(text string) string {
	if text == "" {
		return ""
	}
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(text)
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		if strings.HasPrefix(l, ".") || strings.HasPrefix(l, "'") {
			lines[i] = `\&` + l
		}
	}
	return strings.Join(lines, "\n") + "\n"
}
