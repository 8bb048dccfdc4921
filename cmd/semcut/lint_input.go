package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/internal/diskfile"
	"github.com/semcut/semcut/internal/ghactions"
	"github.com/semcut/semcut/internal/gitrepo"
	"github.com/semcut/semcut/release"
)

// lintInput says which messages are checked.
type lintInput struct {
	Nul            bool
	Message, Title string
	Last           bool
	From, To       string
	FromLastTag    bool
	Edit           string
	EnvName        string
	Cleanup        string
	Deepen         bool
}

// lintMessage is one message with where it comes from.
type lintMessage struct {
	text  string
	hash  string   // of its commit, "" where there is none yet
	file  string   // that holds it, "" where none does
	paths []string // that its commit changes, where they are known
	draft *draftFile
}

// draftFile is a file with a message that isn't committed yet.
type draftFile struct {
	path    string
	mode    cleanup
	comment string // what git will take out of it
	// scattered says that some of that stands above text of the message. Then it may be text, too: of git commit --cleanup a
	// hook learns nothing.
	scattered bool
}

// with gives the file's text with another message.
func (d draftFile) with(message string) string {
	if d.comment == "" {
		return message
	}
	return strings.TrimRight(message, "\n") + "\n\n" + strings.TrimRight(d.comment, "\n") + "\n"
}

// ownEdit is what --edit without a value stands for: the message that git is about to commit, also where .git is a file.
const ownEdit = ".git/COMMIT_EDITMSG"

func (o *lintInput) inputFlags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.BoolVarP(&o.Nul, "null", "z", false, "a NUL ends each message of standard input")
	f.StringVar(&o.Message, "message", "", "check `TEXT`")
	f.StringVar(&o.Title, "title", "", "check `TEXT`, the title of a pull request")
	f.BoolVarP(&o.Last, "last", "l", false, "check the last commit")
	f.StringVarP(&o.From, "from", "f", "", "check the commits after `REV`")
	f.StringVarP(&o.To, "to", "t", "", "check the commits up to `REV` (default: HEAD)")
	f.BoolVar(&o.FromLastTag, "from-last-tag", false, "check the commits after the last tag")
	f.StringVarP(&o.Edit, "edit", "e", "", "check `FILE`, below the root of the repository; without it the message that is being committed")
	f.Lookup("edit").NoOptDefVal = ownEdit
	f.StringVarP(&o.EnvName, "env", "E", "", "check the file that the environment variable `NAME` holds the path of")
	f.BoolVar(&o.Deepen, "deepen", false, "in a shallow clone read the missing history from the remote")
	f.StringVar(&o.Cleanup, "cleanup", "", "take comments out of a file as git commit --cleanup=`MODE` does: strip, whitespace, verbatim or scissors")
	cmd.MarkFlagsMutuallyExclusive("message", "title", "last", "from", "from-last-tag", "edit", "env", "null")
	cmd.MarkFlagsMutuallyExclusive("message", "title", "last", "to", "edit", "env", "null")
}

// read gives the messages that are asked about.
func (o *lintInput) read(ctx context.Context, a *app, where lintPlace, args []string) ([]lintMessage, error) {
	if o.Edit == ownEdit && len(args) == 1 { // "--edit FILE": a value that may be missing doesn't take the next word
		o.Edit, args = args[0], nil
	}
	named := o.Message != "" || o.Title != "" || o.Last || o.From != "" || o.To != "" || o.FromLastTag || o.Edit != "" || o.EnvName != ""
	if len(args) > 1 || len(args) == 1 && (named || o.Nul) {
		return nil, release.Errorf(release.CodeUsage, "see semcut lint --help", "reading the command line: %q is one message too many", args[len(args)-1])
	}
	switch {
	case len(args) == 1:
		return o.readFile(a, where, pathFrom(where.dir, args[0]), args[0])
	case o.Message != "":
		return []lintMessage{{text: o.Message}}, nil
	case o.Title != "":
		return []lintMessage{{text: o.Title}}, nil
	case o.Edit != "" || o.EnvName != "":
		return o.readEdit(a, where)
	case named:
		return o.readCommits(a.watch(ctx), a)
	}
	return o.readStdin(a.watch(ctx), a)
}

func pathFrom(dir, name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(dir, name)
}

// readStdin reads what is piped in; if that is nothing, a run of GitHub Actions says which commits it is about.
func (o *lintInput) readStdin(ctx context.Context, a *app) ([]lintMessage, error) {
	var found []lintMessage
	if !a.InTTY {
		err := eachMessage(a.In, o.Nul, func(text string) error {
			found = append(found, lintMessage{text: text})
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	if o.Nul || len(found) == 1 && strings.TrimFunc(found[0].text, commitparse.IsSpace) != "" {
		return found, nil
	}
	if run, ok := ghactions.Detect(a.Env); ok {
		return o.readEvent(ctx, a, run)
	}
	return nil, release.Errorf(release.CodeUsage, "name a file, pipe a message in, or see semcut lint --help for the other ways",
		"reading the message from standard input: it is empty")
}

// readEdit reads the file of --edit or --env, from the root of the work tree as commitlint does.
func (o *lintInput) readEdit(a *app, where lintPlace) ([]lintMessage, error) {
	name := o.Edit
	if o.EnvName != "" {
		if name = a.Env(o.EnvName); name == "" {
			return nil, release.Errorf(release.CodeUsage, "set it to the path of the message", "reading the variable %q: it is not set", o.EnvName)
		}
	}
	if name != ownEdit && where.root != "" {
		return o.readFile(a, where, pathFrom(where.root, name), name)
	}
	repo, err := gitrepo.Open(a.Directory)
	if err != nil {
		return nil, err
	}
	if name == ownEdit {
		return o.readFile(a, where, filepath.Join(repo.GitDir(), "COMMIT_EDITMSG"), "COMMIT_EDITMSG")
	}
	return o.readFile(a, where, name, name)
}

// readFile reads a message that git or a person edited, without what git will take out of it.
func (o *lintInput) readFile(a *app, where lintPlace, file, shown string) ([]lintMessage, error) {
	data, err := readMessageFile(file)
	if err != nil {
		return nil, release.Errorf(release.CodeFile, "check the path: a commit-msg hook gets it as its first argument", "reading the message in %q: %w", shown, err)
	}
	mode, err := newCleanup(a, o.Cleanup, where)
	if err != nil {
		return nil, err
	}
	text, comment, scattered := mode.part(string(data))
	return []lintMessage{{text: text, file: filepath.ToSlash(shown), draft: &draftFile{file, mode, comment, scattered}}}, nil
}

func readMessageFile(file string) ([]byte, error) {
	f, err := os.Open(file)
	if err == nil {
		defer f.Close()
		var data []byte
		if data, err = io.ReadAll(io.LimitReader(f, maxMessage+1)); err == nil && len(data) > maxMessage {
			err = errors.New("it is larger than 32 MiB: that is no commit message")
		}
		if err == nil {
			return data, nil
		}
	}
	return nil, diskfile.Cause(err)
}
