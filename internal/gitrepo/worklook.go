package gitrepo

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"github.com/go-git/go-git/v5/plumbing/format/gitattributes"
	"github.com/go-git/go-git/v5/plumbing/format/index"

	"github.com/semcut/semcut/release"
)

// workLook is one look at files of the work tree, with what is asked for each of them.
type workLook struct {
	root       *os.Root
	tracked    fs.FS // the commit's
	index      *index.Index
	gitDir     string
	modes      bool                                      // the modes of the work tree mean something (core.fileMode)
	converts   bool                                      // git makes LF of a text's CRLF (core.autocrlf)
	attributes map[string][]gitattributes.MatchAttribute // of the files .gitattributes that were read, by their folder
}

// look begins a look at the work tree; tracked are the files of the commit that it is compared with.
func (w *Worktree) look(root *os.Root, tracked fs.FS) (*workLook, error) {
	idx, _, err := w.repo.readIndex()
	if err != nil {
		return nil, err
	}
	l := &workLook{root: root, tracked: tracked, index: idx, gitDir: w.repo.GitDir(), modes: true, attributes: map[string][]gitattributes.MatchAttribute{}}
	if config, err := w.repo.readConfig(os.Getenv); err == nil { // else git's usual settings hold
		l.modes = !off(config, "core", "filemode")
		convert, _ := config.get("core", "", "autocrlf")
		l.converts = convert == "true" || convert == "input"
	}
	l.modes = l.modes && runtime.GOOS != "windows"
	return l, nil
}

// edit is the edit of one file, which keeps what the work tree has.
func (l *workLook) edit(name string) (e release.Edit, changed bool, err error) {
	e = release.Edit{Path: name, Here: true}
	e.Old, err = fs.ReadFile(l.tracked, name)
	if errors.Is(err, fs.ErrNotExist) {
		e.Created, err = true, nil
	}
	if err != nil {
		return e, false, err
	}
	if e.Old == nil && !e.Created {
		e.Old = []byte{}
	}
	info, err := l.root.Lstat(filepath.FromSlash(name))
	if errors.Is(err, fs.ErrNotExist) {
		return e, !e.Created && !l.sparse(name), nil
	}
	if err != nil || !info.Mode().IsRegular() {
		return e, false, err
	}
	e.Executable = info.Mode().Perm()&0o100 != 0
	had, err := executable(l.tracked, name)
	if err != nil {
		return e, false, err
	}
	if !l.modes {
		e.Executable = had
	}
	return l.contentEdit(e, info, had)
}

// contentEdit fills in what a file would be committed as; had says whether the commit's is executable.
func (l *workLook) contentEdit(e release.Edit, info fs.FileInfo, had bool) (_ release.Edit, changed bool, err error) {
	name := e.Path
	if e.New, err = l.root.ReadFile(filepath.FromSlash(name)); err != nil {
		return e, false, err
	}
	if e.New == nil {
		e.New = []byte{}
	}
	if _, same := lineEndings(e.New, e.Old); same && !e.Created {
		e.New = e.Old
		return e, e.Executable != had, nil
	}
	lines := l.attributesOf(name)
	if filter := attribute(lines, name, "filter"); filter != "" && filter != "unset" {
		if asStaged(l.index, name, info) {
			return e, false, nil
		}
		return e, false, release.Errorf(release.CodeFile, "take it out of what is committed, or commit it before the release",
			"committing %q: .gitattributes has the filter %q for it, which semcut doesn't run", name, filter)
	}
	e.New = l.asCommitted(e.New, attribute(lines, name, "text"), attribute(lines, name, "eol"))
	return e, true, nil
}

// executable says whether a file of a commit is executable; one that isn't there isn't.
func executable(tracked fs.FS, name string) (bool, error) {
	info, err := fs.Stat(tracked, name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return info.Mode().Perm()&0o100 != 0, nil
}

// sparse says whether a file that is not in the work tree isn't meant to be there.
func (l *workLook) sparse(name string) bool {
	entry, err := l.index.Entry(name)
	return err != nil || entry.SkipWorktree
}

// asCommitted gives a file as git would commit it: of a text, which attributes or core.autocrlf say that it is, CRLF becomes LF.
func (l *workLook) asCommitted(data []byte, text, eol string) []byte {
	if text == "unset" || !bytes.Contains(data, []byte("\r\n")) {
		return data
	}
	is := text == "set" || text == "" && eol != ""
	if binary := bytes.IndexByte(data, 0) >= 0; !is && !binary {
		is = text == "auto" || text == "" && l.converts
	}
	if !is {
		return data
	}
	return bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
}
