package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// gitFlag is one of git commit's that is passed on.
type gitFlag struct {
	name, short, about string
	value              string // what stands behind it, "" for nothing
	without            string // what it means without a value, where it may have none
}

var passedOn = []gitFlag{
	{name: "all", short: "a", about: "commit all changes of files that git knows"},
	{name: "amend", about: "replace the last commit; its message is where the answers start"},
	{name: "signoff", short: "s", about: "add a Signed-off-by"},
	{name: "no-verify", short: "n", about: "pass over the hooks, and over what the linter has against the message"},
	{name: "gpg-sign", short: "S", about: "sign the commit", value: "KEY", without: "user.signingKey"},
	{name: "no-gpg-sign", about: "don't sign the commit, whatever commit.gpgSign says"},
	{name: "edit", short: "e", about: "open git's editor before it commits"},
	{name: "patch", short: "p", about: "choose changes, as git add -p does"},
	{name: "include", short: "i", about: "commit the paths beside what is staged"},
	{name: "only", short: "o", about: "commit the paths and nothing that is staged"},
	{name: "allow-empty", about: "commit even if nothing changed"},
	{name: "reset-author", about: "with --amend, be the author"},
	{name: "author", about: "name the author", value: "AUTHOR"},
	{name: "date", about: "set the author's date", value: "DATE"},
}

func addGitFlags(cmd *cobra.Command) {
	f := cmd.Flags()
	for _, g := range passedOn {
		about := "git's: " + g.about
		if g.value == "" {
			f.BoolP(g.name, g.short, false, about)
			continue
		}
		f.StringP(g.name, g.short, "", about+" `"+g.value+"`")
		f.Lookup(g.name).NoOptDefVal = g.without
	}
}

// gitFlags are those of git's flags that were given, as git takes them.
type gitFlags struct{ args []string }

func (f *gitFlags) read(cmd *cobra.Command) {
	for _, g := range passedOn {
		flag := cmd.Flags().Lookup(g.name)
		switch value := flag.Value.String(); {
		case !flag.Changed || value == "false":
		case g.value == "", g.without != "" && value == g.without:
			f.args = append(f.args, "--"+g.name)
		default:
			f.args = append(f.args, "--"+g.name+"="+value)
		}
	}
}

func (f gitFlags) has(name string) bool {
	return slices.ContainsFunc(f.args, func(arg string) bool { return arg == "--"+name || strings.HasPrefix(arg, "--"+name+"=") })
}

func (f gitFlags) amend() bool    { return f.has("amend") }
func (f gitFlags) signoff() bool  { return f.has("signoff") }
func (f gitFlags) noVerify() bool { return f.has("no-verify") }
