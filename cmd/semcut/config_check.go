package main

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/semcut/semcut/internal/config"
	"github.com/semcut/semcut/internal/secret"
	"github.com/semcut/semcut/release"
)

type configCheckOptions struct {
	JSON bool
	File string // "" for the usual places
}

func configCheckCommand(a *app) *cobra.Command {
	var o configCheckOptions
	var settings overrides
	cmd := &cobra.Command{
		Use:   "check [FILE]",
		Short: "Say all that is wrong with the configuration",
		Long: `Reads the configuration, semcut's own, semantic-release's, and the linter's, or the one in FILE, and says all that is wrong
with it, each with its place and its mend. Nothing but files is looked at: "semcut check" asks remote and forge, too.`,
		Example: "  semcut config check\n  semcut config check .releaserc.json --json",
		Args:    atMostOne,
		RunE: func(_ *cobra.Command, args []string) error {
			settings.into(a)
			if o.File = a.Config; len(args) == 1 {
				o.File = args[0]
			}
			return runConfigCheck(a, o)
		},
	}
	cmd.Flags().BoolVar(&o.JSON, "json", false, "print the findings as one JSON document")
	settings.flags(cmd)
	return cmd
}

// configFindings is what "config check" tells. It is the contract of "config check --json".
type configFindings struct {
	OK       bool          `json:"ok"`
	Files    []string      `json:"files"` // what was read
	Errors   []configError `json:"errors"`
	Warnings []string      `json:"warnings"`
	Notes    []string      `json:"notes"`

	named map[string]string // the one name of the file that was asked about, by its paths
}

// name is how a file is called in what is told.
func (d *configFindings) name(file string) string { return cmp.Or(d.named[file], file) }

type configError struct {
	File    string       `json:"file"` // "" where it is none
	Line    int          `json:"line"` // 0 where it isn't known
	Column  int          `json:"column"`
	Code    release.Code `json:"code"`
	Message string       `json:"message"`
	Hint    string       `json:"hint"`
}

func runConfigCheck(a *app, o configCheckOptions) error {
	where, err := newLintPlace(a)
	if err != nil {
		return err
	}
	doc := &configFindings{Files: []string{}, Errors: []configError{}, Warnings: []string{}, Notes: []string{}}
	lint := lintSource(a, where)
	if o.File != "" {
		lint.File = where.path(o.File)
		doc.call(lint, a.path(o.File))
	}
	inPackage := filepath.Base(o.File) == "package.json" && config.HasLint(lint) // with nothing else, maybe
	wrote := o.File == ""
	if !config.ForLinter(o.File) {
		a.Config = o.File
		err := withSourceIn(a, cmp.Or(where.root, where.dir), func(s config.Source) error {
			c, errs := config.Check(s)
			if _, lints := c.LintOrigin(); lints && config.LintsAsWhole(o.File) || inPackage {
				wrote, errs = true, slices.DeleteFunc(errs, func(err error) bool { return errors.Is(err, config.ErrNoKey) })
			}
			doc.say(c.File, errs, warningsOf(c), c.Deprecated)
			return nil
		})
		if err != nil {
			return err
		}
	}
	if wrote || config.ForLinter(o.File) {
		c, errs := config.CheckLint(lint)
		file, warnings := "", []string(nil)
		if c != nil {
			file, warnings = c.File, c.Warnings
		}
		doc.say(file, errs, warnings, nil)
	}
	return doc.print(a, o)
}

// call gives the named file one name, by whichever of its paths the readers know it.
func (d *configFindings) call(lint config.LintSource, name string) {
	d.named = map[string]string{lint.File: name}
	for _, dir := range []string{lint.Dir, lint.Root} {
		if rel, err := filepath.Rel(dir, lint.File); err == nil {
			d.named[filepath.ToSlash(rel)] = name
		}
	}
}

// say adds what was found in one configuration.
func (d *configFindings) say(file string, errs []error, warnings, notes []string) {
	if file = d.name(file); file != "" && !slices.Contains(d.Files, file) {
		d.Files = append(d.Files, file)
	}
	for _, err := range errs {
		if e := d.newError(err); !slices.Contains(d.Errors, e) {
			d.Errors = append(d.Errors, e)
		}
	}
	slices.SortStableFunc(d.Errors, configError.compare)
	for _, w := range warnings {
		blocked := slices.ContainsFunc(d.Errors, func(e configError) bool { return strings.HasSuffix(w, e.Message) }) // said as an error
		if !blocked {
			d.Warnings = append(d.Warnings, w)
		}
	}
	d.Notes = append(d.Notes, notes...)
}

func (d *configFindings) newError(err error) configError {
	e := configError{Code: release.CodeOf(err), Message: secret.Hidden(oneLine(err.Error()))}
	if m, placed := errors.AsType[*config.Misplaced](err); placed && m.InFile() {
		e.File, e.Line, e.Column, e.Message = oneLine(d.name(m.File)), m.Line, m.Column, secret.Hidden(oneLine(m.Text))
	}
	if r, ok := errors.AsType[*release.Error](err); ok {
		e.Hint = secret.Hidden(oneLine(r.Hint))
	}
	return e
}

// compare orders errors as they stand in their files; those of no file come last.
func (e configError) compare(other configError) int {
	if (e.File == "") != (other.File == "") {
		return cmp.Compare(other.File, e.File)
	}
	return cmp.Or(cmp.Compare(e.File, other.File), cmp.Compare(e.Line, other.Line), cmp.Compare(e.Column, other.Column))
}

// String is "file:line:column: what is wrong", as editors and terminals follow it.
func (e configError) String() string {
	switch {
	case e.File == "":
		return e.Message
	case e.Line == 0:
		return e.File + ": " + e.Message
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Message)
}

// print tells what was found; errors end the command with exit status 2.
func (d *configFindings) print(a *app, o configCheckOptions) error {
	d.OK = len(d.Errors) == 0
	var err error
	if n := len(d.Errors); n > 0 {
		err = release.Errorf(release.CodeConfig, "mend what stands above; docs/configuration.md tells of every key", "checking the configuration: %s", counted(n, "error"))
	}
	if o.JSON {
		return errors.Join(printJSON(a.Out, d), err)
	}
	a.tell(d.Warnings, d.Notes)
	return errors.Join(d.printText(a), err)
}

func (d *configFindings) printText(a *app) error {
	out := bufio.NewWriter(a.Out)
	for _, e := range d.Errors {
		fmt.Fprintln(out, e)
		if e.Hint != "" {
			fmt.Fprintf(out, "  hint: %s\n", e.Hint)
		}
	}
	if d.OK {
		for _, file := range d.Files {
			fmt.Fprintf(out, "%s: fine\n", oneLine(file))
		}
		if len(d.Files) == 0 {
			fmt.Fprintln(out, "no configuration file; the defaults are in force")
		}
	}
	return out.Flush()
}
