package release

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/semcut/semcut/changelog"
	"github.com/semcut/semcut/internal/diskfile"
)

const changelogName = "CHANGELOG.md"

// edit plans the files of the release commit: today the changelog.
func (p *planner) edit(change *Change) error {
	name := p.Changelog.File
	if name == "" || p.Changelog.Prepend && change.Next.Notes == "" {
		return nil
	}
	auto := name == AutoChangelog
	if auto {
		name = changelogName
	}
	old, err := p.readFile(name)
	switch {
	case errors.Is(err, fs.ErrNotExist) && auto:
		return nil
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return err
	}
	text, err := p.insert(old, change.Next)
	if err != nil {
		return Errorf(CodeFile, "mend the file, or set changelog.file to another one", "adding %q to %q: %w", change.Next.Tag, name, err)
	}
	if bytes.Equal(old, text) && old != nil {
		p.warn("%s has a section of %s already, so nothing is added to it", name, change.Next.Version)
		return nil
	}
	change.Next.Changelog = name
	change.Edits = append(change.Edits, Edit{Path: name, Old: old, New: text, Created: old == nil, Loose: p.Loose})
	return nil
}

// replan plans the edits of a change again: a command of the project's own may have changed the files since.
func (p *planner) replan(files fs.FS, c *Change) ([]Edit, error) {
	again := *p
	again.Files, again.plan = files, &Plan{} // what there is to warn of was said
	next := *c.Next
	change := Change{Last: c.Last, Next: &next, Bump: c.Bump}
	if err := again.edit(&change); err != nil {
		return nil, err
	}
	err := again.editVersions(&change)
	return change.Edits, err
}

// insert puts the notes into the changelog.
func (p *planner) insert(old []byte, next *Release) ([]byte, error) {
	if p.Changelog.Prepend {
		return changelog.Prepend(old, p.Changelog.Title, next.Notes), nil
	}
	return changelog.Insert(old, changelog.Section{Version: next.Version.String(), Tag: next.Tag, Markdown: next.Notes, Title: p.Changelog.Title})
}

// readFile reads a plain file of the tree at HEAD; nil and fs.ErrNotExist where there is none.
func (p *planner) readFile(name string) ([]byte, error) {
	info, err := fs.Stat(p.Files, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if _, told := errors.AsType[*Error](err); err != nil && !told {
		err = Errorf(CodeFile, "put a plain file of the repository in its place", "reading %q: %w", name, diskfile.Cause(err))
	}
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		kind := "a folder"
		if info.Mode()&fs.ModeSymlink != 0 {
			kind = "a symbolic link"
		}
		return nil, Errorf(CodeFile, "name a plain file with changelog.file", "reading %q at %s: it is %s", name, short(p.Head), kind)
	}
	data, err := fs.ReadFile(p.Files, name)
	if err != nil {
		return nil, fmt.Errorf("reading %q at %s: %w", name, short(p.Head), err)
	}
	if data == nil {
		data = []byte{}
	}
	return data, nil
}

// ValidPath says whether a path of the configuration stays inside the work tree and out of .git.
func ValidPath(name string) bool {
	if !fs.ValidPath(name) || name == "." {
		return false
	}
	for part := range strings.SplitSeq(name, "/") {
		if strings.EqualFold(part, ".git") || strings.ContainsAny(part, "\\:\x00") {
			return false
		}
	}
	return path.Clean(name) == name
}
